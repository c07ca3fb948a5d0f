/** When nothing is sent (SPEC NM4). Times of day and days are Seoul's. Pure. */
import { type Holidays, KOREAN_HOLIDAYS } from '../../shared/holidays.ts'
import { addDays, dayInSeoul, isWorkingDay } from '../../shared/working-days.ts'

export interface QuietHours {
  isQuiet: boolean
  /** `HH:MM`; where the first is later than the second, the night lies between them. */
  quietFrom: string
  quietUntil: string
  isQuietOnRestDays: boolean
}

export const USUAL_QUIET: QuietHours = {
  isQuiet: true,
  quietFrom: '18:00',
  quietUntil: '09:00',
  isQuietOnRestDays: true,
}

const SEOUL_AHEAD_MS = 9 * 3_600_000
const MINUTE_MS = 60_000
/** Longer than any row of holidays. */
const MOST_STEPS = 200

/** That moment, or the first one after it at which mail may be sent. @param at ms since the epoch */
export function loudFrom(at: number, quiet: QuietHours, holidays: Holidays = KOREAN_HOLIDAYS): number {
  let moment = at
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = quietEnd(moment, quiet, holidays)
    if (next === moment) return moment
    moment = next
  }
  return moment
}

/** The same moment where it is not quiet; otherwise where this stretch of quiet ends. */
function quietEnd(at: number, quiet: QuietHours, holidays: Holidays): number {
  const day = dayInSeoul(at)
  if (quiet.isQuietOnRestDays && !isWorkingDay(day, holidays)) return startOf(addDays(day, 1))
  if (!quiet.isQuiet) return at
  const [from, until] = [minutesOf(quiet.quietFrom), minutesOf(quiet.quietUntil)]
  const now = Math.floor((at - startOf(day)) / MINUTE_MS)
  const isOverNight = from > until
  if (isOverNight && now >= from) return startOf(addDays(day, 1)) + until * MINUTE_MS
  const isIn = isOverNight ? now < until : now >= from && now < until
  return isIn ? startOf(day) + until * MINUTE_MS : at
}

/** Midnight in Seoul, in ms since the epoch. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) - SEOUL_AHEAD_MS

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
