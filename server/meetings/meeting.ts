/**
 * One conference's running meeting in this process. Whatever happens to it happens in one queue: joining, leaving, commands, changed access, the
 * chair's absence. After each, everybody connected is brought to what holds now, by a change from what they were told last. Nothing is told that
 * is not stored, and nothing between an announcement of changed access and its having been asked anew (SPEC MV).
 */
import type { Actor } from '../../shared/access.ts'
import { must } from '../../shared/assert.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, ConnectionId, ItemId, UserId } from '../../shared/ids.ts'
import type { CommandBody, CommandName, MeetingSnapshot } from '../../shared/protocol/live-channel.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { refuse } from '../conferences/admission.ts'
import type { By, ConferenceParts, MeetingAtTurn, SignIns } from '../conferences/ports.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import { ChairAbsence } from './chair-absence.ts'
import type { HearingRepository } from './hearing-repository.ts'
import { withRecords } from './item-progress.ts'
import { mayArrange } from './leading.ts'
import { keysOfRecords, type MeetingRecords, mayEnter, readNames, readRecords, readTitles } from './meeting-records.ts'
import type { MeetingRepository } from './meeting-repository.ts'
import { itemIdOf, type KeptMeeting, NotKept, perform } from './perform.ts'
import { type Place, Places } from './places.ts'
import type { Connection, JoinedHow, MeetingListener } from './ports.ts'
import { withChair } from './succession.ts'
import { createViews, peopleIn, type Shown, viewOf } from './views.ts'

export interface MeetingsOptions {
  conferences: ConferenceParts
  meetings: MeetingRepository
  hearings: HearingRepository
  signIns: SignIns
  clock: Clock
  log: Log
  /** Somebody's last connection to a meeting is gone, and these items were open to them. */
  onGone?(conferenceId: ConferenceId, userId: UserId, open: ReadonlySet<ItemId>): void
}

/** What is known of the records, while nobody announces that it is void. */
interface Known {
  records: MeetingRecords
  names: ReadonlyMap<UserId, string>
  titles: ReadonlyMap<UserId, string>
  keys: ReadonlySet<string>
}

/** After a failure, what holds is looked at again. */
const RETRY_MS = 1_000
/** Access that cannot be told for so long is no access (as SPEC AX4 of the rooms). */
const ACCESS_DEADLINE_MS = 1_000

export class Meeting {
  readonly #id: ConferenceId
  readonly #options: MeetingsOptions
  readonly #onIdle: () => void
  readonly #places: Places
  readonly #absence = new ChairAbsence()
  #tail: Promise<void> = Promise.resolve()
  #waiting = 0
  #kept: KeptMeeting | undefined
  #known: Known | undefined
  /** Counts announcements: what was read at another epoch is not told. */
  #epoch = 0
  #readAt = -1
  /** Counts what happened, and how much of it everybody was told of. */
  #happened = 1
  #toldUpTo = 0
  #stopTimer: (() => void) | undefined
  #stopDeadline: (() => void) | undefined
  #isClosed = false

  constructor(conferenceId: ConferenceId, options: MeetingsOptions, onIdle: () => void) {
    this.#id = conferenceId
    this.#options = options
    this.#onIdle = onIdle
    this.#places = new Places(error => {
      options.log.error({ error, conferenceId }, 'A listener of a meeting failed')
    })
  }

  get connections(): number {
    return this.#places.size
  }

  /** Nobody is in it and nothing is on its way: it may be forgotten. */
  get isIdle(): boolean {
    return this.#places.size === 0 && this.#waiting === 0
  }

  get #isBehind(): boolean {
    return this.#happened !== this.#toldUpTo
  }

  join(connection: Connection, listener: MeetingListener, how: JoinedHow): Promise<MeetingSnapshot> {
    const place = this.#places.add(connection, listener, how)
    return new Promise((resolve, reject) => {
      void this.#turn(async () => {
        try {
          resolve(await this.#enter(place))
        } catch (error) {
          this.#remove(place)
          reject(error)
        }
        // The answer goes out before anything that follows it.
        await endOfTurn()
      })
    })
  }

  leave(connectionId: ConnectionId): void {
    const place = this.#places.of(connectionId)
    if (place === undefined) return
    this.#remove(place)
    this.#noteGone(place)
    this.#catchUpSoon()
  }

  command<Name extends CommandName>(connection: Connection, name: Name, body: CommandBody<Name>): Promise<void> {
    return this.#turn(async () => {
      try {
        await this.#perform(connection, name, body)
      } catch (error) {
        throw error instanceof NotKept ? error.cause : error
      } finally {
        // What the command changed is stored: that it cannot be told now does not undo it.
        if (this.#isBehind) await this.#catchUp().catch(() => undefined)
      }
    })
  }

  /** Something about this conference that is no command of the meeting, in its place in their order (SPEC MI1). */
  inTurn<T>(work: (meeting: MeetingAtTurn) => Promise<T>): Promise<T> {
    return this.#turn(async () => {
      this.#kept ??= await this.#readKept()
      const { state } = this.#kept.meeting
      try {
        return await work({ leads: (by, facts) => mayArrange(state, { by, facts }), at: state.pointer?.itemId ?? null })
      } finally {
        // A new item is announced under keys that nobody here knew of: what holds is read anew, also when the work failed half-way.
        this.#epoch++
        if (this.#places.size > 0) this.#catchUpSoon()
      }
    })
  }

  /** Called with the announcement: from here on nothing is told that was read before it. */
  accessChanged(keys: readonly string[]): void {
    if (this.#isClosed || !this.#restsOn(keys)) return
    this.#epoch++
    this.#happened++
    if (this.#places.size === 0) return
    this.#stopDeadline ??= this.#options.clock.after(ACCESS_DEADLINE_MS, () => this.#giveUp())
    this.#catchUpSoon()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#places.clear()
    this.#stopTimer?.()
    this.#stopDeadline?.()
    await this.#tail
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++
    const result = this.#tail.then(work)
    const end = () => {
      this.#waiting--
      if (!this.isIdle) return
      this.#stopTimer?.()
      this.#stopDeadline?.()
      this.#onIdle()
    }
    this.#tail = result.then(end, end)
    return result
  }

  #catchUpSoon(): void {
    this.#happened++
    this.#turn(async () => {
      if (this.#isBehind && this.#places.size > 0) await this.#catchUp()
    }).catch(() => undefined) // Told in the log, and tried again.
  }

  #remove(place: Place): void {
    this.#places.remove(place)
    this.#happened++
    this.#noteAbsence()
  }

  /** Signed out, or the line ended: with the last connection the person is gone. Who was told nothing was never here. */
  #noteGone({ connection, watches, told, lastOpen }: Place): void {
    const { userId } = connection.person
    if (watches || told === undefined || this.#places.online().has(userId)) return
    this.#options.onGone?.(this.#id, userId, lastOpen)
  }

  async #enter(place: Place): Promise<MeetingSnapshot> {
    const { connection } = place
    place.isIn = true
    this.#happened++
    await this.#catchUp()
    if (!this.#places.has(place)) {
      // Not let in, which is put on record, or gone meanwhile.
      await admitted(this.#options.conferences, await byOf(this.#options, connection), this.#id)
      throw new Refusal('not-found')
    }
    const view = viewOf(must(place.told, 'the snapshot of who is in'))
    return { view, now: new Date(this.#options.clock.now()).toISOString(), connectionId: connection.connectionId }
  }

  async #perform<Name extends CommandName>(connection: Connection, name: Name, body: CommandBody<Name>): Promise<void> {
    const { conferences: parts, meetings, hearings } = this.#options
    for (let attempt = 1; ; attempt++) {
      if (this.#isBehind) await this.#catchUp()
      const by = await byOf(this.#options, connection)
      const records = await admitted(parts, by, this.#id, itemIdOf(body))
      this.#compare(records)
      this.#kept ??= await this.#readKept()
      const kept = this.#kept
      const online = this.#places.online()
      try {
        await perform({ parts, meetings, hearings, by, name, body, records, kept, online })
        this.#happened++
        return
      } catch (error) {
        if (!(error instanceof NotKept)) throw error
        this.#kept = undefined
        this.#happened++
        const isConflict = error.cause instanceof Refusal && error.cause.reason === 'conflict'
        if (!isConflict || attempt > 1) throw error
      }
    }
  }

  /** A new item is announced under keys that nobody here knew of yet. */
  #compare({ items }: MeetingRecords): void {
    const known = this.#known?.records.items
    if (known && known.size === items.size && [...items.keys()].every(itemId => known.has(itemId))) return
    this.#epoch++
    this.#happened++
  }

  /** Brings everybody to what holds now. Rejects when that cannot be told; it is tried again then. */
  async #catchUp(): Promise<void> {
    this.#stopTimer?.()
    try {
      this.#wakeWhenDue(await this.#catchUpNow())
    } catch (error) {
      this.#options.log.warn({ error, conferenceId: this.#id }, 'A meeting could not be told how it stands')
      this.#wakeWhenDue(false)
      throw error
    }
  }

  /** False when what follows by itself could not be stored: it is told without. */
  async #catchUpNow(): Promise<boolean> {
    let isSettled = true
    for (;;) {
      const epoch = this.#epoch
      const read = await this.#read()
      if (epoch !== this.#epoch) continue
      this.#readAt = epoch
      for (const place of this.#places.expel()) this.#noteGone(place)
      this.#noteAbsence()
      if (read !== undefined) {
        if (isSettled) isSettled = await this.#settle(read.known, read.kept)
        if (this.#kept === undefined || epoch !== this.#epoch) continue
        // Who leaves from here on is not in these views any more: that is told in the next turn.
        const upTo = this.#happened
        const views = this.#viewsOf(read.known, this.#kept)
        await this.#places.recordShown(this.#options.conferences.audit, read.known.records, views)
        if (epoch !== this.#epoch) continue
        this.#caughtUp(upTo)
        this.#places.tell(views)
      } else this.#caughtUp(this.#happened)
      return isSettled
    }
  }

  /** Before anybody is told: somebody who leaves because of it is the next thing that happens. */
  #caughtUp(upTo: number): void {
    this.#stopDeadline?.()
    this.#stopDeadline = undefined
    this.#toldUpTo = upTo
  }

  /** Undefined where the conference is not there any more: then it is nobody's. */
  async #read(): Promise<{ known: Known; kept: KeptMeeting } | undefined> {
    const { conferences: parts, signIns } = this.#options
    if (this.#readAt !== this.#epoch) {
      this.#known = undefined
      this.#places.forgetAccess()
    }
    this.#kept ??= await this.#readKept()
    const { meeting, hearings } = this.#kept
    const records = this.#known?.records ?? (await readRecords(parts, this.#id))
    if (records === undefined) return undefined
    const states = [...hearings.values()].map(hearing => hearing.state)
    const people = peopleIn(records, meeting.state, states)
    const names = this.#known?.names
    if (this.#known === undefined || ![...people].every(userId => names?.has(userId))) {
      this.#known = {
        records,
        names: await readNames(parts.people, people),
        titles: await readTitles(parts.people, records.conference),
        keys: keysOfRecords(records),
      }
    }
    await this.#places.askAccess(signIns, records)
    return { known: this.#known, kept: this.#kept }
  }

  async #readKept(): Promise<KeptMeeting> {
    const { meetings, hearings } = this.#options
    return { meeting: await meetings.find(this.#id), hearings: await hearings.ofConference(this.#id) }
  }

  /** What follows from the records and from who is there, without anybody's command. False when it could not be stored. */
  async #settle({ records }: Known, kept: KeptMeeting): Promise<boolean> {
    const { conferences: parts, meetings, clock } = this.#options
    const { conference } = records
    const { meeting } = kept
    const now = clock.now()
    const tidied = withRecords(meeting.state, {
      closedAt: conference.state === 'closed' ? (conference.closedAt ?? new Date(now)) : null,
      items: new Set(records.items.keys()),
      now: new Date(now).toISOString(),
    })
    const online = this.#places.online()
    const next = withChair(tidied, { conference, online, absentSince: this.#absence.since, now })
    if (next === meeting.state) return true
    try {
      const action = next.chair === meeting.state.chair ? 'meeting.tidy' : 'chair.succeed'
      const object = documentNameOf({ kind: 'conference', conferenceId: this.#id })
      await parts.audit.record({ actor: null, address: '', action, object, outcome: 'ok', reason: conference.state })
      kept.meeting = await meetings.store(this.#id, meeting, next)
      this.#noteAbsence()
      return true
    } catch (error) {
      this.#options.log.warn({ error, conferenceId: this.#id }, 'A meeting could not be settled')
      this.#kept = undefined
      return false
    }
  }

  #viewsOf({ records, names, titles }: Known, { meeting, hearings }: KeptMeeting): Map<Place, Shown> {
    const viewFor = createViews({
      records,
      names,
      titles,
      state: meeting.state,
      hearings: new Map([...hearings].map(([itemId, hearing]) => [itemId, hearing.state])),
      online: this.#places.online(),
      absentSince: this.#absence.since,
    })
    return this.#places.viewsBy(viewFor)
  }

  #noteAbsence(): void {
    if (this.#kept === undefined || this.#known === undefined) return
    const { state } = this.#kept.meeting
    this.#absence.note(state, this.#known.records.conference, this.#places.online(), this.#options.clock.now())
  }

  /** The next moment at which something follows from time alone. */
  #wakeWhenDue(isSettled: boolean): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    if (this.#isClosed || this.#places.size === 0) return
    const { clock } = this.#options
    const conference = this.#known?.records.conference
    const succession = conference && this.#absence.successionDue(conference, this.#places.online())
    const due = isSettled ? succession : clock.now() + RETRY_MS
    if (due === undefined) return
    this.#stopTimer = clock.after(Math.max(0, due - clock.now()), () => this.#catchUpSoon())
  }

  #restsOn(keys: readonly string[]): boolean {
    const known = this.#known?.keys
    return known === undefined || keys.some(key => known.has(key)) || this.#places.concern(keys)
  }

  /** Access could not be told in time: everybody comes back and asks anew, which is told when it can be. */
  #giveUp(): void {
    this.#stopDeadline = undefined
    this.#places.closeAll('store-unavailable')
    this.#happened++
    this.#noteAbsence()
  }
}

/** Who is behind a connection now. @throws Refusal `not-signed-in` */
export async function byOf(
  { signIns }: Pick<MeetingsOptions, 'signIns'>,
  { person, address }: Connection,
): Promise<By> {
  const actor: Actor | undefined = await signIns.actorOf(person)
  if (actor === undefined) throw new Refusal('not-signed-in')
  return { actor, sessionId: person.sessionId, address }
}

/** The records of a conference whose room the person may enter. @throws Refusal `not-found`, recorded */
export async function admitted(
  parts: ConferenceParts,
  by: By,
  conferenceId: ConferenceId,
  /** Of the item that was named, for the record of a refusal. */
  itemId?: ItemId | undefined,
): Promise<MeetingRecords> {
  const records = await readRecords(parts, conferenceId)
  if (records && mayEnter(by.actor, records)) return records
  const subject = itemId && ((await parts.items.find(itemId))?.caseId ?? undefined)
  return refuse(parts, by, 'not-found', { subject, object: documentNameOf({ kind: 'conference', conferenceId }) })
}

const endOfTurn = () => new Promise<void>(resolve => setImmediate(resolve))
