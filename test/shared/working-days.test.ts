import { describe, expect, test } from 'vitest'
import { holidayNamesOf, KOREAN_HOLIDAYS } from '../../shared/holidays.ts'
import {
  addDays,
  addWorkingDays,
  dayInSeoul,
  isWorkingDay,
  nthWeekdayOf,
  weekdayOf,
  workingDayFrom,
  workingDaysBetween,
} from '../../shared/working-days.ts'
import { seededRandom, seedsToRun } from '../support/seeded-random.ts'

describe('days', () => {
  test('the day in Seoul begins at 15:00 UTC', () => {
    expect(dayInSeoul('2026-11-24T14:59:59Z')).toBe('2026-11-24')
    expect(dayInSeoul('2026-11-24T15:00:00Z')).toBe('2026-11-25')
    expect(dayInSeoul(Date.UTC(2026, 11, 31, 20))).toBe('2027-01-01')
  })

  test('are counted over months, years and the 29th of February', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(weekdayOf('2026-11-24')).toBe(2)
    expect(() => addDays('tomorrow', 1)).toThrow(RangeError)
  })
})

describe('holidays', () => {
  test('the gazette’s, with substitutes and the days of the moon', () => {
    // Seollal of 2027 falls on a Sunday.
    expect(['2027-02-06', '2027-02-08', '2027-02-09', '2027-02-10'].map(KOREAN_HOLIDAYS.isHoliday)).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(holidayNamesOf('2026-09-25')).toContain('추석')
    expect(holidayNamesOf('2026-09-28')).toEqual([])
  })

  test('of a year that is not known only those with a fixed date, and it says so', () => {
    expect(KOREAN_HOLIDAYS.knows('2027-12-31')).toBe(true)
    expect(KOREAN_HOLIDAYS.knows('2099-01-01')).toBe(false)
    expect(KOREAN_HOLIDAYS.isHoliday('2099-10-03')).toBe(true)
    expect(KOREAN_HOLIDAYS.isHoliday('2099-09-29')).toBe(false)
  })
})

describe('working days', () => {
  test('ten from a Tuesday with nothing between are two weeks; the day itself does not count', () => {
    expect(addWorkingDays('2026-11-24', 10)).toBe('2026-12-08')
    expect(addWorkingDays('2026-11-24', 1)).toBe('2026-11-25')
    expect(addWorkingDays('2026-11-24', 0)).toBe('2026-11-24')
    expect(() => addWorkingDays('2026-11-24', -1)).toThrow(RangeError)
  })

  test('over Chuseok and its neighbours the same ten take longer', () => {
    // 24 to 26 September 2026 are Chuseok; 3 October is a Saturday, whose substitute is the Monday.
    expect(addWorkingDays('2026-09-21', 10)).toBe('2026-10-08')
    expect(workingDayFrom('2026-09-24')).toBe('2026-09-28')
    expect(workingDayFrom('2026-09-28')).toBe('2026-09-28')
  })

  test('whatever the day, as counted day by day', () => {
    for (const seed of seedsToRun(500)) {
      const random = seededRandom(seed)
      const from = addDays('2018-01-01', random.below(3_600))
      const count = random.below(25)
      const to = addWorkingDays(from, count)
      expect(workingDaysBetween(from, to)).toBe(count)
      if (count > 0) {
        expect(isWorkingDay(to)).toBe(true)
        expect(workingDaysBetween(from, addDays(to, -1))).toBe(count - 1)
      }
      expect(isWorkingDay(workingDayFrom(from))).toBe(true)
    }
  })

  test('the second Wednesday of a month; a fifth only where there is one', () => {
    expect(nthWeekdayOf('2026-11', 2, 3)).toBe('2026-11-11')
    expect(nthWeekdayOf('2026-07', 1, 3)).toBe('2026-07-01')
    expect(nthWeekdayOf('2026-11', 5, 3)).toBeUndefined()
    expect(nthWeekdayOf('2026-12', 5, 3)).toBe('2026-12-30')
  })
})
