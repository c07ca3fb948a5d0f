/** Search over the small town of the conference tests: its real records, and its shelf of documents as they would lie at rest. */
import * as Y from 'yjs'
import { createRecordParts } from '../../../server/case-records/record-parts.ts'
import { createLog } from '../../../server/lib/log.ts'
import { encodeSnapshotEntry } from '../../../server/rooms/log-payload.ts'
import { type SearchParts, search } from '../../../server/search/search.ts'
import { SearchIndex, type SearchIndexOptions } from '../../../server/search/search-index.ts'
import { createSearchRepository, type SearchRepository } from '../../../server/search/search-repository.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { SearchBody, SearchHit, SearchView } from '../../../shared/protocol/search.ts'
import type { Shelf, World } from '../conferences/world.ts'

export interface SearchUnderTest {
  index: SearchIndex
  searches: SearchRepository
  parts: SearchParts
  /** Where it reads documents at rest. */
  source: SearchIndexOptions['documents']
  /** Which documents were read from rest, in order. */
  read: string[]
  /** The two seconds after which a document is read again are over. */
  later(): void
  /** Changes a document and stores it. */
  writes(document: string, change: (doc: Y.Doc) => void): Promise<void>
  ask(userId: UserId, query: string, more?: Partial<SearchBody>): Promise<SearchView>
  /** What a search shows, as kind and sentence. */
  finds(userId: UserId, query: string): Promise<string[]>
  hits(userId: UserId, query: string): Promise<SearchHit[]>
}

export function searchUnderTest(world: World): SearchUnderTest {
  let nowMs = 0
  const read: string[] = []
  const source: SearchIndexOptions['documents'] = {
    load: async document => {
      read.push(document)
      return atRest(world.shelf, document)
    },
  }
  const index = new SearchIndex({
    documents: source,
    clock: { now: () => nowMs },
    log: createLog({ level: 'silent' }),
  })
  const searches = createSearchRepository({ store: world.store, keyring: world.keyring })
  const { recordIndex, codeSets } = createRecordParts({
    conferences: world.parts,
    store: world.store,
    keyring: world.keyring,
  })
  const parts: SearchParts = { ...world.parts, index, recordIndex, searches, codeSets }
  const underTest: SearchUnderTest = {
    index,
    searches,
    parts,
    source,
    read,
    later: () => {
      nowMs += 2_000
    },
    async writes(document, change) {
      await world.shelf.edit(document, { behalfOf: '' as UserId }, doc => doc.transact(() => change(doc)))
      index.noteStored(document)
      underTest.later()
    },
    ask: (userId, query, more = {}) => search(parts, world.by(userId), { query, ...more }),
    async finds(userId, query) {
      return (await underTest.hits(userId, query)).map(({ kind, excerpt }) => `${kind}: ${excerpt.text}`)
    },
    async hits(userId, query) {
      return (await underTest.ask(userId, query)).groups.flatMap(group => group.hits)
    },
  }
  return underTest
}

function atRest(shelf: Shelf, document: string) {
  const doc = shelf.docs.get(document)
  if (doc === undefined) return { snapshot: undefined, tail: [] }
  const stateVector = Y.encodeStateVector(doc)
  const payload = encodeSnapshotEntry({ claims: [], stateVector, state: Y.encodeStateAsUpdate(doc) })
  return { snapshot: { payload, upTo: 1 }, tail: [] }
}
