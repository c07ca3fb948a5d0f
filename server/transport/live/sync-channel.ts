/**
 * Documents over polling (PROTOCOL.md, "Over polling"): one connection of the live server carries the documents of one page, each in a channel of
 * its own. Everything that comes in is read strictly in one place, and nothing that comes in can throw out of it.
 */
import type { Duplex } from 'node:stream'
import type { Socket } from 'socket.io'
import { MAX_CHANNEL, POLLING_NAMESPACE } from '../../../shared/protocol/polling.ts'
import { REFUSALS, Refusal, type RefusalReason } from '../../../shared/protocol/refusals.ts'
import type { Log } from '../../lib/log.ts'
import type { Clock } from '../../rooms/ports.ts'
import type { SessionHandle } from '../../rooms/rooms.ts'
import { TokenBucket } from '../../rooms/token-bucket.ts'
import type { SyncDoor } from '../sync-door.ts'
import { FramePieces } from './frame-pieces.ts'
import type { LiveServer } from './live-server.ts'
import { PolledSocket } from './polled-socket.ts'
import { Backlog, type PolledEngine, SyncOutbox } from './sync-outbox.ts'

export interface SyncChannelOptions {
  live: Pick<LiveServer, 'namespace' | 'connectionOf'>
  door: SyncDoor
  clock: Clock
  log: Log
}

export interface SyncChannel {
  counts(): { connections: number; open: number }
  /** Lets nobody in any more, and resolves once everybody was told what there was to tell, or a second later. */
  close(): Promise<void>
}

const KEEP_ALIVE_MS = 3_000
const TOLD_WITHIN_MS = 1_000
/** A page opens three documents at once and one or two with each item; each asks the store. */
const OPEN_BURST = 60
const OPENS_PER_SECOND = 2
/** Frames that were on their way to a channel that the server closed: not more than a session may have sent. */
const LATE_BURST = 3_000
const LATE_PER_SECOND = 300

export function createSyncChannel({ live, door, clock, log }: SyncChannelOptions): SyncChannel {
  const lines = new Set<PolledLine>()
  let isClosing = false
  let stopTimer = keepAliveLater()

  function keepAliveLater(): () => void {
    return clock.after(KEEP_ALIVE_MS, () => {
      const now = clock.now()
      for (const line of lines) line.keepAlive(now)
      if (!isClosing) stopTimer = keepAliveLater()
    })
  }

  live.namespace(POLLING_NAMESPACE).on('connection', socket => {
    const { address } = live.connectionOf(socket)
    const end = (reason: RefusalReason) => live.connectionOf(socket).end(reason)
    const line = new PolledLine({ socket, address, end, door, clock, log })
    lines.add(line)
    socket.once('disconnect', () => {
      lines.delete(line)
      line.gone()
    })
  })

  return {
    counts() {
      let open = 0
      for (const line of lines) open += line.openCount
      return { connections: lines.size, open }
    },
    async close() {
      isClosing = true
      door.close()
      stopTimer()
      const until = clock.now() + TOLD_WITHIN_MS
      while ([...lines].some(line => line.hasToTell) && clock.now() < until) {
        await new Promise<void>(resolve => clock.after(20, resolve))
      }
    },
  }
}

type Channel =
  /** Access is being asked. */
  { state: 'asking' } | { state: 'open'; socket: PolledSocket; session: SessionHandle | undefined; pieces: FramePieces }

interface PolledLineOptions {
  socket: Socket
  address: string
  /** Ends the connection with all it carries. */
  end(reason: RefusalReason): void
  door: SyncDoor
  clock: Clock
  log: Log
}

/** One page's connection. */
class PolledLine {
  readonly #options: PolledLineOptions
  readonly #outbox: SyncOutbox
  readonly #channels = new Map<number, Channel>()
  readonly #opens: TokenBucket
  readonly #late: TokenBucket
  #highest = 0
  #isGone = false
  #raw: Duplex | undefined

  constructor(options: PolledLineOptions) {
    const { socket, clock } = options
    const now = clock.now()
    this.#options = options
    this.#opens = new TokenBucket({ burst: OPEN_BURST, perSecond: OPENS_PER_SECOND, now })
    this.#late = new TokenBucket({ burst: LATE_BURST, perSecond: LATE_PER_SECOND, now })
    this.#outbox = new SyncOutbox({ engine: this.#engineOf(socket), clock })
    socket.onAny((event: unknown, ...args: unknown[]) => {
      try {
        if (!this.#isGone) this.#hear(event, args)
      } catch (error) {
        // A bug of ours: it costs this connection, never the process.
        options.log.error({ err: error }, 'an event could not be handled')
        this.#options.end('internal')
      }
    })
  }

  get openCount(): number {
    let open = 0
    for (const { state } of this.#channels.values()) if (state === 'open') open++
    return open
  }

  get hasToTell(): boolean {
    return !this.#outbox.isEmpty
  }

  keepAlive(now: number): void {
    for (const channel of this.#channels.values()) if (channel.state === 'open') channel.socket.keepAlive(now)
  }

  /** The connection is gone, whoever closed it. */
  gone(): void {
    this.#isGone = true
    this.#outbox.close()
    for (const number of [...this.#channels.keys()]) this.#abandon(number)
  }

  /** Another event, other arguments, an acknowledgement (it comes as one argument more): not our client. */
  #hear(event: unknown, args: readonly unknown[]): void {
    const [channel, what, option] = args
    if (!isChannelNumber(channel)) this.#options.end('bad-message')
    else if (event === 'open' && args.length === 3 && typeof what === 'string' && typeof option === 'boolean') {
      this.#open(channel, what, option)
    } else if (event === 'frame' && args.length === 3 && typeof what === 'string' && typeof option === 'boolean') {
      this.#frame(channel, what, option)
    } else if (event === 'close' && args.length === 1 && channel <= this.#highest) this.#abandon(channel)
    else this.#options.end('bad-message')
  }

  #open(number: number, documentName: string, receipts: boolean): void {
    const { socket, address, door, clock, log } = this.#options
    if (number <= this.#highest) {
      this.#options.end('bad-message')
      return
    }
    this.#highest = number
    const refusal = this.#opens.take(1, clock.now()) ? door.refusalFor(documentName, address) : 'too-fast'
    if (refusal !== undefined) {
      this.#refuse(number, refusal)
      return
    }
    const asking: Channel = { state: 'asking' }
    const isThere = () => this.#channels.get(number) === asking
    this.#channels.set(number, asking)
    door
      .comeIn({
        request: socket.request,
        documentName,
        address,
        isThere,
        enter: place => {
          const socket = new PolledSocket({
            channel: number,
            outbox: this.#outbox,
            clock,
            // As a real socket does: its end is heard after whoever closed it has finished.
            onClosed: () => clock.soon(() => this.#forget(number)),
            onCut: () => this.#cut(),
          })
          const open: Channel = { state: 'open', socket, session: undefined, pieces: new FramePieces() }
          this.#channels.set(number, open)
          open.session = place.join(socket, receipts)
        },
      })
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) log.error({ err: error }, 'a document could not be opened')
        if (!isThere()) return
        this.#channels.delete(number)
        this.#refuse(number, error instanceof Refusal ? error.reason : 'internal')
      })
  }

  #frame(number: number, piece: string, more: boolean): void {
    const channel = this.#channels.get(number)
    if (channel === undefined) {
      // What was on its way when the server closed the channel is no offence; a channel that never was is.
      const isLate = number <= this.#highest && this.#late.take(1, this.#options.clock.now())
      if (!isLate) this.#options.end('bad-message')
    } else if (channel.state === 'asking') {
      this.#channels.delete(number)
      this.#refuse(number, 'bad-message')
    } else if (channel.socket.isOpen) {
      const read = channel.pieces.add(piece, more)
      if (read === 'malformed') channel.socket.close('bad-message', 'text')
      else if (read === 'too-big') channel.socket.closeTooBig()
      else if (read !== 'more') channel.session?.receive(read)
    }
  }

  #refuse(number: number, reason: RefusalReason): void {
    this.#outbox.closed(number, new Backlog(), REFUSALS[reason].close, reason)
  }

  /** The client has left, or the line is gone. */
  #abandon(number: number): void {
    const channel = this.#channels.get(number)
    if (channel?.state === 'open') channel.socket.abandon()
    this.#forget(number)
  }

  #forget(number: number): void {
    const channel = this.#channels.get(number)
    this.#channels.delete(number)
    if (channel?.state === 'open') channel.session?.leave()
  }

  /** What the network still holds is lost with it. */
  #cut(): void {
    this.#raw?.destroy()
    this.#options.socket.conn.close(true)
  }

  #engineOf(socket: Socket): PolledEngine {
    const { conn } = socket
    const listeners: (() => void)[] = []
    const listen = (): void => {
      conn.transport.on('ready', () => {
        for (const listener of listeners) listener()
      })
      conn.transport.on('headers', (_headers: unknown, request: { method?: string; socket?: Duplex }) => {
        if (request.method === 'GET') this.#raw = request.socket
      })
    }
    listen()
    conn.on('upgrade', listen)
    return {
      isReady: () => conn.readyState === 'open' && conn.transport.writable,
      onReady: listener => listeners.push(listener),
      raw: () => this.#raw,
      deliver: entries => socket.emit('deliver', entries),
    }
  }
}

const isChannelNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_CHANNEL
