/**
 * How often an action item was carried (SPEC AC9, AC10): counted from its history and the conferences that were closed, never stored, so
 * that nothing can be counted twice or forgotten in between.
 */
import type { ActionStatus } from '../codes.ts'
import type { ConferenceId } from '../ids.ts'
import { dayInSeoul } from '../working-days.ts'
import type { ActionMove } from './action-codes.ts'
import { isUnfinished, statusOn } from './action-moves.ts'

/** One step of an action item's history: what it was from then on. */
export interface ActionStep {
  /** Milliseconds since 1970. */
  at: number
  move: ActionMove
  status: ActionStatus
  until: string
  before: ActionStatus
}

/** A closed conference that showed the action item's ledger. */
export interface MeetingHeld {
  conferenceId: ConferenceId
  /** Milliseconds since 1970. */
  closedAt: number
}

export interface Carries {
  /** The conferences that showed it unfinished, the first one first. */
  conferences: ConferenceId[]
  /** How many of them since anybody said anything about it. */
  sinceNews: number
}

/** So many carries without news, and the meeting asks what is to become of it. */
export const CARRIES_UNTIL_ASKED = 2

/**
 * @param made when and in which conference it was made; that conference carries nothing
 * @param steps its history, the first step first
 */
export function carriesOf(
  made: { at: number; conferenceId: ConferenceId | '' },
  steps: readonly ActionStep[],
  held: readonly MeetingHeld[],
): Carries {
  const once = new Map(held.map(meeting => [meeting.conferenceId, meeting]))
  const carried = [...once.values()]
    .filter(({ conferenceId, closedAt }) => conferenceId !== made.conferenceId && closedAt > made.at)
    .filter(({ closedAt }) => {
      const then = steps.findLast(step => step.at <= closedAt)
      if (then === undefined) return true
      const status = statusOn(then, dayInSeoul(closedAt))
      return isUnfinished(status) && status !== 'postponed'
    })
    .sort((a, b) => a.closedAt - b.closedAt)
  const lastNews = steps.at(-1)?.at ?? made.at
  return {
    conferences: carried.map(({ conferenceId }) => conferenceId),
    sinceNews: carried.filter(({ closedAt }) => closedAt > lastNews).length,
  }
}

/** Whether the meeting asks: keep it, give it to somebody else, or drop it. */
export function asksForDecision(step: Pick<ActionStep, 'status' | 'until' | 'before'>, carries: Carries, day: string) {
  const status = statusOn(step, day)
  return carries.sinceNews >= CARRIES_UNTIL_ASKED && isUnfinished(status) && status !== 'postponed'
}
