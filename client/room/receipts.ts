/**
 * Where my words are: only in this browser, in the room (in the server's log, relayed), or stored. Pure bookkeeping over what was counted,
 * so that the screen never says more than is true.
 *
 * The server answers in counts of update-carrying frames per socket (PROTOCOL.md, message 120). This side remembers, for each frame sent
 * on the present socket, which local version it carried. A frame in flight when a line breaks proves nothing: after a reconnect the
 * numbers start again, and the answer to the server's step 1 carries every version there is.
 */
export type ReceiptPlace = 'here' | 'room' | 'stored'

export interface Receipt {
  place: ReceiptPlace
  /** Since when (local ms) something of mine is not stored; null when all is. */
  pendingSince: number | null
  /** The server's time (ms) of the last moment at which all of mine was stored; null when it never said so. */
  storedAt: number | null
}

/** A local version counts my changes; the clock is my client id's Yjs clock at that moment (for {@link wordsSince}). */
interface Mark {
  version: number
  clock: number
}

const NOTHING: Mark = { version: 0, clock: 0 }

export class ReceiptLedger {
  #local: Mark = NOTHING
  #logged: Mark = NOTHING
  #stored: Mark = NOTHING
  #pendingSince: number | null = null
  #storedAt: number | null = null
  /** What each update-carrying frame of the present socket covered, in the order sent, from the first that has no `stored` yet. */
  #frames: Mark[] = []
  /** How many frames of this socket were dropped from the front of `#frames` because they are stored. */
  #settled = 0

  /** I changed the document. `clock` is my client id's clock after the change. */
  noteChange(clock: number, now: number): void {
    this.#local = { version: this.#local.version + 1, clock }
    this.#pendingSince ??= now
  }

  /** A new socket: the server's counting starts again. What was in flight is in doubt and stays unconfirmed. */
  startSocket(): void {
    this.#frames = []
    this.#settled = 0
  }

  /** An update-carrying frame was handed to the socket. It covers everything that I changed until now. */
  noteFrame(): void {
    this.#frames.push(this.#local)
  }

  /** Message 120. Numbers beyond what was sent are ignored: a receipt can only speak of frames that exist. */
  noteReceipt(receipt: { logged: number; stored: number; at: number }): void {
    const logged = this.#frames[receipt.logged - 1 - this.#settled]
    const stored = this.#frames[receipt.stored - 1 - this.#settled]
    if (logged && logged.version > this.#logged.version) this.#logged = logged
    if (!stored) return
    if (stored.version > this.#stored.version) this.#stored = stored
    // What is stored is logged, whatever the first number said.
    if (this.#stored.version > this.#logged.version) this.#logged = this.#stored
    this.#frames.splice(0, receipt.stored - this.#settled)
    this.#settled = receipt.stored
    if (this.#stored.version === this.#local.version) {
      this.#pendingSince = null
      this.#storedAt = receipt.at
    }
  }

  /** Whether something of mine is not known to be in the server's log. */
  get hasUnlogged(): boolean {
    return this.#local.version > this.#logged.version
  }

  /** My client id's clock up to which the server has what I wrote. */
  get loggedClock(): number {
    return this.#logged.clock
  }

  get receipt(): Receipt {
    const place = this.hasUnlogged ? 'here' : this.#local.version > this.#stored.version ? 'room' : 'stored'
    return { place, pendingSince: this.#pendingSince, storedAt: this.#storedAt }
  }
}

/** One receipt for several documents: as good as the worst of them. */
export function worstReceipt(receipts: readonly Receipt[]): Receipt {
  const rank: Record<ReceiptPlace, number> = { here: 0, room: 1, stored: 2 }
  let worst: Receipt = { place: 'stored', pendingSince: null, storedAt: null }
  for (const next of receipts) {
    worst = {
      place: rank[next.place] < rank[worst.place] ? next.place : worst.place,
      pendingSince: earliest(worst.pendingSince, next.pendingSince),
      storedAt: latest(worst.storedAt, next.storedAt),
    }
  }
  return worst
}

const earliest = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b))
const latest = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b))
