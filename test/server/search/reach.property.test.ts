/**
 * What search looks into is what opens for the person, and nothing is left out: for towns made by chance, with recusals, narrowed clearances, statements
 * that were not accepted and cases whose agencies changed, the documents of each person's reach are those that both the conference's door and the
 * document's own open.
 */
import { expect, test } from 'vitest'
import { conferenceFactsOf } from '../../../server/conferences/facts.ts'
import { newId } from '../../../server/lib/random.ts'
import { readReach } from '../../../server/search/reach.ts'
import { documentsOf } from '../../../server/search/search.ts'
import { canReadConference } from '../../../shared/access.ts'
import type { AgencyRole, CaseAgencyRole, ConferenceRole, ConferenceState } from '../../../shared/codes.ts'
import { type DocumentRef, documentNameOf, parseDocumentName } from '../../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { NOON, openWorld, type World } from '../conferences/world.ts'

const STATES: readonly ConferenceState[] = ['draft', 'scheduled', 'live', 'closed']
const ROLES: readonly ConferenceRole[] = ['leader', 'minute_taker', 'attendee', 'attendee', 'observer']

async function makeTown(world: World, random: SeededRandom) {
  const agencies = ['가', '나', '다'].map(name => world.agency(name))
  const people = Array.from({ length: 6 }, (_, index) => {
    const role: AgencyRole = random.pick([
      'case_worker',
      'case_worker',
      'supervisor',
      'observer',
      'agency_administrator',
    ])
    return { userId: world.person(`p${index}`, [random.pick(agencies), role]), role }
  })
  const agencyOf = (userId: UserId): AgencyId => world.people.get(userId)?.memberships[0]?.agencyId ?? newId()
  const some = <T>(from: readonly T[], chance = 0.5) => from.filter(() => random.chance(chance))
  const common = { synthetic: true, createdBy: random.pick(people).userId, createdAt: new Date(NOON) }

  const cases = await Promise.all(
    [0, 1].map(async index => {
      const parts = some(agencies, 0.7)
      const file = await world.parts.cases.insert({
        _id: newId<CaseId>(),
        ...common,
        number: `2026-00${index}`,
        label: `가구 ${index}`,
        stage: 'conference',
        agencies: parts.map((agencyId, at) => ({ agencyId, role: (at === 0 ? 'lead' : 'partner') as CaseAgencyRole })),
        workers: some(people).map(({ userId }) => ({ userId, agencyId: agencyOf(userId) })),
      })
      return file
    }),
  )
  const names: DocumentRef[] = []
  for (let index = 0; index < 3; index++) {
    const conferenceId = newId<ConferenceId>()
    const participants = some(people, 0.7).map(({ userId }) => ({
      userId,
      agencyId: random.chance(0.9) ? agencyOf(userId) : random.pick(agencies),
      role: random.pick(ROLES),
    }))
    await world.parts.conferences.insert({
      _id: conferenceId,
      ...common,
      type: 'integrated',
      title: `회의 ${index}`,
      state: random.pick(STATES),
      startsAt: new Date(NOON),
      minutes: 60,
      place: '',
      remoteLink: '',
      hostAgencyId: random.pick(agencies),
      participants,
      accepted: some(participants, 0.8).map(({ userId }) => userId),
      startedAt: null,
      closedAt: null,
    })
    names.push({ kind: 'conference', conferenceId })
    for (const file of [undefined, ...cases]) {
      if (file !== undefined && random.chance(0.3)) continue
      const itemId = newId<ItemId>()
      await world.parts.items.insert(
        {
          _id: itemId,
          conferenceId,
          kind: file ? 'case' : 'general',
          caseId: file?._id ?? null,
          agencies: file ? some(agencies, 0.7) : [],
          recused: some(people, 0.12).map(({ userId }) => userId),
          zones: file ? some(['open', 'own'] as const) : [],
          createdBy: common.createdBy,
          createdAt: common.createdAt,
        },
        { minutes: 10, label: '' },
      )
      await world.parts.items.markTabled(itemId)
      names.push({ kind: 'item', itemId })
      if (file) names.push({ kind: 'actions', caseId: file._id, zone: itemId })
    }
  }
  for (const file of cases) names.push({ kind: 'actions', caseId: file._id, zone: 'open' })
  return { people: people.map(({ userId }) => userId), names }
}

/** Whether the door of the conference is open as well, through which every screen goes to its items. */
async function isBehindOpenDoor(world: World, userId: UserId, ref: DocumentRef): Promise<boolean> {
  const itemId = ref.kind === 'item' ? ref.itemId : undefined
  const item = itemId && (await world.parts.items.find(itemId))
  const conferenceId = ref.kind === 'conference' ? ref.conferenceId : item?.conferenceId
  const conference = conferenceId && (await world.parts.conferences.find(conferenceId))
  return !conference || canReadConference(world.by(userId).actor, conferenceFactsOf(conference))
}

test('[SQ6] for every person the documents that are searched are those that open', async () => {
  let opened = 0
  let closed = 0
  for (const seed of seedsToRun(25)) {
    const world = await openWorld()
    try {
      const random = seededRandom(seed)
      const { people, names } = await makeTown(world, random)
      for (const userId of people) {
        const reach = await readReach(world.parts, world.by(userId).actor)
        const searched = new Set(documentsOf(reach))
        for (const document of searched) {
          const ref = parseDocumentName(document)
          expect(ref && (await world.grant(userId, ref)), `SEED=${seed} ${userId} ${document}`).toBeDefined()
          opened++
        }
        for (const ref of names) {
          if (searched.has(documentNameOf(ref))) continue
          closed++
          // Through a conference that may be entered: a statement still to be accepted keeps its document out of search, not out of the room.
          if (ref.kind !== 'item' || !(await isBehindOpenDoor(world, userId, ref))) continue
          expect(await world.grant(userId, ref), `SEED=${seed} ${userId} ${documentNameOf(ref)}`).toBeUndefined()
        }
      }
    } finally {
      await world.close()
    }
  }
  expect(Math.min(opened, closed)).toBeGreaterThan(20)
})
