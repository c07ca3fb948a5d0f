/**
 * The document sockets: answers an upgrade before the 101 (PROTOCOL.md, "Before the 101"), then hands the WebSocket to its room. Origin, cookie,
 * access and caps are asked in that order (`sync-door.ts`); no document is touched for somebody who is refused.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { RECEIPTS_SUBPROTOCOL } from '../../shared/protocol/protocol-version.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import type { SessionHandle } from '../rooms/rooms.ts'
import type { Addresses } from './addresses.ts'
import type { SyncDoor } from './sync-door.ts'
import { SyncSocket } from './sync-socket.ts'
import { refuseUpgrade, type UpgradeHandler } from './upgrades.ts'

export interface SyncSocketsOptions {
  door: SyncDoor
  addresses: Pick<Addresses, 'isOurOrigin' | 'clientAddressOf'>
  clock: Clock
  log: Log
  limits?: Partial<SyncSocketLimits>
}

export interface SyncSocketLimits {
  maxMessageBytes: number
  maxFragments: number
  maxBufferedChunks: number
}

export const SYNC_SOCKET_LIMITS: SyncSocketLimits = {
  maxMessageBytes: 1 << 20,
  maxFragments: 64,
  maxBufferedChunks: 4096,
}

export interface SyncSockets {
  /** For `/sync/…`. */
  handleUpgrade: UpgradeHandler
  counts(): { open: number; pending: number }
  /** Lets nobody in any more and cuts what is still open. The rooms are to be closed first, so that everybody is told. */
  close(): Promise<void>
}

export const SYNC_PATH = '/sync/'
const KEEP_ALIVE_MS = 3_000

export function createSyncSockets(options: SyncSocketsOptions): SyncSockets {
  const { door, addresses, clock, log } = options
  const limits = { ...SYNC_SOCKET_LIMITS, ...options.limits }
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxMessageBytes,
    maxFragments: limits.maxFragments,
    maxBufferedChunks: limits.maxBufferedChunks,
    perMessageDeflate: false,
    // One message in one turn of the event loop: several large ones come in one piece of a socket, and would be judged in one go.
    allowSynchronousEvents: false,
    // Pongs are sent by SyncSocket, within an allowance.
    autoPong: false,
    clientTracking: true,
    handleProtocols: offered => (offered.has(RECEIPTS_SUBPROTOCOL) ? RECEIPTS_SUBPROTOCOL : false),
  })
  const open = new Set<SyncSocket>()
  let isClosing = false
  let stopTimer = keepAliveLater()

  function keepAliveLater(): () => void {
    return clock.after(KEEP_ALIVE_MS, () => {
      const now = clock.now()
      for (const socket of open) socket.keepAlive(now)
      if (!isClosing) stopTimer = keepAliveLater()
    })
  }

  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const documentName = documentNameOfPath(request.url)
    const address = addresses.clientAddressOf(request)
    const refusal = refusalAtTheDoor(request, documentName, address)
    if (refusal !== undefined) {
      refuseUpgrade(socket, refusal)
      return
    }
    door
      .comeIn({
        request,
        documentName,
        address,
        isThere: () => !socket.destroyed && socket.readable,
        enter: place =>
          server.handleUpgrade(request, socket, head, ws => {
            let session: SessionHandle | undefined
            const syncSocket = new SyncSocket({
              ws,
              raw: socket,
              clock,
              onMessage: frame => session?.receive(frame),
              onGone: () => {
                open.delete(syncSocket)
                session?.leave()
              },
            })
            open.add(syncSocket)
            session = place.join(syncSocket, ws.protocol === RECEIPTS_SUBPROTOCOL)
          }),
      })
      .catch((error: unknown) => {
        // A transient refusal: whoever cannot be judged now may try again.
        if (!(error instanceof Refusal)) log.error({ err: error }, 'an upgrade could not be answered')
        if (!socket.destroyed) refuseUpgrade(socket, error instanceof Refusal ? error.reason : 'internal')
      })
  }

  /** What can be said without asking anybody. */
  function refusalAtTheDoor(request: IncomingMessage, documentName: string, address: string) {
    if (isClosing) return 'server-restarting'
    if (documentName === '') return 'not-found'
    if (!addresses.isOurOrigin(onlyOrigin(request), request.headers.host)) return 'wrong-origin'
    return door.refusalFor(documentName, address)
  }

  return {
    handleUpgrade,
    counts: () => ({ open: open.size, pending: door.pending() }),
    async close() {
      isClosing = true
      door.close()
      stopTimer()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const ws of server.clients) {
        // The rooms' close frames are on their way; a moment later the line is cut.
        clock.after(1_000, () => ws.terminate())
      }
      await closed
    },
  }
}

/** The document's name in a path `/sync/<name>`, empty when the path has another form. What follows a `?` is not looked at. */
function documentNameOfPath(url: string | undefined): string {
  const [path = ''] = (url ?? '').split('?', 1)
  const name = path.startsWith(SYNC_PATH) ? path.slice(SYNC_PATH.length) : ''
  return /^[A-Za-z0-9_.-]{1,100}$/.test(name) ? name : ''
}

/** The value of the one Origin header; undefined when there is none or more than one (Node joins or drops repeated ones). */
function onlyOrigin(request: IncomingMessage): string | undefined {
  const values = request.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === 'origin')
  return values.length === 1 ? values[0] : undefined
}
