import { afterEach, expect, test } from 'vitest'
import { listNotices } from '../../../server/notices/notice-views.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { buildBasis } from '../../support/bases.ts'
import { openWorld, settle } from '../conferences/world.ts'
import { noticesOn } from './notices-under-test.ts'

const DAY_MS = 86_400_000
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** 생연1동's case with a second worker of the dong on it, and notices that are listening. */
async function open() {
  const world = await openWorld()
  closing.push(() => world.close())
  const town = await settle(world)
  await world.parts.cases.update(town.file, {
    ...town.file,
    workers: [...town.file.workers, { userId: town.worker, agencyId: town.dong }],
  })
  const notices = await noticesOn(world, town)
  closing.push(() => notices.house.close())
  return {
    world,
    town,
    notices,
    async enter(agencies: readonly AgencyId[], about: Parameters<typeof buildBasis>[1]) {
      const known = await world.parts.bases.find(town.caseId)
      const bases = [...known.bases, buildBasis(agencies, about)]
      await world.parts.bases.put(known, { sensitive: true, bases }, dayInSeoul(world.parts.now()))
      world.parts.documents.notify(`case.${town.caseId}`, 'case')
      await notices.settled()
    },
    async told(userId: UserId) {
      const all = await listNotices(notices.parts, world.by(userId))
      return all.notices.map(({ kind, isOver, due, agency }) => [kind, isOver, due, agency])
    },
  }
}

test('[NT11] of an urgent basis is told at once who may approve it, and not who entered it', async () => {
  const { world, town, notices, enter, told } = await open()
  const about = { basis: 'urgent_interest' as const, reviewOn: '2026-12-02', enteredBy: town.leader }
  await enter([town.council], about)
  expect(await told(town.worker)).toEqual([['basis_to_approve', false, '2026-12-02', '협의회']])
  for (const who of [town.leader, town.co, town.partner, town.stranger]) expect(await told(who)).toEqual([])
  // Approved it asks for nothing of that kind, and both are told by when it is looked at again.
  const known = await world.parts.bases.find(town.caseId)
  const bases = known.bases.map(one => ({ ...one, approvedBy: town.worker, approvedAt: new Date(world.parts.now()) }))
  await world.parts.bases.put(known, { sensitive: true, bases }, '2026-11-24')
  world.parts.documents.notify(`case.${town.caseId}`, 'case')
  await notices.settled()
  expect(await told(town.worker)).toEqual([
    ['basis_to_review', false, '2026-12-02', '협의회'],
    ['basis_to_approve', true, '2026-12-02', ''],
  ])
  expect(await told(town.leader)).toEqual([['basis_to_review', false, '2026-12-02', '협의회']])
})

test('[NT11] fourteen days before its last day, once, also after a stop; followed by another it asks for nothing', async () => {
  const { world, town, notices, enter, told } = await open()
  await enter([town.muhan], { basis: 'consent', given: ['third_party'], until: '2026-12-20' })
  expect(await told(town.leader)).toEqual([])
  world.pass(11 * DAY_MS)
  await notices.turn()
  expect(await told(town.leader)).toEqual([])
  world.pass(DAY_MS)
  await notices.turn()
  const ending = ['basis_ending', false, '2026-12-20', '무한돌봄']
  expect(await told(town.leader)).toEqual([ending])
  expect(await told(town.co)).toEqual([])
  await notices.restart()
  world.pass(DAY_MS)
  await notices.turn()
  expect(await told(town.leader)).toEqual([ending])
  await enter([town.muhan], { basis: 'consent', given: ['third_party'], until: '2027-12-20' })
  expect(await told(town.leader)).toEqual([['basis_ending', true, '2026-12-20', '']])
})
