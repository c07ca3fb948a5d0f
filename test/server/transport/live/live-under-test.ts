/**
 * The live channel's transport on a real port, without an application: who is who stands in the cookie `person=<id>`, and what becomes of a
 * sign-in is a table. People come with the client from npm, over either transport, or by hand.
 */
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { createAccessChanges } from '../../../../server/auth/access-changes.ts'
import type { SignInReason } from '../../../../server/auth/authenticate.ts'
import type { SignedInCaller } from '../../../../server/auth/caller.ts'
import { systemClock } from '../../../../server/lib/clock.ts'
import type { LiveLimits } from '../../../../server/transport/live/live-limits.ts'
import {
  createLiveServer,
  type LiveServer,
  type LiveServerOptions,
} from '../../../../server/transport/live/live-server.ts'
import { routeUpgrades, type UpgradeRoutes } from '../../../../server/transport/upgrades.ts'
import type { Actor } from '../../../../shared/access.ts'
import type { SessionId, UserId } from '../../../../shared/ids.ts'
import { LIVE_PATH } from '../../../../shared/protocol/live-channel.ts'
import { collectingLog } from '../../../support/room-under-test.ts'
import { ORIGIN } from '../../../support/sync-server.ts'

export const TRANSPORTS = ['websocket', 'polling'] as const
export type Transport = (typeof TRANSPORTS)[number]

export const sessionOf = (userId: UserId) => `session-of-${userId}` as SessionId

export interface LiveUnderTest {
  live: LiveServer
  http: Server
  port: number
  log: ReturnType<typeof collectingLog>
  changes: ReturnType<typeof createAccessChanges>
  /** Ends, locks or restores a person's sign-in, and says so. */
  setStanding(person: string, standing: SignInReason | undefined): void
  /** While set, nobody's sign-in is answered. */
  answers: { areHeld: boolean; fail: boolean; release(): void }
  close(): Promise<void>
}

export async function openLive(
  options: {
    limits?: Partial<LiveLimits>
    upgrades?: UpgradeRoutes['handlers']
    prepare?: (live: LiveServer, parts: Pick<LiveServerOptions, 'authentication' | 'log'>) => void
  } = {},
): Promise<LiveUnderTest> {
  const standings = new Map<string, SignInReason>()
  const changes = createAccessChanges()
  const log = collectingLog()
  let waiting: (() => void)[] = []
  const answers: LiveUnderTest['answers'] = {
    areHeld: false,
    fail: false,
    release() {
      this.areHeld = false
      for (const go of waiting) go()
      waiting = []
    },
  }
  async function standingOf(userId: UserId): Promise<SignedInCaller | SignInReason> {
    if (answers.areHeld) await new Promise<void>(resolve => waiting.push(resolve))
    if (answers.fail) throw new Error('the store is away')
    const actor: Actor = { userId, operator: false, memberships: [] }
    const caller = { state: 'signed-in', person: { userId, sessionId: sessionOf(userId) }, actor } as SignedInCaller
    return standings.get(userId) ?? caller
  }
  const authentication: LiveServerOptions['authentication'] = {
    async authenticate(cookie) {
      const userId = /(?:^|; )person=([\w-]+)/.exec(cookie ?? '')?.[1] as UserId | undefined
      return userId === undefined ? 'not-signed-in' : standingOf(userId)
    },
    standingOf: ({ userId }) => standingOf(userId),
  }
  const live = createLiveServer({
    addresses: {
      isOurHost: () => true,
      isOurOrigin: origin => origin === ORIGIN,
      clientAddressOf: asked => String(asked.headers['x-forwarded-for'] ?? '127.0.0.1'),
    },
    authentication,
    changes,
    clock: systemClock,
    log,
    ...(options.limits && { limits: options.limits }),
  })
  options.prepare?.(live, { authentication, log })
  const http = createServer((_request, response) => response.end('elsewhere'))
  live.attach(http)
  const stopRouting = routeUpgrades(http, { handlers: options.upgrades ?? {}, leftToOthers: [LIVE_PATH] })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  return {
    live,
    http,
    port: (http.address() as AddressInfo).port,
    log,
    changes,
    answers,
    setStanding(person, standing) {
      if (standing === undefined) standings.delete(person)
      else standings.set(person, standing)
      changes.announce([`session:${sessionOf(person as UserId)}`])
    },
    async close() {
      answers.release()
      const closed = new Promise(resolve => http.close(resolve))
      await live.close()
      stopRouting()
      http.closeAllConnections()
      await closed
    },
  }
}

export interface ComeOptions {
  transport?: Transport
  /** Begins with polling and goes on over WebSocket. */
  upgrades?: boolean
  namespace?: string
  headers?: Record<string, string>
  auth?: Record<string, unknown>
}

/** A person's browser: one connection of its own, never coming back by itself. */
export function come(server: Pick<LiveUnderTest, 'port'>, person: string, options: ComeOptions = {}): Socket {
  const { transport = 'websocket', upgrades = false, namespace = '/meeting', headers, auth } = options
  return io(`http://127.0.0.1:${server.port}${namespace}`, {
    path: LIVE_PATH,
    transports: upgrades ? ['polling', 'websocket'] : [transport],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: ORIGIN, cookie: `person=${person}`, ...headers },
    ...(auth && { auth }),
  })
}

/** Resolves when the namespace is entered, with the reason when it is not. */
export function entered(socket: Socket): Promise<'entered' | Error> {
  return new Promise(resolve => {
    socket.once('connect', () => resolve('entered'))
    socket.once('connect_error', resolve)
  })
}

/** One request by hand. */
export function ask(
  server: Pick<LiveUnderTest, 'port'>,
  path: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {} } = options
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }, response => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', chunk => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asked.on('error', reject)
    asked.end(options.body)
  })
}
