/** What an agency tells everybody about a quarter (FIGURES.md FG8): the tables of the report, small numbers hidden already. Pure. */
import { codesOf, NEED_DOMAINS } from '../codes.ts'
import type { AgencyFacts, MeetingFact } from './agency-facts.ts'
import { givenIn, needsOfCases } from './agency-figures.ts'
import { OUTCOMES, TOTAL, WAY_OF_ROUTE, WAYS_FOUND } from './figure-codes.ts'
import { counted, type FigureTable, monthOf, monthsOfQuarter, quarterOf, quarterOfDay } from './figure-table.ts'
import { forHandingOut } from './hiding.ts'
import { casesWith } from './month-figure.ts'

/** What the report counts. */
type QuarterFacts = Pick<AgencyFacts, 'cases' | 'items' | 'helps' | 'meetings'>

/** @param quarter `2026-4`, of the year of the facts */
export function quarterFigures(facts: QuarterFacts, quarter: string): FigureTable[] {
  const meetings = facts.meetings.filter(({ startedAt }) => quarterOf(startedAt) === quarter)
  const found = facts.cases.filter(({ foundOn }) => quarterOfDay(foundOn) === quarter)
  const helps = facts.helps.filter(({ doneAt }) => quarterOf(doneAt) === quarter)
  const tables: FigureTable[] = [
    {
      id: 'quarter_meetings',
      columns: ['held', 'items', 'agencies'],
      rows: [
        ...monthsOfQuarter(quarter).map(key => ({
          key,
          cells: togetherIn(meetings.filter(({ startedAt }) => monthOf(startedAt) === key)),
        })),
        { key: TOTAL, isTotal: true, cells: togetherIn(meetings) },
      ],
    },
    counted(
      'quarter_routes',
      'households',
      codesOf(WAYS_FOUND),
      found.map(({ route }) => WAY_OF_ROUTE[route]),
    ),
    counted(
      'quarter_needs',
      'households',
      codesOf(NEED_DOMAINS),
      needsOfCases(facts.items.filter(({ at }) => quarterOf(at) === quarter)),
    ),
    {
      id: 'quarter_outcomes',
      columns: ['households'],
      rows: codesOf(OUTCOMES).map(key => ({ key, cells: [casesWith(meetings, key)] })),
    },
    {
      id: 'quarter_sectors',
      columns: ['given', 'paid', 'won'],
      rows: (['public', 'private'] as const).map(key => ({
        key,
        cells: givenIn(helps.filter(({ giver }) => giver.isPublic === (key === 'public'))),
      })),
    },
  ]
  return tables.map(forHandingOut)
}

function togetherIn(meetings: readonly MeetingFact[]): number[] {
  return [
    meetings.length,
    meetings.reduce((sum, { items }) => sum + items, 0),
    new Set(meetings.flatMap(({ agencyKeys }) => agencyKeys)).size,
  ]
}
