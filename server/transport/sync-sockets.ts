/**
 * The door for document sockets: decides everything about an upgrade before the 101 (PROTOCOL.md, "Before the 101"), then hands the socket to
 * its room. Origin, cookie, access and caps are asked in that order; no document is touched for somebody who is refused.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import type { UserId } from '../../shared/ids.ts'
import { RECEIPTS_SUBPROTOCOL } from '../../shared/protocol/protocol-version.ts'
import { Refusal, type RefusalReason } from '../../shared/protocol/refusals.ts'
import type { Log } from '../lib/log.ts'
import { withDeadline } from '../rooms/deadline.ts'
import type { Clock, DocumentGrant, SignedInPerson } from '../rooms/ports.ts'
import type { Rooms, SessionHandle } from '../rooms/rooms.ts'
import type { Addresses } from './addresses.ts'
import { SyncSocket } from './sync-socket.ts'
import { refuseUpgrade, type UpgradeHandler } from './upgrades.ts'

/** Who may come in, with what; recorded for the audit by whoever answers. */
export interface Admission {
  person: SignedInPerson
  ref: DocumentRef
  grant: DocumentGrant
}

export interface SyncSocketsOptions {
  rooms: Pick<Rooms, 'join' | 'markAccess'>
  /** Resolves to the admission or to the refusal; a rejection with a {@link Refusal} is one too. Any other rejection is `internal`. */
  admit: (request: IncomingMessage, documentName: string) => Promise<Admission | Refusal>
  addresses: Pick<Addresses, 'isOurOrigin' | 'clientAddressOf'>
  clock: Clock
  log: Log
  limits?: Partial<SyncSocketLimits>
}

export interface SyncSocketLimits {
  maxMessageBytes: number
  maxFragments: number
  maxBufferedChunks: number
  /** Upgrades that wait for their answer, in all and per address. */
  maxPending: number
  maxPendingPerAddress: number
  /** An agency's whole staff may come from one address. */
  maxPerAddress: number
  maxPerUser: number
  /** In all, from the request to the 101; traffic does not extend it. */
  admissionDeadlineMs: number
}

export const SYNC_SOCKET_LIMITS: SyncSocketLimits = {
  maxMessageBytes: 1 << 20,
  maxFragments: 64,
  maxBufferedChunks: 4096,
  maxPending: 1000,
  maxPendingPerAddress: 500,
  maxPerAddress: 4000,
  maxPerUser: 40,
  admissionDeadlineMs: 10_000,
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
  const { rooms, admit, addresses, clock, log } = options
  const limits = { ...SYNC_SOCKET_LIMITS, ...options.limits }
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxMessageBytes,
    maxFragments: limits.maxFragments,
    maxBufferedChunks: limits.maxBufferedChunks,
    perMessageDeflate: false,
    // Pongs are sent by SyncSocket, within an allowance.
    autoPong: false,
    clientTracking: true,
    handleProtocols: offered => (offered.has(RECEIPTS_SUBPROTOCOL) ? RECEIPTS_SUBPROTOCOL : false),
  })
  const open = new Set<SyncSocket>()
  const pendingByAddress = new Tally<string>()
  const openByAddress = new Tally<string>()
  const openByUser = new Tally<UserId>()
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
    const address = addresses.clientAddressOf(request)
    const refusal = refusalAtTheDoor(request, address)
    if (refusal !== undefined) {
      refuseUpgrade(socket, refusal)
      return
    }
    pendingByAddress.add(address)
    comeIn(request, socket, head, address)
      .catch((error: unknown) => {
        // A transient refusal: whoever cannot be judged now may try again.
        if (!(error instanceof Refusal)) log.error({ err: error }, 'an upgrade could not be answered')
        if (!socket.destroyed) refuseUpgrade(socket, error instanceof Refusal ? error.reason : 'internal')
      })
      .finally(() => pendingByAddress.remove(address))
  }

  /** What can be said without asking anybody. */
  function refusalAtTheDoor(request: IncomingMessage, address: string): RefusalReason | undefined {
    if (isClosing) return 'server-restarting'
    if (documentNameOfPath(request.url) === undefined) return 'not-found'
    if (!addresses.isOurOrigin(onlyOrigin(request), request.headers.host)) return 'wrong-origin'
    const isFull =
      pendingByAddress.total >= limits.maxPending ||
      pendingByAddress.of(address) >= limits.maxPendingPerAddress ||
      openByAddress.of(address) + pendingByAddress.of(address) >= limits.maxPerAddress
    return isFull ? 'too-many-connections' : undefined
  }

  async function comeIn(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): Promise<void> {
    const documentName = documentNameOfPath(request.url) ?? ''
    // Access that changes while it is being asked is not missed.
    const since = rooms.markAccess()
    try {
      const admission = await withDeadline(admit(request, documentName), {
        clock,
        ms: limits.admissionDeadlineMs,
        what: 'an admission',
      })
      if (socket.destroyed || !socket.readable) return
      if (admission instanceof Refusal) throw admission
      const { person, ref, grant } = admission
      if (isClosing) throw new Refusal('server-restarting')
      if (openByUser.of(person.userId) >= limits.maxPerUser) throw new Refusal('too-many-connections')
      // Synchronous up to the room, so that the mark covers the whole way.
      server.handleUpgrade(request, socket, head, ws => {
        let session: SessionHandle | undefined
        let isGone = false
        const syncSocket = new SyncSocket({
          ws,
          raw: socket,
          clock,
          onMessage: frame => session?.receive(frame),
          onGone: () => {
            if (isGone) return
            isGone = true
            open.delete(syncSocket)
            openByAddress.remove(address)
            openByUser.remove(person.userId)
            session?.leave()
          },
        })
        open.add(syncSocket)
        openByAddress.add(address)
        openByUser.add(person.userId)
        const receipts = ws.protocol === RECEIPTS_SUBPROTOCOL
        session = rooms.join({ person, ref, grant, socket: syncSocket, receipts, since })
      })
    } finally {
      since.end()
    }
  }

  return {
    handleUpgrade,
    counts: () => ({ open: open.size, pending: pendingByAddress.total }),
    async close() {
      isClosing = true
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

/** The document's name in a path `/sync/<name>`, undefined when the path has another form. What follows a `?` is not looked at. */
function documentNameOfPath(url: string | undefined): string | undefined {
  const [path = ''] = (url ?? '').split('?', 1)
  const name = path.startsWith(SYNC_PATH) ? path.slice(SYNC_PATH.length) : ''
  return /^[A-Za-z0-9_.-]{1,100}$/.test(name) ? name : undefined
}

/** The value of the one Origin header; undefined when there is none or more than one (Node joins or drops repeated ones). */
function onlyOrigin(request: IncomingMessage): string | undefined {
  const values = request.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === 'origin')
  return values.length === 1 ? values[0] : undefined
}

/** How many there are, in all and by key. */
class Tally<K> {
  readonly #counts = new Map<K, number>()
  total = 0

  of(key: K): number {
    return this.#counts.get(key) ?? 0
  }

  add(key: K): void {
    this.total++
    this.#counts.set(key, this.of(key) + 1)
  }

  remove(key: K): void {
    this.total--
    const left = this.of(key) - 1
    if (left > 0) this.#counts.set(key, left)
    else this.#counts.delete(key)
  }
}
