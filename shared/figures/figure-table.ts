/** A figure as numbers: what its picture, its table and its file are made from, and how facts are put into rows. Pure. */
import { dayInSeoul } from '../working-days.ts'
import type { ColumnId, FigureId } from './figure-codes.ts'

/** A number that is not shown is null: hidden, or none where there is nothing to take a median of. */
export type Cell = number | null

export interface FigureRow {
  /** A code, `2026-1` for a quarter, `2026-01` for a month, or an agency's id. */
  key: string
  /** Of an agency, which no code names. */
  name?: string
  /** What the rows above come to together; each counted once, so that it need not be their sum. */
  isTotal?: true
  cells: readonly Cell[]
}

export interface FigureTable {
  id: FigureId
  columns: readonly ColumnId[]
  rows: readonly FigureRow[]
}

export function counted(
  id: FigureId,
  column: ColumnId,
  keys: readonly string[],
  found: readonly string[],
): FigureTable {
  const counts = tally(found)
  return { id, columns: [column], rows: keys.map(key => ({ key, cells: [counts.get(key) ?? 0] })) }
}

export function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Half of them took less, half more; of an even number the mean of the middle two, rounded. Null of none. */
export function median(values: readonly number[]): Cell {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? 0) + upper) / 2)
}

// Calendar of Seoul. A day is `YYYY-MM-DD`.

export const yearOf = (moment: number): number => Number(dayInSeoul(moment).slice(0, 4))
export const monthOf = (moment: number): string => dayInSeoul(moment).slice(0, 7)
export const quarterOfDay = (day: string): string => `${day.slice(0, 4)}-${Math.ceil(Number(day.slice(5, 7)) / 3)}`
export const quarterOf = (moment: number): string => quarterOfDay(dayInSeoul(moment))
export const quartersOf = (year: number): string[] => [1, 2, 3, 4].map(quarter => `${year}-${quarter}`)
export const monthsOf = (year: number): string[] =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
/** @param quarter `2026-1` */
export const monthsOfQuarter = (quarter: string): string[] => {
  const [year = '', which = ''] = quarter.split('-')
  return monthsOf(Number(year)).slice(3 * Number(which) - 3, 3 * Number(which))
}
/** Whole days from one to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
const DAY_MS = 86_400_000
