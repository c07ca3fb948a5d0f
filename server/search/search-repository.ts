/** What was searched for (SPEC SQ9): in clear who and when, the words sealed in the installation's own drawer. Read by nobody but an inquiry. */
import type { UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface SearchRecord {
  _id: string
  by: UserId
  at: Date
  sealed: Buffer
}

export interface SearchRepository {
  insert(search: { _id: string; by: UserId; at: Date; query: string }): Promise<void>
  /** The words of one search; undefined where there is none. */
  find(searchId: string): Promise<{ by: UserId; at: Date; query: string } | undefined>
}

const contextOf = (searchId: string) => `searches|${searchId}|query`

export function createSearchRepository({ store, keyring }: { store: Store; keyring: Keyring }): SearchRepository {
  const records = store.collection<SearchRecord>('searches')
  return {
    async insert({ _id, by, at, query }) {
      const drawer = await keyring.drawer('installation')
      await records.insertOne({ _id, by, at, sealed: drawer.sealJson({ query }, contextOf(_id)) })
    },
    async find(searchId) {
      const record = await records.findOne({ _id: searchId })
      if (!record) return undefined
      const drawer = await keyring.drawer('installation')
      const { query } = drawer.openJson<{ query: string }>(record.sealed, contextOf(searchId))
      return { by: record.by, at: record.at, query }
    },
  }
}
