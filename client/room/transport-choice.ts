/**
 * Which way the documents' bytes travel: WebSocket, or polling where a network blocks WebSockets (PROTOCOL.md, "Over polling"). Hands out one
 * class of sockets that takes the present way at each opening and learns from how it goes. Nothing is lost in a change: each socket is a line of
 * its own, and what was not confirmed on one is sent again on the next.
 */
import { refusalOfClose } from './reconnect.ts'
import { BROKEN, SocketShape } from './socket-shape.ts'

export type Transport = 'websocket' | 'polling'

export interface TransportChoiceOptions {
  WebSocket: typeof WebSocket
  /** The class of sockets over polling. */
  polling: typeof WebSocket
  /** Remembers for this tab that WebSockets are blocked, until a time in ms. */
  memory?: { read(): number; write(until: number): void }
  now?(): number
}

/** An upgrade that is neither answered nor refused after so long is held by somebody. */
const OPENS_WITHIN_MS = 6_000
/** A line that dies this soon after opening is cut by somebody: a broken network does not wait for the opening. */
const YOUNG_MS = 5_000
const YOUNG_DEATHS = 3
const YOUNG_DEATHS_WITHIN_MS = 60_000
const ONE_DEATH_MS = 250
/**
 * A failed upgrade that HTTP then knows nothing of may be a server that has just come back. One that was begun after HTTP had answered, and not
 * long after, is none.
 */
const ADMITTED_HOLDS_MS = 60_000
const FIRST_PAUSE_MS = 3 * 60_000
/** This page has had a WebSocket that lived: more likely than another network, the server was slow to come back. */
const FIRST_PAUSE_AFTER_GOOD_MS = 20_000
const LONGEST_PAUSE_MS = 30 * 60_000
/** `online` comes several times when a line is bad. */
const TRY_AGAIN_AT_MOST_EVERY_MS = 20_000

export class TransportChoice {
  /** For the documents' lines. */
  readonly WebSocket: typeof WebSocket
  readonly #options: TransportChoiceOptions
  readonly now: () => number
  readonly #listeners = new Set<() => void>()
  #transport: Transport = 'websocket'
  /** An upgrade that was begun after HTTP had answered has failed. */
  #refused = false
  #hung = false
  #hasHadGood = false
  #admittedAt = Number.NEGATIVE_INFINITY
  #youngDeaths: number[] = []
  #pauseMs = FIRST_PAUSE_MS
  #timer: ReturnType<typeof setTimeout> | undefined
  #triedAt = Number.NEGATIVE_INFINITY
  #trial: WebSocket | undefined
  /** What a trial opens: the last document asked for. */
  #last: { url: string; protocols: string[] } | undefined
  #closed = false

  constructor(options: TransportChoiceOptions) {
    this.#options = options
    this.now = options.now ?? Date.now
    const choice = this
    this.WebSocket = class extends ChosenSocket {
      constructor(url: string | URL, protocols: string | string[] = []) {
        super(String(url), [protocols].flat(), choice)
      }
    }
    const left = (options.memory?.read() ?? 0) - this.now()
    if (left > 0) this.#goOver(Math.min(left, LONGEST_PAUSE_MS))
  }

  get transport(): Transport {
    return this.#transport
  }

  /** Calls back after each change. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The server says over HTTP that the person may come in where an upgrade has just failed. */
  noteAdmitted(): void {
    this.#admittedAt = this.now()
    this.#judge()
  }

  /** The network may be another: tries WebSocket again, beside the lines that there are. */
  tryAgain(): void {
    const tooSoon = this.now() - this.#triedAt < TRY_AGAIN_AT_MOST_EVERY_MS
    if (this.#transport === 'websocket' || this.#closed || this.#trial || tooSoon || this.#last === undefined) return
    clearTimeout(this.#timer)
    this.#triedAt = this.now()
    const trial = new this.#options.WebSocket(this.#last.url, this.#last.protocols)
    this.#trial = trial
    let lived: ReturnType<typeof setTimeout> | undefined
    const settle = (works: boolean) => {
      if (this.#trial !== trial) return
      this.#trial = undefined
      clearTimeout(hung)
      clearTimeout(lived)
      trial.onopen = trial.onclose = trial.onerror = null
      trial.close()
      if (this.#closed) return
      if (works) this.#comeBack()
      else {
        this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
        this.#goOver(this.#pauseMs)
      }
    }
    const hung = setTimeout(() => settle(false), OPENS_WITHIN_MS)
    trial.onopen = () => {
      clearTimeout(hung)
      lived = setTimeout(() => settle(true), YOUNG_MS)
    }
    // A reason of the server's own came through: the way is open.
    trial.onclose = event => settle(refusalOfClose(event.code, event.reason) !== undefined)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    const trial = this.#trial
    this.#trial = undefined
    if (trial) trial.onopen = trial.onclose = null
    trial?.close()
    this.#listeners.clear()
  }

  // From the sockets

  /** Makes the socket under a new line. */
  begin(url: string, protocols: string[]): { socket: WebSocket; transport: Transport } {
    this.#last = { url, protocols }
    const Made = this.#transport === 'websocket' ? this.#options.WebSocket : this.#options.polling
    return { socket: new Made(url, protocols), transport: this.#transport }
  }

  noteOpened(): void {
    this.#refused = false
    this.#hung = false
    this.#admittedAt = Number.NEGATIVE_INFINITY
  }

  noteNeverOpened({ hung, begunAt }: { hung: boolean; begunAt: number }): void {
    const sinceAdmitted = begunAt - this.#admittedAt
    this.#refused ||= sinceAdmitted >= 0 && sinceAdmitted < ADMITTED_HOLDS_MS
    this.#hung ||= hung
    this.#judge()
  }

  noteBroken(livedMs: number): void {
    // The server may have gone: what HTTP said while it was there says nothing of the upgrades that fail now.
    this.#admittedAt = Number.NEGATIVE_INFINITY
    if (livedMs >= YOUNG_MS) {
      this.#hasHadGood = true
      this.#youngDeaths = []
      return
    }
    const now = this.now()
    // All documents' lines die at one moment with the server; that is one death.
    if (now - (this.#youngDeaths.at(-1) ?? Number.NEGATIVE_INFINITY) < ONE_DEATH_MS) return
    this.#youngDeaths = [...this.#youngDeaths.filter(at => now - at < YOUNG_DEATHS_WITHIN_MS), now]
    this.#judge()
  }

  #judge(): void {
    const isBlocked = this.#refused || (this.#hung && this.now() - this.#admittedAt < ADMITTED_HOLDS_MS)
    if (this.#transport === 'polling' || !(isBlocked || this.#youngDeaths.length >= YOUNG_DEATHS)) return
    this.#pauseMs = this.#hasHadGood ? FIRST_PAUSE_AFTER_GOOD_MS : FIRST_PAUSE_MS
    this.#goOver(this.#pauseMs)
  }

  #goOver(forMs: number): void {
    this.#options.memory?.write(this.now() + forMs)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.tryAgain(), forMs)
    this.#become('polling')
  }

  #comeBack(): void {
    this.#options.memory?.write(0)
    this.#youngDeaths = []
    this.noteOpened()
    this.#become('websocket')
  }

  #become(transport: Transport): void {
    if (transport === this.#transport) return
    this.#transport = transport
    for (const listener of this.#listeners) listener()
  }
}

/** One line over the way that was chosen when it was opened. */
class ChosenSocket extends SocketShape {
  readonly #socket: WebSocket
  #timer: ReturnType<typeof setTimeout> | undefined
  #openedAt: number | undefined

  constructor(url: string, protocols: string[], choice: TransportChoice) {
    super(url)
    const { socket, transport } = choice.begin(url, protocols)
    this.#socket = socket
    const begunAt = choice.now()
    socket.binaryType = 'arraybuffer'
    if (transport === 'websocket') {
      this.#timer = setTimeout(() => {
        this.#letGo()
        choice.noteNeverOpened({ hung: true, begunAt })
        this.becomeClosed(BROKEN, '')
      }, OPENS_WITHIN_MS)
    }
    socket.onopen = () => {
      clearTimeout(this.#timer)
      this.#openedAt = choice.now()
      if (transport === 'websocket') choice.noteOpened()
      this.becomeOpen()
    }
    socket.onmessage = event => this.hear(event.data)
    socket.onerror = event => this.onerror?.(event)
    socket.onclose = ({ code, reason }) => {
      clearTimeout(this.#timer)
      // What the server closed for a reason of its own says nothing about the way.
      const isBroken = refusalOfClose(code, reason) === undefined
      if (transport === 'websocket' && isBroken) {
        if (this.#openedAt === undefined) choice.noteNeverOpened({ hung: false, begunAt })
        else choice.noteBroken(choice.now() - this.#openedAt)
      }
      this.becomeClosed(code, reason)
    }
  }

  send(data: string | BufferSource | Blob): void {
    // A socket that has begun to close loses what it is given, and browsers complain of it.
    if (this.readyState === 1 && this.#socket.readyState === 1) this.#socket.send(data)
  }

  close(code?: number, reason?: string): void {
    if (this.readyState > 1) return
    this.readyState = 3
    this.#letGo(code, reason)
  }

  #letGo(code?: number, reason?: string): void {
    clearTimeout(this.#timer)
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null
    // Closing while it opens is reported as an error.
    this.#socket.onerror = () => {}
    this.#socket.close(code, reason)
  }
}
