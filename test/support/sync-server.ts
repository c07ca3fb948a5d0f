/**
 * The sync server alone on a real port: real rooms, guard, sealed documents on the store under test, real sockets of both kinds. People are
 * known by a cookie `person=<id>`; what they may do is a table.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { pollingSockets } from '../../client/room/polling-socket.ts'
import type { SignedInCaller } from '../../server/auth/caller.ts'
import { createDrawer } from '../../server/crypto/sealing.ts'
import { systemClock } from '../../server/lib/clock.ts'
import { createDocumentGuard } from '../../server/rooms/document-guard.ts'
import { GUARD_LIMITS } from '../../server/rooms/guard/limits.ts'
import type { RoomLimits } from '../../server/rooms/limits.ts'
import type { DocumentStore, SignedInPerson, UpdateGuard } from '../../server/rooms/ports.ts'
import { createRooms, type Rooms } from '../../server/rooms/rooms.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { createDocumentStore } from '../../server/storage/documents/document-store.ts'
import type { Sealer } from '../../server/storage/documents/sealer.ts'
import type { LiveLimits } from '../../server/transport/live/live-limits.ts'
import { createLiveServer, type LiveServer } from '../../server/transport/live/live-server.ts'
import { createSyncChannel, type SyncChannel } from '../../server/transport/live/sync-channel.ts'
import { createSyncDoor, type SyncDoorLimits } from '../../server/transport/sync-door.ts'
import { createSyncSockets, type SyncSockets } from '../../server/transport/sync-sockets.ts'
import { routeUpgrades } from '../../server/transport/upgrades.ts'
import { parseDocumentName } from '../../shared/documents/document-names.ts'
import type { ConnectionId, SessionId, UserId } from '../../shared/ids.ts'
import { LIVE_PATH } from '../../shared/protocol/live-channel.ts'
import { RECEIPTS_SUBPROTOCOL } from '../../shared/protocol/protocol-version.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { collectingLog } from './room-under-test.ts'
import { SimAccess } from './sim-access.ts'
import { openTestStore } from './store-under-test.ts'

export const ORIGIN = 'http://dure.test'

export interface SyncServer {
  port: number
  rooms: Rooms
  sockets: SyncSockets
  /** Documents over polling. */
  channel: SyncChannel
  live: LiveServer
  access: SimAccess
  store: DocumentStore
  log: ReturnType<typeof collectingLog>
  /** How often somebody's access was asked for an upgrade. */
  admissions(): number
  close(): Promise<void>
}

/** Seals as the real one does, under one key for all. */
export function testSealer(): Sealer {
  const drawer = createDrawer('test', Buffer.alloc(32, 7))
  return {
    seal: async (document, place, plain) => drawer.seal(plain, `${document}|${place}`),
    open: async (document, place, sealed) => drawer.open(sealed, `${document}|${place}`),
  }
}

export async function openSyncServer(
  options: {
    limits?: Partial<RoomLimits>
    doorLimits?: Partial<SyncDoorLimits>
    liveLimits?: Partial<LiveLimits>
    guard?: UpdateGuard
  } = {},
): Promise<SyncServer> {
  const opened = await openTestStore(COLLECTIONS)
  const store = createDocumentStore({ store: opened.store, sealer: testSealer() })
  const access = new SimAccess()
  const log = collectingLog()
  let connections = 0
  let admissions = 0
  const rooms = createRooms({
    store,
    access,
    // Larger documents than anybody may write: the system's own buffers have to run over.
    guard: options.guard ?? createDocumentGuard({ ...GUARD_LIMITS, documentBytes: 8_000_000 }),
    clock: systemClock,
    log,
    newConnectionId: () => `connection-${connections++}` as ConnectionId,
    limits: options.limits,
  })
  const door = createSyncDoor({
    rooms,
    admit: async (request, documentName) => {
      admissions++
      const person = personOf(request.headers.cookie)
      if (person === undefined) return new Refusal('not-signed-in')
      const ref = parseDocumentName(documentName)
      const grant = ref && (await access.grantFor(person, ref))
      return ref && grant ? { person, ref, grant } : new Refusal('not-found')
    },
    clock: systemClock,
    limits: options.doorLimits,
  })
  const addresses = {
    isOurHost: () => true,
    isOurOrigin: (origin: string | undefined) => origin === ORIGIN,
    clientAddressOf: () => '127.0.0.1',
  }
  const sockets = createSyncSockets({ door, addresses, clock: systemClock, log })
  const live = createLiveServer({
    addresses,
    authentication: {
      authenticate: async cookie => signedIn(personOf(cookie)),
      standingOf: async person => signedIn(person),
    },
    changes: { onChange: listener => access.onChange(listener) },
    clock: systemClock,
    log,
    limits: options.liveLimits,
  })
  const channel = createSyncChannel({ live, door, clock: systemClock, log })
  const http = createServer((_request, response) => response.end())
  live.attach(http)
  const stopRouting = routeUpgrades(http, {
    handlers: { '/sync/': sockets.handleUpgrade },
    leftToOthers: [LIVE_PATH],
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  return {
    port: (http.address() as AddressInfo).port,
    rooms,
    sockets,
    channel,
    live,
    access,
    store,
    log,
    admissions: () => admissions,
    async close() {
      await rooms.close()
      await Promise.all([sockets.close(), channel.close()])
      await live.close()
      stopRouting()
      http.closeAllConnections()
      await new Promise(resolve => http.close(resolve))
      await opened.cleanUp()
    },
  }
}

function personOf(cookie: string | undefined): SignedInPerson | undefined {
  const userId = /(?:^|; )person=([\w-]+)/.exec(cookie ?? '')?.[1] as UserId | undefined
  return userId && { userId, sessionId: `session-of-${userId}` as SessionId }
}

function signedIn(person: SignedInPerson | undefined): SignedInCaller | 'not-signed-in' {
  if (person === undefined) return 'not-signed-in'
  return {
    state: 'signed-in',
    person,
    actor: { userId: person.userId, operator: false, memberships: [] },
    mustChangePassword: false,
    secondFactor: false,
    needsSecondFactor: false,
  }
}

/** A WebSocket class that sends what a browser would: cookie and origin. */
export function browserSocket(headers: Record<string, string>): typeof globalThis.WebSocket {
  class BrowserSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers, perMessageDeflate: false })
    }
  }
  // The provider asks for the browser's class; ws implements what it uses of it.
  const cast: unknown = BrowserSocket
  return cast as typeof globalThis.WebSocket
}

export type Via = 'websocket' | 'polling'

/** The class of a person's sockets, over the one transport or the other. */
export function socketsOf(server: Pick<SyncServer, 'port'>, via: Via, headers: Record<string, string>) {
  if (via === 'websocket') return browserSocket(headers)
  return pollingSockets({ origin: `http://127.0.0.1:${server.port}`, extraHeaders: headers })
}

export interface Visitor {
  doc: Y.Doc
  provider: WebsocketProvider
  leave(): void
}

/** The stock provider from npm as a person's browser. */
export function visit(
  server: Pick<SyncServer, 'port'>,
  documentName: string,
  options: { person?: string; receipts?: boolean; doc?: Y.Doc; origin?: string; via?: Via } = {},
): Visitor {
  const { person, receipts = false, doc = new Y.Doc(), origin = ORIGIN, via = 'websocket' } = options
  const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/sync`, documentName, doc, {
    disableBc: true,
    protocols: receipts ? [RECEIPTS_SUBPROTOCOL] : [],
    WebSocketPolyfill: socketsOf(
      server,
      via,
      person === undefined ? { origin } : { origin, cookie: `person=${person}` },
    ),
  })
  return {
    doc,
    provider,
    leave() {
      provider.destroy()
      doc.destroy()
    },
  }
}

/** Waits until something holds, looking after every turn of the event loop; fails after a deadline. */
export async function until(holds: () => boolean, what: string, deadlineMs = 60_000): Promise<void> {
  const end = Date.now() + deadlineMs
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Waited ${deadlineMs} ms for ${what}`)
    await new Promise(resolve => setImmediate(resolve))
  }
}
