/** A year's months for each who gives, for a table that is read by eye and by ear alike. Pure. */

import type { AllocationView } from '../../../shared/protocol/resources.ts'
import { givingDays } from '../../../shared/resources/giving.ts'

export type MonthMark = 'given' | 'due' | 'both' | 'none'

export interface StripRow {
  allocationId: string
  agency: AllocationView['agency']
  what: string
  /** January to December. */
  months: MonthMark[]
}

/** Those that give something in that year, in the order in which they came. */
export function yearStrip(allocations: readonly AllocationView[], year: number): StripRow[] {
  return allocations
    .map(one => ({ allocationId: one.allocationId, agency: one.agency, what: one.what, months: monthsOf(one, year) }))
    .filter(row => row.months.some(mark => mark !== 'none'))
}

function monthsOf(one: AllocationView, year: number): MonthMark[] {
  const given = one.ticks.map(tick => tick.day)
  const days = new Set([...givingDays(one), ...given])
  return Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${String(index + 1).padStart(2, '0')}`
    const ofMonth = [...days].filter(day => day.startsWith(month))
    const done = ofMonth.filter(day => given.includes(day)).length
    if (ofMonth.length === 0) return 'none'
    return done === 0 ? 'due' : done === ofMonth.length ? 'given' : 'both'
  })
}
