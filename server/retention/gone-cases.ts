/**
 * Cases whose destruction was confirmed, in memory: from that moment they answer like something that never existed, however far the removing has come
 * (RETENTION.md RT7). Everything is admitted through cases and items, so it is enough that these are not found; and what a room still wants to store is dropped.
 */
import { parseDocumentName } from '../../shared/documents/document-names.ts'
import type { CaseId, ItemId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { CaseRepository } from '../conferences/case-repository.ts'
import type { ItemRepository } from '../conferences/item-repository.ts'
import type { DocumentStore } from '../rooms/ports.ts'

export class GoneCases {
  readonly #cases = new Set<CaseId>()
  readonly #items = new Set<ItemId>()

  add(caseId: CaseId, items: readonly ItemId[]): void {
    this.#cases.add(caseId)
    for (const itemId of items) this.#items.add(itemId)
  }

  hasCase = (caseId: CaseId | null): boolean => caseId !== null && this.#cases.has(caseId)
  hasItem = (itemId: ItemId): boolean => this.#items.has(itemId)

  hasDocument(document: string): boolean {
    const ref = parseDocumentName(document)
    if (ref === undefined || ref.kind === 'conference') return false
    return ref.kind === 'case' || ref.kind === 'actions' ? this.hasCase(ref.caseId) : this.hasItem(ref.itemId)
  }
}

export function casesWithoutGone(cases: CaseRepository, gone: Pick<GoneCases, 'hasCase'>): CaseRepository {
  const isHere = ({ _id }: { _id: CaseId }) => !gone.hasCase(_id)
  const assertHere = (caseId: CaseId) => {
    if (gone.hasCase(caseId)) throw new Refusal('not-found')
  }
  return {
    ...cases,
    find: async caseId => (gone.hasCase(caseId) ? undefined : cases.find(caseId)),
    findMany: caseIds => cases.findMany(caseIds.filter(caseId => !gone.hasCase(caseId))),
    async ofWorker(userId) {
      return (await cases.ofWorker(userId)).filter(isHere)
    },
    async update(known, fields) {
      assertHere(known._id)
      return cases.update(known, fields)
    },
    openLife: async caseId => (gone.hasCase(caseId) ? undefined : cases.openLife(caseId)),
    async updateLife(known, fields) {
      assertHere(known.file._id)
      return cases.updateLife(known, fields)
    },
  }
}

export function itemsWithoutGone(items: ItemRepository, gone: Pick<GoneCases, 'hasCase'>): ItemRepository {
  return {
    ...items,
    async find(itemId) {
      const found = await items.find(itemId)
      return found && gone.hasCase(found.caseId) ? undefined : found
    },
    async ofConference(conferenceId) {
      return (await items.ofConference(conferenceId)).filter(item => !gone.hasCase(item.caseId))
    },
    ofCases: caseIds => items.ofCases(caseIds.filter(caseId => !gone.hasCase(caseId))),
    async insert(planned, line) {
      if (gone.hasCase(planned.caseId)) throw new Refusal('not-found')
      return items.insert(planned, line)
    },
  }
}

/** A document of a case that is gone is empty, and takes nothing: the sessions in it were ended before. */
export function documentsWithoutGone(documents: DocumentStore, gone: Pick<GoneCases, 'hasDocument'>): DocumentStore {
  return {
    async load(document) {
      return gone.hasDocument(document) ? { snapshot: undefined, tail: [] } : documents.load(document)
    },
    async append(document, record) {
      if (!gone.hasDocument(document)) await documents.append(document, record)
    },
    async compact(document, snapshot) {
      if (!gone.hasDocument(document)) await documents.compact(document, snapshot)
    },
  }
}
