/** One page of the list (SPEC LS1–LS6, LS8): access first, then filter and order, then the record of what is shown, then the page. */
import { worksOnCase } from '../../shared/access.ts'
import { gradeOf } from '../../shared/cases/case-life.ts'
import { nextClock } from '../../shared/cases/clocks.ts'
import type { DayCounting } from '../../shared/cases/life-codes.ts'
import { CASE_STAGES, type CaseStage, codesOf } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import {
  CASES_PER_PAGE,
  type CaseFilter,
  type CaseListBody,
  type CaseListRow,
  type CaseListView,
} from '../../shared/protocol/case-list.ts'
import { hasWord } from '../../shared/search/matching.ts'
import { readQuery, type SearchWord } from '../../shared/search/query.ts'
import { searchKeyOf } from '../../shared/search/search-key.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import type { CaseListIndex, ListedCase } from './case-list-index.ts'

export interface CaseListParts extends Pick<ConferenceParts, 'cases' | 'people' | 'audit' | 'now' | 'newId'> {
  index: Pick<CaseListIndex, 'ofWorker'>
}

export async function listCasesBy(parts: CaseListParts, by: By, asked: CaseListBody): Promise<CaseListView> {
  const mine = (await parts.index.ofWorker(by.actor.userId)).filter(({ facts }) => worksOnCase(by.actor, facts))
  const world = await worldOf(parts, mine)
  const found = mine.filter(matcherOf(asked, by, world))
  const ordered = inOrder(found, asked, world)
  const last = Math.max(0, Math.ceil(ordered.length / CASES_PER_PAGE) - 1) * CASES_PER_PAGE
  const from = Math.min(asked.from ?? 0, last)
  const shown = ordered.slice(from, from + CASES_PER_PAGE)
  await record(parts, by, shown)
  return {
    all: mine.length,
    total: ordered.length,
    from,
    rows: shown.map(one => rowOf(one, world)),
    choices: choicesOf(mine, world),
  }
}

/** What the cases name, asked once for an answer. */
interface World {
  today: string
  agencies: ReadonlyMap<AgencyId, { name: string; shortName: string }>
  people: ReadonlyMap<UserId, string>
  counting: ReadonlyMap<AgencyId, DayCounting>
}

async function worldOf({ people, cases, now }: CaseListParts, mine: readonly ListedCase[]): Promise<World> {
  const agencyIds = new Set<AgencyId>()
  const leads = new Set<AgencyId>()
  const userIds = new Set<UserId>()
  for (const { file } of mine) {
    for (const { agencyId, role } of file.agencies) {
      agencyIds.add(agencyId)
      if (role === 'lead') leads.add(agencyId)
    }
    for (const { userId } of file.workers) userIds.add(userId)
  }
  const [agencies, persons, rules] = await Promise.all([
    Promise.all([...agencyIds].map(async agencyId => [agencyId, await people.agency(agencyId)] as const)),
    Promise.all([...userIds].map(async userId => [userId, (await people.person(userId))?.name ?? ''] as const)),
    Promise.all([...leads].map(async agencyId => [agencyId, (await cases.rulesOf(agencyId)).counting] as const)),
  ])
  return {
    today: dayInSeoul(now()),
    agencies: new Map(
      agencies.map(([agencyId, agency]) => [
        agencyId,
        { name: agency?.name ?? '', shortName: agency?.shortName ?? '' },
      ]),
    ),
    people: new Map(persons),
    counting: new Map(rules),
  }
}

function clocksOfCase(one: ListedCase, { today, counting }: World) {
  const lead = one.file.agencies.find(agency => agency.role === 'lead')?.agencyId
  return one.clocks(today, (lead && counting.get(lead)) ?? 'calendar')
}

/** One that runs and is late. */
const isLate = (one: ListedCase, world: World): boolean =>
  clocksOfCase(one, world).some(clock => clock.done === '' && clock.overdue)

function matcherOf(asked: CaseFilter, { actor }: By, world: World): (one: ListedCase) => boolean {
  const { stages, tracks, grades, roles, agencyId, workerId, text = '' } = asked
  const own = new Set(actor.memberships.map(m => m.agencyId))
  const words = readQuery(text).words.map(word => ({ word, ...named(word, world) }))
  return one => {
    const { file } = one
    if (stages?.length && !stages.includes(file.stage)) return false
    if (tracks?.length && !(file.life.track !== '' && tracks.includes(file.life.track))) return false
    if (grades?.length) {
      const grade = gradeOf(file.life)
      if (grade === '' || !grades.includes(grade)) return false
    }
    if (roles?.length && !file.agencies.some(agency => own.has(agency.agencyId) && roles.includes(agency.role))) {
      return false
    }
    if (agencyId !== undefined && !file.agencies.some(agency => agency.agencyId === agencyId)) return false
    if (workerId !== undefined && !file.workers.some(worker => worker.userId === workerId)) return false
    if (asked.isLate && !isLate(one, world)) return false
    return words.every(
      ({ word, agencies, people }) =>
        hasWord(one, word) ||
        file.agencies.some(agency => agencies.has(agency.agencyId)) ||
        file.workers.some(worker => people.has(worker.userId)),
    )
  }
}

/** Whose names hold a word. */
function named(word: SearchWord, world: World): { agencies: Set<AgencyId>; people: Set<UserId> } {
  const has = (text: string) => hasWord({ text, key: searchKeyOf(text) }, word)
  return {
    agencies: new Set([...world.agencies].filter(([, one]) => has(`${one.name}\n${one.shortName}`)).map(([id]) => id)),
    people: new Set([...world.people].filter(([, name]) => has(name)).map(([id]) => id)),
  }
}

const STAGES = new Map<CaseStage, number>(codesOf(CASE_STAGES).map((stage, at) => [stage, at]))

function inOrder(
  found: readonly ListedCase[],
  { order = 'number', descending }: CaseFilter,
  world: World,
): ListedCase[] {
  const keyed = found.map(one => ({ one, key: keyOf(one, order, world) }))
  // The newest number first where nobody said otherwise.
  const turn = (descending ?? order === 'number') ? -1 : 1
  keyed.sort((a, b) => {
    // What has no limit, or no day, stands behind what has one, either way.
    if ((a.key === '') !== (b.key === '')) return a.key === '' ? 1 : -1
    return (
      turn * compare(a.key, b.key) ||
      compare(a.one.orderedNumber, b.one.orderedNumber) ||
      compare(a.one.file._id, b.one.file._id)
    )
  })
  return keyed.map(({ one }) => one)
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

function keyOf(one: ListedCase, order: NonNullable<CaseFilter['order']>, world: World): string | number {
  switch (order) {
    case 'number':
      return one.orderedNumber
    case 'label':
      return one.file.label
    case 'stage':
      return STAGES.get(one.file.stage) ?? STAGES.size
    case 'due':
      return nextClock(clocksOfCase(one, world))?.due ?? ''
    case 'found':
      return one.file.foundOn ?? ''
  }
}

function rowOf(one: ListedCase, world: World): CaseListRow {
  const { file } = one
  return {
    caseId: file._id,
    number: file.number,
    label: file.label,
    stage: file.stage,
    track: file.life.track,
    grade: gradeOf(file.life),
    clock: nextClock(clocksOfCase(one, world)) ?? null,
    route: file.route ?? '',
    foundOn: file.foundOn ?? '',
    agencies: file.agencies.map(({ agencyId, role }) => ({
      agencyId,
      role,
      shortName: world.agencies.get(agencyId)?.shortName ?? '',
    })),
    workers: file.workers.map(({ userId, agencyId }) => ({ userId, agencyId, name: world.people.get(userId) ?? '' })),
    synthetic: file.synthetic,
  }
}

function choicesOf(mine: readonly ListedCase[], world: World): CaseListView['choices'] {
  const stages = new Map<CaseStage, number>()
  for (const { file } of mine) stages.set(file.stage, (stages.get(file.stage) ?? 0) + 1)
  const byName = <T extends { name: string }>(list: T[]) => list.sort((a, b) => compare(a.name, b.name))
  return {
    stages: codesOf(CASE_STAGES).flatMap(stage => {
      const count = stages.get(stage) ?? 0
      return count === 0 ? [] : [{ code: stage, count }]
    }),
    agencies: byName([...world.agencies].map(([agencyId, { name }]) => ({ agencyId, name }))),
    workers: byName([...world.people].map(([userId, name]) => ({ userId, name }))),
  }
}

async function record(
  { audit }: CaseListParts,
  { actor, sessionId, address }: By,
  shown: readonly ListedCase[],
): Promise<void> {
  await Promise.all(
    shown.map(({ file }) =>
      audit.record({
        actor: actor.userId,
        sessionId,
        address,
        action: 'case.list',
        subject: file._id,
        object: documentNameOf({ kind: 'case', caseId: file._id }),
        outcome: 'ok',
      }),
    ),
  )
}
