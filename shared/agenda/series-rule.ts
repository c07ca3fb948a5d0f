/**
 * When a series meets (정기 회의): the n-th weekday of a month at a time of day, and what happens when offices are closed on it. Pure; days are days
 * in Seoul, `YYYY-MM-DD`, months `YYYY-MM`. A conference of a series is known by its month, whatever day it moves to (SPEC SR1).
 */
import type { Label } from '../codes.ts'
import { type Day, type Holidays, KOREAN_HOLIDAYS } from '../holidays.ts'
import { addDays, isWorkingDay, nthWeekdayOf, workingDayFrom } from '../working-days.ts'

/** What a meeting on a closed day does. */
export const ON_CLOSED_DAYS = {
  next: { ko: '다음 영업일로', en: 'Move to the next working day' },
  previous: { ko: '앞 영업일로', en: 'Move to the working day before' },
  keep: { ko: '그날 그대로', en: 'Keep the day' },
} as const satisfies Record<string, Label>
export type OnClosedDay = keyof typeof ON_CLOSED_DAYS

export interface SeriesRule {
  nth: 1 | 2 | 3 | 4 | 5
  /** 0 is Sunday. */
  weekday: number
  /** `HH:MM` in Seoul. */
  time: string
  onClosedDay: OnClosedDay
}

export interface Occurrence {
  month: string
  day: Day
}

/** The meeting of a month; undefined where the month has no such weekday. */
export function occurrenceIn(
  rule: SeriesRule,
  month: string,
  holidays: Holidays = KOREAN_HOLIDAYS,
): Occurrence | undefined {
  const planned = nthWeekdayOf(month, rule.nth, rule.weekday)
  return planned === undefined ? undefined : { month, day: movedDay(planned, rule.onClosedDay, holidays) }
}

/** The first meeting of a month after one, and not before a day: what has passed is not made up for. */
export function nextOccurrence(
  rule: SeriesRule,
  after: { month: string; day: Day },
  holidays: Holidays = KOREAN_HOLIDAYS,
): Occurrence {
  for (let month = nextMonth(after.month); ; month = nextMonth(month)) {
    const found = occurrenceIn(rule, month, holidays)
    if (found && found.day >= after.day) return found
  }
}

/** Which weekday of its month a day is: the rule that a first meeting suggests. */
export function nthOf(day: Day): SeriesRule['nth'] {
  return Math.ceil(Number(day.slice(8)) / 7) as SeriesRule['nth']
}

export function nextMonth(month: string): string {
  const [year, at] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return at === 12 ? `${year + 1}-01` : `${year}-${String(at + 1).padStart(2, '0')}`
}

function movedDay(day: Day, onClosedDay: OnClosedDay, holidays: Holidays): Day {
  if (onClosedDay === 'keep') return day
  if (onClosedDay === 'next') return workingDayFrom(day, holidays)
  let at = day
  while (!isWorkingDay(at, holidays)) at = addDays(at, -1)
  return at
}
