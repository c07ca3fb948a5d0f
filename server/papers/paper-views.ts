/** Papers as one person sees them, and their bytes on the way out. */
import { canRemovePaper } from '../../shared/access.ts'
import type { PaperKind } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { PaperView } from '../../shared/protocol/papers.ts'
import { type AdmittedConference, type AdmittedItem, caseOf } from '../conferences/admission.ts'
import { itemFactsOf } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import { openItemsOf } from './open-items.ts'
import { type AdmittedPaper, admitToPaper, byNow, paperObject } from './paper-admission.ts'
import type { Paper } from './paper-repository.ts'
import type { PaperParts } from './ports.ts'

export const PAPER_TYPES: Readonly<Record<PaperKind, { type: string; endings: readonly [string, ...string[]] }>> = {
  pdf: { type: 'application/pdf', endings: ['.pdf'] },
  png: { type: 'image/png', endings: ['.png'] },
  jpeg: { type: 'image/jpeg', endings: ['.jpg', '.jpeg'] },
  text: { type: 'text/plain; charset=utf-8', endings: ['.txt'] },
}

export async function listPapers(parts: PaperParts, by: By, admitted: AdmittedItem): Promise<PaperView[]> {
  const papers = await parts.papers.ofItem(admitted.item._id)
  await recordListing(parts, by, admitted, papers)
  return Promise.all(papers.map(paper => paperView(parts, by, admitted, paper)))
}

/** Of every item of the conference that the person may open; of the others not even that there are any. */
export async function listConferencePapers(
  parts: PaperParts,
  by: By,
  admitted: AdmittedConference,
): Promise<PaperView[]> {
  const open = await openItemsOf(parts, by, admitted)
  const papers = await parts.papers.ofItems(open.map(item => item._id))
  const views = await Promise.all(
    open.map(async item => {
      const ofItem = { ...admitted, item, itemFacts: itemFactsOf(item), ofCase: await caseOf(parts, item) }
      const own = papers.filter(paper => paper.itemId === item._id)
      await recordListing(parts, by, ofItem, own)
      return Promise.all(own.map(paper => paperView(parts, by, ofItem, paper)))
    }),
  )
  return views.flat()
}

/** Titles say something about the household: seeing them is an access to its data. */
async function recordListing(
  parts: PaperParts,
  by: By,
  { item }: AdmittedItem,
  papers: readonly Paper[],
): Promise<void> {
  if (papers.length === 0 || item.caseId === null) return
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'paper.list',
    subject: item.caseId,
    object: documentNameOf({ kind: 'item', itemId: item._id }),
    outcome: 'ok',
  })
}

export async function paperView(
  parts: PaperParts,
  by: By,
  { facts, itemFacts, ofCase }: AdmittedItem,
  paper: Paper,
): Promise<PaperView> {
  const [person, agency] = await Promise.all([
    parts.people.person(paper.addedBy),
    paper.agencyId === null ? undefined : parts.people.agency(paper.agencyId),
  ])
  return {
    paperId: paper._id,
    itemId: paper.itemId,
    kind: paper.kind,
    title: paper.title,
    fileName: paper.fileName,
    bytes: paper.bytes,
    scannedAt: paper.scannedAt ?? null,
    addedAt: paper.addedAt.toISOString(),
    addedBy: { userId: paper.addedBy, name: person?.name ?? '', agencyName: agency?.shortName ?? '' },
    mayRemove: canRemovePaper(by.actor, facts, itemFacts, ofCase?.facts, paper),
  }
}

/** The paper's bytes, recorded as opened before the first of them leaves; they stop once the person may no longer open the item. */
export async function openPaper(
  parts: PaperParts,
  by: By,
  { paper, item }: AdmittedPaper,
): Promise<{ type: string; name: string; bytes: number; content: AsyncGenerator<Buffer> }> {
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'paper.open',
    subject: item.caseId ?? undefined,
    object: paperObject(item._id, paper._id),
    outcome: 'ok',
    reason: paper.kind,
  })
  return {
    type: PAPER_TYPES[paper.kind].type,
    name: paper.fileName,
    bytes: paper.bytes,
    content: whileAllowed(parts, by, paper),
  }
}

async function* whileAllowed(parts: PaperParts, by: By, paper: Paper): AsyncGenerator<Buffer> {
  // Whatever changed, asking again costs less than knowing whether it could matter. Something may have since the question who may.
  let isSure = false
  const stop = parts.changes.onChange(() => {
    isSure = false
  })
  try {
    for await (const piece of parts.papers.read(paper)) {
      // Again, when something changed while it was asked.
      while (!isSure) {
        isSure = true
        await admitToPaper(parts, await byNow(parts, by), paper.conferenceId, paper.itemId, paper._id)
      }
      yield piece
    }
  } finally {
    stop()
  }
}
