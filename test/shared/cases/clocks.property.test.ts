/** The clocks of a case's life, by hand and by chance. */
import { expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import type { StageEntry } from '../../../shared/cases/case-life.ts'
import { CLOCK_DAYS, clocksOf, nextClock } from '../../../shared/cases/clocks.ts'
import { DAY_COUNTINGS } from '../../../shared/cases/life-codes.ts'
import { CASE_STAGES, type CaseStage, codesOf, type DecisionKind } from '../../../shared/codes.ts'
import type { AgencyId, ConferenceId, DecisionId, ItemId, UserId } from '../../../shared/ids.ts'
import { addDays, isWorkingDay, workingDaysBetween } from '../../../shared/working-days.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const entry = (to: CaseStage, day: string, more: Partial<StageEntry> = {}): StageEntry => ({
  id: `${to} ${day}`,
  kind: 'moved',
  from: null,
  to,
  at: `${day}T03:00:00.000Z`,
  by: 'u' as UserId,
  agencyId: 'a' as AgencyId,
  carriedBy: null,
  step: null,
  asked: [],
  ...more,
})
const carried = (kind: DecisionKind) => ({
  carriedBy: { conferenceId: 'c' as ConferenceId, itemId: 'i' as ItemId, decisionId: 'd' as DecisionId, kind },
})

test('[CK1] ten days to assess, five to select, fifteen to plan, thirty in all; the first day does not count', () => {
  const history = [
    entry('registered', '2026-11-02', { kind: 'opened' }),
    entry('assessment', '2026-11-03'),
    entry('conference', '2026-11-10'),
  ]
  const clocks = clocksOf({ history }, { today: '2026-11-12', counting: 'calendar' })
  expect(clocks).toEqual([
    { clock: 'assessment', from: '2026-11-02', due: '2026-11-12', done: '2026-11-10', daysLeft: 0, overdue: false },
    { clock: 'selection', from: '2026-11-10', due: '2026-11-15', done: '', daysLeft: 3, overdue: false },
    { clock: 'whole', from: '2026-11-02', due: '2026-12-02', done: '', daysLeft: 20, overdue: false },
  ])
  expect(nextClock(clocks)?.clock).toBe('selection')
  const selected = [...history, entry('selection', '2026-11-14', carried('select_case_management'))]
  expect(clocksOf({ history: selected }, { today: '2026-11-16', counting: 'calendar' }).at(-2)).toMatchObject({
    clock: 'plan',
    from: '2026-11-14',
    due: '2026-11-29',
    daysLeft: 13,
  })
  const planning = [...selected, entry('service_planning', '2026-11-17')]
  const late = clocksOf({ history: planning }, { today: '2026-12-05', counting: 'calendar' })
  expect(late.map(({ clock, overdue, daysLeft }) => [clock, overdue, daysLeft])).toEqual([
    ['assessment', false, 0],
    ['selection', false, 0],
    ['plan', true, -6],
    ['whole', true, -3],
  ])
  const delivered = [...planning, entry('service_delivery', '2026-12-06')]
  expect(
    clocksOf({ history: delivered }, { today: '2027-01-05', counting: 'calendar' }).every(c => c.done !== ''),
  ).toBe(true)
})

test('[CK2] counted in working days over Chuseok and a weekend; a calendar count ends on the day that it ends on', () => {
  const history = [entry('registered', '2026-09-18', { kind: 'opened' })]
  const working = must(clocksOf({ history }, { today: '2026-09-18', counting: 'working' })[0], 'a clock')
  // 24 to 26 September 2026 is Chuseok, and 5 October stands in for the 3rd: the tenth working day after Friday the 18th is 7 October.
  expect(working).toMatchObject({ due: '2026-10-07', daysLeft: 10 })
  const calendar = must(clocksOf({ history }, { today: '2026-09-18', counting: 'calendar' })[0], 'a clock')
  expect(calendar).toMatchObject({ due: '2026-09-28', daysLeft: 10 })
})

test('[CK3] a case that is taken up again begins anew, and what was closed before runs no more', () => {
  const history = [
    entry('registered', '2026-01-05', { kind: 'opened' }),
    entry('assessment', '2026-01-06'),
    entry('conference', '2026-01-10'),
    entry('selection', '2026-01-11'),
    entry('not_selected', '2026-01-11'),
    entry('assessment', '2026-06-01', { kind: 'reopened' }),
  ]
  const clocks = clocksOf({ history }, { today: '2026-06-02', counting: 'calendar' })
  expect(clocks.map(({ clock, from, done }) => [clock, from, done])).toEqual([
    ['assessment', '2026-06-01', ''],
    ['whole', '2026-06-01', ''],
  ])
})

test('[CK3] a conference on a case that was taken on already selects nobody; a case taken over has no clock from before', () => {
  const history = [
    entry('service_delivery', '2026-06-01', { kind: 'taken_over' }),
    entry('conference', '2026-07-01'),
    entry('service_planning', '2026-07-02'),
  ]
  const clocks = clocksOf({ history }, { today: '2026-07-03', counting: 'calendar' })
  expect(clocks).toMatchObject([{ clock: 'plan', from: '2026-07-02', due: '2026-07-17' }])
})

test.each(seedsToRun(60))('[CK1] [CK2] [CK3] in any order of stages (seed %i)', seed => {
  const random = seededRandom(seed)
  let day = '2026-01-01'
  const history = Array.from({ length: 1 + random.below(14) }, (_, index) => {
    day = addDays(day, random.below(9))
    const kind = index === 0 ? 'opened' : random.chance(0.1) ? 'reopened' : 'moved'
    return entry(random.pick(codesOf(CASE_STAGES)), day, { kind, id: `${index}` })
  })
  const today = addDays(day, random.below(60))
  for (const counting of codesOf(DAY_COUNTINGS)) {
    const clocks = clocksOf({ history }, { today, counting })
    expect(new Set(clocks.map(({ clock }) => clock)).size).toBe(clocks.length)
    for (const { clock, from, due, done, daysLeft, overdue } of clocks) {
      expect(from <= day && due > from).toBe(true)
      if (counting === 'calendar') expect(addDays(from, CLOCK_DAYS[clock])).toBe(due)
      else {
        expect(isWorkingDay(due)).toBe(true)
        expect(workingDaysBetween(from, due)).toBe(CLOCK_DAYS[clock])
      }
      expect(overdue).toBe((done === '' ? today : done) > due)
      if (done !== '') expect([done >= from, daysLeft]).toEqual([true, 0])
      else if (counting === 'calendar') expect(addDays(today, daysLeft)).toBe(due)
      else if (today <= due) expect(workingDaysBetween(today, due)).toBe(daysLeft)
    }
    const next = nextClock(clocks)
    expect(next === undefined).toBe(clocks.every(({ done }) => done !== ''))
    if (next) expect(clocks.filter(({ done }) => done === '').every(({ due }) => due >= next.due)).toBe(true)
  }
})
