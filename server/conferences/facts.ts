/** Records as the facts that `shared/access.ts` judges on. */

import type { CaseFacts, ConferenceFacts, ItemFacts } from '../../shared/access.ts'
import type { CaseGrounds } from '../../shared/bases/bases.ts'
import type { ItemId } from '../../shared/ids.ts'
import type { Case } from './case-repository.ts'
import type { Conference, Participant } from './conference-repository.ts'
import type { Item } from './item-repository.ts'

export function conferenceFactsOf(conference: Conference): ConferenceFacts {
  const { _id, state, hostAgencyId, createdBy, participants, accepted, minutesStanding } = conference
  return { conferenceId: _id, state, hostAgencyId, createdBy, participants, accepted, minutesStanding }
}

/** Who sits there for an item: everybody but guests whose invitation does not open it. Without an item, everybody. */
export function seatsForItem(participants: readonly Participant[], itemId: ItemId | undefined): readonly Participant[] {
  return itemId === undefined
    ? participants
    : participants.filter(({ guest }) => guest === undefined || guest.items.includes(itemId))
}

export function itemFactsOf({ _id, conferenceId, kind, caseId, agencies, recused }: Item): ItemFacts {
  return { itemId: _id, conferenceId, kind, caseId: caseId ?? undefined, agencies, recused }
}

/** A case that says by what right agencies may know of it, as it is read wherever that matters. One that does not is its lead agency's alone. */
export type GroundedCase = Case & {
  grounds?: CaseGrounds
  emergencyReaders?: CaseFacts['emergencyReaders']
}

/**
 * The case's facts with its recusals, from the items of the case as they are now. Recusal closes the case, too: to the policy, a recused worker
 * is none.
 */
export function caseFactsWith(
  { _id, agencies, workers, grounds, emergencyReaders }: GroundedCase,
  itemsOfCase: readonly Item[],
): CaseFacts {
  const recusals = itemsOfCase.flatMap(({ conferenceId, recused }) => recused.map(userId => ({ userId, conferenceId })))
  const recused = new Set(recusals.map(recusal => recusal.userId))
  return {
    caseId: _id,
    agencies,
    workers: workers.filter(worker => !recused.has(worker.userId)),
    recusals,
    grounded: [
      ...agencies.flatMap(({ agencyId, role }) => (role === 'lead' ? [agencyId] : [])),
      ...(grounds?.open ?? []),
    ],
    emergencyReaders,
  }
}
