/**
 * What is owed when an item is deferred because too few were there: it is heard again within ten working days (the rule of child-protection
 * conferences that are not quorate; no Korean rule sets one). Pure; days are days in Seoul.
 */
import type { DeferralKind } from '../codes.ts'
import type { Day } from '../holidays.ts'
import { addDays, addWorkingDays, workingDayFrom } from '../working-days.ts'

export const REOPEN_WITHIN_WORKING_DAYS = 10

/** The last day on which it may be heard again; empty for other reasons, which set no term. */
export const reopenBy = (kind: DeferralKind, deferredOn: Day): Day | '' =>
  kind === 'below_quorum' ? addWorkingDays(deferredOn, REOPEN_WITHIN_WORKING_DAYS) : ''

/** A day to propose: a week later, when people keep the hour free anyway, or the next day on which offices work. Always within the term. */
export const proposedReopening = (deferredOn: Day): Day => workingDayFrom(addDays(deferredOn, 7))
