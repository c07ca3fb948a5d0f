/**
 * When a document's log is folded into a snapshot, and the writing of it, off the path of those who type (SPEC PS5–PS7). Failing is no loss: the
 * log has everything, so it is only tried again later.
 */
import type { Log } from '../lib/log.ts'
import type { RoomLimits } from './limits.ts'
import type { Clock, DocumentStore } from './ports.ts'

/** Writing goes on beside a compaction; but not for ever longer a log. */
const OVERDUE_FACTOR = 4
const RETRY_MS = 30_000

export class Compaction {
  readonly #document: string
  readonly #store: DocumentStore
  readonly #limits: RoomLimits
  readonly #clock: Clock
  readonly #log: Log
  #records = 0
  #bytes = 0
  #lastChangeAt: number
  #notBefore = 0
  #running: Promise<void> | undefined

  constructor(options: { document: string; store: DocumentStore; limits: RoomLimits; clock: Clock; log: Log }) {
    this.#document = options.document
    this.#store = options.store
    this.#limits = options.limits
    this.#clock = options.clock
    this.#log = options.log
    this.#lastChangeAt = options.clock.now()
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** Counts what stands in the log behind the snapshot. */
  count(records: number, bytes: number): void {
    this.#records += records
    this.#bytes += bytes
    this.#lastChangeAt = this.#clock.now()
  }

  /** Long enough, and a pause in writing. */
  get isDue(): boolean {
    return this.#mayRun && this.#isOver(1) && this.#clock.now() - this.#lastChangeAt >= this.#limits.compactIdleMs
  }

  /** So long that it no longer waits for a pause. */
  get isOverdue(): boolean {
    return this.#mayRun && this.#isOver(OVERDUE_FACTOR)
  }

  /** Worth doing before the room is closed. */
  get isWorthwhile(): boolean {
    const limits = this.#limits
    return this.#mayRun && (this.#records >= limits.compactOnCloseRecords || this.#bytes >= limits.compactAfterBytes)
  }

  /** Writes a state that is stored in the log already. Resolves either way. */
  run(snapshot: { payload: Uint8Array; upTo: number }): Promise<void> {
    const records = this.#records
    const bytes = this.#bytes
    this.#running ??= this.#store
      .compact(this.#document, snapshot)
      .then(
        () => {
          this.#records -= records
          this.#bytes -= bytes
        },
        (error: unknown) => {
          this.#notBefore = this.#clock.now() + RETRY_MS
          this.#log.warn({ err: error, document: this.#document }, 'compaction failed; the log has everything')
        },
      )
      .finally(() => {
        this.#running = undefined
      })
    return this.#running
  }

  async finished(): Promise<void> {
    await this.#running
  }

  get #mayRun(): boolean {
    return this.#running === undefined && this.#clock.now() >= this.#notBefore
  }

  #isOver(factor: number): boolean {
    const limits = this.#limits
    return this.#records >= limits.compactAfterRecords * factor || this.#bytes >= limits.compactAfterBytes * factor
  }
}
