/** A guest's place at the table: a participant of the conference, with what is ticked beside it. Changed beside everything else that changes there. */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Conference, Participant } from '../conferences/conference-repository.ts'
import { fieldsOf } from '../conferences/conference-states.ts'
import type { ConferenceParts } from '../conferences/ports.ts'

export type GuestSeat = Participant & { guest: NonNullable<Participant['guest']> }

/** Somebody else changed the same conference in between this often: the caller is told. */
const MAX_TRIES = 5

export function guestSeatOf(
  { participants }: Pick<Conference, 'participants'>,
  guestId: UserId,
): GuestSeat | undefined {
  const seat = participants.find(participant => participant.userId === guestId)
  return seat?.guest && { ...seat, guest: seat.guest }
}

/**
 * One write of the participants; undefined from `next` changes nothing. Announced with the write. Resolves to the conference as it is then,
 * undefined where there is none any more.
 * @throws Refusal `conflict` when others change it again and again
 */
export async function changeSeats(
  parts: Pick<ConferenceParts, 'conferences' | 'changes' | 'documents'>,
  conferenceId: ConferenceId,
  next: (conference: Conference) => Participant[] | undefined,
): Promise<Conference | undefined> {
  for (let attempt = 1; ; attempt++) {
    const conference = await parts.conferences.find(conferenceId)
    const participants = conference && next(conference)
    if (conference === undefined || participants === undefined) return conference
    try {
      const changed = await parts.conferences.update(conference, { ...fieldsOf(conference), participants })
      parts.changes.announce([`conference:${conferenceId}`])
      parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId }), 'conference')
      return changed
    } catch (error) {
      const isRace = error instanceof Refusal && error.reason === 'conflict'
      if (!isRace) parts.changes.announce([`conference:${conferenceId}`])
      if (!isRace || attempt === MAX_TRIES) throw error
    }
  }
}
