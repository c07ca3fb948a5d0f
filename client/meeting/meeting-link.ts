/**
 * A running meeting in the browser: joins, keeps its picture up to date, brings commands over a bad line. Not React, no DOM.
 *
 * *Snapshot + changes*: changes count from 1 after each join; a gap, or anything else that does not fit, is answered by joining again. A command is
 * kept with its id until the server has answered it, and sent again on the next line: the server does it once. Time is the server's: the
 * clock of this machine is only trusted to run, not to be right.
 */
import type { CommandId, ConferenceId } from '../../shared/ids.ts'
import { idFromBytes } from '../../shared/ids.ts'
import { applyChange, type MeetingChange, type MeetingView } from '../../shared/meeting/meeting-view.ts'
import type { Ack, CommandBody, CommandName, MeetingSnapshot } from '../../shared/protocol/live-channel.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import { afterRefusal, backoffMs } from '../room/reconnect.ts'
import type { WhyRefused } from '../room/why-refused.ts'
import type { LiveLine, OpenLine, Transport } from './live-line.ts'

export type MeetingLine =
  /** Before the first snapshot. */
  | { phase: 'connecting' }
  | { phase: 'live'; transport: Transport }
  /** Coming back by itself; the picture is a little old. */
  | { phase: 'lost'; reason: RefusalReason | null }
  /** Goes on when {@link MeetingLink.resume} is called after the sign-in. */
  | { phase: 'signed-out' }
  /** Not for this person (any more), or this software is too old: nothing comes until `resume`. */
  | { phase: 'over'; reason: RefusalReason }

export interface MeetingPicture {
  readonly line: MeetingLine
  /** Null before the first snapshot and once the meeting is over for me. */
  readonly view: MeetingView | null
  /** The server's clock less `now()`, ms. */
  readonly offsetMs: number
}

export type Outcome = { ok: true } | { ok: false; reason: RefusalReason | 'unreachable'; message: string }

/** A command's own part: conference and id are added here. */
export type CommandPart<Name extends CommandName> = Omit<CommandBody<Name>, 'conferenceId' | 'commandId'>

export interface MeetingLinkOptions {
  conferenceId: ConferenceId
  /** Only shown, e.g. on the wall: nobody's presence. */
  watches?: boolean
  openLine: OpenLine
  /** A refused handshake carries no reason; this asks over HTTP. */
  askWhyRefused(): Promise<WhyRefused>
  now?(): number
  random?(): number
  randomBytes?(): Uint8Array
  /** Calls once after so many ms; returns what cancels it. */
  after?(ms: number, action: () => void): () => void
}

/** So long a command is kept for the line to come back; afterwards the person is told, and decides. */
export const COMMAND_KEPT_MS = 60_000
/** An answer takes a write to disk. After so long the line is taken for dead, although it may not know yet. */
const ANSWER_WITHIN_MS = 10_000
/** A WebSocket that ends so soon after it opened was ended by something on the way. */
const YOUNG_MS = 5_000
/** So many young deaths, one after another, and polling comes first. */
const YOUNG_DEATHS = 2
/** Answers that ask for patience: far slower than a blip. */
const PATIENCE_MS = 30_000

interface Pending {
  commandId: CommandId
  send(line: LiveLine, ack: (answer: Ack<null>) => void): void
  settle(outcome: Outcome): void
  cancelDeadline(): void
}

export class MeetingLink {
  readonly #options: Required<MeetingLinkOptions>
  readonly #listeners = new Set<() => void>()
  readonly #pending = new Map<CommandId, Pending>()
  #picture: MeetingPicture = { line: { phase: 'connecting' }, view: null, offsetMs: 0 }
  #line: LiveLine | null = null
  /** Names the line that callbacks belong to: what an earlier one still says is not heard. */
  #lineNumber = 0
  #transport: Transport = 'websocket'
  #openedAt: number | null = null
  #youngDeaths = 0
  #prefersPolling = false
  #attempt = 0
  #joining = false
  #nextChange = 1
  #noted: RefusalReason | null = null
  #cancelRetry: () => void = () => {}
  #cancelAnswerWatch: () => void = () => {}
  #closed = false

  constructor(options: MeetingLinkOptions) {
    this.#options = {
      watches: false,
      // Runs evenly even when somebody sets the clock of this PC.
      now: () => performance.timeOrigin + performance.now(),
      random: Math.random,
      randomBytes: () => crypto.getRandomValues(new Uint8Array(16)),
      after: (ms, action) => {
        const timer = setTimeout(action, ms)
        return () => clearTimeout(timer)
      },
      ...options,
    }
  }

  // For useSyncExternalStore
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly getState = (): MeetingPicture => this.#picture

  /** The server's time, ms since the epoch. */
  readonly serverNow = (): number => this.#options.now() + this.#picture.offsetMs

  start(): void {
    this.#open()
  }

  /** The person signed in again, the browser is online again, or access may have come back. */
  resume(): void {
    const { phase } = this.#picture.line
    const isOpening = phase === 'connecting' && this.#line !== null
    if (this.#closed || phase === 'live' || isOpening) return
    this.#attempt = 0
    this.#open()
  }

  /** Resolves when the server has answered, or after a minute without a line. Never rejects. */
  send<Name extends CommandName>(name: Name, part: CommandPart<Name>): Promise<Outcome> {
    const { conferenceId, after, randomBytes } = this.#options
    const commandId = idFromBytes<CommandId>(randomBytes())
    // The parts of a body are those of its schema; TypeScript does not see that for a name it does not know yet.
    const body = { ...part, conferenceId, commandId } as CommandBody<Name>
    return new Promise(resolve => {
      if (this.#closed || this.#picture.line.phase === 'over') {
        resolve({ ok: false, reason: 'not-found', message: '' })
        return
      }
      const pending: Pending = {
        commandId,
        send: (line, ack) => line.command(name, body, ack),
        settle: outcome => {
          pending.cancelDeadline()
          this.#pending.delete(commandId)
          resolve(outcome)
        },
        cancelDeadline: after(COMMAND_KEPT_MS, () => pending.settle({ ok: false, reason: 'unreachable', message: '' })),
      }
      this.#pending.set(commandId, pending)
      if (this.#picture.line.phase === 'live' && !this.#joining) this.#emit(pending)
    })
  }

  close(): void {
    this.#closed = true
    this.#listeners.clear()
    this.#drop()
    for (const pending of [...this.#pending.values()]) {
      pending.settle({ ok: false, reason: 'unreachable', message: '' })
    }
  }

  #open(): void {
    this.#drop()
    if (this.#closed) return
    const number = ++this.#lineNumber
    const mine =
      <Args extends unknown[]>(step: (...args: Args) => void) =>
      (...args: Args) => {
        if (number === this.#lineNumber && !this.#closed) step(...args)
      }
    this.#openedAt = null
    this.#line = this.#options.openLine(this.#prefersPolling ? ['polling', 'websocket'] : ['websocket', 'polling'], {
      opened: mine(transport => {
        this.#openedAt = this.#options.now()
        this.#transport = transport
        // The WebSocket was tried first and something on the way refused it.
        if (transport === 'polling') this.#prefersPolling = true
        this.#join()
      }),
      ended: mine(reason => this.#onEnded(reason)),
      change: mine((conferenceId, change) => {
        if (conferenceId === this.#options.conferenceId) this.#onChange(change)
      }),
      closed: mine((reason, conferenceId) => {
        if (conferenceId === null) this.#noted = reason
        else if (conferenceId === this.#options.conferenceId) this.#onRefused(reason)
      }),
    })
  }

  #join(): void {
    const line = this.#line
    if (line === null) return
    const number = this.#lineNumber
    const askedAt = this.#options.now()
    this.#joining = true
    this.#watchAnswers()
    const { conferenceId, watches } = this.#options
    line.join({ conferenceId, ...(watches && { watches }) }, answer => {
      if (number !== this.#lineNumber) return
      this.#cancelAnswerWatch()
      this.#joining = false
      if (answer.ok) this.#onSnapshot(answer.value, askedAt)
      else this.#onRefused(answer.reason)
    })
  }

  #onSnapshot(snapshot: MeetingSnapshot, askedAt: number): void {
    this.#attempt = 0
    this.#noted = null
    this.#nextChange = 1
    this.#put({
      line: { phase: 'live', transport: this.#transport },
      view: snapshot.view,
      // It was made about half way between question and answer.
      offsetMs: Date.parse(snapshot.now) - (askedAt + this.#options.now()) / 2,
    })
    for (const pending of [...this.#pending.values()]) this.#emit(pending)
  }

  #onChange(change: MeetingChange): void {
    // What still comes of the series before; the snapshot that was asked for holds it.
    if (this.#joining || this.#picture.view === null) return
    if (change.n !== this.#nextChange) {
      this.#join()
      return
    }
    this.#nextChange += 1
    this.#put({ ...this.#picture, view: applyChange(this.#picture.view, change) })
  }

  #emit(pending: Pending): void {
    const line = this.#line
    if (line === null) return
    const number = this.#lineNumber
    this.#watchAnswers()
    pending.send(line, answer => {
      if (number !== this.#lineNumber) return
      if (answer.ok) pending.settle({ ok: true })
      else if (!isPassing(answer.reason)) pending.settle(answer)
      if (this.#pending.size === 0 && !this.#joining) this.#cancelAnswerWatch()
      else this.#watchAnswers()
      // The command waits for the next line, which the server's own end or the sign-in brings.
      if (!answer.ok && isPassing(answer.reason)) this.#onRefused(answer.reason)
    })
  }

  /** Something is owed by the server: when nothing comes for a while, the line is dead. */
  #watchAnswers(): void {
    this.#cancelAnswerWatch()
    this.#cancelAnswerWatch = this.#options.after(ANSWER_WITHIN_MS, () => this.#onEnded(null))
  }

  #onEnded(told: RefusalReason | null): void {
    const neverOpened = this.#openedAt === null
    this.#noteAge()
    const reason = told ?? this.#noted
    this.#noted = null
    this.#drop()
    if (reason !== null) {
      this.#onRefused(reason)
      return
    }
    this.#retryLater(null)
    if (neverOpened) void this.#askWhy()
  }

  /** A proxy may let a WebSocket open and cut it at once. */
  #noteAge(): void {
    if (this.#openedAt === null || this.#transport !== 'websocket' || this.#noted !== null) return
    const young = this.#options.now() - this.#openedAt < YOUNG_MS
    this.#youngDeaths = young ? this.#youngDeaths + 1 : 0
    if (this.#youngDeaths >= YOUNG_DEATHS) this.#prefersPolling = true
  }

  async #askWhy(): Promise<void> {
    const number = this.#lineNumber
    const why = await this.#options.askWhyRefused()
    if (number !== this.#lineNumber || this.#closed) return
    if (why === 'unknown' || why === 'admitted') return
    const { step } = afterRefusal(why)
    if (step === 'sign-in' || step === 'gone') this.#onRefused(why)
  }

  #onRefused(reason: RefusalReason): void {
    switch (afterRefusal(reason).step) {
      case 'sign-in':
        this.#drop()
        this.#put({ ...this.#picture, line: { phase: 'signed-out' } })
        return
      case 'gone':
        this.#end(reason)
        return
      case 'retry':
        this.#retryLater(reason)
        return
      default:
        if (reason === 'client-too-old') this.#end(reason)
        else this.#retryLater(reason, PATIENCE_MS)
    }
  }

  /** Nothing of a meeting that is not mine stays in memory. */
  #end(reason: RefusalReason): void {
    this.#drop()
    this.#put({ ...this.#picture, view: null, line: { phase: 'over', reason } })
    for (const pending of [...this.#pending.values()]) pending.settle({ ok: false, reason, message: '' })
  }

  #retryLater(reason: RefusalReason | null, atLeastMs = 0): void {
    this.#drop()
    // Before the first snapshot nothing was lost yet; a screen that waits for it says so in its own words.
    if (this.#picture.view !== null || this.#attempt > 0)
      this.#put({ ...this.#picture, line: { phase: 'lost', reason } })
    const delay = Math.max(atLeastMs, backoffMs(this.#attempt, this.#options.random()))
    this.#attempt += 1
    this.#cancelRetry = this.#options.after(delay, () => this.#open())
  }

  /** Lets go of the line; what it still says belongs to nobody. */
  #drop(): void {
    this.#lineNumber += 1
    this.#cancelRetry()
    this.#cancelAnswerWatch()
    this.#joining = false
    this.#line?.close()
    this.#line = null
  }

  #put(picture: MeetingPicture): void {
    this.#picture = picture
    for (const listener of [...this.#listeners]) listener()
  }
}

/** Refusals that say nothing about the command: it waits for the next line. */
function isPassing(reason: RefusalReason): boolean {
  return reason === 'server-restarting' || afterRefusal(reason).step === 'sign-in'
}
