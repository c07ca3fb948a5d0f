/**
 * One socket in `/meeting`. Whatever a client sends arrives in {@link MeetingSession.receive} and nowhere else; nothing that it sends can throw out
 * of it, each event is answered at most once, and events are done in the order sent. Who it is comes from the connection, never from a body.
 */
import type { CaseId, ConferenceId } from '../../../shared/ids.ts'
import type { Ack, CommandBody, CommandName, ServerEvents } from '../../../shared/protocol/live-channel.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import type { Audit } from '../../audit/audit.ts'
import type { Authentication } from '../../auth/authenticate.ts'
import { RecordedRefusal } from '../../auth/recorded-refusal.ts'
import type { Log } from '../../lib/log.ts'
import type { Connection, MeetingListener, Meetings } from '../../meetings/ports.ts'
import type { Clock, SignedInPerson } from '../../rooms/ports.ts'
import { TokenBucket } from '../../rooms/token-bucket.ts'
import type { DenialPace } from '../denial-pace.ts'
import { refusalOf } from '../http.ts'
import { type EventOutcome, type EventTarget, eventNamed, type ReadEvent } from './channel-events.ts'
import type { LiveConnection } from './live-connection.ts'
import type { MeetingChannelLimits } from './meeting-limits.ts'
import { isModestJson } from './plain-json.ts'

export type MeetingsForChannel = Pick<Meetings, 'join' | 'leave' | 'disconnect' | 'command'>

export interface MeetingSessionOptions {
  /** Says something to the client; types are the channel's. */
  emit: <Name extends keyof ServerEvents>(name: Name, ...args: Parameters<ServerEvents[Name]>) => void
  line: LiveConnection
  connection: Connection
  meetings: MeetingsForChannel
  authentication: Pick<Authentication, 'standingOf'>
  audit: Pick<Audit, 'record'>
  /** When a `not-found` leaves. */
  pace: DenialPace
  /** Whose data an event named, by what it was about. */
  subjectOf?: ((object: string) => Promise<CaseId | undefined>) | undefined
  /** Somebody sits at that screen. */
  onActivity: (person: SignedInPerson) => void
  /** The person's allowance, over all of their sockets. */
  allowance: TokenBucket
  clock: Clock
  log: Log
  limits: MeetingChannelLimits
}

/** A conference that this socket joined, or is joining. Changes that come before the answer has left wait for it. */
interface Joined {
  early: (() => void)[] | undefined
  isOver: boolean
}

type Answer = (ack: Ack<unknown>) => void

export class MeetingSession implements EventTarget {
  readonly #options: MeetingSessionOptions
  readonly #allowance: TokenBucket
  readonly #joined = new Map<ConferenceId, Joined>()
  #last: Promise<void> = Promise.resolve()
  #waiting = 0
  #tooFast = 0
  #unread = { bytes: 0, flushes: 0 }
  #isGone = false

  constructor(options: MeetingSessionOptions) {
    this.#options = options
    const { limits, clock } = options
    this.#allowance = new TokenBucket({
      burst: limits.socketBurst,
      perSecond: limits.socketPerSecond,
      now: clock.now(),
    })
  }

  /** An event's name and arguments as they came, the acknowledgement last when there is one. Never throws. */
  receive(name: unknown, given: readonly unknown[]): void {
    const { line, limits } = this.#options
    if (!line.isOpen || this.#isGone) return
    const last = given.at(-1)
    const answer = typeof last === 'function' ? this.#onceAnswered(last as Answer) : undefined
    if (!this.#mayAsk()) {
      if (answer) this.#refuse(answer, new Refusal('too-fast'))
      if (++this.#tooFast >= limits.maxTooFast) line.end('too-fast')
      return
    }
    this.#tooFast = 0
    // Who does not want to hear what became of it does not get it done.
    if (answer === undefined) return
    const args = given.slice(0, -1)
    const isModest = isModestJson(args, { maxDepth: limits.maxDepth, maxValues: limits.maxValues })
    const read = isModest ? eventNamed(name)?.read(args) : undefined
    if (read === undefined) this.#refuse(answer, new Refusal('bad-request'))
    else if (this.#waiting >= limits.maxWaiting) this.#refuse(answer, new Refusal('too-fast'))
    else this.#enqueue(read, answer)
  }

  /** The socket is gone. */
  end(): void {
    if (this.#isGone) return
    this.#isGone = true
    for (const joined of this.#joined.values()) joined.isOver = true
    this.#joined.clear()
    this.#options.meetings.disconnect(this.#options.connection)
  }

  async join(conferenceId: ConferenceId, how: { watches: boolean }): Promise<EventOutcome> {
    const { meetings, connection, limits } = this.#options
    const before = this.#joined.get(conferenceId)
    if (before === undefined && this.#joined.size >= limits.maxJoined) throw new Refusal('too-many-connections')
    if (before) before.isOver = true
    const joined: Joined = { early: [], isOver: false }
    this.#joined.set(conferenceId, joined)
    try {
      const listener: MeetingListener = {
        change: change => this.#follow(joined, () => this.#options.emit('meeting.change', conferenceId, change)),
        closed: reason => {
          this.#follow(joined, () => this.#options.emit('closed', reason, conferenceId))
          joined.isOver = true
          this.#forget(conferenceId, joined)
        },
      }
      const value = await meetings.join(connection, conferenceId, listener, how)
      if (this.#isGone) meetings.leave(connection, conferenceId)
      return {
        value,
        told: () => this.#release(joined),
        abandon: () => {
          joined.isOver = true
          if (this.#forget(conferenceId, joined)) meetings.leave(connection, conferenceId)
        },
      }
    } catch (error) {
      if (this.#forget(conferenceId, joined) && before) meetings.leave(connection, conferenceId)
      throw error
    }
  }

  leave(conferenceId: ConferenceId): void {
    const joined = this.#joined.get(conferenceId)
    if (joined === undefined) return
    this.#forget(conferenceId, joined)
    joined.isOver = true
    this.#options.meetings.leave(this.#options.connection, conferenceId)
  }

  command<Name extends CommandName>(name: Name, body: CommandBody<Name>): Promise<void> {
    return this.#options.meetings.command(this.#options.connection, name, body)
  }

  #mayAsk(): boolean {
    const now = this.#options.clock.now()
    // Both are asked: one that says no must not spare the other.
    const ofSocket = this.#allowance.take(1, now)
    const ofPerson = this.#options.allowance.take(1, now)
    return ofSocket && ofPerson
  }

  #enqueue(read: ReadEvent, answer: Answer): void {
    this.#waiting++
    this.#last = this.#last
      .then(() => this.#do(read, answer))
      .catch((error: unknown) => {
        this.#options.log.error({ error }, 'An event could not be answered')
      })
      .finally(() => {
        this.#waiting--
      })
  }

  async #do(read: ReadEvent, answer: Answer): Promise<void> {
    const { line, authentication, onActivity, pace } = this.#options
    if (!line.isOpen || this.#isGone) return
    const paced = pace.begin()
    try {
      const outcome = await this.#within(async () => {
        const standing = await authentication.standingOf(line.person)
        if (typeof standing === 'string') return standing
        onActivity(line.person)
        return read.run(this)
      })
      if (typeof outcome === 'string') {
        this.#refuse(answer, new Refusal(outcome))
        line.end(outcome)
        return
      }
      this.#say(() => answer({ ok: true, value: outcome.value }))
      outcome.told?.()
    } catch (error) {
      const refusal = refusalOf(error)
      const { object } = read
      if (refusal.reason === 'internal') this.#options.log.error({ error, event: object }, 'An event failed')
      else if (refusal.reason === 'store-unavailable') {
        this.#options.log.warn({ error, event: object }, 'The store did not answer an event')
      }
      const recorded = await this.#recordDenial(refusal, object)
      if (recorded.reason === 'not-found') await paced.denied()
      this.#refuse(answer, recorded)
    } finally {
      paced.end()
    }
  }

  /** The outcome, or a refusal after so long. What comes later is abandoned; a command is found done when it is repeated. */
  #within<Outcome extends EventOutcome | string>(work: () => Promise<Outcome>): Promise<Outcome> {
    const { clock, limits } = this.#options
    return new Promise((resolve, reject) => {
      let isLate = false
      const stop = clock.after(limits.deadlineMs, () => {
        isLate = true
        reject(new Refusal('store-unavailable', 'deadline'))
      })
      work()
        .then(
          outcome => {
            if (!isLate) resolve(outcome)
            else if (typeof outcome !== 'string') outcome.abandon?.()
          },
          (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
        )
        .finally(stop)
    })
  }

  /** On record like a refused request (`http.ts`). @returns the refusal to give: another one when it could not be recorded */
  async #recordDenial(refusal: Refusal, object: string): Promise<Refusal> {
    const isDenial = refusal.reason === 'not-found' || refusal.reason === 'not-allowed'
    if (!isDenial || refusal instanceof RecordedRefusal) return refusal
    const { audit, line, log, subjectOf } = this.#options
    const { userId, sessionId } = line.person
    try {
      const { reason } = refusal
      const { address } = line
      const subject = await subjectOf?.(object)
      const what = { action: 'authz.deny', subject, object, outcome: 'denied' as const, reason }
      await audit.record({ actor: userId, sessionId, address, ...what })
      return refusal
    } catch (error) {
      log.warn({ error }, 'A denial could not be recorded')
      return new Refusal('store-unavailable')
    }
  }

  /** Only the first answer leaves, and none after the socket is gone. */
  #onceAnswered(acknowledge: Answer): Answer {
    let isAnswered = false
    return ack => {
      if (isAnswered || this.#isGone) return
      isAnswered = true
      acknowledge(ack)
    }
  }

  #refuse(answer: Answer, { reason, detail = '' }: Refusal): void {
    this.#say(() => answer({ ok: false, reason, message: detail }))
  }

  /** Unless it is over; what comes before the answer has left waits for it. */
  #follow(joined: Joined, something: () => void): void {
    if (joined.isOver) return
    if (joined.early) joined.early.push(something)
    else this.#say(something)
  }

  #release(joined: Joined): void {
    const early = joined.early ?? []
    joined.early = undefined
    for (const something of early) this.#say(something)
  }

  /** @returns whether it was still the one */
  #forget(conferenceId: ConferenceId, joined: Joined): boolean {
    if (this.#joined.get(conferenceId) !== joined) return false
    this.#joined.delete(conferenceId)
    return true
  }

  /** Says something, and ends the connection when too much of the meeting's own waits for its reader. */
  #say(something: () => void): void {
    const { line, limits } = this.#options
    line.say(() => {
      const before = line.queue
      something()
      const after = line.queue
      if (after.flushes !== this.#unread.flushes) this.#unread = { bytes: 0, flushes: after.flushes }
      if (after.flushes === before.flushes) this.#unread.bytes += after.bytes - before.bytes
      if (this.#unread.bytes > limits.maxUnreadBytes) line.end('slow-reader')
    })
  }
}
