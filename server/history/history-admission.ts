/** Who is let in to an item's versions: whoever may open the item now, to those of the time since their agency was cleared for it (SPEC HI3). */
import { type Actor, canWriteForOthers, canWriteItem, participationOf } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ItemVersionId } from '../../shared/history/version-moments.ts'
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import { type AdmittedItem, admitToItem, refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import type { HistoryParts } from './ports.ts'
import type { Version } from './version-repository.ts'

export interface AdmittedVersion extends AdmittedItem {
  version: Version
}

export const mayName = (actor: Actor, { facts, itemFacts, ofCase }: AdmittedItem): boolean =>
  canWriteItem(actor, facts, itemFacts, ofCase?.facts)

export const mayRestore = (actor: Actor, admitted: AdmittedItem): boolean =>
  mayName(actor, admitted) && canWriteForOthers(actor, admitted.facts)

export function isVisible(actor: Actor, { facts }: Pick<AdmittedItem, 'facts'>, version: Version): boolean {
  const agencyId = participationOf(actor, facts)?.agencyId
  return agencyId !== undefined && version.agencies.includes(agencyId)
}

export const versionObject = (itemId: ItemId, versionId: ItemVersionId) =>
  `${documentNameOf({ kind: 'item', itemId })} version.${versionId}`

export async function admitToName(
  parts: HistoryParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
): Promise<AdmittedItem> {
  const admitted = await admitToItem(parts, by, conferenceId, itemId)
  if (mayName(by.actor, admitted)) return admitted
  const subject = admitted.item.caseId ?? undefined
  return refuse(parts, by, 'not-allowed', { subject, object: documentNameOf({ kind: 'item', itemId }) })
}

/** A version of this item. One of another item, or of a time before the person's agency came to it, is not found here. */
export async function admitToVersion(
  parts: HistoryParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
  versionId: ItemVersionId,
): Promise<AdmittedVersion> {
  const admitted = await admitToItem(parts, by, conferenceId, itemId)
  const version = (await parts.versions.ofItem(itemId)).find(one => one._id === versionId)
  if (version && isVisible(by.actor, admitted, version)) return { ...admitted, version }
  const subject = admitted.item.caseId ?? undefined
  return refuse(parts, by, 'not-found', { subject, object: versionObject(itemId, versionId) })
}

export async function admitToRestore(
  parts: HistoryParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
  versionId: ItemVersionId,
): Promise<AdmittedVersion> {
  const admitted = await admitToVersion(parts, by, conferenceId, itemId, versionId)
  if (mayRestore(by.actor, admitted)) return admitted
  const subject = admitted.item.caseId ?? undefined
  return refuse(parts, by, 'not-allowed', { subject, object: versionObject(itemId, versionId) })
}
