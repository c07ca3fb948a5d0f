/**
 * A server for one document, in memory, that speaks the real frames and lets the test say when anything happens: when a line opens, when what
 * was sent is logged and stored, when it is closed and why. Delivery is by microtask, in order, as a socket's is.
 */
import * as Y from 'yjs'
import {
  readClientFrame,
  writeAwareness,
  writeMayWrite,
  writeReceipt,
  writeStep1,
  writeStep2,
  writeUpdate,
} from '../../../shared/protocol/sync-frames.ts'

export class FakeSyncServer {
  readonly doc = new Y.Doc()
  readonly sockets: FakeSocket[] = []
  /** Answer step 1 at once, and open at once. A test that wants to step turns it off. */
  automatic = true
  mayWrite: boolean | null = true
  /** Frames received on each socket, by kind. */
  readonly received: { socket: FakeSocket; kind: string }[] = []

  /** The class to hand to the link. */
  get WebSocket(): typeof WebSocket {
    const server = this
    return class extends FakeSocket {
      constructor(url: string | URL, protocols: string | string[] = []) {
        super(String(url), [protocols].flat(), server)
      }
    }
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1)
    if (last === undefined) throw new Error('no socket was opened')
    return last
  }

  handle(socket: FakeSocket, bytes: Uint8Array): void {
    const frame = readClientFrame(bytes)
    if (frame === undefined) throw new Error('the client sent a malformed frame')
    this.received.push({ socket, kind: frame.kind })
    if (frame.kind === 'step1' && this.automatic) this.answer(socket, frame.stateVector)
    if (frame.kind === 'step2' || frame.kind === 'update') {
      Y.applyUpdate(this.doc, frame.update, socket)
      if (this.doc.store.pendingStructs !== null) throw new Error('the client left a gap')
      socket.updates += 1
      for (const other of this.sockets) {
        if (other !== socket && other.readyState === FakeSocket.OPEN) other.deliver(writeUpdate(frame.update))
      }
    }
  }

  answer(socket: FakeSocket, stateVector?: Uint8Array): void {
    socket.deliver(writeStep2(Y.encodeStateAsUpdate(this.doc, stateVector)))
    socket.deliver(writeStep1(Y.encodeStateVector(this.doc)))
  }

  accept(socket: FakeSocket): void {
    socket.open()
    if (this.mayWrite !== null) socket.deliver(writeMayWrite(this.mayWrite))
  }

  receipt(logged: number, stored: number, at = 1_000): void {
    this.socket.deliver(writeReceipt({ logged, stored, at }))
  }

  presence(entries: { client: number; state: object | undefined }[], clock: number): void {
    this.socket.deliver(writeAwareness(entries.map(entry => ({ ...entry, clock }))))
  }
}

export class FakeSocket extends EventTarget implements WebSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readonly bufferedAmount = 0
  readonly extensions = ''
  readonly protocol = 'dure.receipts.1'
  readyState: 0 | 1 | 2 | 3 = 0
  binaryType: BinaryType = 'arraybuffer'
  onopen: WebSocket['onopen'] = null
  onmessage: WebSocket['onmessage'] = null
  onclose: WebSocket['onclose'] = null
  onerror: WebSocket['onerror'] = null
  updates = 0
  readonly url: string
  readonly protocols: string[]
  readonly #server: FakeSyncServer

  constructor(url: string, protocols: string[], server: FakeSyncServer) {
    super()
    this.url = url
    this.protocols = protocols
    this.#server = server
    server.sockets.push(this)
    if (server.automatic) queueMicrotask(() => server.accept(this))
  }

  send(data: string | BufferSource | Blob): void {
    if (typeof data === 'string' || !(data instanceof Uint8Array)) throw new Error('only binary frames leave')
    const copy = Uint8Array.from(data)
    // What is on the way when the line breaks does not arrive.
    queueMicrotask(() => this.readyState === FakeSocket.OPEN && this.#server.handle(this, copy))
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED
  }

  open(): void {
    if (this.readyState !== FakeSocket.CONNECTING) return
    this.readyState = FakeSocket.OPEN
    this.onopen?.(new Event('open'))
  }

  deliver(frame: Uint8Array): void {
    queueMicrotask(() => {
      if (this.readyState === FakeSocket.OPEN) {
        this.onmessage?.(new MessageEvent('message', { data: frame.slice().buffer }))
      }
    })
  }

  /** The server closes, or the line breaks (1006), or the upgrade was refused (1006 before it was open). */
  break(code = 1006, reason = ''): void {
    this.readyState = FakeSocket.CLOSED
    const event = Object.assign(new Event('close'), { code, reason, wasClean: code !== 1006 })
    this.onclose?.(event)
  }
}
