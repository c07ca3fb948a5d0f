/** One month of an agency's meetings as the city asks for it (FIGURES.md FG7). Pure. */
import { CONFERENCE_TYPES, codesOf } from '../codes.ts'
import type { AgencyFacts, MeetingFact } from './agency-facts.ts'
import { SINCE_JANUARY, TOTAL } from './figure-codes.ts'
import { type FigureTable, monthOf } from './figure-table.ts'
import { forHandingOut } from './hiding.ts'

/** @param month `2026-11`, of the year of the facts */
export function monthFigure({ meetings }: Pick<AgencyFacts, 'meetings'>, month: string): FigureTable {
  const ofMonth = meetings.filter(({ startedAt }) => monthOf(startedAt) === month)
  const soFar = meetings.filter(({ startedAt }) => {
    const began = monthOf(startedAt)
    return began.slice(0, 4) === month.slice(0, 4) && began <= month
  })
  return {
    id: 'month',
    columns: ['held', 'items', 'agencies', 'selected', 'linked', 'closed'],
    rows: [
      ...codesOf(CONFERENCE_TYPES).map(key => ({ key, cells: cellsOf(ofMonth.filter(({ type }) => type === key)) })),
      { key: TOTAL, isTotal: true, cells: cellsOf(ofMonth) },
      { key: SINCE_JANUARY, isTotal: true, cells: cellsOf(soFar) },
    ],
  }
}

/** Without what has come together since January: from two months of it follows what a month hides (FG7). */
export function monthForHandingOut(table: FigureTable): FigureTable {
  return forHandingOut({ ...table, rows: table.rows.filter(({ key }) => key !== SINCE_JANUARY) })
}

function cellsOf(meetings: readonly MeetingFact[]): number[] {
  const agencies = new Set(meetings.flatMap(({ agencyKeys }) => agencyKeys))
  const items = meetings.reduce((sum, meeting) => sum + meeting.items, 0)
  const decided = (kind: MeetingFact['decisions'][number]['kind']) => casesWith(meetings, kind)
  return [
    meetings.length,
    items,
    agencies.size,
    decided('select_case_management'),
    decided('select_service_linkage'),
    decided('close'),
  ]
}

/** Households about which these meetings decided so, each once. */
export function casesWith(meetings: readonly MeetingFact[], kind: MeetingFact['decisions'][number]['kind']): number {
  const decisions = meetings.flatMap(meeting => meeting.decisions)
  return new Set(decisions.filter(one => one.kind === kind).map(({ caseKey }) => caseKey)).size
}
