/**
 * One document while people are in it. Told of frames, leavings and changes of access, it decides who hears what and when. The invariant
 * everything here serves: nothing leaves the room that is not stored (SPEC SY2), and nothing enters it that the guard has not judged by the
 * session's right of this moment (SPEC SY4, SY5, AX1).
 *
 * The document may be ahead of the store by the turns that gather and are in flight. When such a turn is lost, or an update broke the document,
 * the room reads the store anew and nobody but those whose changes were lost notices.
 */
import * as Y from 'yjs'
import { must } from '../../shared/assert.ts'
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import type { UserId } from '../../shared/ids.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import {
  readClientFrame,
  writeAwareness,
  writeMayWrite,
  writeReceipt,
  writeStep1,
  writeStep2,
  writeUpdate,
} from '../../shared/protocol/sync-frames.ts'
import type { Log } from '../lib/log.ts'
import type { AccessAnswer } from './access-watch.ts'
import { Awareness } from './awareness.ts'
import { Compaction } from './compaction.ts'
import { withDeadline } from './deadline.ts'
import type { RoomLimits } from './limits.ts'
import type { Clock, DocumentStore, UpdateGuard, UpdateVerdict } from './ports.ts'
import { presenceNewsFor } from './presence-news.ts'
import { isEmptyUpdate, RoomDocument } from './room-document.ts'
import { moveRoom, type RoomState } from './room-state.ts'
import type { Session } from './session.ts'
import { addChanges, cover, emptyTurn, payloadOf, relaysFor, type Turn } from './turn.ts'
import { Turns } from './turns.ts'

export interface RoomOptions {
  name: string
  ref: DocumentRef
  store: DocumentStore
  guard: UpdateGuard
  clock: Clock
  log: Log
  limits: RoomLimits
  /** A session is out, whoever ended it; with the reason when it was refused. */
  onLeft(session: Session, refusal?: { reason: RefusalReason; detail: string | undefined }): void
  /** Somebody changed the document or said where they are. */
  onActivity(session: Session): void
  onClosed(room: Room): void
}

interface Trouble {
  reason: RefusalReason
  detail?: string
}

/** A state vector has about 8 bytes for each client id that ever wrote; a claimed larger one is not decoded. */
const MAX_STATE_VECTOR_BYTES = 256 << 10
const SWEEP_MS = 5_000

export class Room {
  readonly name: string
  readonly ref: DocumentRef
  readonly sessions = new Set<Session>()
  readonly #options: RoomOptions
  readonly #turns: Turns<Turn>
  readonly #awareness: Awareness<Session>
  readonly #compaction: Compaction
  #state: RoomState = 'opening'
  #document: RoomDocument | undefined
  /** Being built anew: frames wait. */
  #isRebuilding = false
  #isStopping = false
  /** Whose question was not answered when a turn was lost. */
  #unanswered = new Map<Session, Uint8Array>()
  #unsettled = new Set<Session>()
  #presenceScheduled = false
  /** Somebody is gone: that is told at once, also while the store is slow. */
  #presenceIsUrgent = false
  #emptySince = 0
  #stopTimer: (() => void) | undefined

  constructor(options: RoomOptions) {
    const { clock, limits, name, store, log } = options
    this.name = name
    this.ref = options.ref
    this.#options = options
    this.#awareness = new Awareness({
      owners: () => this.writers,
      maxPerSession: limits.maxPresencesPerSession,
    })
    this.#compaction = new Compaction({ document: name, store, limits, clock, log })
    this.#turns = new Turns<Turn>({
      clock,
      deadlineMs: limits.storeDeadlineMs,
      handlers: {
        open: emptyTurn,
        hasChanges: turn => turn.updates.length > 0,
        append: turn => this.#append(turn),
        committed: turn => this.#committed(turn),
        failed: (turns, error) => this.#lost(turns, error),
      },
    })
  }

  get state(): RoomState {
    return this.#state
  }

  /** Whose client ids are whose, as far as they wrote here. */
  get writers(): ReadonlyMap<number, UserId> {
    return this.#document?.owners ?? new Map()
  }

  /** Reads the document. Those who joined meanwhile are let in, or closed when it cannot be read. Never rejects. */
  async open(): Promise<void> {
    try {
      const document = await this.#load()
      if (this.#state !== 'opening') return
      this.#document = document
      this.#state = moveRoom(this.#state, 'live')
      this.#letIn()
      this.#sweep()
      this.#evaluate()
    } catch (error) {
      this.#options.log.error({ err: error, document: this.name }, 'a document could not be opened')
      this.#abandon('store-unavailable')
    }
  }

  join(session: Session): void {
    this.sessions.add(session)
    if (this.#state === 'draining') this.#evaluate()
    if (this.#isReady) this.#admit(session)
  }

  /** A frame from a session's socket. */
  receive(session: Session, frame: Uint8Array): void {
    const { standing } = session
    switch (standing.state) {
      case 'left':
        return
      case 'waiting':
      case 'held':
        if (!session.keep(standing.inbox, frame)) this.refuse(session, 'too-fast', 'waiting')
        return
      case 'live': {
        const trouble = this.#hear(session, frame)
        if (trouble !== undefined) this.refuse(session, trouble.reason, trouble.detail)
      }
    }
  }

  /** The session's socket is gone. */
  leave(session: Session): void {
    if (session.hasLeft) return
    session.leave()
    this.#forget(session)
    this.#options.onLeft(session)
  }

  /** Ends a session for a reason. */
  refuse(session: Session, reason: RefusalReason, detail?: string): void {
    if (session.hasLeft) return
    session.end(reason, detail)
    this.#forget(session)
    this.#options.onLeft(session, { reason, detail })
  }

  /** The grant of a held session, asked again. */
  answerAccess(session: Session, answer: AccessAnswer): void {
    const { standing } = session
    if (standing.state !== 'held') return
    if (answer === undefined || answer === 'unknown') {
      if (answer === undefined) this.refuse(session, 'not-found')
      else this.refuse(session, 'store-unavailable', 'access')
      return
    }
    const before = session.grant
    session.grant = answer
    const { inbox, outbox } = standing
    session.standing = { state: 'waiting', inbox }
    // What was said meanwhile first, so that the order of the log is kept.
    for (const frames of outbox.sends) this.#send(session, frames)
    if (session.entered && session.receipts && before.mayWrite !== answer.mayWrite) {
      this.#send(session, [writeMayWrite(answer.mayWrite)])
    }
    if (JSON.stringify(before.identity) !== JSON.stringify(answer.identity)) {
      this.#awareness.repeat(session)
      this.#presenceChanged()
    }
    if (this.#isReady) this.#admit(session)
  }

  /** Sends a frame to those whose clients know Dure's own messages. */
  tell(frame: Uint8Array): void {
    const frames = [frame]
    for (const session of this.sessions) if (session.receipts && session.entered) this.#send(session, frames)
  }

  /** Stops for good: nothing more is heard, what was accepted is stored, everybody is told to come back. True when all of it is stored. */
  async stop(): Promise<boolean> {
    if (this.#isClosed) return true
    this.#isStopping = true
    for (const session of this.sessions) this.#pause(session)
    const { clock, limits, log } = this.#options
    let allStored = true
    try {
      await withDeadline(this.#turns.settled(), { clock, ms: limits.stopDeadlineMs, what: `storing ${this.name}` })
      await withDeadline(this.#compaction.finished(), { clock, ms: limits.stopDeadlineMs / 4, what: 'a compaction' })
    } catch (error) {
      allStored = false
      log.error(
        { err: error, document: this.name },
        'stopped before everything was stored; nothing of that was confirmed',
      )
    }
    this.#abandon('server-restarting')
    return allStored
  }

  // ── what a session says ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Hears one frame; says why the session has to end, if it has to. */
  #hear(session: Session, frame: Uint8Array): Trouble | undefined {
    const { limits, clock } = this.#options
    if (frame.byteLength > limits.maxFrameBytes) return { reason: 'too-large', detail: 'frame' }
    if (!session.mayHear(frame, clock.now())) return { reason: 'too-fast' }
    const message = readClientFrame(frame)
    switch (message?.kind) {
      case undefined:
        return { reason: 'bad-message' }
      case 'step1':
        return this.#asked(session, message.stateVector)
      case 'step2':
        return this.#answered(session, message.update)
      case 'update':
        return this.#offered(session, message.update)
      case 'awareness':
        if (!this.#awareness.hear(session, message.entries, clock.now())) {
          return { reason: 'bad-message', detail: 'awareness' }
        }
        if (this.#awareness.hasNews) this.#presenceChanged()
        this.#options.onActivity(session)
        return undefined
      case 'query-awareness':
        this.#send(session, [writeAwareness(this.#awareness.othersThan(session, clock.now()))])
    }
  }

  #asked(session: Session, stateVector: Uint8Array): Trouble | undefined {
    if (stateVector.byteLength > MAX_STATE_VECTOR_BYTES) return { reason: 'too-large', detail: 'state-vector' }
    if (!session.mayAsk(this.#options.clock.now())) return { reason: 'too-fast', detail: 'step1' }
    // Somebody who asks again before having read the last answer is answered when that is read: the next resync asks again.
    if (session.subscribed && session.isBehind) return undefined
    try {
      Y.decodeStateVector(stateVector)
    } catch {
      return { reason: 'bad-message', detail: 'state-vector' }
    }
    session.hasAsked = true
    // Copied: the frame's buffer is the transport's.
    this.#turns.current.answers.set(session, { stateVector: stateVector.slice(), frames: [], bytes: 0 })
  }

  /**
   * An update. A client that was away sends what it writes now at once, and what it wrote without a line only when it answers our step 1; so until
   * that answer, what does not fit yet waits for it, and everything behind it too (SPEC SY11).
   */
  #offered(session: Session, update: Uint8Array): Trouble | undefined {
    session.heard++
    const trouble = session.early.length === 0 ? this.#take(session, update) : undefined
    const isEarly = trouble?.reason === 'update-refused' && trouble.detail !== 'broken' && session.isToAnswer
    if (session.early.length === 0 && !isEarly) return trouble
    session.earlyBytes += update.byteLength
    if (session.earlyBytes > this.#options.limits.maxInboxBytes) return { reason: 'too-fast', detail: 'early' }
    session.early.push(update.slice())
  }

  /** A client's answer to our step 1: all it has. What came too early fits now. */
  #answered(session: Session, update: Uint8Array): Trouble | undefined {
    session.heard++
    session.hasAnswered = true
    let trouble = this.#take(session, update)
    for (const early of session.early.splice(0)) trouble ??= this.#take(session, early)
    return trouble
  }

  #take(session: Session, update: Uint8Array): Trouble | undefined {
    if (isEmptyUpdate(update)) {
      cover(this.#turns.current, session, false)
      return undefined
    }
    const document = must(this.#document, 'the document of a room that hears')
    const doc = this.#built(document)
    if (doc === undefined) return undefined

    const { writer, mayWrite } = session.grant
    const verdict = this.#judge(update, { doc, writer, owners: document.owners })
    if (!mayWrite) return this.#readerOffered(session, verdict)
    if (!verdict.ok) return verdict
    if (verdict.changesNothing) {
      cover(this.#turns.current, session, true)
      return undefined
    }
    const turn = this.#turns.current
    if (turn.bytes + update.byteLength > this.#options.limits.maxUnstoredBytes) return { reason: 'store-unavailable' }

    const applied = this.#options.guard.apply(doc, update)
    if (applied.state === 'broken') {
      const { userId } = writer
      this.#options.log.error({ err: applied.cause, document: this.name, userId }, 'an update broke the document')
      this.#startRebuild()
      return { reason: 'update-refused', detail: 'broken' }
    }
    document.markChanged()
    for (const client of verdict.newClients) {
      document.owners.set(client, writer.userId)
      turn.claims.push({ client, userId: writer.userId })
    }
    addChanges(turn, session, applied.changes)
    cover(turn, session, true)
    this.#options.onActivity(session)
  }

  /** A reader may send what is known already, and what Yjs tidies by itself on every copy; the server's copy does its own tidying. */
  #readerOffered(session: Session, verdict: UpdateVerdict): Trouble | undefined {
    if (!verdict.ok || !(verdict.changesNothing || verdict.onlyTidies)) return { reason: 'read-only' }
    cover(this.#turns.current, session, false)
  }

  /** The guard's verdict, and that no new client id is one that somebody else is present under. */
  #judge(update: Uint8Array, context: Omit<Parameters<UpdateGuard['judge']>[1], 'ref'>): UpdateVerdict {
    const { userId } = context.writer
    try {
      const verdict = this.#options.guard.judge(update, { ...context, ref: this.ref })
      if (!verdict.ok) return verdict
      const isTaken = (client: number) => (this.#awareness.claimedBy(client) ?? userId) !== userId
      return verdict.newClients.some(isTaken) ? { ok: false, reason: 'update-refused', detail: 'client' } : verdict
    } catch (error) {
      this.#options.log.error({ err: error, document: this.name, userId }, 'the guard failed on an update')
      return { ok: false, reason: 'update-refused', detail: 'guard' }
    }
  }

  /** The document, built; undefined when what is stored makes none, and the room is closed then. */
  #built(document: RoomDocument): Y.Doc | undefined {
    try {
      return document.doc
    } catch (error) {
      this.#unreadable(error)
    }
  }

  // ── turns ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #append(turn: Turn): Promise<void> {
    const document = this.#document
    if (document === undefined) throw new Error('A turn in a room without a document')
    turn.sequence = document.sequence + 1
    this.#makeAnswers(turn)
    if (this.#compaction.isOverdue && !this.#isRebuilding) turn.snapshot = document.encodeSnapshot()
    const payload = payloadOf(turn, this.#options.clock.now())
    await this.#options.store.append(this.name, { sequence: turn.sequence, payload })
  }

  /**
   * Answers hold the document as it is when their turn is closed for gathering, which is what that turn's commit covers. Of a document that is
   * being built anew nothing is told; those who asked are answered from the new one.
   */
  #makeAnswers(turn: Turn): void {
    const document = this.#document
    if (turn.answers.size === 0 || document === undefined) return
    for (const [session, answer] of turn.answers) {
      if (this.#isRebuilding) this.#unanswered.set(session, answer.stateVector)
      if (session.hasLeft || this.#isRebuilding) continue
      const { before, step2 } = document.answerTo(answer.stateVector)
      const frames = [...before.map(writeUpdate), writeStep2(step2)]
      if (!session.asked) frames.push(writeStep1(document.stateVector))
      answer.frames = frames
      answer.bytes = frames.reduce((sum, frame) => sum + frame.byteLength, 0)
    }
    if (this.#isRebuilding) turn.answers.clear()
  }

  #committed(turn: Turn): void {
    const now = this.#options.clock.now()
    if (turn.sequence === 0) {
      try {
        this.#makeAnswers(turn)
      } catch (error) {
        this.#unreadable(error)
        return
      }
    } else if (this.#document !== undefined) {
      this.#document.sequence = turn.sequence
      this.#compaction.count(1, turn.bytes)
      if (turn.snapshot !== undefined) this.#compact({ payload: turn.snapshot, upTo: turn.sequence })
    }
    const relays = relaysFor(turn)
    const news = this.#awareness.hasNews && !this.#isRebuilding ? presenceNewsFor(this.#awareness, now) : undefined
    const isQuiet = turn.relays.length === 0 && news === undefined
    for (const session of isQuiet ? new Set([...turn.covered.keys(), ...turn.answers.keys()]) : this.sessions) {
      this.#tellOf(turn, session, { relays: relays(session), news: news?.(session) ?? [], now })
    }
    this.#evaluate()
  }

  /** What is stored reads well record by record, and does not make a document. */
  #unreadable(error: unknown): void {
    this.#options.log.error({ err: error, document: this.name }, 'a stored document cannot be built')
    this.#abandon('internal')
  }

  #tellOf(
    turn: Turn,
    session: Session,
    what: { relays: readonly Uint8Array[]; news: readonly Uint8Array[]; now: number },
  ): void {
    if (session.hasLeft) return
    const answer = turn.answers.get(session)
    const covered = turn.covered.get(session)
    // Who is answered has this turn in the answer.
    let frames = answer !== undefined ? answer.frames : session.subscribed ? what.relays : []
    if (session.entered && what.news.length > 0) frames = frames.length === 0 ? what.news : [...frames, ...what.news]
    if (covered !== undefined) {
      session.receipted = covered.heard
      if (session.receipts) {
        frames = [...frames, writeReceipt({ logged: covered.heard, stored: covered.heard, at: Math.floor(what.now) })]
      }
    }
    if (answer !== undefined) {
      session.subscribed = true
      session.asked = true
    }
    this.#send(session, frames, answer?.bytes)
  }

  #lost(turns: readonly Turn[], error: unknown): void {
    this.#options.log.error({ err: error, document: this.name }, 'an append failed; the document is read anew')
    for (const turn of turns) {
      for (const [session, answer] of turn.answers) this.#unanswered.set(session, answer.stateVector)
      for (const [session, { atStake }] of turn.covered) {
        if (atStake) this.refuse(session, 'store-unavailable')
        else this.#unsettled.add(session)
      }
    }
    this.#startRebuild()
  }

  // ── building anew ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #startRebuild(): void {
    if (this.#isRebuilding || this.#state === 'closed') return
    this.#isRebuilding = true
    for (const session of this.sessions) this.#pause(session)
    this.#rebuild().catch((error: unknown) => {
      this.#options.log.error({ err: error, document: this.name }, 'building a document anew failed')
      this.#isRebuilding = false
      this.#abandon('internal')
    })
  }

  async #rebuild(): Promise<void> {
    try {
      // What others had accepted before the break goes its way first.
      await this.#turns.settled()
      const before = this.#document
      const stored = await this.#loadStored()
      const document = RoomDocument.fromStored(stored)
      if (this.#isClosed) return
      this.#document = document
      const missed = RoomDocument.updatesAfter(stored, before?.sequence ?? 0)
      this.#catchUp(missed?.map(({ update }) => update) ?? [Y.encodeStateAsUpdate(document.doc)])
      before?.destroy()
    } catch (error) {
      this.#options.log.error({ err: error, document: this.name }, 'a document could not be read anew')
      this.#isRebuilding = false
      this.#abandon('store-unavailable')
      return
    }
    this.#isRebuilding = false
    if (this.#isStopping) return
    for (const session of this.#unsettled) if (!session.hasLeft) cover(this.#turns.current, session, false)
    for (const [session, stateVector] of this.#unanswered) {
      if (!session.hasLeft) this.#turns.current.answers.set(session, { stateVector, frames: [], bytes: 0 })
    }
    this.#unsettled.clear()
    this.#unanswered.clear()
    this.#letIn()
    if (this.#awareness.hasNews) this.#presenceChanged()
    this.#evaluate()
  }

  /** What the store has and those who stayed were never told: an append that failed here and yet was written, or another writer's. */
  #catchUp(updates: readonly Uint8Array[]): void {
    if (updates.length === 0) return
    const frames = updates.map(writeUpdate)
    for (const session of this.sessions) if (session.subscribed) this.#send(session, frames)
  }

  async #load(): Promise<RoomDocument> {
    const document = RoomDocument.fromStored(await this.#loadStored())
    this.#compaction.count(document.sequence - document.snapshotUpTo, 0)
    return document
  }

  #loadStored() {
    const { clock, limits, store } = this.#options
    return withDeadline(store.load(this.name), { clock, ms: limits.storeDeadlineMs, what: `reading ${this.name}` })
  }

  // ── presence ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Presence leaves at the end of the turn; together with the changes of that turn when there are any, so that a cursor finds its letter. */
  #presenceChanged(): void {
    if (this.#presenceScheduled) return
    this.#presenceScheduled = true
    this.#options.clock.soon(() => {
      this.#presenceScheduled = false
      if (!this.#awareness.hasNews || this.#isRebuilding) return
      if (this.#turns.isQuiet || this.#presenceIsUrgent) this.#tellPresence()
    })
  }

  #tellPresence(): void {
    this.#presenceIsUrgent = false
    const news = presenceNewsFor(this.#awareness, this.#options.clock.now())
    for (const session of this.sessions) if (session.entered) this.#send(session, news(session))
  }

  // ── coming and going ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

  get #isReady(): boolean {
    return (this.#state === 'live' || this.#state === 'draining') && !this.#isRebuilding && !this.#isStopping
  }

  get #isClosed(): boolean {
    return this.#state === 'closed'
  }

  #letIn(): void {
    for (const session of this.sessions) this.#admit(session)
  }

  /** Makes a waiting session live and hears what waited. A held one follows when its access is told. */
  #admit(session: Session): void {
    if (session.standing.state !== 'waiting') return
    const { frames } = session.standing.inbox
    session.standing = { state: 'live' }
    if (!session.entered) {
      session.entered = true
      const now = this.#options.clock.now()
      const first = session.receipts ? [writeMayWrite(session.grant.mayWrite)] : []
      const others = this.#awareness.othersThan(session, now)
      this.#send(session, others.length > 0 ? [...first, writeAwareness(others)] : first)
    }
    // A frame may end the session or pause the room; receive() puts each where it then belongs.
    for (const frame of frames) this.receive(session, frame)
  }

  #pause(session: Session): void {
    if (session.standing.state === 'live') session.standing = { state: 'waiting', inbox: { frames: [], bytes: 0 } }
  }

  #forget(session: Session): void {
    this.sessions.delete(session)
    this.#unanswered.delete(session)
    this.#unsettled.delete(session)
    this.#awareness.leave(session)
    if (this.#awareness.hasNews) {
      this.#presenceIsUrgent = true
      this.#presenceChanged()
    }
    this.#evaluate()
  }

  #send(session: Session, frames: readonly Uint8Array[], answerBytes?: number): void {
    const trouble = session.send(frames, answerBytes)
    if (trouble !== undefined) this.refuse(session, trouble)
  }

  // ── the room's life ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #sweep(): void {
    const { clock, limits } = this.#options
    this.#stopTimer = clock.after(SWEEP_MS, () => {
      if (this.#isClosed) return
      this.#awareness.sweep(clock.now() - limits.silenceMs)
      if (this.#awareness.hasNews) this.#presenceChanged()
      this.#sweep()
      this.#evaluate()
    })
  }

  /** Looks at what is and does what is due. Called after everything that might make something due. */
  #evaluate(): void {
    if (this.#state === 'opening' || this.#state === 'closed' || this.#isStopping) return
    if (this.sessions.size > 0) {
      if (this.#state === 'draining') this.#state = moveRoom(this.#state, 'live')
    } else if (this.#state === 'live') {
      this.#state = moveRoom(this.#state, 'draining')
      this.#emptySince = this.#options.clock.now()
      this.#options.clock.after(this.#options.limits.lingerMs, () => this.#evaluate())
    }
    if (this.#isRebuilding || !this.#turns.isQuiet || this.#compaction.isRunning) return
    const isDraining = this.#state === 'draining'
    if (isDraining ? this.#compaction.isWorthwhile : this.#compaction.isDue) {
      this.#compactNow()
      return
    }
    const { clock, limits } = this.#options
    if (isDraining && clock.now() - this.#emptySince >= limits.lingerMs) this.#close()
  }

  #compactNow(): void {
    const document = this.#document
    if (document === undefined) return
    try {
      this.#compact({ payload: document.encodeSnapshot(), upTo: document.sequence })
    } catch (error) {
      this.#options.log.error({ err: error, document: this.name }, 'a document could not be encoded')
      this.#abandon('internal')
    }
  }

  #compact(snapshot: { payload: Uint8Array; upTo: number }): void {
    if (this.#compaction.isRunning) return
    this.#compaction.run(snapshot).then(
      () => this.#evaluate(),
      (error: unknown) => this.#options.log.error({ err: error, document: this.name }, 'after a compaction'),
    )
  }

  /** Ends everybody and closes, whatever the state. */
  #abandon(reason: RefusalReason): void {
    if (this.#state === 'closed') return
    for (const session of [...this.sessions]) {
      this.sessions.delete(session)
      session.end(reason)
      this.#options.onLeft(session, { reason, detail: undefined })
    }
    this.#close()
  }

  #close(): void {
    this.#state = moveRoom(this.#state, 'closed')
    this.#stopTimer?.()
    this.#document?.destroy()
    this.#document = undefined
    this.#options.onClosed(this)
  }
}
