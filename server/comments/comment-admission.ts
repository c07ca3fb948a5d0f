/** Who is let in to an item's comments: whoever may open the item, asked on facts as they are now (SPEC CM1, CM2). */
import { canComment } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CommentThreadId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { type AdmittedItem, admitToItem, refuse } from '../conferences/admission.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'

export const admitToComments = admitToItem

export async function admitToComment(
  parts: ConferenceParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
): Promise<AdmittedItem> {
  const admitted = await admitToItem(parts, by, conferenceId, itemId)
  const { facts, itemFacts, ofCase, item } = admitted
  if (canComment(by.actor, facts, itemFacts, ofCase?.facts)) return admitted
  return refuse(parts, by, 'not-allowed', { subject: item.caseId ?? undefined, object: commentObject(itemId) })
}

/** How the record of access names comments: with the item that they lie with. */
export const commentObject = (itemId: ItemId, threadId?: CommentThreadId) =>
  `${documentNameOf({ kind: 'item', itemId })} ${threadId === undefined ? 'comments' : `comment.${threadId}`}`
