/**
 * The edition for handing out: small numbers hidden, and others with them, so that none follows from what is left (FIGURES.md FG3). A reader may know
 * a column's total from elsewhere; so it is taken as known.
 */
import type { Cell, FigureTable } from './agency-figures.ts'
import type { ColumnId } from './figure-codes.ts'

/** Counts below this are hidden, but 0. */
export const LEAST_SHOWN = 5
/** What is hidden sums up to this at least, so that somebody who knows the sum, and this rule, cannot tell the parts. */
const LEAST_SUM = 2 * LEAST_SHOWN

/** Columns that are no counts: hidden where the count in the first column is small. */
const MEDIANS: readonly ColumnId[] = ['minutesTaken', 'minutesPlanned']

/** Whether a cell is hidden, and not only empty because there was nothing to take a median of. */
export const isHidden = ({ cells }: FigureTable['rows'][number], at: number): boolean =>
  cells[at] === null && cells[0] !== 0

export function forHandingOut(table: FigureTable): FigureTable {
  const columns = table.columns.map((column, at) => {
    const values = table.rows.map(({ cells }) => cells[at] ?? null)
    return MEDIANS.includes(column) ? values : withSmallHidden(values)
  })
  const counts = columns[0] ?? []
  return {
    ...table,
    rows: table.rows.map(({ key, cells: known }, row) => ({
      key,
      cells: table.columns.map((column, at) => {
        const value = columns[at]?.[row] ?? null
        const isOfFew = MEDIANS.includes(column) && (counts[row] === null || (known[0] ?? 0) < LEAST_SHOWN)
        return isOfFew ? null : value
      }),
    })),
  }
}

/**
 * Counts of one column; what was null stays so. Which others are hidden with the small ones is decided by their place and not by their size: the size
 * of what is left would otherwise tell the size of what is not.
 */
export function withSmallHidden(values: readonly Cell[]): Cell[] {
  const isSmall = (value: Cell | undefined) => value !== null && value !== undefined && value > 0 && value < LEAST_SHOWN
  const first = values.findIndex(isSmall)
  if (first === -1) return [...values]
  const hidden = new Set(values.flatMap((value, at) => (isSmall(value) ? [at] : [])))
  const inTurn = values
    .map((_, at) => (first + 1 + at) % values.length)
    .filter(at => values[at] !== null && !hidden.has(at))
  // Zeros at last: what they would hide is only that nobody is there.
  const others = [...inTurn.filter(at => values[at] !== 0), ...inTurn.filter(at => values[at] === 0)]
  let sum = [...hidden].reduce((total, at) => total + (values[at] ?? 0), 0)
  let hasOther = false
  for (const at of others) {
    if (hasOther && sum >= LEAST_SUM) break
    hidden.add(at)
    hasOther = true
    sum += values[at] ?? 0
  }
  return values.map((value, at) => (hidden.has(at) ? null : value))
}
