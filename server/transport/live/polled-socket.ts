/** One document over a polling connection, as its room sees it: the same as a WebSocket of its own. */
import { TOO_BIG } from '../../../shared/protocol/polling.ts'
import { REFUSALS, type RefusalReason } from '../../../shared/protocol/refusals.ts'
import { SIGN_OF_LIFE } from '../../../shared/protocol/sync-frames.ts'
import type { Clock, RoomSocket } from '../../rooms/ports.ts'
import { DROPS_BACKLOG, SIGN_OF_LIFE_AFTER_MS } from '../sync-socket.ts'
import { Backlog, type SyncOutbox } from './sync-outbox.ts'

const LIFE = [SIGN_OF_LIFE]

export interface PolledSocketOptions {
  channel: number
  outbox: SyncOutbox
  clock: Clock
  /** Once, when the server has closed it. */
  onClosed: () => void
  /** What must not arrive any more is on its way: the line under all documents has to go. */
  onCut: () => void
}

export class PolledSocket implements RoomSocket {
  readonly #options: PolledSocketOptions
  readonly #backlog = new Backlog()
  #isOpen = true
  #sentAt: number

  constructor(options: PolledSocketOptions) {
    this.#options = options
    this.#sentAt = options.clock.now()
    options.outbox.opened(options.channel, this.#backlog)
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get bufferedBytes(): number {
    return this.#backlog.bytes
  }

  send(frames: readonly Uint8Array[]): void {
    if (!this.#isOpen || frames.length === 0) return
    this.#options.outbox.frames(this.#options.channel, this.#backlog, frames)
    this.#sentAt = this.#options.clock.now()
  }

  close(reason: RefusalReason, detail?: string): void {
    if (!this.#isOpen) return
    const isTakenBack = !DROPS_BACKLOG.has(reason) || this.#options.outbox.drop(this.#options.channel, this.#backlog)
    this.#close(REFUSALS[reason].close, detail === undefined ? reason : `${reason}:${detail}`)
    if (!isTakenBack) this.#options.onCut()
  }

  /** As the WebSocket layer does by itself. */
  closeTooBig(): void {
    if (this.#isOpen) this.#close(TOO_BIG, '')
  }

  #close(code: number, text: string): void {
    const { channel, outbox, onClosed } = this.#options
    this.#isOpen = false
    outbox.closed(channel, this.#backlog, code, text)
    onClosed()
  }

  /** The client has left, or the line is gone. */
  abandon(): void {
    this.#isOpen = false
    this.#options.outbox.drop(this.#options.channel, this.#backlog)
  }

  keepAlive(now: number): void {
    if (this.#isOpen && now - this.#sentAt >= SIGN_OF_LIFE_AFTER_MS) this.send(LIFE)
  }
}
