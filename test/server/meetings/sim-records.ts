/**
 * A conference's records and meetings in memory, on a line that takes its time and sometimes fails: before a write or, with the write done, on the
 * way back. Two households, each for other agencies, and a general item; texts are recognisable by their item.
 */
import { createAccessChanges } from '../../../server/auth/access-changes.ts'
import type { Conference, Participant } from '../../../server/conferences/conference-repository.ts'
import type { GroundedCase } from '../../../server/conferences/facts.ts'
import type { Item } from '../../../server/conferences/item-repository.ts'
import type { ConferenceParts } from '../../../server/conferences/ports.ts'
import type { HearingRepository } from '../../../server/meetings/hearing-repository.ts'
import type { Kept } from '../../../server/meetings/kept.ts'
import type { MeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import {
  emptyHearing,
  emptyMeeting,
  type HearingState,
  type MeetingState,
} from '../../../server/meetings/meeting-state.ts'
import { StoreUnavailable } from '../../../server/storage/port.ts'
import type { Actor } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import { emptyLife } from '../../../shared/cases/case-life.ts'
import type { AgencyRole, ConferenceRole } from '../../../shared/codes.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { addDecision } from '../../../shared/documents/item-document.ts'
import {
  type AgencyId,
  type CaseId,
  type ConferenceId,
  type DecisionId,
  type ItemId,
  idFromBytes,
  type UserId,
} from '../../../shared/ids.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import type { FakeClock } from '../../support/fake-clock.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import { NOON, Shelf } from '../conferences/world.ts'

interface SimPerson {
  userId: UserId
  name: string
  active: boolean
  memberships: { agencyId: AgencyId; role: AgencyRole }[]
}

/** What only who may open the item may ever be told. */
export const secretOf = (itemId: ItemId) => `secret-${itemId}`

export class SimRecords {
  readonly #random: SeededRandom
  readonly clock: FakeClock
  readonly changes = createAccessChanges()
  readonly shelf = new Shelf()
  readonly people = new Map<UserId, SimPerson>()
  readonly agencies: AgencyId[]
  readonly cases = new Map<CaseId, GroundedCase>()
  readonly items = new Map<ItemId, Item>()
  /** Everybody who was ever invited, so that they can be invited again. */
  readonly invited: readonly Participant[]
  conference: Conference
  readonly stored = new Map<string, { state: string; version: number }>()
  /** Every state of the meeting that was ever stored. */
  readonly written: MeetingState[] = []
  /** Texts of cards that were ever stored as shown to all. */
  readonly shownCards = new Set<string>()
  /** How likely a call fails now. */
  failing = { reads: 0, writes: 0, audits: 0 }
  failures = { before: 0, after: 0, reads: 0 }

  constructor(random: SeededRandom, clock: FakeClock) {
    this.#random = random
    this.clock = clock
    this.agencies = [this.newId(), this.newId(), this.newId()]
    const roles: ConferenceRole[] = ['leader', 'deputy', 'minute_taker', 'attendee', 'attendee', 'observer', 'deputy']
    this.invited = roles.map((role, index) => {
      const agencyId = must(this.agencies[index % 3], 'agency')
      const userId = this.newId<UserId>()
      const memberships = [{ agencyId, role: role === 'observer' ? ('observer' as const) : ('case_worker' as const) }]
      this.people.set(userId, { userId, name: `사람 ${index}`, active: true, memberships })
      return { userId, agencyId, role }
    })
    this.conference = {
      _id: this.newId<ConferenceId>(),
      _v: 1,
      type: 'integrated',
      state: 'live',
      startsAt: new Date(NOON),
      minutes: 90,
      hostAgencyId: must(this.agencies[0], 'agency'),
      participants: [...this.invited],
      accepted: this.invited.map(({ userId }) => userId),
      startedAt: new Date(NOON),
      closedAt: null,
      synthetic: true,
      createdBy: must(this.invited[0], 'leader').userId,
      createdAt: new Date(NOON),
      title: '',
      place: '',
      remoteLink: '',
    }
    for (const cleared of [this.agencies.slice(0, 2), this.agencies.slice(1)]) this.addItem(cleared)
    this.addItem(undefined)
  }

  newId<T extends string>(): T {
    return idFromBytes<T>(this.#random.bytes(16))
  }

  /** @param cleared the agencies of a case item; none for a general one */
  addItem(cleared: readonly AgencyId[] | undefined): ItemId {
    const itemId = this.newId<ItemId>()
    const caseId = cleared === undefined ? null : this.newId<CaseId>()
    const { userId } = must(this.invited[0], 'leader')
    if (caseId !== null) {
      const agencies = this.agencies.map((agencyId, index) => ({
        agencyId,
        role: index === 0 ? ('lead' as const) : ('partner' as const),
      }))
      const workers = this.invited.filter(({ role }) => role === 'attendee')
      this.cases.set(caseId, {
        _id: caseId,
        _v: 1,
        stage: 'conference',
        life: emptyLife(),
        agencies,
        workers: workers.map(worker => ({ userId: worker.userId, agencyId: worker.agencyId })),
        synthetic: true,
        createdBy: userId,
        createdAt: new Date(NOON),
        number: '',
        label: '',
        grounds: { open: this.agencies, named: new Map() },
      })
    }
    this.items.set(itemId, {
      _id: itemId,
      _v: 1,
      conferenceId: this.conference._id,
      kind: caseId === null ? 'general' : 'case',
      caseId,
      agencies: [...(cleared ?? [])],
      recused: [],
      zones: caseId === null ? [] : ['own'],
      standing: 'tabled',
      createdBy: userId,
      createdAt: new Date(NOON),
    })
    const decision = {
      id: this.newId<DecisionId>(),
      by: userId,
      at: new Date(NOON).toISOString(),
      text: secretOf(itemId),
    }
    void this.shelf.edit(documentNameOf({ kind: 'item', itemId }), { behalfOf: userId }, doc =>
      addDecision(doc, { ...decision, kind: 'allocate_resource' }),
    )
    return itemId
  }

  changeItem(itemId: ItemId, fields: Partial<Pick<Item, 'agencies' | 'recused'>>): void {
    const item = must(this.items.get(itemId), 'item')
    this.items.set(itemId, { ...item, ...fields, _v: item._v + 1 })
    this.changes.announce(item.caseId === null ? [`item:${itemId}`] : [`item:${itemId}`, `case:${item.caseId}`])
  }

  removeItem(itemId: ItemId): void {
    this.items.delete(itemId)
    this.changes.announce([`item:${itemId}`])
  }

  changeConference(fields: Partial<Conference>): void {
    this.conference = { ...this.conference, ...fields, _v: this.conference._v + 1 }
    this.changes.announce([`conference:${this.conference._id}`])
  }

  changePerson(userId: UserId, fields: Partial<SimPerson>): void {
    this.people.set(userId, { ...must(this.people.get(userId), 'person'), ...fields })
    this.changes.announce([`user:${userId}`])
  }

  actorOf = async ({ userId }: { userId: UserId }): Promise<Actor | undefined> => {
    const person = await this.#answer(() => this.people.get(userId))
    return person?.active ? { userId, operator: false, memberships: person.memberships } : undefined
  }

  meetings: MeetingRepository = {
    find: async conferenceId => this.#kept(conferenceId, emptyMeeting()),
    store: (conferenceId, known, state) => this.#store(conferenceId, known, state, () => this.written.push(state)),
  }

  hearings: HearingRepository = {
    find: async itemId => this.#kept(itemId, emptyHearing()),
    ofConference: async () => {
      const all = [...this.stored.keys()].filter(id => id !== this.conference._id) as ItemId[]
      const kept = all.map(async itemId => [itemId, await this.#kept<HearingState>(itemId, emptyHearing())] as const)
      return new Map(await Promise.all(kept))
    },
    store: ({ itemId }, known, state) =>
      this.#store(itemId, known, state, () => {
        for (const { text, isHidden } of state.cards) if (!isHidden) this.shownCards.add(text)
      }),
  }

  get parts(): ConferenceParts {
    const answer = <T>(make: () => T) => this.#answer(make)
    const itemsOf = (wanted: (item: Item) => boolean) => answer(() => [...this.items.values()].filter(wanted))
    return {
      cases: {
        find: caseId => answer(() => this.cases.get(caseId)),
        findMany: caseIds => answer(() => caseIds.flatMap(caseId => this.cases.get(caseId) ?? [])),
        ofWorker: notHere,
        insert: notHere,
        update: notHere,
        openLife: notHere,
        updateLife: notHere,
        rulesOf: notHere,
        changeRules: notHere,
      },
      suspensions: { ofCases: async () => new Map() },
      conferences: {
        find: conferenceId => answer(() => (conferenceId === this.conference._id ? this.conference : undefined)),
        findMany: notHere,
        ofPerson: notHere,
        ofHost: notHere,
        insert: notHere,
        update: notHere,
        remove: notHere,
        accept: (_, userIds) =>
          this.#write(() => {
            const accepted = [...new Set([...(this.conference.accepted ?? []), ...userIds])]
            this.conference = { ...this.conference, accepted }
          }),
        unaccept: (_, userIds) =>
          this.#write(() => {
            const accepted = this.conference.accepted?.filter(userId => !userIds.includes(userId))
            this.conference = { ...this.conference, ...(accepted && { accepted }) }
          }),
      },
      items: {
        find: itemId => answer(() => this.items.get(itemId)),
        ofConference: () => itemsOf(() => true),
        ofCases: caseIds => itemsOf(item => item.caseId !== null && caseIds.includes(item.caseId)),
        update: (known, fields) =>
          this.#write(() => {
            const stored = this.items.get(known._id)
            if (stored?._v !== known._v) throw new Refusal('conflict')
            const changed = { ...stored, ...fields, _v: stored._v + 1 }
            this.items.set(known._id, changed)
            return changed
          }),
        insert: notHere,
        markTabled: notHere,
        withdrawAgency: notHere,
        clearAgency: notHere,
        noteZone: notHere,
        markLeaving: notHere,
        remove: notHere,
        unfinished: notHere,
      },
      actions: new Proxy({} as ConferenceParts['actions'], { get: () => notHere }),
      statements: { givenSince: async () => [], put: async () => undefined },
      bases: new Proxy({} as ConferenceParts['bases'], { get: () => notHere }),
      agreements: new Proxy({} as ConferenceParts['agreements'], { get: () => notHere }),
      disclosures: new Proxy({} as ConferenceParts['disclosures'], { get: () => notHere }),
      people: {
        person: userId => answer(() => this.people.get(userId)),
        agency: async () => undefined,
      },
      changes: this.changes,
      audit: { record: () => this.#write(() => undefined, this.failing.audits) },
      agenda: { put: notHere, remove: notHere },
      documents: this.shelf,
      newId: () => this.newId(),
      now: () => this.clock.now(),
    }
  }

  #kept<State>(id: string, empty: State): Promise<Kept<State>> {
    return this.#answer(() => {
      const stored = this.stored.get(id)
      if (stored === undefined) return { state: empty, version: 0 }
      return { state: JSON.parse(stored.state) as State, version: stored.version }
    })
  }

  #store<State>(id: string, known: Kept<State>, state: State, done?: () => void): Promise<Kept<State>> {
    return this.#write(() => {
      if ((this.stored.get(id)?.version ?? 0) !== known.version) throw new Refusal('conflict')
      const version = known.version + 1
      this.stored.set(id, { state: JSON.stringify(state), version })
      done?.()
      return { state, version }
    })
  }

  async #answer<T>(make: () => T): Promise<T> {
    await this.#while()
    if (this.#random.chance(this.failing.reads)) {
      this.failures.reads++
      throw new StoreUnavailable('Not read')
    }
    const made = make()
    await this.#while()
    return made
  }

  async #write<T>(make: () => T, failing = this.failing.writes): Promise<T> {
    await this.#while()
    const fails = this.#random.chance(failing)
    const isDone = !fails || this.#random.chance(0.5)
    if (!isDone) {
      this.failures.before++
      throw new StoreUnavailable('Not written')
    }
    const made = make()
    await this.#while()
    if (fails) {
      this.failures.after++
      throw new StoreUnavailable('Written, but the answer was lost')
    }
    return made
  }

  /** Some turns of waiting, so that things overtake each other. */
  async #while(): Promise<void> {
    for (let turns = this.#random.below(4); turns > 0; turns--) await undefined
  }
}

const notHere = (): never => {
  throw new Error('Nobody asks for this in the simulation')
}
