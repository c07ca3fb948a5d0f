/** The items of a conference that a person may open now. */
import { canReadItem } from '../../shared/access.ts'
import { type AdmittedConference, caseOf } from '../conferences/admission.ts'
import { itemFactsOf } from '../conferences/facts.ts'
import type { Item } from '../conferences/item-repository.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'

export async function openItemsOf(
  parts: ConferenceParts,
  by: By,
  { conference, facts }: AdmittedConference,
): Promise<Item[]> {
  const items = await parts.items.ofConference(conference._id)
  const mayOpen = await Promise.all(
    items.map(async item => canReadItem(by.actor, facts, itemFactsOf(item), (await caseOf(parts, item))?.facts)),
  )
  return items.filter((_, at) => mayOpen[at])
}
