/** Filters that a person named and kept (SPEC LS7): in clear whose and when, the rest sealed, because a text that is looked for may name somebody. */
import type { CaseFilterId, UserId } from '../../shared/ids.ts'
import { CASE_FILTERS_MAX, type CaseFilterView, type KeepFilterBody } from '../../shared/protocol/case-list.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface FilterRecord {
  _id: CaseFilterId
  _v: number
  userId: UserId
  at: Date
  sealed: Buffer
}

export interface CaseFilters {
  of(userId: UserId): Promise<CaseFilterView[]>
  /** One of the same name is replaced. @throws Refusal `too-large` for one too many, `conflict` when it was replaced at the same time */
  keep(userId: UserId, filterId: CaseFilterId, body: KeepFilterBody, at: Date): Promise<void>
  /** Nothing happens to one that is not there, or not theirs. */
  remove(userId: UserId, filterId: CaseFilterId): Promise<void>
}

export function createCaseFilters({ store, keyring }: { store: Store; keyring: Keyring }): CaseFilters {
  const records = store.collection<FilterRecord>('caseFilters')
  const contextOf = (filterId: CaseFilterId, userId: UserId) => `caseFilters|${filterId}|${userId}`

  async function opened(userId: UserId) {
    const drawer = await keyring.drawer('installation')
    const found = await records.find({ userId }, { sort: { at: 1, _id: 1 } }).toArray()
    return found.map(({ sealed, ...clear }) => ({
      ...clear,
      ...drawer.openJson<KeepFilterBody>(sealed, contextOf(clear._id, userId)),
    }))
  }

  return {
    async of(userId) {
      return (await opened(userId)).map(({ _id, name, filter }) => ({ filterId: _id, name, filter }))
    },
    async keep(userId, filterId, body, at) {
      const there = await opened(userId)
      const same = there.find(({ name }) => name === body.name)
      const drawer = await keyring.drawer('installation')
      const sealed = drawer.sealJson(body, contextOf(same?._id ?? filterId, userId))
      if (same !== undefined) {
        const { matchedCount } = await records.updateOne(
          { _id: same._id, _v: same._v },
          { $set: { sealed }, $inc: { _v: 1 } },
        )
        if (matchedCount === 0) throw new Refusal('conflict')
        return
      }
      if (there.length >= CASE_FILTERS_MAX) throw new Refusal('too-large', 'case-filters-full')
      await records.insertOne({ _id: filterId, _v: 1, userId, at, sealed })
    },
    async remove(userId, filterId) {
      await records.deleteOne({ _id: filterId, userId })
    },
  }
}
