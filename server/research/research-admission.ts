/** Who is let in to an agency's own sheet, asked on facts as they are now (SPEC RS1, RS2). */
import { canResearch, participationOf } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { type AdmittedCase, type AdmittedItem, admitToConference, caseOf, refuse } from '../conferences/admission.ts'
import { itemFactsOf } from '../conferences/facts.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'

export interface AdmittedSheet extends AdmittedItem {
  ofCase: AdmittedCase
  agencyId: AgencyId
}

/** How the record of access names research: with the item that it is about. */
export const researchObject = (itemId: ItemId) => `${documentNameOf({ kind: 'item', itemId })} research`

export async function admitToSheet(
  parts: ConferenceParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
): Promise<AdmittedSheet> {
  const item = await parts.items.find(itemId)
  const found = item?.conferenceId === conferenceId ? item : undefined
  const admitted = await admitToConference(parts, by, conferenceId, found?.caseId ?? undefined)
  const ofCase = found && (await caseOf(parts, found))
  const agencyId = participationOf(by.actor, admitted.facts)?.agencyId
  if (found && ofCase && agencyId && canResearch(by.actor, admitted.facts, itemFactsOf(found), ofCase.facts)) {
    return { ...admitted, item: found, itemFacts: itemFactsOf(found), ofCase, agencyId }
  }
  return refuse(parts, by, 'not-found', { subject: found?.caseId ?? undefined, object: researchObject(itemId) })
}
