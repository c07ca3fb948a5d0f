/**
 * What the browser knows of its session. Not React, so that the room uses it as well and tests run it with plain numbers.
 *
 * The idle limit covers the screen and never takes anything down: the phase stays `signed-in`, `cover` says why it is covered, and calls
 * that came too late wait until the same person is back. The same holds where the code of a second factor is missing, or a second factor itself
 * (a laptop carried out of the office). The server decides; the clock here only makes the cover appear on time.
 */
import type { SecondFactorBody, SessionView } from '../../shared/protocol/http-api.ts'
import { type Api, ApiError, isSessionTrouble, type SessionTrouble } from './api.ts'

export type SignedIn = Extract<SessionView, { state: 'signed-in' }>
export type Installation = SessionView['installation']

/** Why a screen is covered: idle, signed out, the code of a second factor awaited, a second factor to be set up. */
export type Cover = 'locked' | 'expired' | 'second-factor' | 'set-up'

export type SessionState =
  | { phase: 'starting' }
  | { phase: 'failed'; error: unknown }
  /** `codeTooLate`: the password was right, and its code did not come in time. */
  | { phase: 'signed-out'; installation: Installation; codeTooLate?: true }
  /** The password was right; the code of the second factor is awaited, and nothing lies beneath. */
  | { phase: 'second-factor'; installation: Installation; name: string }
  /** Locked before anything was open here (the page was loaded anew): nothing lies beneath the cover. */
  | { phase: 'locked'; installation: Installation; login: string; name: string }
  | { phase: 'signed-in'; view: SignedIn; cover: null | Cover }

export interface SessionKeeperOptions {
  api: Pick<
    Api,
    | 'session'
    | 'signIn'
    | 'giveSecondFactor'
    | 'unlock'
    | 'activity'
    | 'signOut'
    | 'signOutEverywhere'
    | 'createOperator'
  >
  now?: () => number
  /** Calls back once after so many ms; returns what cancels it. */
  after?: (ms: number, action: () => void) => () => void
  /** Leaves everything behind: another person signed in, or somebody signed out. */
  startOver: () => void
}

/** Asked a little before the cover is due: another tab or the live room may have kept the session awake. */
const LOOK_BEFORE_MS = 10_000
/** A ping for every key would be noise; one a half minute keeps a ten-minute limit exact enough. */
const PING_EVERY_MS = 30_000
/** Browsers run a timer of more than 24.8 days at once; ours never need more than an hour at a time. */
const LONGEST_TIMER_MS = 3_600_000

export class SessionKeeper {
  readonly #options: Required<SessionKeeperOptions>
  #state: SessionState = { phase: 'starting' }
  readonly #listeners = new Set<() => void>()
  #waiting: ((mayGoOn: boolean) => void)[] = []
  #cancelTimer: () => void = () => {}
  #serverAheadMs = 0
  #lastPingAt = Number.NEGATIVE_INFINITY
  #looking: Promise<void> | undefined

  constructor(options: SessionKeeperOptions) {
    this.#options = {
      now: Date.now,
      after: (ms, action) => {
        const timer = setTimeout(action, ms)
        return () => clearTimeout(timer)
      },
      ...options,
    }
  }

  current = (): SessionState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The server's clock less this one's, in ms. */
  noteServerClock(offsetMs: number): void {
    this.#serverAheadMs = offsetMs
  }

  /** Asks the server how the session stands. Several callers share one question. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #look(): Promise<void> {
    try {
      this.#take(await this.#options.api.session())
    } catch (error) {
      // Somebody at work is not thrown out because the server is away; the timer below still covers the screen when it is due.
      if (this.#state.phase === 'signed-in') this.#schedule()
      else this.#set({ phase: 'failed', error })
    }
  }

  async signIn(login: string, password: string): Promise<void> {
    this.#take(await this.#options.api.signIn({ login, password }))
  }

  async giveSecondFactor(given: SecondFactorBody): Promise<void> {
    try {
      this.#take(await this.#options.api.giveSecondFactor(given))
    } catch (error) {
      // Five minutes have passed: from the beginning.
      if (error instanceof ApiError && error.reason === 'not-signed-in') this.#cover('expired')
      throw error
    }
  }

  async unlock(password: string): Promise<void> {
    try {
      this.#take(await this.#options.api.unlock(password))
    } catch (error) {
      // The session ended while the screen was covered: the cover asks for a whole sign-in instead.
      if (error instanceof ApiError && error.reason === 'not-signed-in') this.#cover('expired')
      throw error
    }
  }

  async createOperator(body: Parameters<Api['createOperator']>[0]): Promise<void> {
    this.#take(await this.#options.api.createOperator(body))
  }

  async signOut(): Promise<void> {
    try {
      await this.#options.api.signOut()
    } catch (error) {
      // Already over: that is what was asked for. Anything else is told, or a shared PC would stay signed in unnoticed.
      if (!(error instanceof ApiError) || error.reason !== 'not-signed-in') throw error
    }
    this.#options.startOver()
  }

  async signOutEverywhere(): Promise<void> {
    await this.#options.api.signOutEverywhere()
    this.#options.startOver()
  }

  /** A call was refused for the session's sake. Resolves true once the same person is back. */
  trouble(reason: SessionTrouble): Promise<boolean> {
    if (this.#state.phase !== 'signed-in') return Promise.resolve(false)
    this.#coverFor(reason)
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  /** A person pressed a key or moved the pointer, or attends a live conference. Tells the server now and then. */
  noteActivity(): void {
    const now = this.#options.now()
    if (this.#state.phase !== 'signed-in' || this.#state.cover !== null) return
    if (now - this.#lastPingAt < PING_EVERY_MS) return
    this.#lastPingAt = now
    this.#options.api.activity().then(
      ({ idleLocksAt, elsewhere = [] }) => {
        if (this.#state.phase !== 'signed-in' || this.#state.cover !== null) return
        this.#set({ ...this.#state, view: { ...this.#state.view, idleLocksAt, elsewhere } })
        this.#schedule()
      },
      error => {
        if (!(error instanceof ApiError)) return
        if (isSessionTrouble(error.reason)) this.#coverFor(error.reason)
        // No line: the next key tries again, and the timer covers the screen if it stays so.
      },
    )
  }

  /** After sleep or a long time in the background, before anybody reads on. */
  noteReturn(): void {
    if (this.#state.phase !== 'signed-in') return
    // The code may have been given in another tab.
    if (this.#state.cover === 'second-factor') void this.look()
    if (this.#state.cover !== null) return
    if (this.#msUntilLock(this.#state.view) <= 0) this.#coverAndLook()
  }

  close(): void {
    this.#cancelTimer()
    this.#listeners.clear()
  }

  #take(view: SessionView): void {
    const before = this.#state
    if (view.state === 'signed-in') {
      if (before.phase === 'signed-in' && before.view.person.userId !== view.person.userId) {
        // Nothing of the person before may stay in memory or on the screen.
        this.#options.startOver()
        return
      }
      if (view.needsSecondFactor && before.phase === 'signed-in' && isOpen(before)) {
        // Demanded in the middle of the work: what is typed stays beneath.
        this.#cancelTimer()
        this.#set({ phase: 'signed-in', view, cover: 'set-up' })
        return
      }
      this.#set({ phase: 'signed-in', view, cover: null })
      this.#schedule()
      this.#release(true)
    } else if (before.phase === 'signed-in') {
      this.#cover(view.state === 'signed-out' ? 'expired' : view.state)
    } else if (view.state === 'second-factor') {
      this.#set({ phase: 'second-factor', installation: view.installation, name: view.person.name })
    } else if (view.state === 'locked') {
      this.#set({
        phase: 'locked',
        installation: view.installation,
        login: view.person.login,
        name: view.person.name,
      })
    } else {
      this.#set({ phase: 'signed-out', installation: view.installation })
    }
  }

  #coverFor(trouble: SessionTrouble): void {
    // Whether a code is missing or a whole second factor, only the server can say.
    if (trouble === 'second-factor-required') void this.look()
    else this.#cover(trouble === 'session-locked' ? 'locked' : 'expired')
  }

  #cover(why: Cover): void {
    const { phase } = this.#state
    if ((phase === 'locked' || phase === 'second-factor') && why === 'expired') {
      const { installation } = this.#state
      this.#set({ phase: 'signed-out', installation, ...(phase === 'second-factor' && { codeTooLate: true }) })
      return
    }
    if (this.#state.phase !== 'signed-in' || this.#state.cover === why) return
    this.#cancelTimer()
    this.#set({ ...this.#state, cover: why })
  }

  #coverAndLook(): void {
    this.#cover('locked')
    void this.look()
  }

  #schedule(): void {
    this.#cancelTimer()
    if (this.#state.phase !== 'signed-in' || this.#state.cover !== null) return
    const left = this.#msUntilLock(this.#state.view)
    if (left <= 0) {
      this.#coverAndLook()
    } else if (left > LOOK_BEFORE_MS) {
      this.#cancelTimer = this.#options.after(Math.min(left - LOOK_BEFORE_MS, LONGEST_TIMER_MS), () => void this.look())
    } else {
      this.#cancelTimer = this.#options.after(left, () => this.#coverAndLook())
    }
  }

  #msUntilLock(view: SignedIn): number {
    return Math.min(view.idleLocksAt, view.expiresAt) - this.#serverAheadMs - this.#options.now()
  }

  #release(mayGoOn: boolean): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve(mayGoOn)
  }

  #set(state: SessionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

/** Whether screens lie beneath: not while a second factor had to be set up from the start. */
function isOpen(state: Extract<SessionState, { phase: 'signed-in' }>): boolean {
  return !state.view.needsSecondFactor || state.cover === 'set-up'
}
