/**
 * Agenda items at rest: what an item is about and who may open it. Nothing here is text but the line that a new item still owes to the
 * conference's document (sealed in the conference's drawer); place, length and label live there.
 */
import type { AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'
import type { ActionZone } from './action-zones.ts'
import type { AgendaLine } from './ports.ts'

interface ItemRecord {
  _id: ItemId
  _v: number
  conferenceId: ConferenceId
  kind: 'case' | 'general'
  caseId: CaseId | null
  /** Agencies cleared for it; empty for a general item, which is open to every participant. */
  agencies: AgencyId[]
  recused: UserId[]
  /** Every zone that its action items have ever gone to; the last one is not always the present one (see `action-zones.ts`). */
  zones: ActionZone[]
  /**
   * `planned`: its line is not in the conference's document yet; `tabled`: it is; `leaving`: its line is being taken out and the item is
   * gone for everybody. An item found in the first or last state was left there by a crash and is finished at the next start.
   */
  standing: 'planned' | 'tabled' | 'leaving'
  sealedLine: Buffer | null
  /** Came onto the agenda of a running meeting without having been announced (긴급 상정). */
  urgent?: boolean
  /** The item of an earlier conference that was deferred and is heard again here (재상정). */
  retabledFrom?: ItemId
  /** The line that checks the action items of earlier meetings (지난 회의 조치사항 점검). */
  review?: boolean
  /** The objections to minutes that it was tabled for. */
  answers?: string[]
  createdBy: UserId
  createdAt: Date
}

/** An item as commands and views see it. */
export type Item = Omit<ItemRecord, 'sealedLine'>

export interface ItemRepository {
  /** Undefined also for one that is leaving. */
  find(itemId: ItemId): Promise<Item | undefined>
  ofConference(conferenceId: ConferenceId): Promise<Item[]>
  ofCases(caseIds: readonly CaseId[]): Promise<Item[]>
  insert(planned: Omit<Item, '_v' | 'standing'>, line: AgendaLine): Promise<Item>
  /** Its line stands in the document. */
  markTabled(itemId: ItemId): Promise<void>
  /** @throws Refusal `conflict` when another version is stored. */
  update(known: Item, fields: Pick<Item, 'agencies' | 'recused' | 'zones'>): Promise<Item>
  /** Takes a withdrawn agency out of an item's clearance; the same again changes nothing. */
  withdrawAgency(itemId: ItemId, agencyId: AgencyId): Promise<void>
  /** Adds an agency (the case's new lead agency) to an item's clearance. */
  clearAgency(itemId: ItemId, agencyId: AgencyId): Promise<void>
  noteZone(itemId: ItemId, zone: ActionZone): Promise<void>
  /** From here on the item is gone for everybody. @throws Refusal `conflict` when another version is stored. */
  markLeaving(known: Item): Promise<void>
  remove(itemId: ItemId): Promise<void>
  /** What a crash left half done: planned ones with the line they owe, and leaving ones. */
  unfinished(): Promise<{ item: Item; line: AgendaLine | undefined }[]>
}

const contextOf = (itemId: ItemId) => `items|${itemId}|line`

export function createItemRepository({ store, keyring }: { store: Store; keyring: Keyring }): ItemRepository {
  const records = store.collection<ItemRecord>('items')
  const opened = ({ sealedLine: _, ...item }: ItemRecord): Item => item

  async function change(known: Item, fields: Partial<ItemRecord>): Promise<Item> {
    const stored = await records.findOneAndUpdate(
      { _id: known._id, _v: known._v },
      { $set: fields, $inc: { _v: 1 } },
      { returnDocument: 'after' },
    )
    if (!stored) throw new Refusal('conflict')
    return opened(stored)
  }

  return {
    async find(itemId) {
      const record = await records.findOne({ _id: itemId })
      return record && record.standing !== 'leaving' ? opened(record) : undefined
    },
    async ofConference(conferenceId) {
      return (await records.find({ conferenceId, standing: { $ne: 'leaving' } }).toArray()).map(opened)
    },
    async ofCases(caseIds) {
      if (caseIds.length === 0) return []
      return (await records.find({ caseId: { $in: [...caseIds] }, standing: { $ne: 'leaving' } }).toArray()).map(opened)
    },
    async insert(planned, line) {
      const drawer = await keyring.drawer(`conference:${planned.conferenceId}`)
      const item: Item = { ...planned, _v: 1, standing: 'planned' }
      await records.insertOne({ ...item, sealedLine: drawer.sealJson(line, contextOf(planned._id)) })
      return item
    },
    async markTabled(itemId) {
      await records.updateOne({ _id: itemId, standing: 'planned' }, { $set: { standing: 'tabled', sealedLine: null } })
    },
    update: (known, { agencies, recused, zones }) => change(known, { agencies, recused, zones }),
    async withdrawAgency(itemId, agencyId) {
      await records.updateOne({ _id: itemId, agencies: agencyId }, { $pull: { agencies: agencyId }, $inc: { _v: 1 } })
    },
    async clearAgency(itemId, agencyId) {
      await records.updateOne(
        { _id: itemId, agencies: { $ne: agencyId } },
        { $addToSet: { agencies: agencyId }, $inc: { _v: 1 } },
      )
    },
    async noteZone(itemId, zone) {
      await records.updateOne({ _id: itemId }, { $addToSet: { zones: zone } })
    },
    async markLeaving(known) {
      await change(known, { standing: 'leaving' })
    },
    async remove(itemId) {
      await records.deleteOne({ _id: itemId })
    },
    async unfinished() {
      const found = await records.find({ standing: { $in: ['planned', 'leaving'] } }).toArray()
      return Promise.all(
        found.map(async record => {
          const drawer = await keyring.drawer(`conference:${record.conferenceId}`)
          const line = record.sealedLine
            ? drawer.openJson<AgendaLine>(record.sealedLine, contextOf(record._id))
            : undefined
          return { item: opened(record), line }
        }),
      )
    },
  }
}
