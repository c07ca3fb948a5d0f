/** The quorum of a running meeting, for all of it and for one item (SPEC MQ). */
import { agenciesThatOpen, recusedFrom } from '../../shared/access.ts'
import type { ItemId } from '../../shared/ids.ts'
import { isMet, type Quorum, quorumOf, type Seat } from '../../shared/meeting/quorum.ts'
import { featuresOf, quorumRuleOf, ruleSetOf } from '../../shared/meeting/rule-sets.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { seatsForItem } from '../conferences/facts.ts'
import type { HearingState, MeetingState } from './meeting-state.ts'

/** Everybody at the table, as far as something was said of their attendance. With an item: without guests to whom it is not opened. */
export function seatsOf(
  { participants }: Pick<Conference, 'participants'>,
  { attendance }: Pick<MeetingState, 'attendance'>,
  itemId?: ItemId,
): Seat[] {
  const entries = new Map(attendance.map(entry => [entry.userId, entry]))
  return [
    ...seatsForItem(participants, itemId).map(({ userId, agencyId, role }): Seat => {
      const { standing = 'expected', mode = null, deputyFor = '' } = entries.get(userId) ?? {}
      return { userId, agencyId, role, standing, mode, deputyFor }
    }),
    ...attendance.flatMap(({ guest, standing, mode, deputyFor }): Seat[] =>
      guest === null ? [] : [{ userId: null, agencyId: guest.agencyId, role: guest.role, standing, mode, deputyFor }],
    ),
  ]
}

/** What of a meeting's record its quorum is counted by. */
export type CountedMeeting = Pick<MeetingState, 'attendance' | 'features' | 'quorumChoice'>

/** Undefined where the meeting asks for none. @param about left out: of the meeting as a whole */
export function quorumIn(
  conference: Pick<Conference, 'type' | 'participants'>,
  state: CountedMeeting,
  about?: Pick<AdmittedItem, 'item'> & Partial<Pick<AdmittedItem, 'ofCase'>>,
): Quorum | undefined {
  if (!featuresOf(conference.type, state.features).quorum) return undefined
  const item = about && {
    agencies: about.item.kind === 'general' ? [] : agenciesThatOpen(about.item, about.ofCase?.facts),
    recused: recusedFrom(about.item, about.ofCase?.facts),
  }
  return quorumOf(quorumRuleOf(conference.type, state.quorumChoice), seatsOf(conference, state, about?.item._id), item)
}

/**
 * Nothing is decided below it, unless the chair goes on with a reason and the kind of meeting allows that (SPEC MQ3).
 * @throws Refusal `not-allowed`
 */
export function assertQuorum(
  { goneOn }: Pick<HearingState, 'goneOn'>,
  about: Pick<AdmittedItem, 'conference' | 'item'> & Partial<Pick<AdmittedItem, 'ofCase'>>,
  meeting: CountedMeeting,
): void {
  const { conference } = about
  const quorum = quorumIn(conference, meeting, about)
  if (quorum === undefined || isMet(quorum)) return
  if (!ruleSetOf(conference.type).quorum.mayDecideBelow) throw new Refusal('not-allowed', 'below-fixed-quorum')
  // The reason was given for those who were there: for fewer it is asked for again.
  const last = goneOn.at(-1)
  if (last === undefined || quorum.here < last.here) throw new Refusal('not-allowed', 'below-quorum')
}
