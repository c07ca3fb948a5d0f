/** An allowance that fills up with time: so much at once, so much per second. Knows no clock; it is told the time. */
export class TokenBucket {
  readonly #burst: number
  readonly #perMs: number
  #tokens: number
  #filledAt: number

  constructor(options: { burst: number; perSecond: number; now: number }) {
    this.#burst = options.burst
    this.#perMs = options.perSecond / 1000
    this.#tokens = options.burst
    this.#filledAt = options.now
  }

  /** Takes the amount and says true, or takes nothing and says false. A clock that went backwards fills nothing. */
  take(amount: number, now: number): boolean {
    if (now > this.#filledAt) {
      this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#filledAt) * this.#perMs)
    }
    this.#filledAt = now
    if (amount > this.#tokens) return false
    this.#tokens -= amount
    return true
  }
}
