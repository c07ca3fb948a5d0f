import { expect, test } from 'vitest'
import { nextOccurrence, nthOf, occurrenceIn, type SeriesRule } from '../../../shared/agenda/series-rule.ts'
import { isWorkingDay, weekdayOf } from '../../../shared/working-days.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const secondWednesday: SeriesRule = { nth: 2, weekday: 3, time: '14:00', onClosedDay: 'next' }

test('[SR1] the second Wednesday of each month; on a holiday it moves as the rule says', () => {
  const days = ['2026-11', '2026-12', '2027-01'].map(month => occurrenceIn(secondWednesday, month)?.day)
  expect(days).toEqual(['2026-11-11', '2026-12-09', '2027-01-13'])
  // 2026-09-25 is Chuseok, a Friday: its holidays run from the 24th, and the 28th is a Monday on which offices work.
  const fourthFriday: SeriesRule = { nth: 4, weekday: 5, time: '10:00', onClosedDay: 'next' }
  expect(occurrenceIn(fourthFriday, '2026-09')?.day).toBe('2026-09-28')
  expect(occurrenceIn({ ...fourthFriday, onClosedDay: 'previous' }, '2026-09')?.day).toBe('2026-09-23')
  expect(occurrenceIn({ ...fourthFriday, onClosedDay: 'keep' }, '2026-09')?.day).toBe('2026-09-25')
})

test('[SR1] a month without a fifth weekday is left out, and what has passed is not made up for', () => {
  const fifthMonday: SeriesRule = { nth: 5, weekday: 1, time: '10:00', onClosedDay: 'keep' }
  expect(nextOccurrence(fifthMonday, { month: '2026-08', day: '2026-08-31' }).month).toBe('2026-11')
  expect(nextOccurrence(secondWednesday, { month: '2026-01', day: '2026-11-12' })).toEqual({
    month: '2026-12',
    day: '2026-12-09',
  })
})

test('[SR1] for any rule and start the months go up without a gap that the rule does not make', () => {
  for (const seed of seedsToRun(200)) {
    const random = seededRandom(seed)
    const rule: SeriesRule = {
      nth: random.pick([1, 2, 3, 4, 5] as const),
      weekday: random.below(7),
      time: '14:00',
      onClosedDay: random.pick(['next', 'previous', 'keep'] as const),
    }
    let at = { month: '2026-01', day: '2026-02-01' }
    for (let step = 0; step < 12; step++) {
      const next = nextOccurrence(rule, at)
      const where = `SEED=${seed} ${JSON.stringify(rule)} after ${at.month}`
      expect(next.month > at.month, where).toBe(true)
      if (rule.nth < 5 && step > 0) expect(monthsBetween(at.month, next.month), where).toBe(1)
      if (rule.onClosedDay === 'keep') {
        expect(weekdayOf(next.day), where).toBe(rule.weekday)
        expect(nthOf(next.day), where).toBe(rule.nth)
      } else expect(isWorkingDay(next.day), where).toBe(true)
      at = { month: next.month, day: next.day }
    }
  }
})

const monthsBetween = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5))
