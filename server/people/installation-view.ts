/** What an installation says of itself: to the sign-in page, and to the person who started it. */
import type { InstallationView } from '../../shared/protocol/http-api.ts'
import type { FirstOperator } from '../auth/first-operator.ts'
import { demoAccountsOf } from '../demo/community.ts'
import type { Addresses } from '../transport/addresses.ts'

export interface InstallationFacts {
  config: { demo: boolean; warnPlainHttp: boolean; keyFile: string }
  firstOperator: FirstOperator
  addresses: Addresses
  store: { description: string }
  keyring: { keyFileCreated: boolean }
}

/** What the sign-in page must know, for the host that was asked. No secrets but the demo's public ones. */
export function installationViewFor(facts: InstallationFacts, publicUrl: URL, host: string): InstallationView {
  const { config, firstOperator, addresses } = facts
  const demoAccounts = config.demo ? demoAccountsOf(publicUrl) : []
  const warnings: InstallationView['warnings'] = []
  if (config.warnPlainHttp) warnings.push('plain-http')
  if (!addresses.isOurHost(host)) warnings.push('wrong-address')
  return {
    demo: config.demo,
    demoAccounts,
    needsOperator: !config.demo && firstOperator.isNeeded,
    warnings,
    publicUrl: publicUrl.origin,
    agencyName: agencyAt(demoAccounts, host),
  }
}

/** The agency whose own address this is; nobody's where all share one. */
function agencyAt(accounts: InstallationView['demoAccounts'], host: string): string | null {
  const hasOwn = new Set(accounts.map(account => account.url)).size > 1
  return (hasOwn && accounts.find(account => new URL(account.url).host === host)?.agency) || null
}

/** What the person at the terminal must know, line by line. Holds the operator's code, which is nowhere else. */
export function describeStart(facts: InstallationFacts, publicUrl: URL): string[] {
  const { config, store, keyring, firstOperator } = facts
  const lines = [`두레가 열렸습니다. Dure is ready at ${publicUrl.origin}`, `저장소 Store: ${store.description}`]
  if (keyring.keyFileCreated) {
    lines.push(
      `암호화 키를 만들었습니다. 데이터와 따로 백업하세요: ${config.keyFile}`,
      `An encryption key was made. Back it up apart from the data: ${config.keyFile}`,
    )
  }
  if (config.demo) {
    lines.push('체험판입니다. 실제 사례를 쓰지 마세요. This is a demo: do not enter real cases.')
    for (const { agency, name, login, password, url } of demoAccountsOf(publicUrl)) {
      lines.push(`  ${url}  ${agency} · ${name}  ${login} / ${password}`)
    }
  } else if (firstOperator.code !== undefined) {
    lines.push(`운영자 등록 코드(한 번만 쓸 수 있음) One-time code to register the operator: ${firstOperator.code}`)
  }
  return lines
}
