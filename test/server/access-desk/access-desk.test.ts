/** The access desk over the real records: who saw what, what is odd, who explains it, and who signs the month. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  findCases,
  readCaseAccess,
  readOwnCaseAccess,
  takeOutCaseAccess,
} from '../../../server/access-desk/case-access.ts'
import { explain, listExplanations, listFlags, moveFlag } from '../../../server/access-desk/flag-commands.ts'
import { lookForOdd } from '../../../server/access-desk/flag-watch.ts'
import { monthBefore, openMonth, signMonth } from '../../../server/access-desk/month-review.ts'
import { listDisclosures, takeOutDisclosures } from '../../../server/access-desk/register.ts'
import { admitToCase } from '../../../server/conferences/admission.ts'
import { openCase } from '../../../server/conferences/case-views.ts'
import { canReviewAccess } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import type { AgencyId, CaseId, UserId } from '../../../shared/ids.ts'
import { accessFileBody, DISCLOSURE_COLUMNS, type FlagView } from '../../../shared/protocol/access-desk.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { meet, NOON } from '../conferences/world.ts'
import { type DeskUnderTest, openDesk } from './desk-under-test.ts'

const DAY_MS = 86_400_000

let house: DeskUnderTest
beforeEach(async () => {
  house = await openDesk()
})
afterEach(() => house.close())

async function look(userId: UserId): Promise<void> {
  const { world, town } = house
  const by = world.by(userId)
  await openCase(world.parts, by, await admitToCase(world.parts, by, town.caseId))
}
const isRefused = (userId: UserId, caseId: CaseId = house.town.caseId) =>
  admitToCase(house.world.parts, house.world.by(userId), caseId).catch(() => undefined)

describe('who has seen a household', () => {
  test('[AD1] an agency’s privacy officer looks, and nobody else', () => {
    const { world, town, officer, otherOfficer } = house
    const boss = world.person('boss', [town.dong, 'supervisor'])
    const admin = world.person('admin', [town.dong, 'agency_administrator'])
    const may = (userId: UserId) => canReviewAccess(world.by(userId).actor, town.dong)
    expect(may(officer)).toBe(true)
    for (const other of [town.leader, town.worker, boss, admin, town.watcher, town.stranger, otherOfficer]) {
      expect(may(other)).toBe(false)
    }
  })

  test('[AD2] [AD4] [LR-11] every look in two years by person and task, found by a part of the number; the look at it is on record', async () => {
    const { world, town, desk, officer } = house
    await look(town.leader)
    await house.pass(700 * DAY_MS)
    await look(town.leader)
    await look(town.co)
    await isRefused(town.stranger)
    const found = await findCases(desk, world.by(officer), town.dong, '2026-03')
    expect(found).toEqual([{ caseId: town.caseId, number: '2026-031', label: '김○○ 가구', leads: true }])
    const view = await readCaseAccess(desk, world.by(officer), town.dong, town.caseId)
    const counts = Object.fromEntries(view.people.map(person => [person.name, person.counts]))
    expect(counts).toMatchObject({
      leader: { open: 2, change: 1 },
      co: { open: 1 },
      stranger: { refused: 1 },
      officer: { review: 2 },
    })
    expect(view.lines[0]).toMatchObject({ name: 'officer', task: 'review', address: '127.0.0.1' })
    expect(view.people.find(person => person.name === 'leader')?.firstAt).toBe(new Date(NOON).toISOString())
    const records = (await world.records()).filter(one => one.actor === officer)
    expect(records.map(one => [one.action, one.subject])).toEqual([
      ['access.find', town.caseId],
      ['access.read', town.caseId],
    ])
  })

  test('[AD2] the officer of another agency sees the own people only, and of a case without that agency nothing', async () => {
    const { world, town, desk, otherOfficer } = house
    await look(town.leader)
    await look(town.co)
    const view = await readCaseAccess(desk, world.by(otherOfficer), town.muhan, town.caseId)
    expect(view.people.map(person => person.name).sort()).toEqual(['co', 'other officer'])
    expect(view.lines.map(line => line.name)).not.toContain('leader')
    const third = world.person('third', [town.jungang, 'privacy_officer'])
    expect(await findCases(desk, world.by(third), town.jungang, '2026')).toEqual([])
    await expect(readCaseAccess(desk, world.by(third), town.jungang, town.caseId)).rejects.toMatchObject({
      reason: 'not-found',
    })
  })

  test('[AD3] who may change the case sees it in the case’s page, without addresses', async () => {
    const { world, town, desk } = house
    await look(town.co)
    const view = await readOwnCaseAccess(desk, world.by(town.leader), town.file)
    expect(view.people.map(person => person.name)).toContain('co')
    expect(view.lines.every(line => line.address === undefined)).toBe(true)
  })

  test('[AD5] [AD11] [LR-13] taken out with a purpose that stays sealed; cells that a table program runs are neutralised', async () => {
    const { world, town, desk, officer } = house
    must(world.people.get(town.leader), 'the leader').name = '=HYPERLINK("http://evil")'
    await look(town.leader)
    const purpose = '정보주체의 열람 요구에 답하기 위함'
    const asked = { agencyId: town.dong, caseId: town.caseId, purpose }
    const { bytes, name } = await takeOutCaseAccess(desk, world.by(officer), asked)
    const text = Buffer.from(bytes).toString('utf8')
    expect(name).toBe('access-2026-031.csv')
    expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(text).not.toMatch(/(^|,)=/m)
    expect(text).toContain(purpose)
    expect(await world.records({ action: 'access.take' })).toMatchObject([{ subject: town.caseId, actor: officer }])
    const stored = await world.store.collection('accessFiles').find({}).toArray()
    expect(stored).toHaveLength(1)
    expect(JSON.stringify(stored)).not.toContain('열람 요구')
    expect(accessFileBody.safeParse({ purpose: '' }).success).toBe(false)
    expect(accessFileBody.safeParse({ purpose: '900101-1234568 확인' }).success).toBe(false)
  })
})

describe('a month', () => {
  const MONTH = dayInSeoul(NOON).slice(0, 7)

  test('[AD6] [AD9] [LR-13] [LR-34] shows look-ups by person, what was refused at ours by anybody, and is signed once when it is over', async () => {
    const { world, town, desk, officer } = house
    await look(town.leader)
    await look(town.co)
    await isRefused(town.stranger)
    await isRefused(town.worker)
    await takeOutCaseAccess(desk, world.by(officer), {
      agencyId: town.dong,
      caseId: town.caseId,
      purpose: '월별 점검 자료',
    })
    const by = world.by(officer)
    const view = await openMonth(desk, by, town.dong, MONTH)
    expect(view.people.map(person => person.name)).toEqual(expect.arrayContaining(['leader', 'worker', 'officer']))
    expect(view.people.map(person => person.name)).not.toContain('co')
    expect(view.takenOut).toMatchObject([{ name: 'officer', number: '2026-031' }])
    expect(view.refused.map(one => one.name).sort()).toEqual(['stranger', 'worker'])
    expect([view.isOver, view.signed, view.waiting]).toEqual([false, null, []])

    const sign = () => signMonth(desk, by, { agencyId: town.dong, month: MONTH, opinion: '특이사항 없음' })
    await expect(sign()).rejects.toMatchObject({ detail: 'month-goes-on' })
    await house.pass(30 * DAY_MS)
    expect((await openMonth(desk, by, town.dong, MONTH)).waiting).toEqual([MONTH])
    await sign()
    await expect(sign()).rejects.toMatchObject({ reason: 'conflict' })
    const signed = await openMonth(desk, by, town.dong, MONTH)
    expect(signed.signed).toMatchObject({ by: 'officer', opinion: '특이사항 없음' })
    expect(signed.waiting).toEqual([])
    expect(await world.records({ action: 'access.sign-off' })).toHaveLength(2)
    expect(JSON.stringify(await world.store.collection('accessReviews').find({}).toArray())).not.toContain('특이')
    // The month before had nothing; nobody of another month is in it.
    expect((await openMonth(desk, by, town.dong, monthBefore(MONTH))).people).toEqual([])
  })
})

describe('odd look-ups', () => {
  const flagsOf = async (officer: UserId, agencyId: AgencyId) =>
    (await listFlags(house.desk, house.world.by(officer), agencyId)).flags
  const find = async (rule: FlagView['rule']) => {
    await lookForOdd(house.desk)
    return (await flagsOf(house.officer, house.town.dong)).filter(flag => flag.rule === rule)
  }

  test('[AD7] [LR-15] the same family name by somebody not on it; not by its own worker; found once, however often it is looked for', async () => {
    const { world, town } = house
    must(world.people.get(town.worker), 'the worker').name = '김열람'
    must(world.people.get(town.leader), 'the leader').name = '김담당'
    await look(town.leader)
    await isRefused(town.worker)
    const [flag, ...more] = await find('same_family_name')
    expect(more).toEqual([])
    expect(flag).toMatchObject({ name: '김열람', number: '2026-031', state: 'open', moves: ['ask', 'set_aside'] })
    await isRefused(town.worker)
    expect(await find('same_family_name')).toHaveLength(1)
  })

  test('[AD7] [LR-34] three refused tries in a row, and each try of who is recused', async () => {
    const { world, town } = house
    const meeting = await meet(world, town)
    const item = must(await world.parts.items.find(meeting.itemId), 'the item')
    await world.parts.items.update(item, { agencies: item.agencies, recused: [town.leader], zones: item.zones })
    await isRefused(town.leader)
    expect(await find('recused_try')).toMatchObject([{ name: 'leader' }])
    expect(await find('refused_in_a_row')).toEqual([])
    for (let i = 0; i < 3; i++) await isRefused(town.worker)
    expect(await find('refused_in_a_row')).toMatchObject([{ name: 'worker', number: '' }])
  })

  test('[AD8] asked, answered in words, asked again, accepted: each step is kept and sealed; the household is not told to who was refused', async () => {
    const { world, town, desk, officer } = house
    must(world.people.get(town.worker), 'the worker').name = '김열람'
    await isRefused(town.worker)
    const [flag] = await find('same_family_name')
    const { flagId } = must(flag, 'a flag')
    const at = { agencyId: town.dong, flagId }
    const by = world.by(officer)
    const mine = async () => (await listExplanations(desk, world.by(town.worker))).flags

    expect(await mine()).toEqual([])
    const early = { _v: 1, move: 'answer' as const, words: '제 업무였습니다' }
    await expect(explain(desk, world.by(town.worker), flagId, early)).rejects.toMatchObject({ reason: 'not-found' })
    await moveFlag(desk, by, at, { _v: 1, move: 'ask', words: '왜 열어 보려고 했습니까?' })
    expect(await mine()).toMatchObject([{ state: 'asked', number: '', moves: ['answer'] }])
    await expect(
      explain(desk, world.by(town.leader), flagId, { _v: 2, move: 'answer', words: '남의 소명입니다' }),
    ).rejects.toMatchObject({ reason: 'not-found' })
    await explain(desk, world.by(town.worker), flagId, { _v: 2, move: 'answer', words: '번호를 잘못 눌렀습니다' })
    await moveFlag(desk, by, at, { _v: 3, move: 'ask_again', words: '어느 번호를 찾았습니까?' })
    await explain(desk, world.by(town.worker), flagId, { _v: 4, move: 'answer', words: '2026-013을 찾았습니다' })
    // Of two at once one wins.
    const accept = () => moveFlag(desk, by, at, { _v: 5, move: 'accept', words: '확인했습니다' })
    const both = await Promise.allSettled([accept(), accept()])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const [done] = await find('same_family_name')
    expect(done).toMatchObject({ state: 'accepted', moves: [] })
    expect(done?.steps.map(step => step.move)).toEqual(['ask', 'answer', 'ask_again', 'answer', 'accept'])
    const stored = JSON.stringify(await world.store.collection('accessFlags').find({}).toArray())
    expect(stored).not.toContain('번호를')
    expect(await world.records({ action: 'access.ask' })).toMatchObject([{ subject: town.caseId, actor: officer }])
  })

  test('[AD8] nobody decides about themselves, nor of another agency’s people', async () => {
    const { world, town, desk, officer, otherOfficer } = house
    must(world.people.get(officer), 'the officer').name = '김보호'
    await isRefused(officer)
    const [flag] = await find('same_family_name')
    const { flagId } = must(flag, 'a flag')
    expect(flag?.moves).toEqual([])
    const body = { _v: 1, move: 'set_aside' as const, words: '아무 문제 없음' }
    await expect(moveFlag(desk, world.by(officer), { agencyId: town.dong, flagId }, body)).rejects.toMatchObject({
      reason: 'not-allowed',
      detail: 'own-look-up',
    })
    await expect(moveFlag(desk, world.by(otherOfficer), { agencyId: town.muhan, flagId }, body)).rejects.toMatchObject({
      reason: 'not-found',
    })
  })
})

describe('the disclosure register', () => {
  const fields = Object.fromEntries(DISCLOSURE_COLUMNS.map(({ key }) => [key, `${key} 내용`])) as Record<
    (typeof DISCLOSURE_COLUMNS)[number]['key'],
    string
  >

  test('[AD10] [LR-30] eight fields in the form’s order, by case, receiver and period; each case shown is on record', async () => {
    const { world, town, desk, officer } = house
    const add = (rowId: string, receiver: AgencyId, at: number) =>
      world.parts.disclosures.add({
        _id: rowId,
        caseId: town.caseId,
        giver: town.dong,
        receiver,
        basis: 'consent',
        source: 'basis',
        at: new Date(at),
        by: town.leader,
        endedOn: null,
        fields,
      })
    await add('first', town.muhan, NOON)
    await add('second', town.council, NOON + 40 * DAY_MS)
    const by = world.by(officer)
    const list = (query = {}) => listDisclosures(desk, by, town.dong, query)
    const all = await list()
    expect(all.rows.map(row => row.rowId)).toEqual(['second', 'first'])
    expect(all.rows[0]?.fields).toEqual(DISCLOSURE_COLUMNS.map(({ key }) => `${key} 내용`))
    expect(DISCLOSURE_COLUMNS).toHaveLength(8)
    expect((await list({ receiver: town.muhan })).rows.map(row => row.rowId)).toEqual(['first'])
    expect((await list({ from: '2026-12-01' })).rows.map(row => row.rowId)).toEqual(['second'])
    expect((await list({ to: '2026-11-30' })).rows.map(row => row.rowId)).toEqual(['first'])
    expect((await listDisclosures(desk, world.by(house.otherOfficer), town.muhan, {})).rows).toEqual([])
    const { bytes } = await takeOutDisclosures(desk, by, town.dong, { purpose: '연간 점검 자료 제출' })
    const [head = ''] = Buffer.from(bytes).toString('utf8').split('\r\n')
    expect(head).toBe(
      `\ufeff사례번호,${DISCLOSURE_COLUMNS.map(column => (column.ko.includes(',') ? `"${column.ko}"` : column.ko)).join(',')}`,
    )
    const shown = (await world.records()).filter(one => one.actor === officer)
    expect(shown.every(one => one.subject === town.caseId)).toBe(true)
    expect(shown.map(one => one.action)).toContain('disclosure.take')
  })
})
