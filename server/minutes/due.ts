/** Until when minutes can be objected to: the end of the n-th working day after today, as days are counted in Korea. */
import { addWorkingDays, dayInSeoul } from '../../shared/working-days.ts'

const SEOUL_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

/** @param now ms since the epoch */
export function dueAfter(now: number, workingDays: number): Date {
  const today = dayInSeoul(now)
  const last = addWorkingDays(today, workingDays)
  return new Date(Date.parse(`${last}T00:00:00Z`) + DAY_MS - SEOUL_MS)
}
