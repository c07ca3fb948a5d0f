/**
 * The public holidays of Korea (관공서의 공휴일에 관한 규정), with their substitutes and the days of elections, as the gazette's yearly calendar
 * (월력요항) names them. They are known for the years that this version was built with; a later year needs a newer one.
 */
import * as years from '@hyunbinseo/holidays-kr/all'

/** A day in Seoul, `YYYY-MM-DD`. */
export type Day = string

export interface Holidays {
  isHoliday(day: Day): boolean
  /** Whether the calendar of that day's year is known. Of a year that is not, only the holidays with a fixed date are. */
  knows(day: Day): boolean
}

const NAMED: ReadonlyMap<Day, readonly string[]> = new Map(Object.values(years).flatMap(year => Object.entries(year)))
const KNOWN_YEARS: ReadonlySet<string> = new Set([...NAMED.keys()].map(day => day.slice(0, 4)))

/** Every year has these; New Year's, Buddha's birthday and Chuseok by the moon, and substitutes, have to be announced. */
const FIXED = new Set(['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'])

export const KOREAN_HOLIDAYS: Holidays = {
  isHoliday: day => NAMED.has(day) || (!KOREAN_HOLIDAYS.knows(day) && FIXED.has(day.slice(5))),
  knows: day => KNOWN_YEARS.has(day.slice(0, 4)),
}

/** What the day is called, e.g. `추석`; empty for a day that is no holiday. */
export const holidayNamesOf = (day: Day): readonly string[] => NAMED.get(day) ?? []
