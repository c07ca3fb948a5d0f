/**
 * The composition root: builds the parts in order and closes them in reverse. Nothing else knows which part is which. Order: store, keys,
 * record of access, people and sign-in, documents and conferences, HTTP. A start that fails closes what it had opened.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HTTP_API_VERSION, type InstallationView } from '../shared/protocol/http-api.ts'
import { type Audit, openAudit } from './audit/audit.ts'
import { type AccessChanges, createAccessChanges } from './auth/access-changes.ts'
import { type Authentication, createAuthentication } from './auth/authenticate.ts'
import { createCookies } from './auth/cookies.ts'
import { type FirstOperator, openFirstOperator } from './auth/first-operator.ts'
import { createLockout, type Lockout } from './auth/lockout.ts'
import { createPasswords, type PasswordCost, type Passwords } from './auth/passwords.ts'
import { Sessions, type SessionsOptions } from './auth/sessions.ts'
import type { Config } from './config.ts'
import { type Keyring, openKeyring } from './crypto/keyring.ts'
import { systemClock } from './lib/clock.ts'
import { Closing } from './lib/closing.ts'
import { createLog, type Log } from './lib/log.ts'
import { type AgencyRepository, openAgencyRepository } from './people/agency-repository.ts'
import { createDirectory, type Directory } from './people/directory.ts'
import { claimInstallation } from './people/installation.ts'
import type { WorkOfPeople } from './people/ports.ts'
import { openUserRepository, type UserRepository } from './people/user-repository.ts'
import type { Clock } from './rooms/ports.ts'
import { COLLECTIONS } from './storage/collections.ts'
import { openStore } from './storage/open-store.ts'
import type { Store } from './storage/port.ts'
import { type Addresses, createAddresses } from './transport/addresses.ts'
import { createHttp } from './transport/http.ts'
import { createRateLimits, DEFAULT_RATES, type RateLimitOptions } from './transport/rate-limits.ts'
import type { Route } from './transport/route.ts'
import { createAgencyRoutes } from './transport/routes/agencies.ts'
import { createHealthRoutes } from './transport/routes/health.ts'
import { createOperatorRoutes } from './transport/routes/operator.ts'
import { createSessionRoutes } from './transport/routes/session.ts'

/** What tests replace: the world, not our own code. */
export interface Parts {
  clock: Clock
  log: Log
  passwordCost: PasswordCost
  rates: RateLimitOptions
  /** Folder of the built client; without it only the interface answers. */
  clientFolder: string
  /** Makes a code for another operator although there is one. */
  newOperator: boolean
}

/** People, sign-in and what they stand on: opened before anything that is about cases. */
export interface Foundation {
  config: Config
  clock: Clock
  log: Log
  store: Store
  keyring: Keyring
  audit: Audit
  changes: AccessChanges
  users: UserRepository
  agencies: AgencyRepository
  directory: Directory
  passwords: Passwords
  lockout: Lockout
  sessions: Sessions
  authentication: Authentication
  firstOperator: FirstOperator
  addresses: Addresses
}

export interface App extends Foundation {
  server: Server
  routes: readonly Route[]
  /** Where it listens on this machine, e.g. `http://localhost:3000`. */
  url: string
  /** What the person who started it must know, in words; holds the operator's code. */
  startLines: readonly string[]
  /** Takes nothing new, stores what was accepted, lets go of everything. */
  close(): Promise<void>
}

/** Slow enough for a bad line, too slow for holding a connection open for nothing. */
const REQUEST_TIMEOUT_MS = 30_000

/** Builds the application and listens. @throws in words when a key, a store or an installation does not fit */
export async function createApp(config: Config, parts: Partial<Parts> = {}): Promise<App> {
  const closing = new Closing()
  try {
    return await openApp(config, parts, closing)
  } catch (error) {
    await closing.close().catch(() => undefined) // The first failure is the one to tell.
    throw error
  }
}

async function openApp(config: Config, parts: Partial<Parts>, closing: Closing): Promise<App> {
  const late: { publicUrl: URL; work: WorkOfPeople | undefined; isAttending: SessionsOptions['isAttending'] } = {
    publicUrl: config.publicUrl ?? new URL(`http://localhost:${config.port}`),
    work: undefined,
    isAttending: async () => false,
  }
  const foundation = await openFoundation(config, parts, closing, late)
  const { store, log, addresses, authentication, sessions, audit, firstOperator } = foundation

  const demoAccounts: InstallationView['demoAccounts'] = []
  const installationFor = (host: string): InstallationView => ({
    demo: config.demo,
    demoAccounts,
    needsOperator: !config.demo && firstOperator.isNeeded,
    warnings: [
      ...(config.warnPlainHttp ? (['plain-http'] as const) : []),
      ...(addresses.isOurHost(host) ? [] : (['wrong-address'] as const)),
    ],
    publicUrl: late.publicUrl.origin,
    agencyName: demoAccounts.find(account => new URL(account.url).host === host)?.agency ?? null,
  })

  const cookies = createCookies({ https: addresses.https })
  const routes: Route[] = [
    ...createHealthRoutes({ store, version: String(HTTP_API_VERSION) }),
    ...createSessionRoutes({ ...foundation, cookies, idleLimitMs: config.idleLimitMs, installationFor }),
    ...createOperatorRoutes(foundation),
    ...createAgencyRoutes({ ...foundation, work: () => late.work }),
  ]

  const http = createHttp({
    routes,
    callerOf: authentication.callerOf,
    onActivity: person => {
      sessions.touch(person.sessionId).catch(error => log.warn({ error }, 'Activity could not be noted'))
    },
    addresses,
    rates: createRateLimits(parts.rates ?? DEFAULT_RATES),
    audit,
    log,
    clientFolder: parts.clientFolder,
  })
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS }, http)
  const port = await listen(server, config)
  closing.add('the HTTP server', () => closeServer(server))
  if (config.publicUrl === undefined) late.publicUrl = new URL(`http://localhost:${port}`)

  const url = `http://localhost:${port}`
  log.info({ url, store: store.description, demo: config.demo }, 'Dure is listening')
  const startLines = describeStart({ foundation, url: late.publicUrl.origin })
  return { ...foundation, server, routes, url, startLines, close: () => closing.close() }
}

async function openFoundation(
  config: Config,
  parts: Partial<Parts>,
  closing: Closing,
  late: { publicUrl: URL; work: WorkOfPeople | undefined; isAttending: SessionsOptions['isAttending'] },
): Promise<Foundation> {
  const clock = parts.clock ?? systemClock
  const log = parts.log ?? createLog({ level: config.logLevel })
  const { mongodbUrl, dataDirectory, keyFile } = config
  const store = await openStore({ mongodbUrl, dataDirectory, declarations: COLLECTIONS })
  closing.add('the store', () => store.close())
  const keyring = await openKeyring({ store, keyFile })
  await claimInstallation(store, config.demo ? 'demo' : 'real', clock.now())

  const audit = await openAudit({ store, keyring, now: clock.now })
  closing.add('the record of access', () => audit.close())
  const problems = await audit.verify('last-head')
  if (problems.length > 0) log.error({ problems }, 'The record of access is not as it was written')

  const changes = createAccessChanges()
  const users = await openUserRepository({ store, keyring, clock })
  const agencies = await openAgencyRepository({ store, keyring, clock })
  const directory = createDirectory({ users, agencies, work: () => late.work })
  const passwords = await createPasswords(parts.passwordCost)
  const lockout = createLockout({ store, clock, attempts: config.lockoutAttempts, lockMs: config.lockoutMs })
  const sessions = new Sessions({
    store,
    clock,
    changes,
    idleLimitMs: config.idleLimitMs,
    sessionLimitMs: config.sessionLimitMs,
    isAttending: person => late.isAttending(person),
    onFailure: error => log.warn({ error }, 'Sessions could not be looked through'),
  })
  closing.add('the sessions', () => sessions.close())
  const addresses = createAddresses({ publicUrl: () => late.publicUrl, trustedProxies: config.trustedProxies })
  const cookies = createCookies({ https: addresses.https })
  const authentication = createAuthentication({ sessions, users, agencies, cookies })
  const replace = parts.newOperator ?? false
  const firstOperator = await openFirstOperator({ users, sessions, passwords, audit, changes, clock, replace })
  return {
    config,
    clock,
    log,
    store,
    keyring,
    audit,
    changes,
    users,
    agencies,
    directory,
    passwords,
    lockout,
    sessions,
    authentication,
    firstOperator,
    addresses,
  }
}

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Finishes what is being answered; connections that only wait are closed. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()))
    server.closeIdleConnections()
  })
}

function describeStart({ foundation, url }: { foundation: Foundation; url: string }): string[] {
  const { config, store, keyring, firstOperator } = foundation
  const lines = [`두레가 열렸습니다. Dure is ready: ${url}`, `저장소 Store: ${store.description}`]
  if (keyring.keyFileCreated) {
    lines.push(
      `암호화 키를 만들었습니다. 데이터와 따로 백업하세요: ${config.keyFile}`,
      `An encryption key was made. Back it up apart from the data: ${config.keyFile}`,
    )
  }
  if (config.demo) lines.push('체험판입니다. 실제 사례를 쓰지 마세요. This is a demo: do not enter real cases.')
  else if (firstOperator.code !== undefined) {
    lines.push(`운영자 등록 코드(한 번만 쓸 수 있음) One-time code to register the operator: ${firstOperator.code}`)
  }
  return lines
}
