/** Which agencies are asked when an item is read back: those at the table that may open it, through somebody who is there for it. */
import { agenciesThatOpen, recusedFrom, speaksForAgency } from '../../shared/access.ts'
import type { ConferenceRole } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import { seatsForItem } from '../conferences/facts.ts'
import type { MeetingState } from './meeting-state.ts'

interface Seat {
  userId: UserId | null
  agencyId: AgencyId
  role: ConferenceRole
  isHere: boolean
}

/**
 * In the order of the invitation, then of the people without an account. While nobody's attendance is confirmed, whoever is invited and not said
 * to be absent counts as there: a meeting that keeps no attendance can read back as well. Observers, who is recused, and who has not accepted the
 * confidentiality statement and so may not hear the item, speak for no agency: their silence is no agreement.
 */
export function agenciesAsked(
  { conference, item, ofCase }: Pick<AdmittedItem, 'conference' | 'item' | 'ofCase'>,
  { attendance }: Pick<MeetingState, 'attendance'>,
): AgencyId[] {
  const keepsAttendance = attendance.some(one => one.standing === 'confirmed' || one.standing === 'left')
  const isHere = (userId: UserId) => {
    const standing = attendance.find(one => one.userId === userId)?.standing
    return keepsAttendance ? standing === 'confirmed' : standing !== 'absent'
  }
  const mayHear = (userId: UserId) => conference.accepted?.includes(userId) ?? true
  const seats: Seat[] = [
    ...seatsForItem(conference.participants, item._id).map(({ userId, agencyId, role }) => ({
      userId,
      agencyId,
      role,
      isHere: isHere(userId) && mayHear(userId),
    })),
    ...attendance.flatMap(({ userId, guest, standing }) =>
      guest === null ? [] : [{ userId, agencyId: guest.agencyId, role: guest.role, isHere: standing === 'confirmed' }],
    ),
  ]
  const recused = recusedFrom(item, ofCase?.facts)
  const open = agenciesThatOpen(item, ofCase?.facts)
  const speaking = seats.filter(
    ({ userId, agencyId, role, isHere }) =>
      isHere &&
      speaksForAgency(role) &&
      (userId === null || !recused.includes(userId)) &&
      (item.kind === 'general' || open.includes(agencyId)),
  )
  return [...new Set(speaking.map(seat => seat.agencyId))]
}
