/** Filling the index after a start (SPEC SQ11), and telling it what is stored afterwards (SQ10). */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import type { ActionZone } from '../conferences/action-zones.ts'
import type { DocumentStore } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'

/** A document store that says which document something was appended to, after it is durable. */
export function tellingStore(store: DocumentStore, onStored: (document: string) => void): DocumentStore {
  return {
    load: document => store.load(document),
    compact: (document, snapshot) => store.compact(document, snapshot),
    async append(document, record) {
      await store.append(document, record)
      onStored(document)
    },
  }
}

interface ItemInClear {
  _id: ItemId
  conferenceId: ConferenceId
  caseId: CaseId | null
  zones: ActionZone[]
}

/** The names of all documents that can be searched, the newest items' first: those of meetings that are near. */
export async function searchableDocuments(store: Store): Promise<string[]> {
  const items = await store
    .collection<ItemInClear>('items')
    .find({}, { projection: { conferenceId: 1, caseId: 1, zones: 1 }, sort: { createdAt: -1 } })
    .toArray()
  const names = new Set<string>()
  for (const { _id: itemId, conferenceId, caseId, zones } of items) {
    names.add(documentNameOf({ kind: 'item', itemId }))
    names.add(documentNameOf({ kind: 'conference', conferenceId }))
    if (caseId === null) continue
    names.add(documentNameOf({ kind: 'actions', caseId, zone: 'open' }))
    if (zones.includes('own')) names.add(documentNameOf({ kind: 'actions', caseId, zone: itemId }))
  }
  return [...names]
}
