/**
 * Who is connected to a meeting, what each may open and what each was told last. Telling happens in one turn of the event loop: who was told the
 * same and is shown the same is told the same change.
 */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConnectionId, ItemId, UserId } from '../../shared/ids.ts'
import { type MeetingStep, type SharedView, stepBetween, withOwn } from '../../shared/meeting/meeting-view.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import type { AuditTrail, SignIns } from '../conferences/ports.ts'
import { type MeetingRecords, mayEnter, openItemsOf } from './meeting-records.ts'
import type { Connection, JoinedHow, MeetingListener } from './ports.ts'
import type { Shown } from './views.ts'

/** One connection's place in the meeting. */
export interface Place {
  connection: Connection
  listener: MeetingListener
  /** Nobody sits at it: it shows what its person may see, and is not their presence. */
  watches: boolean
  /** Its join was begun in its turn: it counts as connected and is told. */
  isIn: boolean
  /** What it was told last; undefined before its snapshot. */
  told: Shown | undefined
  changes: number
  /** Which items it may open; undefined: to be asked, or none of this conference is for it. */
  open: ReadonlySet<ItemId> | undefined
  /** The same as it was when it was last known. */
  lastOpen: ReadonlySet<ItemId>
  /** Items whose hearing this connection is on record to have been shown. */
  recorded: Set<ItemId>
}

/** Steps between shared views, each made once however many people it is told to. */
function stepsMadeOnce(): (before: SharedView, after: SharedView) => MeetingStep | undefined {
  const made = new Map<SharedView, Map<SharedView, MeetingStep | undefined>>()
  return (before, after) => {
    if (before === after) return undefined
    const fromHere = made.get(before) ?? new Map<SharedView, MeetingStep | undefined>()
    made.set(before, fromHere)
    if (!fromHere.has(after)) fromHere.set(after, stepBetween(before, after))
    return fromHere.get(after)
  }
}

export class Places {
  readonly #places = new Map<ConnectionId, Place>()
  readonly #onListenerFailed: (error: unknown) => void

  constructor(onListenerFailed: (error: unknown) => void) {
    this.#onListenerFailed = onListenerFailed
  }

  get size(): number {
    return this.#places.size
  }

  /** A connection that was here already begins anew. */
  add(connection: Connection, listener: MeetingListener, { watches }: JoinedHow): Place {
    const begun = {
      isIn: false,
      told: undefined,
      changes: 0,
      open: undefined,
      lastOpen: new Set<ItemId>(),
      recorded: new Set<ItemId>(),
    }
    const place: Place = { connection, listener, watches, ...begun }
    this.#places.set(connection.connectionId, place)
    return place
  }

  of(connectionId: ConnectionId): Place | undefined {
    return this.#places.get(connectionId)
  }

  has(place: Place): boolean {
    return this.#places.get(place.connection.connectionId) === place
  }

  remove(place: Place): void {
    if (this.has(place)) this.#places.delete(place.connection.connectionId)
  }

  clear(): void {
    this.#places.clear()
  }

  /** Who is connected, each once; not who is only shown on the wall. */
  online(): Set<UserId> {
    const sitting = this.#here().filter(place => !place.watches)
    return new Set(sitting.map(place => place.connection.person.userId))
  }

  /** Whether one of these keys of access is about somebody here. */
  concern(keys: readonly string[]): boolean {
    const people = [...this.#places.values()].map(place => place.connection.person)
    return people.some(
      ({ userId, sessionId }) => keys.includes(`user:${userId}`) || keys.includes(`session:${sessionId}`),
    )
  }

  forgetAccess(): void {
    for (const place of this.#places.values()) place.open = undefined
  }

  /** Asks for those whose access is not known. */
  async askAccess(signIns: SignIns, records: MeetingRecords): Promise<void> {
    const asking = this.#here().filter(place => place.open === undefined)
    await Promise.all(
      asking.map(async place => {
        const actor = await signIns.actorOf(place.connection.person)
        place.open = actor && mayEnter(actor, records) ? openItemsOf(actor, records) : undefined
        if (place.open !== undefined) place.lastOpen = place.open
      }),
    )
  }

  /** Takes away who may not be here, as `askAccess` found. Whose join is still on its way is answered by it. */
  expel(): readonly Place[] {
    const expelled = this.#here().filter(place => place.open === undefined)
    this.#close(expelled, 'not-found')
    return expelled
  }

  /** Takes away everybody who was told anything. */
  closeAll(reason: RefusalReason): void {
    this.#close(
      this.#here().filter(place => place.told !== undefined),
      reason,
    )
  }

  viewsBy(viewFor: (open: ReadonlySet<ItemId>, userId: UserId) => Shown): Map<Place, Shown> {
    return new Map(
      this.#here().flatMap(place =>
        place.open ? [[place, viewFor(place.open, place.connection.person.userId)] as const] : [],
      ),
    )
  }

  /** Read-backs are a household's data: who is shown one for the first time is on record before it is shown. */
  async recordShown(audit: AuditTrail, records: MeetingRecords, views: ReadonlyMap<Place, Shown>): Promise<void> {
    const shown = [...views].flatMap(([place, { shared }]) =>
      (Object.keys(shared.hearings) as ItemId[])
        .filter(itemId => !place.recorded.has(itemId))
        .map(itemId => ({ place, itemId })),
    )
    await Promise.all(
      shown.map(async ({ place, itemId }) => {
        const { person, address } = place.connection
        await audit.record({
          actor: person.userId,
          sessionId: person.sessionId,
          address,
          action: 'hearing.read',
          subject: records.items.get(itemId)?.item.caseId ?? undefined,
          object: documentNameOf({ kind: 'item', itemId }),
          outcome: 'ok',
        })
        place.recorded.add(itemId)
      }),
    )
  }

  tell(views: ReadonlyMap<Place, Shown>): void {
    const stepFrom = stepsMadeOnce()
    for (const [place, view] of views) {
      if (!this.has(place)) continue
      const before = place.told
      place.told = view
      if (before === undefined) continue
      const step = withOwn(stepFrom(before.shared, view.shared), before.own, view.own)
      if (step === undefined) continue
      const n = ++place.changes
      this.#say(() => place.listener.change({ n, ...step }))
    }
  }

  #here(): Place[] {
    return [...this.#places.values()].filter(place => place.isIn)
  }

  #close(places: readonly Place[], reason: RefusalReason): void {
    for (const place of places) this.remove(place)
    for (const { told, listener } of places) if (told !== undefined) this.#say(() => listener.closed(reason))
  }

  #say(call: () => void): void {
    try {
      call()
    } catch (error) {
      this.#onListenerFailed(error)
    }
  }
}
