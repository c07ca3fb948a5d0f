import type { Clock } from '../../server/rooms/ports.ts'

interface Timer {
  at: number
  order: number
  call: () => void
}

/** Time that passes only when told to. What is due at the same moment runs in the order it was asked for. */
export class FakeClock implements Clock {
  #now: number
  #order = 0
  #timers = new Set<Timer>()
  #soon: (() => void)[] = []

  constructor(startsAt = Date.UTC(2026, 2, 2)) {
    this.#now = startsAt
  }

  now(): number {
    return this.#now
  }

  after(delayMs: number, call: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, delayMs), order: this.#order++, call }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  soon(call: () => void): void {
    this.#soon.push(call)
  }

  /** Runs what was put off to the end of the turn; true when there was something. */
  runSoon(): boolean {
    const calls = this.#soon
    this.#soon = []
    for (const call of calls) call()
    return calls.length > 0
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  /** The moment of the next timer, if it is due within the time given. */
  #nextDue(until: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) {
      if (
        timer.at <= until &&
        (next === undefined || timer.at < next.at || (timer.at === next.at && timer.order < next.order))
      ) {
        next = timer
      }
    }
    return next
  }

  /** Lets time pass, timer by timer; `between` runs after each so that what it started can happen at that moment. */
  async advance(ms: number, between: () => Promise<void> = async () => {}): Promise<void> {
    const until = this.#now + ms
    for (let timer = this.#nextDue(until); timer !== undefined; timer = this.#nextDue(until)) {
      this.#timers.delete(timer)
      this.#now = Math.max(this.#now, timer.at)
      timer.call()
      await between()
    }
    this.#now = until
    await between()
  }
}
