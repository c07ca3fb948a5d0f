/** Who conducts the meeting now, asked by the steps of the commands. */
import { type ConferenceFacts, canWriteForOthers, participationOf } from '../../shared/access.ts'
import { type AttendeeKey, attendeeKeyOf } from '../../shared/ids.ts'
import type { CommandName } from '../../shared/protocol/live-channel.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AdmittedConference } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import type { StepContext } from './command-rule.ts'
import type { MeetingState } from './meeting-state.ts'

type Asked = Pick<StepContext<CommandName>, 'by' | 'admitted'>
/** What is asked about somebody's part in the conference. */
interface Part {
  by: By
  admitted: Pick<AdmittedConference, 'facts'>
}

/** The chair and the minute-taker. A deputy who does not lead conducts nothing. */
export function leads({ chair }: MeetingState, { by, admitted }: Part): boolean {
  if (chair.userId === by.actor.userId) return canWriteForOthers(by.actor, admitted.facts)
  return participationOf(by.actor, admitted.facts)?.role === 'minute_taker'
}

/** Who puts items on the agenda of a running meeting and takes them off; while nobody has led it yet, whoever may change the conference. */
export function mayArrange(state: MeetingState, { by, facts }: { by: By; facts: ConferenceFacts }): boolean {
  return state.chair.userId === null || leads(state, { by, admitted: { facts } })
}

/** @throws Refusal `not-allowed` */
export function assertLeads(state: MeetingState, context: Asked): void {
  if (!leads(state, context)) throw new Refusal('not-allowed', 'not-leading')
}

export const isOwnKey = (key: AttendeeKey, { by }: Asked): boolean => key === attendeeKeyOf(by.actor.userId)

/** Somebody at this table, with an account or without. @throws Refusal `not-found` */
export function assertAttendee(state: MeetingState, key: AttendeeKey, { admitted }: Asked): void {
  const isParticipant = admitted.conference.participants.some(({ userId }) => attendeeKeyOf(userId) === key)
  const isGuest = state.attendance.some(entry => entry.key === key && entry.guest !== null)
  if (!isParticipant && !isGuest) throw new Refusal('not-found', 'attendee')
}
