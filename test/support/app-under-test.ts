/**
 * The whole application on a free port of this machine, with the store under test and a folder of its own, and a language to talk to it. Nothing of
 * ours is replaced: only the clock can be moved, passwords cost less, and a
 * denial does not wait.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, type Parts } from '../../server/app.ts'
import { type Config, readConfig } from '../../server/config.ts'
import { systemClock } from '../../server/lib/clock.ts'
import { createLog } from '../../server/lib/log.ts'
import type { User } from '../../server/people/user-repository.ts'
import type { Clock } from '../../server/rooms/ports.ts'
import type { SessionView } from '../../shared/protocol/http-api.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import { buildAgency, buildPerson, type PersonAbout, TEST_PASSWORD } from './builders.ts'
import { dropDatabaseOf, mongodbUrlFor } from './store-under-test.ts'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The parsed JSON, whatever it is. */
  body: unknown
  /** The reason of a refusal; undefined for anything else. */
  reason: RefusalReason | undefined
  detail: string | undefined
}

export interface Asking {
  body?: unknown
  /** Sent as it is, instead of `body`. */
  raw?: string | Buffer
  headers?: Record<string, string | string[] | undefined>
  /** Host of the demo's kind; the page's origin follows it. */
  host?: string
}

/** A browser that keeps its cookie. */
export interface TestClient {
  cookie: string | undefined
  ask(method: string, path: string, asking?: Asking): Promise<Answer>
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  patch(path: string, body: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
  session(): Promise<SessionView>
}

export interface AppUnderTest {
  app: App
  folder: string
  url: string
  /** Host and port, as browsers send it. */
  host: string
  origin: string
  /** Moves the time that the application sees; its timers run in real time. */
  advance(ms: number): void
  /** What was logged so far. */
  logged(): string
  /** A browser without a cookie. */
  stranger(): TestClient
  /** A browser in which this login has signed in. @throws when the sign-in is refused */
  signIn(login: string, password?: string): Promise<TestClient>
  /** A new person, and a browser in which they have signed in. */
  person(about?: PersonAbout): Promise<{ user: User; client: TestClient }>
  agency: (about?: Parameters<typeof buildAgency>[1]) => ReturnType<typeof buildAgency>
  close(): Promise<void>
  /** Stops and starts again on the same folder. */
  restart(): Promise<AppUnderTest>
}

export interface AppUnderTestOptions {
  environment?: Record<string, string>
  parts?: Partial<Parts>
  /** Where an earlier one kept its data. */
  folder?: string
}

/** Cheap on purpose: what argon2 costs is not what most tests ask. */
const TEST_PASSWORD_COST = { memoryKib: 64, passes: 1 }
const TEST_RATES = { usualPerMinute: 100_000, signInPerMinute: 100_000 }

export async function startAppUnderTest(options: AppUnderTestOptions = {}): Promise<AppUnderTest> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'dure-app-')))
  const config = testConfig(folder, options.environment)
  let offsetMs = 0
  const clock: Clock = { ...systemClock, now: () => Date.now() + offsetMs }
  const lines: string[] = []
  const log = createLog({ level: 'debug', destination: { write: line => void lines.push(line) } })
  const app = await createApp(config, {
    clock,
    log,
    passwordCost: TEST_PASSWORD_COST,
    rates: TEST_RATES,
    denialBeatMs: 0,
    ...options.parts,
  })
  const host = new URL(app.url).host
  const origin = app.addresses.publicOrigin
  const stranger = () => createClient({ app, host: new URL(origin).host, origin })

  const signIn = async (login: string, password = TEST_PASSWORD) => {
    const client = stranger()
    const answer = await client.post('/api/session', { login, password })
    if (answer.status !== 200) throw new Error(`${login} could not sign in: ${answer.text}`)
    return client
  }
  let isGone = false
  return {
    app,
    folder,
    url: app.url,
    host,
    origin,
    advance: ms => {
      offsetMs += ms
    },
    logged: () => lines.join(''),
    stranger,
    signIn,
    async person(about = {}) {
      const user = await buildPerson(app, about)
      return { user, client: await signIn(user.login, about.password) }
    },
    agency: about => buildAgency(app, about),
    async close() {
      await app.close()
      if (!isGone) await removeData(folder)
      isGone = true
    },
    async restart() {
      isGone = true
      await app.close()
      return startAppUnderTest({ ...options, folder })
    },
  }
}

/** Removes an application's folder and what it kept elsewhere. */
export async function removeData(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await dropDatabaseOf(folder)
}

/** A real start (no demo) in a folder of its own, on any free port, unless the environment says otherwise. */
export function testConfig(folder: string, environment: Record<string, string> = {}): Config {
  return readConfig({
    PORT: '0',
    MONGODB_URL: mongodbUrlFor(folder),
    DURE_DEMO: 'off',
    DURE_DATA_DIR: join(folder, 'data'),
    DURE_KEY_FILE: join(folder, 'keys', 'dure.key'),
    ...environment,
  })
}

function createClient(where: { app: App; host: string; origin: string }): TestClient {
  const client: TestClient = {
    cookie: undefined,
    async ask(method, path, asking = {}) {
      const host = asking.host ?? where.host
      const scheme = where.origin.split('//')[0]
      const headers: Asking['headers'] = {
        host,
        ...(method !== 'GET' && { origin: `${scheme}//${host}` }),
        ...(client.cookie !== undefined && { cookie: client.cookie }),
        ...(asking.body !== undefined && { 'content-type': 'application/json' }),
        ...asking.headers,
      }
      const payload = asking.raw ?? (asking.body === undefined ? undefined : JSON.stringify(asking.body))
      const answer = await send({ url: where.app.url, method, path, headers, payload })
      const set = answer.headers['set-cookie']
      const first = Array.isArray(set) ? set[0] : set
      if (first !== undefined) client.cookie = first.includes('Max-Age=0') ? undefined : first.split(';')[0]
      return answer
    },
    get: path => client.ask('GET', path),
    post: (path, body) => client.ask('POST', path, body === undefined ? {} : { body }),
    patch: (path, body) => client.ask('PATCH', path, { body }),
    delete: path => client.ask('DELETE', path),
    session: async () => (await client.get('/api/session')).body as SessionView,
  }
  return client
}

/** One request as it stands: Node's own `fetch` would not send a `Host`, an `Origin` or a second header of one name. */
export function send(asked: {
  url: string
  method: string
  path: string
  headers: Record<string, string | string[] | undefined>
  payload?: string | Buffer | undefined
}): Promise<Answer> {
  const { hostname, port } = new URL(asked.url)
  const headers = Object.fromEntries(Object.entries(asked.headers).filter(([, value]) => value !== undefined))
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method: asked.method, path: asked.path, headers, agent: false })
    outgoing.on('error', reject)
    outgoing.on('response', response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const body = parsed(text)
        const refused = refusalIn(body)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body, ...refused })
      })
    })
    outgoing.end(asked.payload)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // A page or a file, not JSON.
  }
}

function refusalIn(body: unknown): Pick<Answer, 'reason' | 'detail'> {
  if (typeof body !== 'object' || body === null || !('error' in body)) return { reason: undefined, detail: undefined }
  const error = body.error as { reason: RefusalReason; detail?: string }
  return { reason: error.reason, detail: error.detail }
}
