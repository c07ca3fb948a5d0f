/**
 * What waits for one polling connection. The engine is given something only when it can write it at once, so that what waits stays here, where
 * it can still be dropped for somebody who lost access; and everything that waits leaves as one list, because each request of the client
 * carries one answer. What was written counts as on its way until the client asks again.
 */
import type { Duplex } from 'node:stream'
import type { DeliveryEntry } from '../../../shared/protocol/polling.ts'
import type { Clock } from '../../rooms/ports.ts'

/** What is asked of the engine's connection. */
export interface PolledEngine {
  /** Whether a request of the client waits for an answer, and nothing else has been put in front. */
  isReady(): boolean
  /** Calls back whenever it becomes ready. */
  onReady(listener: () => void): void
  /** The network socket that the last answer went to. */
  raw(): Duplex | undefined
  deliver(entries: readonly DeliveryEntry[]): void
}

/** How much of what waits belongs to one channel. */
export class Backlog {
  waitingBytes = 0
  onTheWayBytes = 0
  get bytes(): number {
    return this.waitingBytes + this.onTheWayBytes
  }
}

interface Waiting {
  channel: number
  backlog: Backlog
  bytes: number
  what: 'opened' | readonly Uint8Array[] | { code: number; reason: string }
}

/** One answer need not hold more than this and its last frame: other documents of the page wait behind it. */
const ANSWER_BYTES = 1 << 20

export class SyncOutbox {
  readonly #engine: PolledEngine
  readonly #clock: Clock
  #waiting: Waiting[] = []
  #onTheWay: Backlog[] = []
  #isScheduled = false
  #isClosed = false

  constructor({ engine, clock }: { engine: PolledEngine; clock: Clock }) {
    this.#engine = engine
    this.#clock = clock
    engine.onReady(() => {
      // The client has what was on its way: it would not ask again otherwise.
      for (const backlog of this.#onTheWay) backlog.onTheWayBytes = 0
      this.#onTheWay = []
      if (this.#waiting.length > 0) this.#schedule()
    })
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  opened(channel: number, backlog: Backlog): void {
    this.#wait({ channel, backlog, bytes: 0, what: 'opened' })
  }

  frames(channel: number, backlog: Backlog, frames: readonly Uint8Array[]): void {
    let bytes = 0
    for (const frame of frames) bytes += frame.byteLength
    backlog.waitingBytes += bytes
    this.#wait({ channel, backlog, bytes, what: frames })
  }

  closed(channel: number, backlog: Backlog, code: number, reason: string): void {
    this.#wait({ channel, backlog, bytes: 0, what: { code, reason } })
  }

  /** Takes back what waits for a channel. False when a part of it has left and the network may still hold it. */
  drop(channel: number, backlog: Backlog): boolean {
    this.#waiting = this.#waiting.filter(waiting => waiting.channel !== channel)
    backlog.waitingBytes = 0
    return backlog.onTheWayBytes === 0 || (this.#engine.raw()?.writableLength ?? 0) === 0
  }

  /** Nothing is sent any more. */
  close(): void {
    this.#isClosed = true
    this.#waiting = []
  }

  #wait(waiting: Waiting): void {
    if (this.#isClosed) return
    this.#waiting.push(waiting)
    this.#schedule()
  }

  /** After this turn of the event loop, so that everything said in it leaves together. */
  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#clock.soon(() => {
      this.#isScheduled = false
      if (!this.#isClosed && this.#waiting.length > 0 && this.#engine.isReady()) this.#deliver()
    })
  }

  #deliver(): void {
    const entries: DeliveryEntry[] = []
    let bytes = 0
    let taken = 0
    for (const { channel, backlog, bytes: own, what } of this.#waiting) {
      if (bytes > 0 && bytes + own > ANSWER_BYTES) break
      taken++
      bytes += own
      backlog.waitingBytes -= own
      if (backlog.onTheWayBytes === 0 && own > 0) this.#onTheWay.push(backlog)
      backlog.onTheWayBytes += own
      if (what === 'opened') entries.push([channel, what])
      else if ('code' in what) entries.push([channel, 'closed', what.code, what.reason])
      else entries.push([channel, 'frames', ...what.map(base64Of)])
    }
    this.#waiting = this.#waiting.slice(taken)
    this.#engine.deliver(entries)
  }
}

/** A room hands the same bytes to everybody: they are turned into text once. */
const texts = new WeakMap<Uint8Array, string>()

function base64Of(frame: Uint8Array): string {
  const known = texts.get(frame)
  if (known !== undefined) return known
  const text = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('base64')
  texts.set(frame, text)
  return text
}
