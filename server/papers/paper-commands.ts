/**
 * Laying a paper with an item, and taking it away. Bytes are stored while they arrive, so a large file costs the memory of one piece; it exists
 * for others from the one write that comes last, after the question who may has been asked once more.
 */
import { createHash } from 'node:crypto'
import { participationOf } from '../../shared/access.ts'
import type { PaperKind } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ItemId, PaperId } from '../../shared/ids.ts'
import {
  PAPER_FILE_NAME_MAX,
  PAPER_MAX_BYTES,
  PAPERS_PER_ITEM,
  type PaperAbout,
  type PaperView,
} from '../../shared/protocol/papers.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { createInspector } from './inspect.ts'
import { type AdmittedPaper, admitToAddPaper, byNow, paperObject } from './paper-admission.ts'
import { paperDrawerOf } from './paper-drawers.ts'
import { CHUNK_BYTES, type PaperContent, type PaperPlace } from './paper-repository.ts'
import { PAPER_TYPES, paperView } from './paper-views.ts'
import type { PaperParts } from './ports.ts'
import { ScanFailed } from './scanner.ts'

export async function addPaper(
  parts: PaperParts,
  by: By,
  { conference, facts, item, ofCase }: AdmittedItem,
  about: PaperAbout,
  content: AsyncIterable<Buffer>,
): Promise<PaperView> {
  const place: PaperPlace = {
    _id: parts.newId<PaperId>(),
    conferenceId: conference._id,
    itemId: item._id,
    caseId: item.caseId,
    drawer: paperDrawerOf(item, ofCase?.file),
    addedBy: by.actor.userId,
    agencyId: participationOf(by.actor, facts)?.agencyId ?? null,
    addedAt: new Date(parts.now()),
  }
  await parts.papers.reserve(place)
  try {
    // Counted with its own place kept, so that two who add the last one at once cannot both succeed.
    if ((await parts.papers.countOfItem(item._id)) > PAPERS_PER_ITEM) throw new Refusal('too-large', 'papers-full')
    const stored = await storeContent(parts, place, about.fileName, content)
    const scannedAt = await assertHarmless(parts, by, { ...place, ...stored })
    const now = await byNow(parts, by)
    const admitted = await admitToAddPaper(parts, now, conference._id, item._id)
    const paper = {
      ...place,
      ...stored,
      scannedAt,
      title: about.title,
      fileName: fittingName(about.fileName, stored.kind),
    }
    await commit(parts, now, {
      action: 'paper.add',
      subject: item.caseId ?? undefined,
      object: paperObject(item._id, place._id),
      reason: stored.kind,
      write: () => parts.papers.settle(paper),
      announces: () => [],
    })
    parts.documents.notify(documentNameOf({ kind: 'item', itemId: item._id }), 'item')
    return await paperView(parts, now, admitted, paper)
  } catch (error) {
    await eraseUnlessHere(parts, place._id)
    throw error
  }
}

/**
 * Has what was stored looked at, still before anybody else may open it. @returns when; null where the house has no scanner
 * @throws Refusal when something was found, or nobody could tell
 */
async function assertHarmless(parts: PaperParts, by: By, arrived: PaperPlace & PaperContent): Promise<string | null> {
  const { scanner, papers, audit } = parts
  if (scanner === undefined) return null
  let isHarmless: boolean
  try {
    isHarmless = await scanner.isHarmless(papers.read(arrived))
  } catch (cause) {
    if (!(cause instanceof ScanFailed)) throw cause
    parts.onScanFailed?.(cause)
    throw new Refusal('store-unavailable', 'paper-not-scanned', { cause })
  }
  if (isHarmless) return new Date(parts.now()).toISOString()
  await audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'paper.add',
    subject: arrived.caseId ?? undefined,
    object: paperObject(arrived.itemId, arrived._id),
    outcome: 'denied',
    reason: 'paper-harmful',
  })
  throw new Refusal('bad-content-type', 'paper-harmful')
}

/** A write that failed may have been made all the same: what is there for others is not taken from them. */
async function eraseUnlessHere(parts: PaperParts, paperId: PaperId): Promise<void> {
  try {
    if ((await parts.papers.find(paperId)) === undefined) await parts.papers.erase(paperId)
  } catch {
    // The store is away; the next start removes what only arrived.
  }
}

async function storeContent(
  parts: PaperParts,
  place: PaperPlace,
  fileName: string,
  content: AsyncIterable<Buffer>,
): Promise<PaperContent> {
  const inspector = createInspector(fileName)
  const digest = createHash('sha256')
  let bytes = 0
  let chunks = 0
  for await (const piece of inPieces(content, CHUNK_BYTES)) {
    bytes += piece.length
    if (bytes > PAPER_MAX_BYTES) throw new Refusal('too-large', 'paper-too-large')
    inspector.take(piece)
    digest.update(piece)
    await parts.papers.putChunk(place, chunks++, piece)
  }
  return { kind: inspector.finish(), bytes, chunks, sha256: digest.digest('hex') }
}

/** The same bytes in pieces of one size, the last one shorter. */
async function* inPieces(content: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let length = 0
  for await (const bytes of content) {
    waiting.push(bytes)
    length += bytes.length
    if (length < size) continue
    const all = Buffer.concat(waiting)
    let from = 0
    for (; all.length - from >= size; from += size) yield all.subarray(from, from + size)
    waiting = [all.subarray(from)]
    length = all.length - from
  }
  if (length > 0) yield Buffer.concat(waiting)
}

/** `진단서.exe` that is a PDF becomes `진단서.exe.pdf`: whoever saves it gets a file that opens as what it is. */
function fittingName(fileName: string, kind: PaperKind): string {
  const { endings } = PAPER_TYPES[kind]
  if (endings.some(ending => fileName.toLowerCase().endsWith(ending))) return fileName
  const cut = [...fileName].slice(0, PAPER_FILE_NAME_MAX - endings[0].length).join('')
  return `${cut}${endings[0]}`
}

export async function removePaper(parts: PaperParts, by: By, { item, paper }: AdmittedPaper): Promise<void> {
  await commit(parts, by, {
    action: 'paper.remove',
    subject: item.caseId ?? undefined,
    object: paperObject(item._id, paper._id),
    reason: paper.kind,
    write: async () => {
      if (!(await parts.papers.markLeaving(paper._id))) throw new Refusal('conflict')
    },
    announces: () => [],
  })
  parts.documents.notify(documentNameOf({ kind: 'item', itemId: item._id }), 'item')
  await parts.papers.erase(paper._id)
}

/** Removes what lies with items that are no more: taken off, or gone with their conference. */
async function removeOrphansOf(parts: PaperParts, itemIds: readonly ItemId[]): Promise<number> {
  let removed = 0
  for (const itemId of itemIds) {
    if ((await parts.items.find(itemId)) !== undefined) continue
    for (const paperId of await parts.papers.leaveWithItem(itemId)) {
      await parts.papers.erase(paperId)
      removed += 1
    }
  }
  return removed
}

/** Finishes what a stopped server left half done. For the start of the service, before anybody is let in; how many papers were removed. */
export async function finishPapers(parts: PaperParts): Promise<number> {
  const unfinished = await parts.papers.unfinished()
  for (const paperId of unfinished) await parts.papers.erase(paperId)
  return unfinished.length + (await removeOrphansOf(parts, await parts.papers.itemIds()))
}

/**
 * From now on what lies with an item goes with it. Returns its stopper, which waits for what has begun.
 * @param onFailure told of what could not be removed; the next start does it
 */
export function followItems(parts: PaperParts, onFailure: (error: unknown) => void): () => Promise<void> {
  let work = Promise.resolve()
  const stop = parts.changes.onChange(keys => {
    const itemIds = keys.flatMap(key => (key.startsWith('item:') ? [key.slice('item:'.length) as ItemId] : []))
    if (itemIds.length === 0) return
    work = work.then(async () => {
      await removeOrphansOf(parts, itemIds).catch(onFailure)
    })
  })
  return async () => {
    stop()
    await work
  }
}
