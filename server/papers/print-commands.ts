/**
 * Before something goes to the printer or to the clipboard: who, when, exactly what, and what for. The sentence is asked of the person and
 * proposed by the screen. Sources: 안전성 확보조치 기준 제8조② (reason for taking data out), 제12조 (printing and copying); SECURITY R40.
 */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ItemId, PaperId, PrintId } from '../../shared/ids.ts'
import type { PrintBody, PrintView } from '../../shared/protocol/papers.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { type AdmittedConference, refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { assertMayTakeOut } from '../subject-requests/suspensions.ts'
import { openItemsOf } from './open-items.ts'
import type { PaperParts } from './ports.ts'

export async function recordPrint(
  parts: PaperParts,
  by: By,
  admitted: AdmittedConference,
  input: PrintBody,
): Promise<PrintView> {
  const { conference } = admitted
  const open = await openItemsOf(parts, by, admitted)
  const papers = input.what === 'pack' ? input.papers : []
  assertDistinct(input.what === 'pack' ? input.papers : input.items)
  const itemIds = input.what === 'pack' ? await itemsWith(parts, input.papers, open) : input.items
  const items = itemIds && open.filter(item => itemIds.includes(item._id))
  // One that may not be opened, whichever it is: like one that is not there.
  if (items === undefined || items.length !== new Set(itemIds).size) {
    return refuse(parts, by, 'not-found', {
      object: documentNameOf({ kind: 'conference', conferenceId: conference._id }),
    })
  }
  for (const { caseId } of items) {
    const file = caseId === null ? undefined : await parts.cases.find(caseId)
    if (file) await assertMayTakeOut(parts, by, file)
  }
  const printId = parts.newId<PrintId>()
  const at = new Date(parts.now())
  for (const item of items) {
    await parts.audit.record({
      actor: by.actor.userId,
      sessionId: by.sessionId,
      address: by.address,
      action: input.what === 'pack' ? 'paper.print' : 'plan.print',
      subject: item.caseId ?? undefined,
      object: `${documentNameOf({ kind: 'item', itemId: item._id })} print.${printId}`,
      outcome: 'ok',
      reason: input.how,
    })
  }
  await parts.prints.insert({
    _id: printId,
    conferenceId: conference._id,
    what: input.what,
    how: input.how,
    items: items.map(item => item._id),
    papers,
    by: by.actor.userId,
    at,
    purpose: input.purpose,
  })
  return { printId, at: at.toISOString() }
}

/** The items that these papers lie with; undefined when one of them does not lie with an item that the person may open. */
async function itemsWith(
  parts: PaperParts,
  paperIds: readonly PaperId[],
  open: readonly { _id: ItemId }[],
): Promise<ItemId[] | undefined> {
  const readable = await parts.papers.ofItems(open.map(item => item._id))
  const byId = new Map(readable.map(paper => [paper._id, paper.itemId]))
  const found = paperIds.map(paperId => byId.get(paperId))
  return found.every(itemId => itemId !== undefined) ? [...new Set(found)] : undefined
}

function assertDistinct(ids: readonly string[]): void {
  if (new Set(ids).size !== ids.length) throw new Refusal('bad-request', 'named-twice')
}
