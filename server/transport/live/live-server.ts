/**
 * The live channel's transport: socket.io over WebSocket and polling at one path, behind a door of our own (LIVE.md). socket.io listens to an
 * HTTP server that itself never listens, so nothing reaches it that has not passed the door: every request, the later ones of a connection
 * too, is looked at for its form, its origin and its cookie before the engine sees it.
 */
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Namespace, type Socket, Server as SocketServer } from 'socket.io'
import type { UserId } from '../../../shared/ids.ts'
import { LIVE_PATH } from '../../../shared/protocol/live-channel.ts'
import { REFUSALS, Refusal, type RefusalReason } from '../../../shared/protocol/refusals.ts'
import type { AccessChanges } from '../../auth/access-changes.ts'
import type { Authentication } from '../../auth/authenticate.ts'
import type { Log } from '../../lib/log.ts'
import { withDeadline } from '../../rooms/deadline.ts'
import type { Clock, SignedInPerson } from '../../rooms/ports.ts'
import type { Addresses } from '../addresses.ts'
import { refuseUpgrade } from '../upgrades.ts'
import { carefulWebSocketServer } from './careful-websocket-server.ts'
import { type EngineSocket, LiveConnection } from './live-connection.ts'
import { LIVE_LIMITS, type LiveLimits } from './live-limits.ts'
import { isFromOurPage, isLivePath, type LiveRequest, readLiveRequest } from './live-request.ts'
import { isModestJson } from './plain-json.ts'
import { Tally } from './tally.ts'

export interface LiveServerOptions {
  addresses: Pick<Addresses, 'isOurHost' | 'isOurOrigin' | 'clientAddressOf'>
  authentication: Pick<Authentication, 'authenticate' | 'standingOf'>
  changes: Pick<AccessChanges, 'onChange'>
  clock: Clock
  log: Log
  limits?: Partial<LiveLimits>
}

export interface LiveServer {
  /** Takes the requests and upgrades of {@link LIVE_PATH}; all other requests go where they went before, other upgrades are left alone. */
  attach(server: HttpServer): void
  /** Declares a namespace. Who enters is signed in; {@link connectionOf} says who. Nothing enters a namespace that is not declared. */
  namespace(name: `/${string}`): Namespace
  /** The connection that carries a namespace's socket. */
  connectionOf(socket: Socket): LiveConnection
  counts(): { connections: number; pending: number }
  /** Tells everybody `server-restarting`, and resolves when every line is gone. */
  close(): Promise<void>
}

/** What a request came on: the answer of a polling request, or the raw socket of an upgrade. */
interface Carrier {
  readonly destroyed: boolean
  once(event: 'close', listener: () => void): unknown
}

/** Room for a connection that was let in: first about to be, then one of the engine's. */
interface Place {
  person: SignedInPerson
  address: string
  /** The raw socket, when it begins as a WebSocket. */
  raw: Duplex | undefined
  /** What was announced as changed since the sign-in was asked. */
  mark: AccessMark
  isTaken: boolean
  free(): void
}

interface AccessMark {
  hasChanged(keys: readonly string[]): boolean
  end(): void
}

export function createLiveServer(options: LiveServerOptions): LiveServer {
  const { addresses, authentication, changes, clock, log } = options
  const limits = { ...LIVE_LIMITS, ...options.limits }
  const places = new WeakMap<IncomingMessage, Place>()
  const byEngine = new WeakMap<EngineSocket, LiveConnection>()
  const bySid = new Map<string, LiveConnection>()
  const byKey = new Map<string, Set<LiveConnection>>()
  const pendingByAddress = new Tally<string>()
  const openByAddress = new Tally<string>()
  const openByUser = new Tally<UserId>()
  let isClosing = false

  const inner = createServer()
  const io = new SocketServer({
    path: LIVE_PATH,
    transports: ['polling', 'websocket'],
    allowEIO3: false,
    serveClient: false,
    cookie: false,
    perMessageDeflate: false,
    httpCompression: false,
    destroyUpgrade: false,
    cleanupEmptyChildNamespaces: true,
    maxHttpBufferSize: limits.maxMessageBytes,
    connectTimeout: limits.connectTimeoutMs,
    upgradeTimeout: limits.connectTimeoutMs,
    pingInterval: limits.pingEveryMs,
    pingTimeout: limits.pingAnswerMs,
    wsEngine: carefulWebSocketServer({ clock, limits }),
    // The door has asked; this is for a request that would find a way around it.
    allowRequest: (request, answer) => answer(null, places.has(request)),
  })
  io.attach(inner)
  io.of('/').use((_socket, next) => next(refusalForClient('not-found')))
  io.engine.on('connection', (engine: EngineSocket) => begin(engine))
  const stopWatching = changes.onChange(keys => {
    for (const key of keys) for (const connection of byKey.get(key) ?? []) connection.askAgain()
  })

  /** A place becomes a connection. */
  function begin(engine: EngineSocket): void {
    const place = places.get(engine.request)
    if (place === undefined || place.isTaken) {
      engine.close(true)
      return
    }
    place.isTaken = true
    const { person, address } = place
    const connection = new LiveConnection({ engine, person, address, authentication, clock, limits })
    if (place.raw) connection.carriedBy(place.raw)
    const { sid } = engine.transport
    const keys = keysOf(person)
    byEngine.set(engine, connection)
    bySid.set(sid, connection)
    for (const key of keys) byKey.set(key, (byKey.get(key) ?? new Set()).add(connection))
    engine.once('close', () => {
      place.free()
      bySid.delete(sid)
      for (const key of keys) {
        const set = byKey.get(key)
        set?.delete(connection)
        if (set?.size === 0) byKey.delete(key)
      }
    })
    if (place.mark.hasChanged(keys)) connection.askAgain()
    place.mark.end()
    if (isClosing) connection.end('server-restarting')
  }

  /** Whether a request may go on to the engine; a first one has its place then. @throws Refusal */
  async function letIn(request: IncomingMessage, carrier: Carrier, raw: Duplex | undefined): Promise<void> {
    const address = addresses.clientAddressOf(request)
    const asked = atTheDoor(request, address, raw !== undefined)
    const mark = markChanges()
    let isReserved = false
    pendingByAddress.add(address)
    try {
      const caller = await withDeadline(authentication.authenticate(request.headers.cookie, address), {
        clock,
        ms: limits.admissionDeadlineMs,
        what: 'an admission',
      })
      if (typeof caller === 'string') throw new Refusal(caller)
      if (isClosing) throw new Refusal('server-restarting')
      const { person } = caller
      if (asked.sid !== undefined) {
        const connection = bySid.get(asked.sid)
        // Somebody else's connection is as unknown as one that is not there.
        if (connection?.person.sessionId !== person.sessionId) throw new Refusal('bad-request', 'sid')
        if (raw && !connection.carriedBy(raw)) throw new Refusal('bad-request', 'upgrade')
        return
      }
      if (openByUser.of(person.userId) >= limits.maxPerUser) throw new Refusal('too-many-connections')
      if (carrier.destroyed) return
      reserve(request, carrier, { person, address, raw, mark })
      isReserved = true
    } finally {
      if (!isReserved) mark.end()
      pendingByAddress.remove(address)
    }
  }

  function markChanges(): AccessMark {
    const changed = new Set<string>()
    const stop = changes.onChange(keys => {
      for (const key of keys) changed.add(key)
    })
    return { hasChanged: keys => keys.some(key => changed.has(key)), end: stop }
  }

  /** What can be said without asking anybody. @throws Refusal */
  function atTheDoor(request: IncomingMessage, address: string, isUpgrade: boolean): LiveRequest {
    if (isClosing) throw new Refusal('server-restarting')
    const asked = readLiveRequest(request, isUpgrade)
    if (asked === undefined) throw new Refusal('bad-request')
    if (!isFromOurPage(request, asked, addresses)) throw new Refusal('wrong-origin')
    const isFull =
      pendingByAddress.total >= limits.maxPending ||
      pendingByAddress.of(address) >= limits.maxPendingPerAddress ||
      (asked.sid === undefined && openByAddress.of(address) + pendingByAddress.of(address) >= limits.maxPerAddress)
    if (isFull) throw new Refusal('too-many-connections')
    return asked
  }

  /** Counted from here on, so that many who come at once are not each let in as the last one. */
  function reserve(
    request: IncomingMessage,
    carrier: Carrier,
    about: Pick<Place, 'person' | 'address' | 'raw' | 'mark'>,
  ): void {
    const { person, address, mark } = about
    let isFree = false
    openByUser.add(person.userId)
    openByAddress.add(address)
    const place: Place = {
      ...about,
      isTaken: false,
      free() {
        if (isFree) return
        isFree = true
        mark.end()
        openByUser.remove(person.userId)
        openByAddress.remove(address)
      },
    }
    places.set(request, place)
    carrier.once('close', () => {
      if (!place.isTaken) place.free()
    })
  }

  function handleRequest(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    letIn(request, response, undefined)
      .then(() => {
        if (!response.destroyed) inner.emit('request', request, response)
      })
      .catch((error: unknown) => {
        if (response.headersSent) response.destroy()
        else answerRefusal(request, response, reasonOf(error, log))
      })
  }

  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    letIn(request, socket, socket)
      .then(() => {
        if (!socket.destroyed && socket.readable) inner.emit('upgrade', request, socket, head)
        else socket.destroy()
      })
      .catch((error: unknown) => {
        const reason = reasonOf(error, log)
        if (!socket.destroyed) refuseUpgrade(socket, reason)
      })
  }

  const connectionOf = (socket: Socket): LiveConnection => {
    const connection = byEngine.get(socket.conn)
    if (connection === undefined) throw new Error('A socket without a connection')
    return connection
  }

  return {
    attach(server) {
      const others = server.listeners('request')
      server.removeAllListeners('request')
      server.on('request', (request, response) => {
        if (isLivePath(request.url)) handleRequest(request, response)
        else for (const listener of others) listener.call(server, request, response)
      })
      server.on('upgrade', (request, socket, head) => {
        if (!isLivePath(request.url)) return
        // Without a listener a reset during the upgrade would end the process.
        socket.on('error', () => socket.destroy())
        handleUpgrade(request, socket, head)
      })
    },
    namespace(name) {
      const namespace = io.of(name)
      namespace.use((socket, next) => {
        const isModest = isModestJson(socket.handshake.auth, { maxDepth: 3, maxValues: limits.maxAuthValues })
        if (!byEngine.get(socket.conn)?.isOpen) next(refusalForClient('not-signed-in'))
        else if (!isModest) next(refusalForClient('bad-request'))
        else next()
      })
      namespace.on('connection', socket => connectionOf(socket).enter(socket))
      return namespace
    },
    connectionOf,
    counts: () => ({ connections: bySid.size, pending: pendingByAddress.total }),
    async close() {
      isClosing = true
      const all = [...bySid.values()]
      for (const connection of all) connection.end('server-restarting')
      await Promise.all(all.map(connection => connection.gone))
      stopWatching()
      await io.close()
    },
  }
}

const keysOf = ({ sessionId, userId }: SignedInPerson): string[] => [`session:${sessionId}`, `user:${userId}`]

/** What a client finds in its `connect_error`: the reason's id, and again under `data`. */
export function refusalForClient(reason: RefusalReason): Error & { data: { reason: RefusalReason } } {
  return Object.assign(new Error(reason), { data: { reason } })
}

function reasonOf(error: unknown, log: Log): RefusalReason {
  if (error instanceof Refusal) return error.reason
  // A transient refusal: whoever cannot be judged now may try again.
  log.error({ error }, 'A request to the live channel could not be answered')
  return 'internal'
}

function answerRefusal(request: IncomingMessage, response: ServerResponse, reason: RefusalReason): void {
  if (response.destroyed) return
  // What is left of a body that nobody read would be taken for the next request.
  if (!request.complete) response.setHeader('Connection', 'close')
  response.writeHead(REFUSALS[reason].http, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify({ reason }))
}
