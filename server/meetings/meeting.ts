/**
 * One conference's running meeting in this process. Whatever happens to it happens in one queue: joining, leaving, commands, changed access, the
 * chair's absence. After each, everybody connected is brought to what holds now, by a change from what they were told last. Nothing is told that
 * is not stored, and nothing between an announcement of changed access and its having been asked anew (SPEC MV).
 */
import type { Actor } from '../../shared/access.ts'
import { must } from '../../shared/assert.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, ConnectionId, ItemId, UserId } from '../../shared/ids.ts'
import { changeBetween, type MeetingChange, type MeetingView } from '../../shared/meeting/meeting-view.ts'
import type { CommandBody, CommandName, MeetingSnapshot } from '../../shared/protocol/live-channel.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { refuse } from '../conferences/admission.ts'
import type { By, ConferenceParts, SignIns } from '../conferences/ports.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import type { HearingRepository } from './hearing-repository.ts'
import { withRecords } from './item-progress.ts'
import { keysOfRecords, type MeetingRecords, mayEnter, openItemsOf, readNames, readRecords } from './meeting-records.ts'
import type { MeetingRepository } from './meeting-repository.ts'
import { type KeptMeeting, NotKept, perform } from './perform.ts'
import type { Connection, MeetingListener } from './ports.ts'
import { CHAIR_ABSENCE_MS, chairOrder, withChair } from './succession.ts'
import { createViews, peopleIn } from './views.ts'

export interface MeetingsOptions {
  conferences: ConferenceParts
  meetings: MeetingRepository
  hearings: HearingRepository
  signIns: SignIns
  clock: Clock
  log: Log
}

/** One connection's place in the meeting. */
interface Place {
  connection: Connection
  listener: MeetingListener
  /** Its join was begun in its turn: it counts as connected and is told. */
  isIn: boolean
  /** What it was told last; undefined before its snapshot. */
  told: MeetingView | undefined
  changes: number
  /** Which items it may open; undefined: to be asked. */
  open: ReadonlySet<ItemId> | undefined
  /** Items whose hearing this connection is on record to have been shown. */
  recorded: Set<ItemId>
}

/** What is known of the records, while nobody announces that it is void. */
interface Known {
  records: MeetingRecords
  names: ReadonlyMap<UserId, string>
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
  readonly #places = new Map<ConnectionId, Place>()
  #tail: Promise<void> = Promise.resolve()
  #waiting = 0
  #kept: KeptMeeting | undefined
  #known: Known | undefined
  /** Counts announcements: what was read at another epoch is not told. */
  #epoch = 0
  #readAt = -1
  /** Something happened that not everybody was told of yet. */
  #isBehind = true
  #absence: { userId: UserId; since: number } | undefined
  #stopTimer: (() => void) | undefined
  #stopDeadline: (() => void) | undefined
  #isClosed = false

  constructor(conferenceId: ConferenceId, options: MeetingsOptions, onIdle: () => void) {
    this.#id = conferenceId
    this.#options = options
    this.#onIdle = onIdle
  }

  get connections(): number {
    return this.#places.size
  }

  /** Nobody is in it and nothing is on its way: it may be forgotten. */
  get isIdle(): boolean {
    return this.#places.size === 0 && this.#waiting === 0
  }

  join(connection: Connection, listener: MeetingListener): Promise<MeetingSnapshot> {
    const place: Place = {
      connection,
      listener,
      isIn: false,
      told: undefined,
      changes: 0,
      open: undefined,
      recorded: new Set(),
    }
    this.#places.set(connection.connectionId, place)
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
    const place = this.#places.get(connectionId)
    if (place === undefined) return
    this.#remove(place)
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

  /** Called with the announcement: from here on nothing is told that was read before it. */
  accessChanged(keys: readonly string[]): void {
    if (this.#isClosed || !this.#restsOn(keys)) return
    this.#epoch++
    this.#isBehind = true
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
    this.#isBehind = true
    this.#turn(async () => {
      if (this.#isBehind && this.#places.size > 0) await this.#catchUp()
    }).catch(() => undefined) // Told in the log, and tried again.
  }

  #remove(place: Place): void {
    const { connectionId } = place.connection
    if (this.#places.get(connectionId) === place) this.#places.delete(connectionId)
    this.#isBehind = true
    this.#noteAbsence()
  }

  async #enter(place: Place): Promise<MeetingSnapshot> {
    const { connection } = place
    place.isIn = true
    this.#isBehind = true
    await this.#catchUp()
    if (this.#places.get(connection.connectionId) !== place) {
      // Not let in, which is put on record, or gone meanwhile.
      await admitted(this.#options.conferences, await byOf(this.#options, connection), this.#id)
      throw new Refusal('not-found')
    }
    const view = must(place.told, 'the snapshot of who is in')
    return { view, now: new Date(this.#options.clock.now()).toISOString(), connectionId: connection.connectionId }
  }

  async #perform<Name extends CommandName>(connection: Connection, name: Name, body: CommandBody<Name>): Promise<void> {
    const { conferences: parts, meetings, hearings } = this.#options
    for (let attempt = 1; ; attempt++) {
      if (this.#isBehind) await this.#catchUp()
      const by = await byOf(this.#options, connection)
      const records = await admitted(parts, by, this.#id)
      this.#compare(records)
      this.#kept ??= await this.#readKept()
      const kept = this.#kept
      const online = this.#online()
      try {
        await perform({ parts, meetings, hearings, by, name, body, records, kept, online })
        this.#isBehind = true
        return
      } catch (error) {
        if (!(error instanceof NotKept)) throw error
        this.#kept = undefined
        this.#isBehind = true
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
    this.#isBehind = true
  }

  /** Brings everybody to what holds now. Rejects when that cannot be told; it is tried again then. */
  async #catchUp(): Promise<void> {
    this.#stopTimer?.()
    let isSettled = true
    try {
      for (;;) {
        const epoch = this.#epoch
        await this.#read()
        if (epoch !== this.#epoch) continue
        this.#readAt = epoch
        this.#expel()
        if (isSettled) isSettled = await this.#settle()
        if (this.#kept === undefined || epoch !== this.#epoch) continue
        const views = this.#views()
        await this.#recordShown(views)
        if (epoch !== this.#epoch) continue
        this.#stopDeadline?.()
        this.#stopDeadline = undefined
        this.#isBehind = false
        this.#tell(views)
        break
      }
      this.#wakeWhenDue(isSettled)
    } catch (error) {
      this.#options.log.warn({ error, conferenceId: this.#id }, 'A meeting could not be told how it stands')
      this.#wakeWhenDue(false)
      throw error
    }
  }

  async #read(): Promise<void> {
    const { conferences: parts } = this.#options
    const isVoid = this.#readAt !== this.#epoch
    this.#kept ??= await this.#readKept()
    const { meeting, hearings } = this.#kept
    if (isVoid) {
      this.#known = undefined
      for (const place of this.#places.values()) place.open = undefined
    }
    const records = this.#known?.records ?? (await readRecords(parts, this.#id))
    if (records === undefined) return
    const people = peopleIn(
      records,
      meeting.state,
      [...hearings.values()].map(hearing => hearing.state),
    )
    const isNamed = this.#known !== undefined && [...people].every(userId => this.#known?.names.has(userId))
    if (!isNamed) {
      this.#known = { records, names: await readNames(parts.people, people), keys: keysOfRecords(records) }
    }
    const asking = [...this.#places.values()].filter(place => place.isIn && place.open === undefined)
    await Promise.all(
      asking.map(async place => {
        const actor = await this.#options.signIns.actorOf(place.connection.person)
        place.open = actor && mayEnter(actor, records) ? openItemsOf(actor, records) : undefined
      }),
    )
  }

  async #readKept(): Promise<KeptMeeting> {
    const { meetings, hearings } = this.#options
    return { meeting: await meetings.find(this.#id), hearings: await hearings.ofConference(this.#id) }
  }

  /** Whoever may not be in it any more is told so, and nothing else. */
  #expel(): void {
    for (const place of [...this.#places.values()]) {
      if (!place.isIn || (this.#known !== undefined && place.open !== undefined)) continue
      this.#remove(place)
      // Whose join is still on its way is answered by it.
      if (place.told !== undefined) this.#say(() => place.listener.closed('not-found'))
    }
    this.#noteAbsence()
  }

  /** What follows from the records and from who is there, without anybody's command. False when it could not be stored. */
  async #settle(): Promise<boolean> {
    const { conferences: parts, meetings, clock } = this.#options
    if (this.#known === undefined || this.#kept === undefined) return true
    const { records } = this.#known
    const { conference } = records
    const { meeting } = this.#kept
    const now = clock.now()
    const tidied = withRecords(meeting.state, {
      closedAt: conference.state === 'closed' ? (conference.closedAt ?? new Date(now)) : null,
      items: new Set(records.items.keys()),
      now: new Date(now).toISOString(),
    })
    const online = this.#online()
    const next = withChair(tidied, { conference, online, absentSince: this.#absence?.since, now })
    if (next === meeting.state) return true
    try {
      const action = next.chair === meeting.state.chair ? 'meeting.tidy' : 'chair.succeed'
      const object = documentNameOf({ kind: 'conference', conferenceId: this.#id })
      await parts.audit.record({ actor: null, address: '', action, object, outcome: 'ok', reason: conference.state })
      this.#kept.meeting = await meetings.store(this.#id, meeting, next)
      this.#noteAbsence()
      return true
    } catch (error) {
      this.#options.log.warn({ error, conferenceId: this.#id }, 'A meeting could not be settled')
      this.#kept = undefined
      return false
    }
  }

  #views(): Map<Place, MeetingView> {
    const { records, names } = this.#known ?? {}
    const views = new Map<Place, MeetingView>()
    if (records === undefined || names === undefined || this.#kept === undefined) return views
    const { meeting, hearings } = this.#kept
    const viewFor = createViews({
      records,
      names,
      state: meeting.state,
      hearings: new Map([...hearings].map(([itemId, hearing]) => [itemId, hearing.state])),
      online: this.#online(),
      absentSince: this.#absence?.since,
    })
    for (const place of this.#places.values()) if (place.isIn && place.open) views.set(place, viewFor(place.open))
    return views
  }

  /** Read-backs are a household's data: who is shown one for the first time is on record before it is shown. */
  async #recordShown(views: ReadonlyMap<Place, MeetingView>): Promise<void> {
    const shown = [...views].flatMap(([place, view]) =>
      (Object.keys(view.hearings) as ItemId[])
        .filter(itemId => !place.recorded.has(itemId))
        .map(itemId => ({ place, itemId })),
    )
    await Promise.all(
      shown.map(async ({ place, itemId }) => {
        const { person, address } = place.connection
        await this.#options.conferences.audit.record({
          actor: person.userId,
          sessionId: person.sessionId,
          address,
          action: 'hearing.read',
          subject: this.#known?.records.items.get(itemId)?.item.caseId ?? undefined,
          object: documentNameOf({ kind: 'item', itemId }),
          outcome: 'ok',
        })
        place.recorded.add(itemId)
      }),
    )
  }

  /** In one turn of the event loop. Who was told the same and is shown the same is told the same change. */
  #tell(views: ReadonlyMap<Place, MeetingView>): void {
    const made = new Map<MeetingView, Map<MeetingView, MeetingChange | undefined>>()
    for (const [place, view] of views) {
      if (this.#places.get(place.connection.connectionId) !== place) continue
      const before = place.told
      place.told = view
      if (before === undefined || before === view) continue
      const fromHere = made.get(before) ?? new Map<MeetingView, MeetingChange | undefined>()
      made.set(before, fromHere)
      const change = fromHere.has(view) ? fromHere.get(view) : changeBetween(before, view, 0)
      fromHere.set(view, change)
      if (change === undefined) continue
      const n = ++place.changes
      this.#say(() => place.listener.change({ ...change, n }))
    }
  }

  #say(call: () => void): void {
    try {
      call()
    } catch (error) {
      this.#options.log.error({ error, conferenceId: this.#id }, 'A listener of a meeting failed')
    }
  }

  #online(): Set<UserId> {
    const inIt = [...this.#places.values()].filter(place => place.isIn)
    return new Set(inIt.map(place => place.connection.person.userId))
  }

  #noteAbsence(): void {
    const chair = this.#kept?.meeting.state.chair.userId ?? null
    const isLive = this.#known?.records.conference.state === 'live'
    if (chair === null || !isLive || this.#online().has(chair)) this.#absence = undefined
    else if (this.#absence?.userId !== chair) this.#absence = { userId: chair, since: this.#options.clock.now() }
  }

  /** The next moment at which something follows from time alone. */
  #wakeWhenDue(isSettled: boolean): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    if (this.#isClosed || this.#places.size === 0) return
    const { clock } = this.#options
    const due = isSettled ? this.#successionDue() : clock.now() + RETRY_MS
    if (due === undefined) return
    this.#stopTimer = clock.after(Math.max(0, due - clock.now()), () => this.#catchUpSoon())
  }

  #successionDue(): number | undefined {
    if (this.#absence === undefined || this.#known === undefined) return undefined
    const online = this.#online()
    const isAnybodyThere = chairOrder(this.#known.records.conference).some(userId => online.has(userId))
    return isAnybodyThere ? this.#absence.since + CHAIR_ABSENCE_MS : undefined
  }

  #restsOn(keys: readonly string[]): boolean {
    const { keys: known } = this.#known ?? {}
    if (known === undefined) return true
    const people = [...this.#places.values()].map(place => place.connection.person)
    return keys.some(
      key =>
        known.has(key) ||
        people.some(({ userId, sessionId }) => key === `user:${userId}` || key === `session:${sessionId}`),
    )
  }

  /** Access could not be told in time: everybody comes back and asks anew, which is told when it can be. */
  #giveUp(): void {
    this.#stopDeadline = undefined
    const told = [...this.#places.values()].filter(place => place.told !== undefined)
    for (const place of told) this.#remove(place)
    for (const place of told) this.#say(() => place.listener.closed('store-unavailable'))
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
export async function admitted(parts: ConferenceParts, by: By, conferenceId: ConferenceId): Promise<MeetingRecords> {
  const records = await readRecords(parts, conferenceId)
  if (records && mayEnter(by.actor, records)) return records
  return refuse(parts, by, 'not-found', { object: documentNameOf({ kind: 'conference', conferenceId }) })
}

const endOfTurn = () => new Promise<void>(resolve => setImmediate(resolve))
