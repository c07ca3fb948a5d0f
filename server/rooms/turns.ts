/**
 * Group commit. What a room accepts in one turn of the event loop is one append; while an append is in flight the next turn gathers.
 * Everything that may only be said once something is stored (a receipt, an answer to step 1) rides on the turn that covers it, also when that turn
 * adds nothing: it then simply comes after the append that is in flight (SPEC PS3, SY2, RC2).
 */
import type { Clock } from './ports.ts'

export interface TurnHandlers<Turn> {
  /** A new, empty turn. */
  open(): Turn
  /** Whether the turn has something to store. */
  hasChanges(turn: Turn): boolean
  append(turn: Turn): Promise<void>
  /** The turn is stored, or had nothing to store and everything before it is. */
  committed(turn: Turn): void
  /** These turns are not stored, in order; the document has to be read anew before the next. */
  failed(turns: readonly Turn[], error: unknown): void
}

export class Turns<Turn> {
  readonly #clock: Clock
  readonly #handlers: TurnHandlers<Turn>
  readonly #deadlineMs: number
  #gathering: Turn | undefined
  #inFlight: Turn | undefined
  #scheduled = false
  #waiting: (() => void)[] = []

  constructor(options: { clock: Clock; deadlineMs: number; handlers: TurnHandlers<Turn> }) {
    this.#clock = options.clock
    this.#deadlineMs = options.deadlineMs
    this.#handlers = options.handlers
  }

  /** The turn that gathers now; it will be committed at the end of this turn of the event loop, or after the append in flight. */
  get current(): Turn {
    this.#gathering ??= this.#handlers.open()
    if (!this.#scheduled && this.#inFlight === undefined) {
      this.#scheduled = true
      this.#clock.soon(() => {
        this.#scheduled = false
        this.#next()
      })
    }
    return this.#gathering
  }

  get isQuiet(): boolean {
    return this.#inFlight === undefined && this.#gathering === undefined
  }

  /** Resolves when nothing gathers and nothing is in flight. */
  settled(): Promise<void> {
    if (this.isQuiet) return Promise.resolve()
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  #next(): void {
    if (this.#inFlight !== undefined) return
    const turn = this.#gathering
    this.#gathering = undefined
    if (turn === undefined) {
      this.#tellSettled()
      return
    }
    if (!this.#handlers.hasChanges(turn)) {
      this.#handlers.committed(turn)
      this.#next()
      return
    }
    this.#inFlight = turn
    let over = false
    const end = (error: unknown) => {
      // An append that answers after its deadline is no longer believed; the room has read the store anew by then.
      if (over) return
      over = true
      stopDeadline()
      this.#inFlight = undefined
      if (error === undefined) this.#handlers.committed(turn)
      else {
        const lost = this.#gathering === undefined ? [turn] : [turn, this.#gathering]
        this.#gathering = undefined
        this.#handlers.failed(lost, error)
      }
      this.#next()
    }
    const stopDeadline = this.#clock.after(this.#deadlineMs, () => end(new Error('The store did not answer in time')))
    this.#handlers.append(turn).then(
      () => end(undefined),
      (error: unknown) => end(error ?? new Error('The append failed')),
    )
  }

  #tellSettled(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
