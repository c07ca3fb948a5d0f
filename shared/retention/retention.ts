/** Until when a case is kept, and what holds it (RETENTION.md RT1–RT4). Pure; days are `YYYY-MM-DD` in Seoul. */
import { type CaseLife, thisRound } from '../cases/case-life.ts'
import type { CaseTrack } from '../cases/life-codes.ts'
import type { CaseStage } from '../codes.ts'
import { addDays, dayInSeoul } from '../working-days.ts'
import type { HoldReason, RetentionGround, RetentionKind, RetentionYears, StandingHold } from './retention-codes.ts'

type Day = string

export interface RetentionRule {
  ground: RetentionGround
  years: RetentionYears
}

/** 사회보장급여법 제34조; counted as 공공기록물법 시행령 제26조 says. */
export const USUAL_RULE: RetentionRule = { ground: 'decree', years: 5 }

export type RetentionRules = Readonly<Record<RetentionKind, RetentionRule>>

export const USUAL_RULES: RetentionRules = {
  integrated_case_management: USUAL_RULE,
  service_linkage: USUAL_RULE,
  other: USUAL_RULE,
}

/** One that was taken over from before after its end says no track; only case management is closed. */
export function kindOf(stage: CaseStage, track: CaseTrack | ''): RetentionKind {
  if (track !== '') return track
  return ['closed', 'aftercare', 'ended'].includes(stage) ? 'integrated_case_management' : 'other'
}

/** Stages at which nothing more is done for a household. */
const OVER: readonly CaseStage[] = ['closed', 'ended', 'service_linked', 'not_selected', 'referred_out']
/** Stages that follow an end without opening the case again. */
const BEHIND: readonly CaseStage[] = [...OVER, 'aftercare']

export interface CaseEnd {
  closedOn: Day
  completedOn: Day
}

/** When the case came to its end; undefined while it goes on, or goes on again. */
export function endOf(stage: CaseStage, { history }: Pick<CaseLife, 'history'>): CaseEnd | undefined {
  if (!BEHIND.includes(stage)) return undefined
  const round = thisRound(history)
  const goingOn = round.findLastIndex(entry => !BEHIND.includes(entry.to))
  const ends = round.slice(goingOn + 1).filter(entry => OVER.includes(entry.to))
  // Taken over in aftercare: the only moment that is known of it.
  const first = ends[0] ?? round.at(-1)
  const last = ends.at(-1) ?? first
  return first && last && { closedOn: dayInSeoul(first.at), completedOn: dayInSeoul(last.at) }
}

export interface DueDays {
  decree: Day
  consent: Day
}

/** From these days on it may be destroyed. */
export function dueDaysOf({ closedOn, completedOn }: CaseEnd, years: RetentionYears): DueDays {
  return { decree: `${Number(completedOn.slice(0, 4)) + 1 + years}-01-01`, consent: yearsAfter(closedOn, years) }
}

/** The same day of a later year; of 29 February, where there is none, the day after the 28th. */
function yearsAfter(day: Day, years: number): Day {
  const later = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`
  const isThere = new Date(`${later}T00:00:00Z`).toISOString().slice(0, 10) === later
  return isThere ? later : `${later.slice(0, 4)}-03-01`
}

/** A hold that somebody set. */
export interface HoldFacts {
  reason: HoldReason
  /** Its last day. */
  until: Day
  liftedAt: string | null
}

export const isHolding = ({ until, liftedAt }: HoldFacts, today: Day): boolean => liftedAt === null && today <= until

/** What is known of a case that can hold it by itself. */
export interface StandingFacts {
  /** Left out of one that is over. */
  goesOn?: boolean
  stage: CaseStage
  openActions: number
  onAgenda: number
  /** Minutes with it that went round and are not final: what is destroyed could not be sealed. */
  openMinutes: number
  openObjections: number
  openRequests: number
  openFlags: number
}

export function standingHolds(facts: StandingFacts): StandingHold[] {
  const holds: StandingHold[] = []
  if (facts.stage === 'aftercare') holds.push('aftercare')
  else if (facts.goesOn) holds.push('going_on')
  if (facts.openActions > 0) holds.push('open_action')
  if (facts.onAgenda > 0) holds.push('on_agenda')
  if (facts.openMinutes > 0) holds.push('open_minutes')
  if (facts.openObjections > 0) holds.push('open_objection')
  if (facts.openRequests > 0) holds.push('open_request')
  if (facts.openFlags > 0) holds.push('open_flag')
  return holds
}

/** `due`: may be proposed. `soon`: within a year. `later`: not on the list. */
export type RetentionStanding = 'due' | 'held' | 'soon' | 'later'

export const SOON_DAYS = 365

export function standingOf(dueOn: Day, { isHeld, today }: { isHeld: boolean; today: Day }): RetentionStanding {
  if (dueOn > addDays(today, SOON_DAYS)) return 'later'
  if (dueOn > today) return 'soon'
  return isHeld ? 'held' : 'due'
}
