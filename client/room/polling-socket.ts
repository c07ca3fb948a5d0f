/**
 * Documents over polling, for networks that block WebSockets (PROTOCOL.md, "Over polling"): sockets in the shape of the browser's, all over one
 * connection, because each polling connection keeps a request open and a browser has few. Who opens again, and when, is decided above: a
 * connection that is gone closes every socket on it, and the next socket begins a new one.
 */
import { fromBase64, toBase64 } from 'lib0/buffer'
import { Manager, type Socket } from 'socket.io-client'
import { LIVE_PATH } from '../../shared/protocol/live-channel.ts'
import {
  type DeliveryEntry,
  PIECE_BYTES,
  POLLING_NAMESPACE,
  type PollingEvents,
  type PollingNews,
} from '../../shared/protocol/polling.ts'
import { RECEIPTS_SUBPROTOCOL } from '../../shared/protocol/protocol-version.ts'
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'
import { BROKEN, SocketShape } from './socket-shape.ts'

export interface PollingOptions {
  /** e.g. `https://host` */
  origin: string
  /** What a browser would send by itself. */
  extraHeaders?: Record<string, string>
}

/** An answer to `open` that takes longer is none: the connection under it is dead. */
const OPENED_WITHIN_MS = 15_000
const SIGNED_OUT = REFUSALS['not-signed-in'].close

/** The class of sockets that share one connection. */
export function pollingSockets(options: PollingOptions): typeof WebSocket {
  let connection: PollingConnection | undefined
  return class extends PollingSocket {
    constructor(url: string | URL, protocols: string | string[] = []) {
      if (connection === undefined || connection.isOver) connection = new PollingConnection(options)
      super(url, [protocols].flat(), connection)
    }
  }
}

class PollingSocket extends SocketShape {
  readonly #connection: PollingConnection
  readonly #channel: number
  readonly #timer: ReturnType<typeof setTimeout>

  constructor(url: string | URL, protocols: readonly string[], connection: PollingConnection) {
    super(url)
    const path = new URL(this.url).pathname
    this.#connection = connection
    this.#channel = connection.open(
      this,
      path.slice(path.lastIndexOf('/') + 1),
      protocols.includes(RECEIPTS_SUBPROTOCOL),
    )
    this.#timer = setTimeout(() => connection.end(), OPENED_WITHIN_MS)
  }

  send(data: string | BufferSource | Blob): void {
    if (this.readyState !== 1) return
    if (!(data instanceof Uint8Array)) throw new Error('Only frames of bytes leave')
    this.#connection.send(this.#channel, data)
  }

  close(): void {
    if (this.readyState > 1) return
    this.readyState = 3
    clearTimeout(this.#timer)
    this.#connection.leave(this.#channel)
  }

  // From the connection

  opened(): void {
    clearTimeout(this.#timer)
    this.becomeOpen()
  }

  delivered(frame: Uint8Array): void {
    this.hear(Uint8Array.from(frame).buffer)
  }

  ended(code: number, reason: string): void {
    clearTimeout(this.#timer)
    if (code === BROKEN && this.readyState < 3) this.onerror?.(new Event('error'))
    this.becomeClosed(code, reason)
  }
}

/** `closed` ends the connection itself, for a reason (LIVE.md). */
type IoSocket = Socket<PollingNews & { closed(reason: RefusalReason): void }, PollingEvents>

class PollingConnection {
  readonly #sockets = new Map<number, PollingSocket>()
  /** Chosen before the connection stood. */
  readonly #toOpen = new Map<number, { document: string; receipts: boolean }>()
  #io: IoSocket | undefined
  #last = 0
  isOver = false

  constructor(options: PollingOptions) {
    this.#connect(options)
  }

  /** Answers with the channel. */
  open(socket: PollingSocket, document: string, receipts: boolean): number {
    const channel = ++this.#last
    this.#sockets.set(channel, socket)
    this.#toOpen.set(channel, { document, receipts })
    if (this.#io?.connected) this.#openAll()
    return channel
  }

  send(channel: number, frame: Uint8Array): void {
    const count = Math.max(1, Math.ceil(frame.byteLength / PIECE_BYTES))
    for (let at = 0; at < count; at++) {
      const piece = frame.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES)
      this.#io?.emit('frame', channel, toBase64(piece), at < count - 1)
    }
  }

  leave(channel: number): void {
    if (!this.#sockets.delete(channel)) return
    if (!this.#toOpen.delete(channel)) this.#io?.emit('close', channel)
    // A page without a document needs no open request.
    if (this.#sockets.size === 0) this.end()
  }

  /** Closes every socket: as a broken line does, or for a reason. */
  end(code: number = BROKEN, reason = ''): void {
    if (this.isOver) return
    this.isOver = true
    this.#toOpen.clear()
    this.#io?.disconnect()
    const sockets = [...this.#sockets.values()]
    this.#sockets.clear()
    for (const socket of sockets) socket.ended(code, reason)
  }

  #connect({ origin, extraHeaders }: PollingOptions): void {
    const manager = new Manager(origin, {
      path: LIVE_PATH,
      transports: ['polling'],
      upgrade: false,
      reconnection: false,
      ...(extraHeaders && { extraHeaders }),
    })
    const io: IoSocket = manager.socket(POLLING_NAMESPACE)
    this.#io = io
    io.on('connect', () => this.#openAll())
    io.on('deliver', entries => this.#take(entries))
    io.on('closed', reason => {
      if (Object.hasOwn(REFUSALS, reason)) this.end(REFUSALS[reason].close, reason)
    })
    io.on('connect_error', () => this.end())
    io.on('disconnect', () => this.end())
  }

  #openAll(): void {
    for (const [channel, { document, receipts }] of this.#toOpen) this.#io?.emit('open', channel, document, receipts)
    this.#toOpen.clear()
  }

  #take(entries: readonly DeliveryEntry[]): void {
    for (const [channel, step, ...rest] of entries) {
      const socket = this.#sockets.get(channel)
      if (socket === undefined) continue
      if (step === 'opened') socket.opened()
      else if (step === 'frames') for (const frame of rest) socket.delivered(fromBase64(String(frame)))
      else {
        const [code, reason] = rest
        this.#sockets.delete(channel)
        socket.ended(Number(code), String(reason))
        // The cookie that the connection began with opens nothing any more; what is opened next begins with the present one.
        if (code === SIGNED_OUT || this.#sockets.size === 0) this.end()
      }
    }
  }
}
