/** Which answers to an open read-back stand at this moment (SPEC MH8). */
import { recusedFrom, speaksForAgency } from '../../shared/access.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { AnswerView, ReadBackView } from '../../shared/meeting/meeting-view.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import type { MeetingState } from './meeting-state.ts'
import { seatsOf } from './quorum.ts'

type About = Pick<AdmittedItem, 'conference' | 'item' | 'ofCase'>

/**
 * Without those of people who have stepped out of the item since, and without what was entered for an agency of which nobody is left in it. Nothing
 * is removed from the record: who comes back before it is confirmed has said what they said.
 */
export function standingAnswers(
  { answers }: Pick<ReadBackView, 'answers'>,
  { conference, item, ofCase }: About,
  meeting: Pick<MeetingState, 'attendance'>,
): readonly AnswerView[] {
  const recused: readonly UserId[] = recusedFrom(item, ofCase?.facts)
  if (recused.length === 0) return answers
  // The record keeps who said it as an id where the view, which shares its shape, has the name.
  const isOut = (said: AnswerView) => !said.byMinuteTaker && recused.some(userId => userId === said.by)
  const seats = seatsOf(conference, meeting).filter(({ role }) => speaksForAgency(role))
  const isEmpty = (agencyId: AgencyId) => {
    const speakers = seats.filter(seat => seat.agencyId === agencyId)
    return speakers.length > 0 && speakers.every(({ userId }) => userId !== null && recused.includes(userId))
  }
  return answers.filter(said => !isOut(said) && !isEmpty(said.agencyId))
}
