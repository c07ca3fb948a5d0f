/** A conference's life as a table of allowed moves. A closed one stays closed. */
import type { ConferenceState } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceStateBody } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AdmittedConference } from './admission.ts'
import { commit } from './commit.ts'
import type { Conference, Participant } from './conference-repository.ts'
import type { By, ConferenceParts } from './ports.ts'
import { carryYearlyStatements } from './statements.ts'

export const CONFERENCE_MOVES: Readonly<Record<ConferenceState, readonly ConferenceState[]>> = {
  draft: ['scheduled'],
  scheduled: ['draft', 'live'],
  live: ['closed'],
  closed: [],
}

/** Moves a conference on. To be scheduled or live it needs exactly one leader. */
export async function moveConference(
  parts: ConferenceParts,
  by: By,
  { conference }: AdmittedConference,
  { _v, to }: ConferenceStateBody,
): Promise<Conference> {
  if (_v !== conference._v) throw new Refusal('conflict')
  if (!CONFERENCE_MOVES[conference.state].includes(to)) {
    throw new Refusal('not-allowed', `no-move-${conference.state}-${to}`)
  }
  if ((to === 'scheduled' || to === 'live') && !hasLeader(conference.participants)) {
    throw new Refusal('not-allowed', 'needs-leader')
  }
  // Before, so that those who have given theirs this year find the items open; if the move fails, nothing is opened by it.
  if (to === 'live') await carryYearlyStatements(parts, conference)
  const now = new Date(parts.now())
  const document = documentNameOf({ kind: 'conference', conferenceId: conference._id })
  const moved = await commit(parts, by, {
    action: 'conference.move',
    object: document,
    reason: to,
    write: () =>
      parts.conferences.update(conference, {
        ...fieldsOf(conference),
        state: to,
        startedAt: to === 'live' ? now : conference.startedAt,
        closedAt: to === 'closed' ? now : conference.closedAt,
      }),
    announces: () => [`conference:${conference._id}`],
  })
  parts.documents.notify(document, 'conference')
  return moved
}

export function hasLeader(participants: readonly Participant[]): boolean {
  return participants.filter(participant => participant.role === 'leader').length === 1
}

/** What an update of a conference writes. */
export function fieldsOf(conference: Conference) {
  const { type, title, startsAt, minutes, place, remoteLink, participants, state, startedAt, closedAt } = conference
  return { type, title, startsAt, minutes, place, remoteLink, participants, state, startedAt, closedAt }
}
