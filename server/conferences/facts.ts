/** Records as the facts that `shared/access.ts` judges on. */
import type { CaseFacts, ConferenceFacts, ItemFacts } from '../../shared/access.ts'
import type { CaseId, UserId } from '../../shared/ids.ts'
import type { Case } from './case-repository.ts'
import type { Conference } from './conference-repository.ts'
import type { Item, ItemRepository } from './item-repository.ts'

export function conferenceFactsOf(conference: Conference): ConferenceFacts {
  const { _id, state, hostAgencyId, createdBy, participants, accepted } = conference
  return { conferenceId: _id, state, hostAgencyId, createdBy, participants, accepted }
}

export function itemFactsOf({ _id, conferenceId, kind, caseId, agencies, recused }: Item): ItemFacts {
  return { itemId: _id, conferenceId, kind, caseId: caseId ?? undefined, agencies, recused }
}

/** Recusal closes the case, too: to the policy, a recused worker is none. */
export function caseFactsOf({ _id, agencies, workers }: Case, recused: ReadonlySet<UserId>): CaseFacts {
  return { caseId: _id, agencies, workers: workers.filter(worker => !recused.has(worker.userId)) }
}

/** Who is recused from any item of each of these cases. */
export async function recusedFromCases(
  items: ItemRepository,
  caseIds: readonly CaseId[],
): Promise<Map<CaseId, Set<UserId>>> {
  const recused = new Map(caseIds.map(caseId => [caseId, new Set<UserId>()]))
  for (const item of await items.ofCases(caseIds)) {
    const set = item.caseId === null ? undefined : recused.get(item.caseId)
    for (const userId of item.recused) set?.add(userId)
  }
  return recused
}

/** The case's facts with its recusals, from the items of the case as they are now. */
export function caseFactsWith(file: Case, itemsOfCase: readonly Item[]): CaseFacts {
  return caseFactsOf(file, new Set(itemsOfCase.flatMap(item => item.recused)))
}
