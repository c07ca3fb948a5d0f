/** The list of cases (`server/case-list/SPEC.md`). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCaseFilters } from '../../../server/case-list/case-filters.ts'
import { type CaseListParts, listCasesBy } from '../../../server/case-list/case-list.ts'
import { CaseListIndex } from '../../../server/case-list/case-list-index.ts'
import { changeCase, createCase } from '../../../server/conferences/case-commands.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import type { CaseStage } from '../../../shared/codes.ts'
import type { CaseFilterId, CaseId, UserId } from '../../../shared/ids.ts'
import { CASE_FILTERS_MAX, type CaseListBody } from '../../../shared/protocol/case-list.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { meet, openWorld, settle, type Town, type World } from '../conferences/world.ts'

let world: World
let town: Town
let index: CaseListIndex
let parts: CaseListParts
beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  index = new CaseListIndex(world.parts)
  parts = { ...world.parts, index }
})
afterEach(async () => {
  index.close()
  await world.close()
})

const list = (asked: CaseListBody = {}, who: UserId = town.leader) => listCasesBy(parts, world.by(who), asked)
const numbers = async (asked: CaseListBody = {}, who?: UserId) => (await list(asked, who)).rows.map(row => row.number)

interface About {
  number: string
  label?: string
  stage?: CaseStage
  foundOn?: string
  workers?: UserId[]
}

async function opens({ number, label = '이○○ 가구', stage, foundOn, workers = [town.leader] }: About): Promise<CaseId> {
  const file = await createCase(world.parts, world.by(town.leader), {
    number,
    label,
    ...(stage && { stage }),
    ...(stage === 'service_delivery' && { reason: '다른 시스템에서 옮김' }),
    ...(foundOn && { foundOn }),
    agencies: [{ agencyId: town.dong, role: 'lead' }],
    workers: workers.map(userId => ({ userId, agencyId: town.dong })),
  })
  return file._id
}

describe('whose', () => {
  test('[LS1] the list, its counts and its choices are those of the person’s own cases', async () => {
    await opens({ number: '2026-032', workers: [town.leader, town.worker] })
    await opens({ number: '2026-033', label: '비밀 가구' })
    expect(await numbers()).toEqual(['2026-033', '2026-032', '2026-031'])
    const other = await list({}, town.worker)
    expect([other.all, other.total, other.rows.length]).toEqual([1, 1, 1])
    expect(other.choices.agencies).toEqual([{ agencyId: town.dong, name: '생연1동' }])
    expect(other.choices.workers.map(one => one.name)).toEqual(['leader', 'worker'])
    expect(await list({}, town.stranger)).toEqual({
      all: 0,
      total: 0,
      from: 0,
      rows: [],
      choices: { stages: [], agencies: [], workers: [] },
    })
  })

  test.for(seedsToRun(8))('[LS1] for one who may not see some it is as if those did not exist, seed %i', async seed => {
    const random = seededRandom(seed)
    const mine: string[] = []
    for (let n = 0; n < 25; n++) {
      const isMine = random.chance(0.5)
      const number = `2026-1${String(n).padStart(2, '0')}`
      await opens({
        number,
        label: random.pick(['김○○ 가구', '박○○ 가구']),
        stage: random.pick(['case_finding', 'intake', 'registered'] as const),
        foundOn: random.pick(['2026-10-01', '2026-11-01']),
        workers: isMine ? [town.leader, town.worker] : [town.leader],
      })
      if (isMine) mine.push(number)
    }
    const asked: CaseListBody = {
      stages: random.pick([[], ['intake'], ['registered', 'intake']]),
      text: random.pick(['', 'ㄱ', '박○○', '2026']),
      order: random.pick(['number', 'label', 'stage', 'found', 'due']),
      descending: random.chance(0.5),
    }
    const all = await list(asked)
    const some = await list(asked, town.worker)
    const visible = all.rows.filter(row => mine.includes(row.number))
    expect(some.rows).toEqual(visible)
    expect([some.total, some.all]).toEqual([visible.length, mine.length])
  })

  test('[LS5] what is changed, withdrawn or added shows in the next request', async () => {
    expect(await numbers({}, town.co)).toEqual(['2026-031'])
    const { itemId, conferenceId } = await meet(world, town, 'scheduled')
    const admitted = await world.toChangeItem(town.leader, conferenceId, itemId)
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, recused: [town.co] })
    expect(await numbers({}, town.co)).toEqual([])
    const file = await world.changeCase(town.leader, town.caseId)
    await changeCase(world.parts, world.by(town.leader), file, {
      _v: file.file._v,
      number: '2026-777',
      workers: [
        { userId: town.leader, agencyId: town.dong },
        { userId: town.worker, agencyId: town.dong },
      ],
    })
    expect(await numbers({}, town.worker)).toEqual(['2026-777'])
    expect(await numbers()).toEqual(['2026-777'])
    const added = await opens({ number: '2026-800' })
    expect((await list()).rows.map(row => row.caseId)).toContain(added)
  })

  test('[LS5] an account that lost its place in the agency has an empty list', async () => {
    expect((await list()).all).toBe(1)
    const person = world.people.get(town.leader)
    if (person) person.memberships = []
    expect((await list()).all).toBe(0)
  })
})

describe('filters and order', () => {
  beforeEach(async () => {
    await opens({ number: '2026-9', label: '박옥분 가구', stage: 'intake', foundOn: '2026-10-02' })
    await opens({ number: '2026-10', label: '최○○ 가구', stage: 'service_delivery', foundOn: '2026-09-01' })
  })

  test('[LS2] stages, tracks, roles, agency and worker go together', async () => {
    expect(await numbers({ stages: ['intake', 'service_delivery'] })).toEqual(['2026-10', '2026-9'])
    expect(await numbers({ stages: ['intake'], workerId: town.leader })).toEqual(['2026-9'])
    expect(await numbers({ tracks: ['integrated_case_management'] })).toEqual(['2026-10'])
    expect(await numbers({ agencyId: town.muhan })).toEqual(['2026-031'])
    expect(await numbers({ roles: ['co_managing'] }, town.co)).toEqual(['2026-031'])
    expect(await numbers({ roles: ['co_managing'] })).toEqual([])
    expect(await numbers({ grades: ['general'] })).toEqual([])
  })

  test('[LS2] late against its clock: registered 31 days ago and nothing more', async () => {
    expect(await numbers({ isLate: true })).toEqual([])
    world.pass(31 * 86_400_000)
    const late = await list({ isLate: true })
    expect(late.rows.map(row => row.number)).toEqual(['2026-031'])
    expect(late.rows[0]?.clock?.overdue).toBe(true)
  })

  test('[LS3] text by initial consonants and without spaces, in number, household, agency and worker', async () => {
    expect(await numbers({ text: 'ㅂㅇㅂ' })).toEqual(['2026-9'])
    expect(await numbers({ text: '박옥분가구' })).toEqual(['2026-9'])
    expect(await numbers({ text: '무한돌봄' })).toEqual(['2026-031'])
    expect(await numbers({ text: '생연 ㅊ' })).toEqual(['2026-10'])
    expect(await numbers({ text: '없는말' })).toEqual([])
  })

  test('[LS4] by number as people count, by stage, by day, either way, what has none last', async () => {
    expect(await numbers({ order: 'number', descending: false })).toEqual(['2026-9', '2026-10', '2026-031'])
    expect(await numbers({ order: 'stage' })).toEqual(['2026-9', '2026-031', '2026-10'])
    expect(await numbers({ order: 'found' })).toEqual(['2026-10', '2026-9', '2026-031'])
    expect(await numbers({ order: 'found', descending: true })).toEqual(['2026-9', '2026-10', '2026-031'])
    expect((await numbers({ order: 'due' }))[0]).toBe('2026-031')
  })
})

test('[LS4] [LS6] [LS8] each case is on one page, pages are on record, and one beyond the end is the last', async () => {
  for (let n = 0; n < 60; n++) await opens({ number: '2026-500', label: `김${n} 가구` })
  const first = await list()
  const before = (await world.records({ action: 'case.list' })).length
  const second = await list({ from: 50 })
  const recorded = (await world.records({ action: 'case.list' })).slice(before).map(one => one.subject)
  expect([first.total, first.rows.length, second.rows.length]).toEqual([61, 50, 11])
  expect(new Set([...first.rows, ...second.rows].map(row => row.caseId)).size).toBe(61)
  expect(new Set(recorded)).toEqual(new Set(second.rows.map(row => row.caseId)))
  const beyond = await list({ from: 5_000 })
  expect([beyond.from, beyond.rows.length]).toEqual([50, 11])
})

test('[LS7] a kept filter is the person’s own, sealed, replaced by its name, and there are twenty', async () => {
  const filters = createCaseFilters({ store: world.store, keyring: world.keyring })
  const keep = (userId: UserId, name: string, text: string) =>
    filters.keep(userId, world.parts.newId<CaseFilterId>(), { name, filter: { text } }, new Date(world.parts.now()))
  await keep(town.leader, '내 것', '박옥분')
  await keep(town.leader, '내 것', '최옥자')
  const [mine] = await filters.of(town.leader)
  expect(mine).toMatchObject({ name: '내 것', filter: { text: '최옥자' } })
  expect(await filters.of(town.worker)).toEqual([])
  await filters.remove(town.worker, mine?.filterId ?? ('' as CaseFilterId))
  expect((await filters.of(town.leader)).length).toBe(1)
  expect(JSON.stringify(await world.store.collection('caseFilters').find({}).toArray())).not.toContain('최옥자')
  for (let n = 1; n < CASE_FILTERS_MAX; n++) await keep(town.leader, `보기 ${n}`, '')
  await expect(keep(town.leader, '하나 더', '')).rejects.toMatchObject({ detail: 'case-filters-full' })
  await filters.remove(town.leader, mine?.filterId ?? ('' as CaseFilterId))
  expect((await filters.of(town.leader)).length).toBe(CASE_FILTERS_MAX - 1)
})
