/**
 * The edition for handing out: small numbers hidden, and others with them, so that none follows from what is left (FIGURES.md FG3). A reader may know
 * a column's total from elsewhere; so it is taken as known.
 */
import { columnOf, QUARTER_COLUMNS } from './figure-codes.ts'
import type { Cell, FigureRow, FigureTable } from './figure-table.ts'

/** Counts below this are hidden, but 0. */
export const LEAST_SHOWN = 5
/** What is hidden sums up to this at least, so that somebody who knows the sum, and this rule, cannot tell the parts. */
const LEAST_SUM = 2 * LEAST_SHOWN

/** Where the count stands of which a column is a median or a sum; undefined for a count. */
function countOf({ columns }: Pick<FigureTable, 'columns'>, at: number): number | undefined {
  const column = columns[at]
  const of = column === undefined ? undefined : columnOf(column).of
  return of === undefined ? undefined : columns.map(String).indexOf(of)
}

/** Whether a cell is hidden, and not only empty because there was nothing to take a median of. */
export function isHidden(table: Pick<FigureTable, 'columns'>, { cells }: FigureRow, at: number): boolean {
  const count = countOf(table, at)
  return cells[at] === null && (count === undefined || cells[count] !== 0)
}

export function forHandingOut(table: FigureTable): FigureTable {
  const parts = table.rows.filter(row => row.isTotal !== true)
  const totals = totalsShown(table)
  const columns = table.columns.map((_, at) => {
    const values = parts.map(({ cells }) => cells[at] ?? null)
    if (countOf(table, at) !== undefined) return values
    // Whose total is hidden because it would tell another quarter's is hidden whole.
    if (isBesideOthers(table) && totals.some(({ cells }) => cells[at] === null)) return values.map(() => null)
    return withSmallHidden(values)
  })
  const rows = parts.map((row, index) => ({ ...row, cells: columns.map(values => values[index] ?? null) }))
  return { ...table, rows: [...rows, ...totals].map(row => withoutOfFew(table, row)) }
}

/** Quarters come to a year together: what one hides must not follow from the others and the year. */
const isBesideOthers = ({ columns }: FigureTable) =>
  columns.every(column => QUARTER_COLUMNS.some(one => one === column))

function totalsShown(table: FigureTable): FigureRow[] {
  return table.rows.flatMap(row => {
    if (row.isTotal !== true) return []
    const cells = isBesideOthers(table)
      ? withSmallHidden(row.cells)
      : row.cells.map((value, at) => (countOf(table, at) === undefined && isSmall(value) ? null : value))
    return [{ ...row, cells }]
  })
}

/** @param row with its counts hidden already */
function withoutOfFew(table: FigureTable, row: FigureRow): FigureRow {
  return {
    ...row,
    cells: row.cells.map((value, at) => {
      const count = countOf(table, at)
      return count !== undefined && row.cells[count] === null ? null : value
    }),
  }
}

const isSmall = (value: Cell | undefined): boolean =>
  value !== null && value !== undefined && value > 0 && value < LEAST_SHOWN

/**
 * Counts of one column; what was null stays so. Which others are hidden with the small ones is decided by their place and not by their size: the size
 * of what is left would otherwise tell the size of what is not.
 */
export function withSmallHidden(values: readonly Cell[]): Cell[] {
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
