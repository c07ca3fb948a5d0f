/**
 * A small town for the tests of cases and conferences: real records on a real store with a real key ring and record of access, and in place of
 * rooms a shelf of Yjs documents. Agencies and people are made by name; a person's name is their handle in a test.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { type Audit, type AuditRecord, openAudit } from '../../../server/audit/audit.ts'
import { type AccessKey, createAccessChanges } from '../../../server/auth/access-changes.ts'
import { createAgreementRepository } from '../../../server/bases/agreement-repository.ts'
import { createBasisRepository } from '../../../server/bases/basis-repository.ts'
import { createDisclosureRepository } from '../../../server/bases/disclosure-repository.ts'
import { withGrounds } from '../../../server/bases/with-grounds.ts'
import { createActionRepository } from '../../../server/conferences/action-repository.ts'
import {
  admitToChangeCase,
  admitToChangeConference,
  admitToChangeItem,
  admitToConference,
} from '../../../server/conferences/admission.ts'
import { createCase } from '../../../server/conferences/case-commands.ts'
import { createCaseRepository } from '../../../server/conferences/case-repository.ts'
import { createConferenceAgenda } from '../../../server/conferences/conference-agenda.ts'
import { changeConference, createConference } from '../../../server/conferences/conference-commands.ts'
import { createConferenceRepository } from '../../../server/conferences/conference-repository.ts'
import { moveConference } from '../../../server/conferences/conference-states.ts'
import { createDocumentAccess } from '../../../server/conferences/document-access.ts'
import { createItem } from '../../../server/conferences/item-commands.ts'
import { createItemRepository } from '../../../server/conferences/item-repository.ts'
import type { By, ConferenceParts, DirectoryAgency, DocumentDesk } from '../../../server/conferences/ports.ts'
import { createStatementRepository } from '../../../server/conferences/statement-repository.ts'
import { openKeyring } from '../../../server/crypto/keyring.ts'
import { newId } from '../../../server/lib/random.ts'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import { createSuspensions } from '../../../server/subject-requests/suspensions.ts'
import type { Actor, Membership } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import type { AgencyRole, ConferenceRole, ConferenceState } from '../../../shared/codes.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId, SessionId, UserId } from '../../../shared/ids.ts'
import { everybodyMayKnow } from '../../support/bases.ts'
import { openTestStore } from '../../support/store-under-test.ts'

export const NOON = Date.parse('2026-11-24T03:00:00Z')

interface Person {
  userId: UserId
  name: string
  active: boolean
  operator: boolean
  memberships: Membership[]
}

/** Documents in memory, with what was told to their readers. */
export class Shelf implements DocumentDesk {
  readonly docs = new Map<string, Y.Doc>()
  /** Whose client ids are whose; a test says it. */
  readonly writers = new Map<number, UserId>()
  readonly notices: { document: string; topic: string }[] = []
  /** Set to make the next edits fail, as a store that is away does. */
  failing: Error | undefined

  async read<T>(document: string, look: (doc: Y.Doc, writers: ReadonlyMap<number, UserId>) => T): Promise<T> {
    return look(this.docs.get(document) ?? new Y.Doc(), this.writers)
  }

  async edit(document: string, _on: { behalfOf: UserId }, change: (doc: Y.Doc) => void): Promise<void> {
    if (this.failing) throw this.failing
    const doc = this.docs.get(document) ?? new Y.Doc()
    this.docs.set(document, doc)
    change(doc)
  }

  async hasContent(document: string): Promise<boolean> {
    return this.docs.has(document)
  }

  notify(document: string, topic: string): void {
    this.notices.push({ document, topic })
  }

  isIn(): boolean {
    return false
  }
}

/** @param options.bases `everybody`: each agency of the town may know of each case. `as-entered`: by what was entered, as everywhere else. */
export async function openWorld(options: { bases?: 'everybody' | 'as-entered' } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'dure-conferences-'))
  const opened = await openTestStore(COLLECTIONS)
  const { store } = opened
  const keyring = await openKeyring({ store, keyFile: join(directory, 'keys', 'dure.key') })
  let time = NOON
  const now = () => time
  const audit: Audit = await openAudit({ store, keyring, now })
  const changes = createAccessChanges()
  const announced: AccessKey[] = []
  changes.onChange(keys => announced.push(...(keys as AccessKey[])))
  const shelf = new Shelf()
  const people = new Map<UserId, Person>()
  const agencies = new Map<AgencyId, DirectoryAgency>()

  const bases = createBasisRepository({ store, keyring })
  const mayKnow = options.bases === 'as-entered' ? bases : everybodyMayKnow(() => [...agencies.keys()])
  const parts: ConferenceParts = {
    cases: withGrounds(createCaseRepository({ store, keyring }), mayKnow, now),
    bases,
    agreements: createAgreementRepository({ store, keyring }),
    disclosures: createDisclosureRepository({ store, keyring }),
    suspensions: createSuspensions({ store }),
    conferences: createConferenceRepository({ store, keyring }),
    items: createItemRepository({ store, keyring }),
    actions: createActionRepository({ store }),
    statements: createStatementRepository({ store }),
    people: {
      person: async userId => people.get(userId),
      agency: async agencyId => agencies.get(agencyId),
    },
    audit,
    changes,
    agenda: createConferenceAgenda(shelf),
    documents: shelf,
    newId,
    now,
  }
  const access = createDocumentAccess(parts, {
    actorOf: async ({ userId }) => {
      const person = people.get(userId)
      return person?.active ? actorOf(person) : undefined
    },
  })

  const world = {
    parts,
    keyring,
    access,
    shelf,
    store,
    audit,
    announced,
    people,
    agencies,
    pass(ms: number) {
      time += ms
    },
    agency(name: string): AgencyId {
      const agencyId = newId<AgencyId>()
      const colour = agencies.size % 12
      agencies.set(agencyId, { agencyId, name, shortName: name.slice(0, 8), public: true, colour, active: true })
      return agencyId
    },
    person(name: string, ...memberships: [AgencyId, AgencyRole][]): UserId {
      const userId = newId<UserId>()
      people.set(userId, {
        userId,
        name,
        active: true,
        operator: false,
        memberships: memberships.map(([agencyId, role]) => ({ agencyId, role })),
      })
      return userId
    },
    by(userId: UserId): By {
      const person = must(people.get(userId), 'person')
      return { actor: actorOf(person), sessionId: sessionOf(userId), address: '127.0.0.1' }
    },
    grant: (userId: UserId, document: Parameters<typeof access.grantFor>[1]) =>
      access.grantFor({ userId, sessionId: sessionOf(userId) }, document),
    async records(
      filter: { action?: string; subject?: string; outcome?: 'ok' | 'denied' | 'failed' } = {},
    ): Promise<AuditRecord[]> {
      return store
        .collection<AuditRecord>('audit')
        .find(filter, { sort: { sequence: 1 } })
        .toArray()
    },
    changeCase: (userId: UserId, caseId: CaseId) => admitToChangeCase(parts, world.by(userId), caseId),
    toEnter: (userId: UserId, conferenceId: ConferenceId) => admitToConference(parts, world.by(userId), conferenceId),
    toChange: (userId: UserId, conferenceId: ConferenceId) =>
      admitToChangeConference(parts, world.by(userId), conferenceId),
    toChangeItem: (userId: UserId, conferenceId: ConferenceId, itemId: ItemId) =>
      admitToChangeItem(parts, world.by(userId), conferenceId, itemId),
    async close() {
      await audit.close()
      await opened.cleanUp()
      await rm(directory, { recursive: true, force: true })
    },
  }
  return world
}

export type World = Awaited<ReturnType<typeof openWorld>>

const actorOf = ({ userId, operator, memberships }: Person): Actor => ({ userId, operator, memberships })

/** One session per person is enough here. */
const sessionOf = (userId: UserId) => userId as string as SessionId

/**
 * The town: 생연1동 leads a case with 무한돌봄 as co-manager; 협의회 is invited, too; 중앙동 has nothing to do with it.
 *
 *   leader, worker   생연1동, case worker; the leader works on the case, the worker does not take part in anything
 *   co               무한돌봄, case worker of the case
 *   partner          협의회, cleared for nothing by itself
 *   watcher          무한돌봄, an observer
 *   stranger         중앙동
 */
export async function settle(world: World) {
  const dong = world.agency('생연1동')
  const muhan = world.agency('무한돌봄')
  const council = world.agency('협의회')
  const jungang = world.agency('중앙동')
  const leader = world.person('leader', [dong, 'case_worker'])
  const worker = world.person('worker', [dong, 'case_worker'])
  const co = world.person('co', [muhan, 'case_worker'])
  const watcher = world.person('watcher', [muhan, 'observer'])
  const partner = world.person('partner', [council, 'case_worker'])
  const stranger = world.person('stranger', [jungang, 'case_worker'])
  const file = await createCase(world.parts, world.by(leader), {
    number: '2026-031',
    label: '김○○ 가구',
    agencies: [
      { agencyId: dong, role: 'lead' },
      { agencyId: muhan, role: 'co_managing' },
    ],
    workers: [
      { userId: leader, agencyId: dong },
      { userId: co, agencyId: muhan },
    ],
  })
  return { dong, muhan, council, jungang, leader, worker, co, watcher, partner, stranger, file, caseId: file._id }
}

export type Town = Awaited<ReturnType<typeof settle>>

export const conferenceBody = (town: Town, extra: [UserId, AgencyId, ConferenceRole][] = []) => ({
  type: 'integrated' as const,
  title: '11월 통합사례회의',
  startsAt: '2026-11-24T05:00:00Z',
  minutes: 90,
  place: '2층 회의실',
  remoteLink: '',
  hostAgencyId: town.dong,
  participants: [
    { userId: town.leader, agencyId: town.dong, role: 'leader' as ConferenceRole },
    { userId: town.co, agencyId: town.muhan, role: 'attendee' as ConferenceRole },
    { userId: town.partner, agencyId: town.council, role: 'attendee' as ConferenceRole },
    { userId: town.watcher, agencyId: town.muhan, role: 'observer' as ConferenceRole },
    ...extra.map(([userId, agencyId, role]) => ({ userId, agencyId, role })),
  ],
})

/**
 * A conference in that state, led by the leader, with one item about the case that 생연1동 and 무한돌봄 are cleared for, and a general one.
 * Everybody has accepted the confidentiality statement, unless told otherwise.
 */
export async function meet(
  world: World,
  town: Town,
  state: ConferenceState = 'live',
  options: { more?: Parameters<typeof conferenceBody>[1]; accepted?: boolean } = {},
) {
  const { parts } = world
  const by = world.by(town.leader)
  const body = conferenceBody(town, options.more)
  const { _id: conferenceId } = await createConference(parts, by, body)
  const everybody = body.participants.map(participant => participant.userId)
  if (options.accepted !== false) await parts.conferences.accept(conferenceId, everybody)
  const about = await createItem(parts, by, await world.toChange(town.leader, conferenceId), {
    kind: 'case',
    caseId: town.caseId,
    agencies: [town.dong, town.muhan],
    minutes: 30,
  })
  const general = await createItem(parts, by, await world.toChange(town.leader, conferenceId), {
    kind: 'general',
    label: '지난 회의 조치사항 점검',
    minutes: 10,
  })
  await moveTo(world, town, conferenceId, state)
  return { conferenceId, itemId: about._id, generalId: general._id }
}

export type Meeting = Awaited<ReturnType<typeof meet>>

/** Moves it on, one allowed step after another. */
export async function moveTo(world: World, town: Town, conferenceId: ConferenceId, state: ConferenceState) {
  const way: ConferenceState[] = ['draft', 'scheduled', 'live', 'closed']
  for (;;) {
    const conference = must(await world.parts.conferences.find(conferenceId), 'conference')
    if (conference.state === state) return conference
    const to = must(way[way.indexOf(conference.state) + 1], 'a further state')
    const admitted = await world.toChange(town.leader, conferenceId)
    await moveConference(world.parts, world.by(town.leader), admitted, { _v: conference._v, to })
  }
}

/** Takes everybody of an agency out of the meeting. */
export async function uninvite(world: World, town: Town, conferenceId: ConferenceId, agencyId: AgencyId) {
  const admitted = await world.toChange(town.leader, conferenceId)
  const participants = admitted.conference.participants.filter(p => p.agencyId !== agencyId)
  return changeConference(world.parts, world.by(town.leader), admitted, { _v: admitted.conference._v, participants })
}
