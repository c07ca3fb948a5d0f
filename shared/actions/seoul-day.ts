/** Korea has had no summer time since 1988: a fixed offset reads its calendar. */
const SEOUL_OFFSET_MS = 9 * 3_600_000

/** The day in Seoul of a moment, `YYYY-MM-DD`. @param at milliseconds since 1970 */
export function seoulDayOf(at: number): string {
  return new Date(at + SEOUL_OFFSET_MS).toISOString().slice(0, 10)
}
