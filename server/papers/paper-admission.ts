/** Who is let in to a paper: whoever may open its item, asked on facts as they are now. */
import { canAddPaper, canRemovePaper } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, ItemId, PaperId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { type AdmittedItem, admitToItem, refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import type { Paper } from './paper-repository.ts'
import type { PaperParts } from './ports.ts'

export interface AdmittedPaper extends AdmittedItem {
  paper: Paper
}

/** How the record of access names a paper: with the item that it lies with. */
export const paperObject = (itemId: ItemId, paperId: PaperId) =>
  `${documentNameOf({ kind: 'item', itemId })} paper.${paperId}`

export async function admitToAddPaper(
  parts: PaperParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
): Promise<AdmittedItem> {
  const admitted = await admitToItem(parts, by, conferenceId, itemId)
  const { facts, itemFacts, ofCase, conference, item } = admitted
  if (canAddPaper(by.actor, facts, itemFacts, ofCase?.facts)) return admitted
  if (conference.state === 'closed') throw new Refusal('not-allowed', 'conference-closed')
  return refuse(parts, by, 'not-allowed', {
    subject: item.caseId ?? undefined,
    object: documentNameOf({ kind: 'item', itemId }),
  })
}

/** A paper of this item. One of another item is not found here (SECURITY R03). */
export async function admitToPaper(
  parts: PaperParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
  paperId: PaperId,
): Promise<AdmittedPaper> {
  const admitted = await admitToItem(parts, by, conferenceId, itemId)
  const paper = await parts.papers.find(paperId)
  if (paper && paper.itemId === itemId) return { ...admitted, paper }
  return refuse(parts, by, 'not-found', {
    subject: admitted.item.caseId ?? undefined,
    object: paperObject(itemId, paperId),
  })
}

export async function admitToRemovePaper(
  parts: PaperParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
  paperId: PaperId,
): Promise<AdmittedPaper> {
  const admitted = await admitToPaper(parts, by, conferenceId, itemId, paperId)
  const { facts, itemFacts, ofCase, paper, conference, item } = admitted
  if (canRemovePaper(by.actor, facts, itemFacts, ofCase?.facts, paper)) return admitted
  if (conference.state === 'closed') throw new Refusal('not-allowed', 'conference-closed')
  return refuse(parts, by, 'not-allowed', {
    subject: item.caseId ?? undefined,
    object: paperObject(itemId, paperId),
  })
}

/** The same person with the facts of now: bytes may be on their way for minutes. @throws Refusal when the session is over */
export async function byNow(parts: PaperParts, by: By): Promise<By> {
  const { sessionId } = by
  const actor = sessionId && (await parts.signIns.actorOf({ userId: by.actor.userId, sessionId }))
  if (!actor) throw new Refusal('not-signed-in')
  return { ...by, actor }
}
