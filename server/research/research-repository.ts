/**
 * Sheets at rest: one record for each case item and agency. What the agency writes lies in the drawer of case and agency, what it shared in the drawer
 * of the item (SPEC RS3, RS4).
 */
import type { AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { ResearchSheet, SharedSheet } from '../../shared/protocol/research.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export interface SheetKey {
  itemId: ItemId
  agencyId: AgencyId
  caseId: CaseId
  conferenceId: ConferenceId
}

interface SharedRecord {
  /** Counts from 1. */
  version: number
  at: Date
  by: UserId
  /** The sheet's `_v` when it was shared. */
  of: number
  sealed: Buffer
}

interface ResearchRecord extends SheetKey {
  _id: string
  _v: number
  savedAt: Date
  savedBy: UserId
  isEmpty: boolean
  sealed: Buffer
  /** Every version that was ever shared. */
  shared: SharedRecord[]
  /** The number of the version that the others read now; 0 for none. */
  standing: number
}

export type Sheet = Omit<ResearchRecord, 'sealed' | 'shared'> & {
  sheet: ResearchSheet
  /** What stands shared. */
  shown: (Omit<SharedRecord, 'sealed'> & { sheet: SharedSheet }) | null
}

export interface ResearchRepository {
  find(key: Pick<SheetKey, 'itemId' | 'agencyId'>): Promise<Sheet | undefined>
  /** Of these items, without opening what agencies keep to themselves. */
  shownOf(itemIds: readonly ItemId[]): Promise<(SheetKey & { shown: NonNullable<Sheet['shown']> })[]>
  /** Whether anything is written on a sheet of the item. */
  isWritten(itemId: ItemId): Promise<boolean>
  /** @throws Refusal `conflict` when another version than `_v` is stored */
  write(key: SheetKey, _v: number, change: { sheet: ResearchSheet; by: UserId; at: Date }): Promise<void>
  /** The others read this version of the sheet from now on; with nothing to share, none. @throws Refusal `conflict` */
  show(known: Sheet, change: { sheet: SharedSheet; by: UserId; at: Date } | null): Promise<void>
  removeOf(itemId: ItemId): Promise<void>
}

const idOf = ({ itemId, agencyId }: Pick<SheetKey, 'itemId' | 'agencyId'>) => `${itemId}.${agencyId}`
const ownContext = (id: string, version: number) => `research|${id}|${version}`
const sharedContext = (id: string, version: number) => `research|${id}|shared|${version}`
const isBlank = (sheet: ResearchSheet) => Object.values(sheet).every(value => value.trim() === '')

export function createResearchRepository(options: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): ResearchRepository {
  const { store, keyring } = options
  const records = store.collection<ResearchRecord>('research')
  const ownDrawer = ({ caseId, agencyId }: Pick<SheetKey, 'caseId' | 'agencyId'>) =>
    keyring.drawer(`case:${caseId}:agency:${agencyId}`)

  async function shownIn(record: ResearchRecord): Promise<Sheet['shown']> {
    const standing = record.shared.find(one => one.version === record.standing)
    if (standing === undefined) return null
    const { sealed, ...clear } = standing
    const drawer = await keyring.drawer(`item:${record.itemId}`)
    return { ...clear, sheet: drawer.openJson<SharedSheet>(sealed, sharedContext(record._id, clear.version)) }
  }

  return {
    async find(key) {
      const record = await records.findOne({ _id: idOf(key) })
      if (!record) return undefined
      const { sealed, shared: _, ...clear } = record
      const drawer = await ownDrawer(record)
      const sheet = drawer.openJson<ResearchSheet>(sealed, ownContext(record._id, record._v))
      return { ...clear, sheet, shown: await shownIn(record) }
    },

    async shownOf(itemIds) {
      if (itemIds.length === 0) return []
      const found = await records.find({ itemId: { $in: [...itemIds] }, standing: { $gt: 0 } }).toArray()
      const opened = await Promise.all(found.map(async record => ({ record, shown: await shownIn(record) })))
      return opened.flatMap(({ record: { itemId, agencyId, caseId, conferenceId }, shown }) =>
        shown === null ? [] : [{ itemId, agencyId, caseId, conferenceId, shown }],
      )
    },

    async isWritten(itemId) {
      return (await records.findOne({ itemId, isEmpty: false })) !== null
    },

    async write(key, _v, { sheet, by, at }) {
      const _id = idOf(key)
      const sealed = (await ownDrawer(key)).sealJson(sheet, ownContext(_id, _v + 1))
      const written = { savedAt: at, savedBy: by, isEmpty: isBlank(sheet), sealed }
      if (_v > 0) {
        const found = await records.updateOne({ _id, _v }, { $set: written, $inc: { _v: 1 } })
        if (found.matchedCount === 0) throw new Refusal('conflict')
        return
      }
      try {
        await records.insertOne({ _id, ...key, ...written, _v: 1, shared: [], standing: 0 })
      } catch (error) {
        throw isDuplicateKey(error) ? new Refusal('conflict') : error
      }
    },

    async show(known, change) {
      const record = await records.findOne({ _id: known._id, _v: known._v })
      if (!record) throw new Refusal('conflict')
      // What the agency keeps is sealed again for its next version, which is bound to its number.
      const sealed = (await ownDrawer(record)).sealJson(known.sheet, ownContext(record._id, record._v + 1))
      const version = (record.shared.at(-1)?.version ?? 0) + 1
      const shared = [...record.shared]
      if (change !== null) {
        const drawer = await keyring.drawer(`item:${record.itemId}`)
        const words = drawer.sealJson(change.sheet, sharedContext(record._id, version))
        shared.push({ version, at: change.at, by: change.by, of: record._v + 1, sealed: words })
      }
      const found = await records.updateOne(
        { _id: known._id, _v: known._v },
        { $set: { sealed, shared, standing: change === null ? 0 : version }, $inc: { _v: 1 } },
      )
      if (found.matchedCount === 0) throw new Refusal('conflict')
    },

    async removeOf(itemId) {
      await records.deleteMany({ itemId })
    },
  }
}
