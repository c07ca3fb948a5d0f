import { useTranslation } from 'react-i18next'
import type { Installation } from '../../lib/session-keeper.ts'
import { Button } from '../../ui/button.tsx'

type DemoAccount = Installation['demoAccounts'][number]

const HASH = '#demo='

/** The account that another host's list asked this page to fill in. Only accounts of the demo's own list, so a forged address gives nothing. */
export function accountFromHash(installation: Installation, hash: string): DemoAccount | undefined {
  if (!installation.demo || !hash.startsWith(HASH)) return undefined
  let login: string
  try {
    login = decodeURIComponent(hash.slice(HASH.length))
  } catch {
    // A damaged address is no request.
    return undefined
  }
  return installation.demoAccounts.find(account => account.login === login)
}

/** The demo's people by agency. Those of this address are filled in by one press; the others open on their agency's own address. */
export function DemoAccounts({
  installation,
  onFill,
}: {
  installation: Installation
  onFill: (account: DemoAccount) => void
}) {
  const { t } = useTranslation('session')
  const byAgency = new Map<string, DemoAccount[]>()
  for (const account of installation.demoAccounts) {
    byAgency.set(account.agency, [...(byAgency.get(account.agency) ?? []), account])
  }
  const here = window.location.origin
  return (
    <aside className="demo-accounts" aria-labelledby="demo-title">
      <h2 id="demo-title" className="entry-subtitle">
        {t('demo.title')}
      </h2>
      <p className="small quiet">{t('demo.lead')}</p>
      {[...byAgency].map(([agency, accounts]) => (
        <div key={agency} className="demo-agency">
          <h3 className="demo-agency-name">{agency}</h3>
          <p className="small quiet">{originOf(accounts) === here ? t('demo.here') : originOf(accounts)}</p>
          <ul className="demo-people">
            {accounts.map(account => (
              <li key={account.login}>
                {originOf([account]) === here ? (
                  <Button
                    look="tertiary"
                    size="small"
                    onPress={() => onFill(account)}
                    aria-label={t('demo.fill', { name: account.name })}
                  >
                    {account.name}
                  </Button>
                ) : (
                  <a
                    className="button button-tertiary button-small"
                    href={`${account.url.replace(/\/$/, '')}/${HASH}${encodeURIComponent(account.login)}`}
                    target="_blank"
                    rel="noopener"
                    aria-label={t('demo.open', { agency, name: account.name })}
                  >
                    {account.name} <span aria-hidden="true">↗</span>
                  </a>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </aside>
  )
}

function originOf(accounts: readonly DemoAccount[]): string {
  const url = accounts[0]?.url ?? ''
  return URL.canParse(url) ? new URL(url).origin : url
}
