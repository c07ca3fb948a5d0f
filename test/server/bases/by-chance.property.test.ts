/**
 * Whatever bases, withdrawals and days there are: whoever's agency has none in force for a case gets of it what does not exist, and everybody else exactly
 * what they would get if nobody ever asked for a basis. Over every document, admission, list, view and reach of towns made by chance.
 */
import { expect, test } from 'vitest'
import type { Basis } from '../../../server/bases/basis-repository.ts'
import { withGrounds } from '../../../server/bases/with-grounds.ts'
import { admitToCase, admitToItem } from '../../../server/conferences/admission.ts'
import { createCaseRepository } from '../../../server/conferences/case-repository.ts'
import { listCases } from '../../../server/conferences/case-views.ts'
import { openConference } from '../../../server/conferences/conference-views.ts'
import { createDocumentAccess } from '../../../server/conferences/document-access.ts'
import type { ConferenceParts } from '../../../server/conferences/ports.ts'
import { readReach } from '../../../server/search/reach.ts'
import { must } from '../../../shared/assert.ts'
import type { ConsentScope } from '../../../shared/bases/basis-codes.ts'
import { type DocumentRef, documentNameOf } from '../../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, SessionId, UserId } from '../../../shared/ids.ts'
import { addDays, dayInSeoul } from '../../../shared/working-days.ts'
import { buildBasis, everybodyMayKnow } from '../../support/bases.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { townByChance } from '../conferences/town-by-chance.ts'
import { NOON, openWorld, type World } from '../conferences/world.ts'

const TODAY = dayInSeoul(NOON)

function basisByChance(random: SeededRandom, agencies: readonly AgencyId[], someone: UserId): Basis {
  const basis = random.pick(['consent', 'statute', 'public_task', 'urgent_interest'] as const)
  const from = addDays(TODAY, random.below(40) - 30)
  const scopes: ConsentScope[] = ['collection', 'sensitive', 'third_party']
  const given = basis === 'consent' ? scopes.filter(() => random.chance(0.7)) : []
  const end = { why: random.pick(['withdrawn', 'ended', 'expired'] as const), on: TODAY, by: null, at: new Date(NOON) }
  return buildBasis([], {
    basis,
    given,
    sensitive: basis === 'consent' ? given.includes('sensitive') : random.chance(0.7),
    from,
    until: random.chance(0.5) ? addDays(from, random.below(60)) : null,
    reviewOn: basis === 'urgent_interest' ? addDays(TODAY, random.below(20) - 5) : null,
    approvedBy: basis === 'urgent_interest' && random.chance(0.6) ? someone : null,
    receivers: agencies
      .filter(() => random.chance(0.5))
      .map(agencyId => ({ agencyId, end: random.chance(0.25) ? end : null })),
  })
}

/** The rules once more, as plainly as the law says them. */
function mayKnow(bases: readonly Basis[], sensitiveCase: boolean, agencyId: AgencyId, today: string): boolean {
  return bases.some(one => {
    const named = one.receivers.find(receiver => receiver.agencyId === agencyId)
    if (named === undefined || named.end !== null) return false
    if (today < one.from || (one.until !== null && one.until < today)) return false
    if (one.basis === 'urgent_interest' && (one.approvedBy === null || must(one.reviewOn, 'a review') < today))
      return false
    if (one.basis === 'consent' && !one.given.includes('third_party')) return false
    return one.sensitive || !sensitiveCase
  })
}

/** Everything that a person gets, by what it is about. */
async function gotBy(parts: ConferenceParts, world: World, userId: UserId, names: readonly DocumentRef[]) {
  const by = world.by(userId)
  const person = must(world.people.get(userId), 'person')
  const access = createDocumentAccess(parts, { actorOf: async () => by.actor })
  const got = new Map<string, unknown>()
  const put = (caseId: CaseId | null, what: string, answer: unknown) => got.set(`${caseId ?? 'none'} ${what}`, answer)
  const reach = await readReach(parts, by.actor)
  const listed = new Set((await listCases(parts, by)).map(view => view.caseId))
  for (const ref of names) {
    const item = ref.kind === 'item' ? await parts.items.find(ref.itemId) : undefined
    const caseId = ref.kind === 'actions' ? ref.caseId : (item?.caseId ?? null)
    const grant = await access.grantFor({ userId, sessionId: userId as string as SessionId }, ref)
    put(caseId, documentNameOf(ref), grant && { mayWrite: grant.mayWrite, agencyId: grant.identity.agencyId })
    if (item === undefined) continue
    const isIn = await admitToItem(parts, by, item.conferenceId, item._id).then(
      () => true,
      error => error.reason === 'not-found' && undefined,
    )
    put(caseId, `admission ${item._id}`, isIn)
    put(caseId, `reach ${item._id}`, reach.items.has(item._id) || undefined)
    const conference = must(await parts.conferences.find(item.conferenceId), 'the conference')
    const line = (await openConference(parts, by, conference)).items.find(one => one.itemId === item._id)
    put(caseId, `line ${item._id}`, line?.restricted === false ? { mayWrite: line.mayWrite } : undefined)
  }
  for (const caseId of new Set(names.flatMap(ref => (ref.kind === 'actions' ? [ref.caseId] : [])))) {
    const isIn = await admitToCase(parts, by, caseId).then(
      () => true,
      error => error.reason === 'not-found' && undefined,
    )
    put(caseId, 'case', isIn)
    put(caseId, 'list', listed.has(caseId) || undefined)
    put(caseId, 'case in reach', reach.cases.has(caseId) || undefined)
  }
  expect(person.memberships).toHaveLength(1)
  return got
}

test('[BS1] [BS2] [BS7] who has no basis gets what does not exist, and nobody else loses anything', async () => {
  let closed = 0
  let open = 0
  for (const seed of seedsToRun(3)) {
    const world = await openWorld({ bases: 'as-entered' })
    try {
      const random = seededRandom(seed)
      const { people, names, agencies } = await townByChance(world, random)
      const caseIds = [...new Set(names.flatMap(ref => (ref.kind === 'actions' ? [ref.caseId] : [])))]
      const known = new Map<CaseId, { sensitive: boolean; bases: Basis[]; lead: AgencyId | undefined }>()
      for (const caseId of caseIds) {
        const sensitive = random.chance(0.6)
        const bases = Array.from({ length: random.below(4) }, () =>
          basisByChance(random, agencies, random.pick(people)),
        )
        await world.parts.bases.put({ caseId, _v: 0 }, { sensitive, bases }, TODAY)
        const file = must(await world.parts.cases.find(caseId), 'the case')
        known.set(caseId, { sensitive, bases, lead: file.agencies.find(one => one.role === 'lead')?.agencyId })
      }
      const raw = createCaseRepository({ store: world.store, keyring: world.keyring })
      const nobodyAsks = withGrounds(
        raw,
        everybodyMayKnow(() => agencies),
        world.parts.now,
      )
      for (let day = 0; day < 2; day++) {
        const today = dayInSeoul(world.parts.now())
        for (const userId of people) {
          const agencyId = must(world.people.get(userId)?.memberships[0], 'a membership').agencyId
          const got = await gotBy(world.parts, world, userId, names)
          const without = await gotBy({ ...world.parts, cases: nobodyAsks }, world, userId, names)
          for (const [what, answer] of without) {
            const caseId = caseIds.find(id => what.startsWith(id))
            const { sensitive, bases, lead } = (caseId && known.get(caseId)) ?? {
              sensitive: false,
              bases: [],
              lead: agencyId,
            }
            const isTheirs = agencyId === lead || mayKnow(bases, sensitive, agencyId, today)
            expect(got.get(what), `SEED=${seed} ${userId} ${what}`).toEqual(isTheirs ? answer : undefined)
            if (answer !== undefined) isTheirs ? open++ : closed++
          }
        }
        world.pass(random.below(30) * 86_400_000)
      }
    } finally {
      await world.close()
    }
  }
  expect(Math.min(open, closed)).toBeGreaterThan(40)
})
