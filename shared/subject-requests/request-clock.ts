/** By when a request is answered, and how near that is (DR3, DR4). Pure; today comes in. */
import type { Day } from '../holidays.ts'
import { addDays, isWorkingDay } from '../working-days.ts'
import type { RequestState } from './request-codes.ts'

/** 시행령 제41조④, 제43조③, 제44조②. */
export const ANSWER_DAYS = 10
/** From so many days before the last day on it is near. */
export const NEAR_DAYS = 3
/** The law names no end of putting off (제35조③: until its reason is gone); ours is this. */
export const EXTENSION_DAYS = 30

export interface RequestDays {
  state: RequestState
  receivedOn: Day
  /** Empty unless it was put off. */
  extendedUntil: Day | ''
  /** Answered or taken back; empty while it is open. */
  endedOn: Day | ''
}

export interface RequestClock {
  due: Day
  /** `met`, `missed`: answered in time or late. `none`: taken back. */
  standing: 'running' | 'near' | 'late' | 'met' | 'missed' | 'none'
  /** From today to the last day while it runs; negative: so many days late. Of one that was answered late likewise; otherwise 0. */
  daysLeft: number
}

export const lastDayOf = (receivedOn: Day): Day => addDays(receivedOn, ANSWER_DAYS)

export function requestClock({ state, receivedOn, extendedUntil, endedOn }: RequestDays, today: Day): RequestClock {
  const due = extendedUntil === '' ? lastDayOf(receivedOn) : extendedUntil
  if (state === 'withdrawn') return { due, standing: 'none', daysLeft: 0 }
  if (state === 'answered') {
    return endedOn <= due
      ? { due, standing: 'met', daysLeft: 0 }
      : { due, standing: 'missed', daysLeft: daysBetween(endedOn, due) }
  }
  const daysLeft = daysBetween(today, due)
  return { due, standing: daysLeft < 0 ? 'late' : daysLeft <= NEAR_DAYS ? 'near' : 'running', daysLeft }
}

/** So many working days before the end it is told that it comes (DR16). */
export const TOLD_WORKING_DAYS = 3

/** From which days on people are told that an answer is due: `last` is the last day on which offices work in time for it (DR16). */
export function toldDays(due: Day): { near: Day; last: Day } {
  const last = isWorkingDay(due) ? due : workingDayBefore(due)
  let near = last
  for (let left = TOLD_WORKING_DAYS; left > 0; left--) near = workingDayBefore(near)
  return { near, last }
}

function workingDayBefore(day: Day): Day {
  let at = addDays(day, -1)
  while (!isWorkingDay(at)) at = addDays(at, -1)
  return at
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** What is most urgent first: open ones by their last day, then the others, the newest first. */
export function byUrgency<Row extends { clock: RequestClock; receivedOn: Day }>(a: Row, b: Row): number {
  const isOpen = ({ clock }: Row) => ['running', 'near', 'late'].includes(clock.standing)
  if (isOpen(a) !== isOpen(b)) return isOpen(a) ? -1 : 1
  if (isOpen(a)) return a.clock.due < b.clock.due ? -1 : a.clock.due > b.clock.due ? 1 : 0
  return a.receivedOn < b.receivedOn ? 1 : a.receivedOn > b.receivedOn ? -1 : 0
}
