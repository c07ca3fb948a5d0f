/** Agencies, people, cases and conferences by chance: recusals, narrowed clearances, statements that were not accepted, cases whose agencies changed. */
import { newId } from '../../../server/lib/random.ts'
import type { AgencyRole, CaseAgencyRole, ConferenceRole, ConferenceState } from '../../../shared/codes.ts'
import type { DocumentRef } from '../../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import { NOON, type World } from './world.ts'

const STATES: readonly ConferenceState[] = ['draft', 'scheduled', 'live', 'closed']
const ROLES: readonly ConferenceRole[] = ['leader', 'minute_taker', 'attendee', 'attendee', 'observer']

export async function townByChance(world: World, random: SeededRandom) {
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
  return { people: people.map(({ userId }) => userId), names, agencies }
}
