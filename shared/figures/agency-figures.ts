/** An agency's figures out of plain facts (FIGURES.md FG1). Pure; nothing in the facts names a household or a person. */
import {
  type ActionStatus,
  ATTENDANCE_MODES,
  type AttendanceMode,
  CASE_STAGES,
  type CaseStage,
  codesOf,
  NEED_DOMAINS,
  type NeedDomain,
} from '../codes.ts'
import { dayInSeoul } from '../working-days.ts'
import type { ColumnId, FigureId } from './figure-codes.ts'

/** Times are milliseconds since 1970. */
export interface AgencyFacts {
  /** Cases that the agency leads. */
  cases: readonly { stage: CaseStage; enteredAt: number }[]
  /** One for each item of such a case: which case, when its conference began, which needs are on its sheet. */
  items: readonly { caseKey: string; at: number; needs: readonly NeedDomain[] }[]
  /** Action items that the agency owes. `changedAt`: null while their state never changed. */
  actions: readonly { status: ActionStatus; madeAt: number; changedAt: number | null }[]
  /** Closed meetings that the agency hosted. */
  meetings: readonly {
    startedAt: number
    closedAt: number
    minutesPlanned: number
    attended: readonly AttendanceMode[]
  }[]
}

/** A number that is not shown is null: hidden, or none where there is nothing to take a median of. */
export type Cell = number | null

export interface FigureTable {
  id: FigureId
  columns: readonly ColumnId[]
  /** `key` is a code, `2026-1` for a quarter, `2026-01` for a month. */
  rows: readonly { key: string; cells: readonly Cell[] }[]
}

const NOT_DONE: readonly ActionStatus[] = ['not_possible_circumstances_changed', 'not_done_by_agency', 'dropped']

/** @param year the calendar year in Seoul */
export function agencyFigures(facts: AgencyFacts, year: number): FigureTable[] {
  return [
    stages(facts),
    quarters(facts, year),
    needs(facts, year),
    actions(facts, year),
    meetings(facts, year),
    attendance(facts, year),
  ]
}

function stages({ cases }: AgencyFacts): FigureTable {
  return counted(
    'stages',
    'cases',
    codesOf(CASE_STAGES),
    cases.map(({ stage }) => stage),
  )
}

function quarters({ cases }: AgencyFacts, year: number): FigureTable {
  const keys = [1, 2, 3, 4].map(quarter => `${year}-${quarter}`)
  return counted(
    'quarters',
    'households',
    keys,
    cases.map(({ enteredAt }) => quarterOf(enteredAt)),
  )
}

function needs({ items }: AgencyFacts, year: number): FigureTable {
  const seen = new Set<string>()
  for (const { caseKey, at, needs } of items) {
    if (yearOf(at) === year) for (const need of needs) seen.add(`${need} ${caseKey}`)
  }
  return counted(
    'needs',
    'cases',
    codesOf(NEED_DOMAINS),
    [...seen].map(pair => pair.split(' ', 1)[0] ?? ''),
  )
}

function actions({ actions }: AgencyFacts, year: number): FigureTable {
  const promised = tally(actions.map(({ madeAt }) => monthOf(madeAt)))
  const settled = (isCounted: (status: ActionStatus) => boolean) =>
    tally(
      actions.flatMap(({ status, changedAt }) => (changedAt !== null && isCounted(status) ? [monthOf(changedAt)] : [])),
    )
  const done = settled(status => status === 'done')
  const notDone = settled(status => NOT_DONE.includes(status))
  return {
    id: 'actions',
    columns: ['promised', 'done', 'notDone'],
    rows: monthsOf(year).map(key => ({ key, cells: [promised, done, notDone].map(counts => counts.get(key) ?? 0) })),
  }
}

function meetings({ meetings }: AgencyFacts, year: number): FigureTable {
  return {
    id: 'meetings',
    columns: ['held', 'minutesTaken', 'minutesPlanned'],
    rows: monthsOf(year).map(key => {
      const held = meetings.filter(meeting => monthOf(meeting.startedAt) === key)
      const taken = held.map(({ startedAt, closedAt }) => Math.round((closedAt - startedAt) / 60_000))
      return { key, cells: [held.length, median(taken), median(held.map(({ minutesPlanned }) => minutesPlanned))] }
    }),
  }
}

function attendance({ meetings }: AgencyFacts, year: number): FigureTable {
  const ofYear = meetings.filter(({ startedAt }) => yearOf(startedAt) === year)
  return counted(
    'attendance',
    'attended',
    codesOf(ATTENDANCE_MODES),
    ofYear.flatMap(({ attended }) => attended),
  )
}

function counted(id: FigureId, column: ColumnId, keys: readonly string[], found: readonly string[]): FigureTable {
  const counts = tally(found)
  return { id, columns: [column], rows: keys.map(key => ({ key, cells: [counts.get(key) ?? 0] })) }
}

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Half of them took less, half more; of an even number the mean of the middle two, rounded. Null of none. */
function median(values: readonly number[]): Cell {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? 0) + upper) / 2)
}

const yearOf = (moment: number): number => Number(dayInSeoul(moment).slice(0, 4))
const monthOf = (moment: number): string => dayInSeoul(moment).slice(0, 7)
const quarterOf = (moment: number): string => {
  const [year, month] = monthOf(moment).split('-')
  return `${year}-${Math.ceil(Number(month) / 3)}`
}
const monthsOf = (year: number): string[] =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
