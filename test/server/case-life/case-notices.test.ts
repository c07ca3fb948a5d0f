/** Who hears of a case's life: exactly whose answer is awaited, and who waits for it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import { meet, openWorld, settle, type Town, type World } from '../conferences/world.ts'
import { noticesOn } from '../notices/notices-under-test.ts'
import { type Life, withLife } from './life-world.ts'

let world: World
let town: Town
let life: Life
let notices: Awaited<ReturnType<typeof noticesOn>>

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  notices = await noticesOn(world, town)
  life = withLife(world, town)
})
afterEach(async () => {
  await notices.close()
  await world.close()
})

const ofCase = async (who: Parameters<typeof notices.list>[0]) =>
  (await notices.list(who)).filter(({ kind }) => kind.startsWith('case_'))

test('[NT8] a step is asked of the co-managing agency until it has answered, and a dissent is told to who leads', async () => {
  await life.tell(town.leader, { do: 'move', to: 'assessment' })
  const meeting = await meet(world, town)
  await life.writes(meeting, 'select_case_management')
  await life.confirms(meeting)
  const { history } = await life.tell(town.leader, { do: 'move', to: 'selection' })
  const entryId = must(history[0], 'the selection').id
  expect(await ofCase(town.co)).toMatchObject([
    {
      kind: 'case_asked',
      isOver: false,
      agency: '생연1동',
      group: { of: 'case', caseId: town.caseId, label: '김○○ 가구' },
    },
  ])
  for (const who of [town.leader, town.partner, town.watcher, town.stranger]) expect(await ofCase(who)).toEqual([])
  await life.answer(town.co, { do: 'dissent', entryId, agencyId: town.muhan, words: '먼저 평가가 필요합니다' })
  expect(await ofCase(town.leader)).toMatchObject([{ kind: 'case_answered', agency: '무한돌봄' }])
  expect(await ofCase(town.co)).toMatchObject([{ kind: 'case_asked', isOver: true }])
  const people = must(world.people.get(town.co), 'co')
  people.memberships = []
  expect(await ofCase(town.co)).toEqual([])
})

test('[NT8] an offered lead is asked of the other agency, and its answer told to who offered it', async () => {
  const offer = { do: 'offer-lead', kind: 'transfer', to: town.muhan, staysAs: 'partner', reason: '이사' } as const
  const { offers } = await life.tell(town.leader, offer)
  expect(await ofCase(town.co)).toMatchObject([{ kind: 'case_lead_offered', isOver: false, agency: '생연1동' }])
  await life.answer(town.co, { do: 'decline-lead', id: must(offers[0], 'it').id, reason: '사람이 없습니다' })
  expect(await ofCase(town.co)).toMatchObject([{ kind: 'case_lead_offered', isOver: true }])
  expect(await ofCase(town.leader)).toMatchObject([{ kind: 'case_answered', agency: '무한돌봄' }])
  const again = await life.tell(town.leader, offer)
  expect((await ofCase(town.co)).map(({ isOver }) => isOver)).toEqual([false, true])
  await life.tell(town.leader, { do: 'withdraw-lead', id: must(again.offers.at(-1), 'it').id })
  expect((await ofCase(town.leader)).length).toBe(1)
})
