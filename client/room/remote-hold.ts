/**
 * Holds what arrives from others while a syllable is being composed. Two reasons, two times:
 *
 * While keys follow each other everything waits for a moment, so that nothing is redrawn between two of them.
 *
 * What changes the very paragraph with the syllable waits until the composition ends: the editor would have to redraw the text that the
 * browser is composing in, the browser would begin the syllable anew, and its letters would stand there twice. In Korean the last syllable
 * stays in composition until the next key, however long the writer thinks, so this wait has an end: then the syllable is finished as it is.
 */
const QUIET_AFTER_MS = 250
const LONGEST_WAIT_MS = 8_000

/** Where a syllable is being composed. */
export interface Composition<Place> {
  place: Place
  /** Makes the browser finish the syllable as it stands; its end is told like any other. */
  finish(): void
}

/** Something from others that is to be applied. */
export interface Arrival<Place> {
  apply(): void
  /** Whether it changes what is at the place. */
  touches(place: Place): boolean
}

export class RemoteHold<Place> {
  #waiting: Arrival<Place>[] = []
  #quietTimer: ReturnType<typeof setTimeout> | undefined
  #longestTimer: ReturnType<typeof setTimeout> | undefined
  /** A key was pressed a moment ago. */
  #busy = false
  #composition: Composition<Place> | null = null

  readonly #beforeApply: () => void

  /** @param beforeApply called before each application: an editor can read what the browser has not told it yet (where the caret is) */
  constructor(beforeApply: () => void) {
    this.#beforeApply = beforeApply
  }

  /** A composition began or went on. */
  composing(composition: Composition<Place> | null): void {
    this.#composition = composition
    this.#busy = true
    clearTimeout(this.#quietTimer)
    this.#quietTimer = setTimeout(() => this.#quiet(), QUIET_AFTER_MS)
  }

  /** Applies now, or after what waits. Order is kept. */
  pass(arrival: Arrival<Place>): void {
    if (this.#waiting.length > 0 || this.#busy || this.#mustWait(arrival)) {
      this.#waiting.push(arrival)
      return
    }
    this.#beforeApply()
    arrival.apply()
  }

  /** The composition ended: everything that waits is applied, after the editor has read its own last input. */
  release(): void {
    clearTimeout(this.#quietTimer)
    if (!this.#busy && this.#composition === null && this.#waiting.length === 0) return
    this.#composition = null
    this.#quietTimer = setTimeout(() => this.flush(), 0)
  }

  flush(): void {
    this.#composition = null
    this.#quiet()
  }

  /** What waits belongs to a copy that is dropped. */
  drop(): void {
    this.#waiting = []
    this.flush()
  }

  stop(): void {
    this.drop()
    clearTimeout(this.#longestTimer)
  }

  /** The keys paused, or the composition is over: applies up to the first that must wait on. */
  #quiet(): void {
    clearTimeout(this.#quietTimer)
    this.#busy = false
    const firstToWait = this.#waiting.findIndex(arrival => this.#mustWait(arrival))
    const ready = firstToWait < 0 ? this.#waiting : this.#waiting.slice(0, firstToWait)
    this.#waiting = firstToWait < 0 ? [] : this.#waiting.slice(firstToWait)
    if (this.#waiting.length === 0) {
      clearTimeout(this.#longestTimer)
      this.#longestTimer = undefined
    }
    if (ready.length > 0) this.#beforeApply()
    for (const arrival of ready) arrival.apply()
  }

  #mustWait(arrival: Arrival<Place>): boolean {
    if (this.#composition === null || !arrival.touches(this.#composition.place)) return false
    this.#longestTimer ??= setTimeout(() => {
      this.#longestTimer = undefined
      this.#composition?.finish()
      // Whatever the browser made of it, nobody waits any longer.
      this.release()
    }, LONGEST_WAIT_MS)
    return true
  }
}
