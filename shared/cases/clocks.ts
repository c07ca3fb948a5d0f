/** The time limits of a case's life (LIFE.md CK1–CK3): when each began, when it is due, whether it runs. Pure; today comes in. */
import type { CaseStage } from '../codes.ts'
import { type Day, type Holidays, KOREAN_HOLIDAYS } from '../holidays.ts'
import { addDays, addWorkingDays, dayInSeoul, workingDaysBetween } from '../working-days.ts'
import { type CaseLife, type StageEntry, thisRound } from './case-life.ts'
import type { CaseClock, DayCounting } from './life-codes.ts'

/** Days from the official order of work (희망복지지원단 업무 처리 기한). */
export const CLOCK_DAYS: { readonly [Clock in CaseClock]: number } = {
  assessment: 10,
  selection: 5,
  plan: 15,
  whole: 30,
}

export interface ClockState {
  clock: CaseClock
  from: Day
  due: Day
  /** The day on which it was done; empty while it runs. */
  done: Day | ''
  /** While it runs: days from today until it is due, in the counting of the setting; negative: so many late. Otherwise 0. */
  daysLeft: number
  overdue: boolean
}

interface ClockRule {
  clock: CaseClock
  starts: readonly CaseStage[]
  ends: readonly CaseStage[]
}

const ASSESSED: readonly CaseStage[] = ['conference', 'selection']
const DECIDED: readonly CaseStage[] = [
  'selection',
  'service_planning',
  'service_linked',
  'not_selected',
  'deferred',
  'referred_out',
]
const PLANNED: readonly CaseStage[] = ['service_delivery']
const SETTLED: readonly CaseStage[] = ['service_delivery', 'service_linked', 'not_selected', 'referred_out', 'closed']

/** A round begins with the registration, or with the assessment when the case is taken up again. */
const RULES: readonly ClockRule[] = [
  { clock: 'assessment', starts: ['registered'], ends: ASSESSED },
  { clock: 'selection', starts: ['conference'], ends: DECIDED },
  { clock: 'plan', starts: ['service_planning'], ends: PLANNED },
  { clock: 'whole', starts: ['registered'], ends: SETTLED },
]

/**
 * The clocks of the present round, in their order; one that never began is left out. What was taken over at a later stage has only what begins
 * after that.
 */
export function clocksOf(
  { history }: Pick<CaseLife, 'history'>,
  { today, counting, holidays = KOREAN_HOLIDAYS }: { today: Day; counting: DayCounting; holidays?: Holidays },
): ClockState[] {
  const round = thisRound(history)
  return RULES.flatMap(({ clock, starts, ends }) => {
    const first = startOf(round, clock, starts)
    if (first === undefined) return []
    const from = dayInSeoul(first.at)
    const end = round.slice(round.indexOf(first) + 1).find(entry => ends.includes(entry.to))
    const due = lastDay(from, CLOCK_DAYS[clock], counting, holidays)
    const done = end === undefined ? '' : dayInSeoul(end.at)
    const daysLeft = end === undefined ? daysUntil(today, due, counting, holidays) : 0
    return [{ clock, from, due, done, daysLeft, overdue: (done === '' ? today : done) > due }]
  })
}

/** The one that runs and is due first; undefined while none runs. */
export function nextClock(clocks: readonly ClockState[]): ClockState | undefined {
  return clocks.filter(({ done }) => done === '').sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))[0]
}

/** The selection is counted from the conference that it still waits for, the plan from the selection itself. */
function startOf(round: readonly StageEntry[], clock: CaseClock, starts: readonly CaseStage[]): StageEntry | undefined {
  const [first] = round
  if (clock === 'plan') {
    const last = round.at(-1)
    if (last?.to === 'selection' && last.carriedBy?.kind === 'select_case_management') return last
    const planning = round.findLast(entry => starts.includes(entry.to))
    const before = planning && round[round.indexOf(planning) - 1]
    return before?.to === 'selection' ? before : planning
  }
  if (clock === 'selection') {
    // A conference on a case that was taken on already selects nobody.
    const taken = round.findIndex(entry => entry.to === 'service_planning' || entry.to === 'service_linked')
    const before = taken < 0 ? round : round.slice(0, taken)
    return isTakenOn(first) ? undefined : before.findLast(entry => starts.includes(entry.to))
  }
  if (first?.kind === 'reopened') return first
  return round.find(entry => starts.includes(entry.to))
}

const isTakenOn = (first: StageEntry | undefined) =>
  first?.kind === 'taken_over' && ['service_planning', 'service_delivery', 'reassessment'].includes(first.to)

function lastDay(from: Day, days: number, counting: DayCounting, holidays: Holidays): Day {
  return counting === 'working' ? addWorkingDays(from, days, holidays) : addDays(from, days)
}

function daysUntil(today: Day, due: Day, counting: DayCounting, holidays: Holidays): number {
  if (counting === 'calendar') return (Date.parse(due) - Date.parse(today)) / 86_400_000
  return today <= due ? workingDaysBetween(today, due, holidays) : -workingDaysBetween(due, today, holidays)
}
