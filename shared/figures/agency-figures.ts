/** An agency's year out of plain facts (FIGURES.md FG1). Pure. */
import { SERVICES, type Service } from '../code-sets/services.ts'
import {
  type ActionStatus,
  ATTENDANCE_MODES,
  CASE_STAGES,
  codesOf,
  DECISION_KINDS,
  DISCOVERY_ROUTES,
  isCode,
  isPresentMode,
  NEED_DOMAINS,
  PRESENT_MODES,
} from '../codes.ts'
import { dayInSeoul } from '../working-days.ts'
import type { AgencyFacts, MeetingFact } from './agency-facts.ts'
import { type FigureId, MEETING_WAYS, NOT_RECORDED, QUARTER_COLUMNS, TOTAL } from './figure-codes.ts'
import {
  counted,
  daysBetween,
  type FigureTable,
  median,
  monthOf,
  monthsOf,
  quarterOf,
  quarterOfDay,
  quartersOf,
  tally,
  yearOf,
} from './figure-table.ts'

const NOT_DONE: readonly ActionStatus[] = ['not_possible_circumstances_changed', 'not_done_by_agency', 'dropped']

/** @param year the calendar year in Seoul */
export function agencyFigures(facts: AgencyFacts, year: number): FigureTable[] {
  return [
    stages(facts),
    needs(facts, year),
    routes(facts, year),
    decided(facts, year),
    plans(facts, year),
    actions(facts, year),
    givers(facts, year),
    help(facts, year),
    linked(facts, year),
    checks(facts, year),
    meetings(facts, year),
    lengths(facts, year),
    attendance(facts, year),
    speaking(facts, year),
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

function routes({ cases }: AgencyFacts, year: number): FigureTable {
  const counts = tally(cases.map(({ route, foundOn }) => `${route || NOT_RECORDED} ${quarterOfDay(foundOn)}`))
  const all = tally(cases.map(({ foundOn }) => quarterOfDay(foundOn)))
  const quarters = quartersOf(year)
  return {
    id: 'routes',
    columns: QUARTER_COLUMNS,
    rows: [
      ...[...codesOf(DISCOVERY_ROUTES), NOT_RECORDED].map(key => ({
        key,
        cells: quarters.map(quarter => counts.get(`${key} ${quarter}`) ?? 0),
      })),
      { key: TOTAL, isTotal: true, cells: quarters.map(quarter => all.get(quarter) ?? 0) },
    ],
  }
}

function needs({ items }: AgencyFacts, year: number): FigureTable {
  return counted('needs', 'cases', codesOf(NEED_DOMAINS), needsOfCases(items.filter(({ at }) => yearOf(at) === year)))
}

/** A need once for each case, however often it was discussed. */
export function needsOfCases(items: AgencyFacts['items']): string[] {
  const seen = new Set(items.flatMap(({ caseKey, needs }) => needs.map(need => `${need} ${caseKey}`)))
  return [...seen].map(pair => pair.split(' ', 1)[0] ?? '')
}

/** A household once for each kind and quarter, however often it was heard. */
function decided({ meetings }: AgencyFacts, year: number): FigureTable {
  const households = new Set(
    meetings.flatMap(({ startedAt, decisions }) =>
      decisions.map(({ kind, caseKey }) => `${kind} ${quarterOf(startedAt)} ${caseKey}`),
    ),
  )
  const counts = tally([...households].map(one => one.split(' ', 2).join(' ')))
  return byQuarter('decided', codesOf(DECISION_KINDS), counts, year)
}

/** What runs on is counted once, in the quarter in which it began. A service that the installation added has no row of its own. */
function linked({ linked }: AgencyFacts, year: number): FigureTable {
  const rowOf = (service: Service) => (isCode(SERVICES, service) ? service : 'other_service')
  const counts = tally(linked.map(({ service, from }) => `${rowOf(service)} ${quarterOfDay(from)}`))
  return byQuarter('linked', codesOf(SERVICES), counts, year)
}

function byQuarter(
  id: FigureId,
  keys: readonly string[],
  counts: ReadonlyMap<string, number>,
  year: number,
): FigureTable {
  const quarters = quartersOf(year)
  const rows = keys.map(key => ({ key, cells: quarters.map(quarter => counts.get(`${key} ${quarter}`) ?? 0) }))
  return { id, columns: QUARTER_COLUMNS, rows }
}

function checks({ checks }: AgencyFacts, year: number): FigureTable {
  return {
    id: 'checks',
    columns: ['checks', 'householdsChecked'],
    rows: quartersOf(year).map(key => {
      const own = checks.filter(({ on }) => quarterOfDay(on) === key)
      return { key, cells: [own.length, new Set(own.map(({ caseKey }) => caseKey)).size] }
    }),
  }
}

function plans({ cases, items }: AgencyFacts, year: number): FigureTable {
  const found = new Map(cases.map(({ caseKey, foundOn }) => [caseKey, foundOn]))
  const planned = new Map<string, number>()
  for (const { caseKey, at, isClosed, decisions } of items) {
    if (!isClosed || yearOf(at) !== year || !decisions.includes('approve_plan')) continue
    planned.set(caseKey, Math.min(at, planned.get(caseKey) ?? at))
  }
  const taken = [...planned].flatMap(([caseKey, at]) => {
    const days = daysBetween(found.get(caseKey) ?? dayInSeoul(at), dayInSeoul(at))
    // Entered afterwards, and nobody said when it was found.
    return days < 0 ? [] : [{ quarter: quarterOf(at), days }]
  })
  return {
    id: 'plans',
    columns: ['planned', 'daysToPlan'],
    rows: quartersOf(year).map(key => {
      const days = taken.filter(({ quarter }) => quarter === key).map(one => one.days)
      return { key, cells: [days.length, median(days)] }
    }),
  }
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

/** How many, of how many of them an amount is known, and those amounts together. */
export function givenIn(helps: AgencyFacts['helps']): number[] {
  const amounts = helps.flatMap(({ won }) => won ?? [])
  return [helps.length, amounts.length, amounts.reduce((sum, won) => sum + won, 0)]
}

/** Who gave most first; of those who gave as much, by name. */
function givers({ helps }: AgencyFacts, year: number): FigureTable {
  const ofYear = helps.filter(({ doneAt }) => yearOf(doneAt) === year)
  const names = new Map(ofYear.map(({ giver }) => [giver.key, giver.name]))
  const rows = [...names].map(([key, name]) => ({
    key,
    name,
    cells: givenIn(ofYear.filter(({ giver }) => giver.key === key)),
  }))
  return {
    id: 'givers',
    columns: ['given', 'paid', 'won'],
    rows: rows.sort((a, b) => (b.cells[0] ?? 0) - (a.cells[0] ?? 0) || a.name.localeCompare(b.name, 'ko')),
  }
}

function help({ helps }: AgencyFacts, year: number): FigureTable {
  const ofYear = helps.filter(({ doneAt }) => yearOf(doneAt) === year)
  const counts = tally(ofYear.map(({ need, giver }) => `${need || NOT_RECORDED} ${giver.isPublic}`))
  return {
    id: 'help',
    columns: ['publicGiven', 'privateGiven'],
    rows: [...codesOf(NEED_DOMAINS), NOT_RECORDED].map(key => ({
      key,
      cells: [counts.get(`${key} true`) ?? 0, counts.get(`${key} false`) ?? 0],
    })),
  }
}

function meetings({ meetings }: AgencyFacts, year: number): FigureTable {
  return {
    id: 'meetings',
    columns: ['held', 'minutesTaken', 'minutesPlanned'],
    rows: monthsOf(year).map(key => ({
      key,
      cells: lengthsOf(meetings.filter(({ startedAt }) => monthOf(startedAt) === key)),
    })),
  }
}

function lengthsOf(held: readonly MeetingFact[]) {
  const taken = held.map(({ startedAt, closedAt }) => Math.round((closedAt - startedAt) / 60_000))
  return [held.length, median(taken), median(held.map(({ minutesPlanned }) => minutesPlanned))]
}

function lengths({ meetings }: AgencyFacts, year: number): FigureTable {
  const held = meetings.filter(({ startedAt }) => yearOf(startedAt) === year)
  return {
    id: 'lengths',
    columns: ['held', 'minutesTaken', 'minutesPlanned'],
    rows: codesOf(MEETING_WAYS).map(key => ({ key, cells: lengthsOf(held.filter(meeting => wayOf(meeting) === key)) })),
  }
}

/** A telephone is as far away as a screen. */
function wayOf({ attended }: MeetingFact): keyof typeof MEETING_WAYS {
  const present = attended.filter(isPresentMode)
  if (present.length === 0) return NOT_RECORDED
  if (present.every(mode => mode === 'in_person')) return 'all_in_person'
  return present.includes('in_person') ? 'mixed' : 'all_remote'
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

/** Beside who was there in those meetings only in which turns were kept: the others would make every way look silent. */
function speaking({ meetings }: AgencyFacts, year: number): FigureTable {
  const kept = meetings.filter(({ startedAt, spoken }) => yearOf(startedAt) === year && Object.keys(spoken).length > 0)
  return {
    id: 'speaking',
    columns: ['attended', 'turns', 'minutesSpoken'],
    rows: PRESENT_MODES.map(mode => {
      const said = kept.flatMap(({ spoken }) => spoken[mode] ?? [])
      const ms = said.reduce((sum, one) => sum + one.ms, 0)
      return {
        key: mode,
        cells: [
          kept.flatMap(({ attended }) => attended).filter(one => one === mode).length,
          said.reduce((sum, { turns }) => sum + turns, 0),
          Math.round(ms / 60_000),
        ],
      }
    }),
  }
}
