/**
 * Days on which offices work (영업일): neither Saturday, Sunday nor a public holiday. Days are days in Seoul as `YYYY-MM-DD` and are counted as the
 * Civil Act counts (민법 제157조): the day from which a period runs is not its first day. Pure; no clock is asked.
 */
import { type Day, type Holidays, KOREAN_HOLIDAYS } from './holidays.ts'

/** Seoul is nine hours ahead of UTC all year. */
const SEOUL_AHEAD_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

/** The day that it is in Seoul at that moment. */
export function dayInSeoul(moment: Date | number | string): Day {
  return new Date(new Date(moment).getTime() + SEOUL_AHEAD_MS).toISOString().slice(0, 10)
}

/** @param by whole days, also backwards */
export function addDays(day: Day, by: number): Day {
  return new Date(noonOf(day) + by * DAY_MS).toISOString().slice(0, 10)
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(noonOf(day)).getUTCDay()
}

export function isWorkingDay(day: Day, holidays: Holidays = KOREAN_HOLIDAYS): boolean {
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6 && !holidays.isHoliday(day)
}

/** The day itself, or the next one on which offices work. */
export function workingDayFrom(day: Day, holidays: Holidays = KOREAN_HOLIDAYS): Day {
  let at = day
  while (!isWorkingDay(at, holidays)) at = addDays(at, 1)
  return at
}

/**
 * The last day of a period of so many working days that runs from a day on, that day not counted: with 1 it is the next working day.
 * @throws RangeError for anything but a whole number from 0
 */
export function addWorkingDays(day: Day, count: number, holidays: Holidays = KOREAN_HOLIDAYS): Day {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`Not a number of working days: ${count}`)
  let at = day
  for (let left = count; left > 0; left--) at = workingDayFrom(addDays(at, 1), holidays)
  return at
}

/** How many working days lie after the first day up to and with the second; 0 where it is not later. */
export function workingDaysBetween(from: Day, to: Day, holidays: Holidays = KOREAN_HOLIDAYS): number {
  let count = 0
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isWorkingDay(at, holidays)) count++
  return count
}

/** E.g. the second Wednesday of a month. Undefined where the month has no fifth. @param month `YYYY-MM` @param weekday 0 is Sunday */
export function nthWeekdayOf(month: string, nth: 1 | 2 | 3 | 4 | 5, weekday: number): Day | undefined {
  const first = `${month}-01`
  const day = addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7)
  return day.slice(0, 7) === month ? day : undefined
}

/** Noon keeps clear of both ends of the day. @throws RangeError for what is no day */
function noonOf(day: Day): number {
  const noon = Date.parse(`${day}T12:00:00Z`)
  if (Number.isNaN(noon)) throw new RangeError(`Not a day: ${day}`)
  return noon
}
