/** Until when minutes can be objected to: the end of the n-th working day after today, as days are counted in Korea. */
const SEOUL_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

/** @param now ms since the epoch */
export function dueAfter(now: number, workingDays: number): Date {
  let day = Math.floor((now + SEOUL_MS) / DAY_MS)
  for (let left = workingDays; left > 0; ) {
    day++
    const weekday = new Date(day * DAY_MS).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left--
  }
  return new Date((day + 1) * DAY_MS - SEOUL_MS)
}
