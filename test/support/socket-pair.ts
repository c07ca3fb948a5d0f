/**
 * A connection as two queues. Nothing is heard on either side until it is delivered, so that a test decides when, in which order across
 * connections, and whether at all.
 */
import type { RoomSocket } from '../../server/rooms/ports.ts'
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'

export interface Closed {
  code: number
  reason: RefusalReason | 'network'
  detail: string | undefined
}

export class SocketPair implements RoomSocket {
  isOpen = true
  /** What the client has sent and the server has not heard. */
  readonly toServer: Uint8Array[] = []
  /** What the server has sent and the client has not heard: writes of one or more frames. */
  readonly toClient: (readonly Uint8Array[])[] = []
  /** How often the server wrote. */
  writes = 0
  bytesToClient = 0
  closed: Closed | undefined
  /** The close that waits behind what the server sent before it. */
  #closing: Closed | undefined
  #onServerMessage: (frame: Uint8Array) => void = () => {}
  #onServerGone: () => void = () => {}
  readonly #onClientMessage: (frame: Uint8Array) => void
  readonly #onClientClosed: (closed: Closed) => void

  constructor(client: { onMessage: (frame: Uint8Array) => void; onClosed: (closed: Closed) => void }) {
    this.#onClientMessage = client.onMessage
    this.#onClientClosed = client.onClosed
  }

  attachServer(onMessage: (frame: Uint8Array) => void, onGone: () => void): void {
    this.#onServerMessage = onMessage
    this.#onServerGone = onGone
  }

  // ── the server's side ──

  get bufferedBytes(): number {
    return this.toClient.flat().reduce((sum, frame) => sum + frame.byteLength, 0)
  }

  send(frames: readonly Uint8Array[]): void {
    if (!this.isOpen) throw new Error('The server wrote to a closed socket')
    this.writes++
    for (const frame of frames) this.bytesToClient += frame.byteLength
    this.toClient.push(frames)
  }

  close(reason: RefusalReason, detail?: string): void {
    if (!this.isOpen) return
    this.isOpen = false
    // As the transport does: what waits for somebody who lost access is not sent any more.
    if (reason === 'not-found') this.toClient.length = 0
    this.#closing = { code: REFUSALS[reason].close, reason, detail }
  }

  // ── the client's side ──

  sendToServer(frame: Uint8Array): void {
    if (this.closed === undefined) this.toServer.push(frame)
  }

  // ── the network ──

  get hasWork(): boolean {
    return (
      this.toServer.length > 0 || this.toClient.length > 0 || (this.#closing !== undefined && this.closed === undefined)
    )
  }

  deliverToServer(): boolean {
    const frame = this.toServer.shift()
    if (frame === undefined) return false
    if (this.isOpen) this.#onServerMessage(frame)
    return true
  }

  deliverToClient(): boolean {
    if (this.closed !== undefined) return false
    const frames = this.toClient.shift()
    if (frames !== undefined) {
      for (const frame of frames) if (this.closed === undefined) this.#onClientMessage(frame)
      return true
    }
    if (this.#closing === undefined) return false
    this.#end(this.#closing)
    return true
  }

  /** The line breaks: what was on it is lost, and both sides notice. */
  break(): void {
    this.#serverNotices()
    this.#end({ code: 1006, reason: 'network', detail: undefined })
  }

  /** The line breaks and only the client notices: the server goes on writing into nothing. */
  breakUnnoticed(): void {
    this.toServer.length = 0
    this.#end({ code: 1006, reason: 'network', detail: undefined })
  }

  /** The server notices at last. */
  serverNotices(): void {
    this.#serverNotices()
  }

  #serverNotices(): void {
    this.toServer.length = 0
    this.toClient.length = 0
    const wasOpen = this.isOpen
    this.isOpen = false
    if (wasOpen || this.#closing !== undefined) this.#onServerGone()
  }

  #end(closed: Closed): void {
    if (this.closed !== undefined) return
    this.closed = closed
    this.toServer.length = 0
    if (this.#closing !== undefined) this.#onServerGone()
    this.#onClientClosed(closed)
  }
}
