/** Whom a question may be put to (SPEC CM4): agencies of which somebody at the table may open the item, now or once they are in the meeting. */
import { type Actor, canComment } from '../../shared/access.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type { AskableAgency } from '../../shared/protocol/comments.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import type { Participant } from '../conferences/conference-repository.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'

/** By agency, the asker's own left out, in the order of the table. */
export async function askableBy(
  parts: Pick<ConferenceParts, 'people'>,
  by: By,
  { conference, facts, itemFacts, ofCase }: AdmittedItem,
): Promise<AskableAgency[]> {
  const own = conference.participants.find(seat => seat.userId === by.actor.userId)?.agencyId
  const arrived = { ...facts, state: 'live' as const, accepted: undefined }
  const sees = new Map<AgencyId, AskableAgency['sees']>()
  for (const seat of conference.participants) {
    if (seat.agencyId === own || sees.get(seat.agencyId) === 'now') continue
    const actor = await actorAt(parts, by, seat)
    if (actor === undefined) continue
    if (canComment(actor, facts, itemFacts, ofCase?.facts)) sees.set(seat.agencyId, 'now')
    else if (canComment(actor, arrived, itemFacts, ofCase?.facts)) sees.set(seat.agencyId, 'on-arrival')
  }
  const named = [...sees].map(async ([agencyId, when]): Promise<AskableAgency[]> => {
    const agency = await parts.people.agency(agencyId)
    if (agency === undefined) return []
    const { name, shortName, colour } = agency
    return [{ agencyId, name, shortName, colour, sees: when }]
  })
  return (await Promise.all(named)).flat()
}

/** Who sits there, as they are now. */
async function actorAt(
  parts: Pick<ConferenceParts, 'people'>,
  by: By,
  { userId, agencyId, guest }: Participant,
): Promise<Actor | undefined> {
  const person = await parts.people.person(userId)
  if (!person?.active || userId === by.actor.userId) return undefined
  // A guest's seat ends with the meeting, and nobody is asked who will not be there to answer.
  if (guest !== undefined) return undefined
  return person.memberships.some(membership => membership.agencyId === agencyId)
    ? { userId, operator: false, memberships: person.memberships }
    : undefined
}
