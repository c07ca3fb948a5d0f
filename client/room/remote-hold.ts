/**
 * Holds what arrives from others for a moment while a syllable is being composed: a second line of defence for Hangul input behind
 * y-prosemirror, which keeps the composing text node in place by itself (DEPENDENCIES §4 of the design: 13 of 13 cases with either alone).
 *
 * The moment is short on purpose. In Korean the last syllable stays in composition until the next key, however long the writer thinks;
 * what others write must not wait for that.
 */
const QUIET_AFTER_MS = 250

export class RemoteHold {
  #waiting: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #holding = false

  readonly #beforeApply: () => void

  /** @param beforeApply called before each application: an editor can read what the browser has not told it yet (where the caret is) */
  constructor(beforeApply: () => void) {
    this.#beforeApply = beforeApply
  }

  /** A composition began or went on. */
  composing(): void {
    this.#holding = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.release(), QUIET_AFTER_MS)
  }

  /** Applies now, or after what waits. Order is kept. */
  pass(apply: () => void): void {
    if (this.#holding) {
      this.#waiting.push(apply)
      return
    }
    this.#beforeApply()
    apply()
  }

  /** The composition ended or has been quiet: everything that waits is applied, after the editor has read its own last input. */
  release(): void {
    clearTimeout(this.#timer)
    if (!this.#holding) return
    this.#timer = setTimeout(() => this.flush(), 0)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#holding = false
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length > 0) this.#beforeApply()
    for (const apply of waiting) apply()
  }

  /** What waits belongs to a copy that is dropped. */
  drop(): void {
    this.#waiting = []
    this.flush()
  }

  stop(): void {
    this.#waiting = []
    clearTimeout(this.#timer)
    this.#holding = false
  }
}
