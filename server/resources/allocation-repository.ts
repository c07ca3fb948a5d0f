/**
 * The ledger of allocations at rest. In clear: ids, agencies, codes, days, what it rests on. Sealed in the case's drawer: wording, amount, rule and reasons
 * (AL3). A record is never removed.
 */
import type { Service } from '../../shared/code-sets/services.ts'
import type { CodeVersions } from '../../shared/code-sets/shipped.ts'
import type { AgencyId, AllocationId, CaseId, CommandId, ReferralId, ResourceId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AllocationSource } from '../../shared/protocol/resources.ts'
import type { EmergencyKind } from '../../shared/resources/emergency-limits.ts'
import type { Rhythm } from '../../shared/resources/giving.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export interface Tick {
  day: string
  by: UserId
  at: Date
}

interface AllocationRecord {
  _id: AllocationId
  _v: number
  caseId: CaseId
  agencyId: AgencyId
  service: Service
  /** The code sets at that moment (CODE-SETS.md CO5); older records have none. */
  codes?: CodeVersions
  emergency: EmergencyKind | ''
  rhythm: Rhythm
  from: string
  until: string
  endedOn: string
  /** Empty for none. */
  resourceId: ResourceId | ''
  referralId: ReferralId | ''
  source: AllocationSource
  /** What can stand in the ledger once: an action item; of everything else its own id (AL4). */
  once: string
  command: CommandId
  ticks: Tick[]
  enteredFor: boolean
  by: UserId
  at: Date
  sealed: Buffer
}

interface AllocationText {
  what: string
  amount: number | null
  rule: string
  despite: string
  endReason: string
}

export type Allocation = Omit<AllocationRecord, 'sealed'> & AllocationText

export interface AllocationRepository {
  find(allocationId: AllocationId): Promise<Allocation | undefined>
  ofCase(caseId: CaseId): Promise<Allocation[]>
  ofReferral(referralId: ReferralId): Promise<Allocation[]>
  /** As far as they lie in clear, by entry of the directory. */
  runningUnder(resourceIds: readonly ResourceId[]): Promise<ReadonlyMap<ResourceId, AllocationOutline[]>>
  byCommand(command: CommandId): Promise<Allocation | undefined>
  /** @throws Refusal `conflict` where its action item stands in the ledger already */
  insert(created: Omit<Allocation, '_v'>): Promise<void>
  /** @throws Refusal `conflict` when another version is stored */
  update(known: Allocation, fields: Pick<Allocation, 'ticks' | 'endedOn' | 'endReason'>): Promise<Allocation>
}

export type AllocationOutline = Omit<AllocationRecord, 'sealed'>

const contextOf = ({ _id, caseId, agencyId }: Pick<AllocationRecord, '_id' | 'caseId' | 'agencyId'>) =>
  `allocations|${_id}|${caseId}|${agencyId}`

export function createAllocationRepository({
  store,
  keyring,
}: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): AllocationRepository {
  const records = store.collection<AllocationRecord>('allocations')

  async function opened({ sealed, ...clear }: AllocationRecord): Promise<Allocation> {
    const drawer = await keyring.drawer(`case:${clear.caseId}`)
    return { ...clear, ...drawer.openJson<AllocationText>(sealed, contextOf(clear)) }
  }

  async function sealedText(place: Pick<AllocationRecord, '_id' | 'caseId' | 'agencyId'>, text: AllocationText) {
    const { what, amount, rule, despite, endReason } = text
    const drawer = await keyring.drawer(`case:${place.caseId}`)
    return drawer.sealJson({ what, amount, rule, despite, endReason }, contextOf(place))
  }

  return {
    async find(allocationId) {
      const record = await records.findOne({ _id: allocationId })
      return record ? opened(record) : undefined
    },
    async ofCase(caseId) {
      return Promise.all((await records.find({ caseId }).toArray()).map(opened))
    },
    async ofReferral(referralId) {
      return Promise.all((await records.find({ referralId }).toArray()).map(opened))
    },
    async runningUnder(resourceIds) {
      const under = new Map<ResourceId, AllocationOutline[]>()
      if (resourceIds.length === 0) return under
      for (const { sealed: _, ...outline } of await records.find({ resourceId: { $in: [...resourceIds] } }).toArray()) {
        if (outline.resourceId === '') continue
        under.set(outline.resourceId, [...(under.get(outline.resourceId) ?? []), outline])
      }
      return under
    },
    async byCommand(command) {
      const record = await records.findOne({ command })
      return record ? opened(record) : undefined
    },
    async insert({ what, amount, rule, despite, endReason, ...clear }) {
      const sealed = await sealedText(clear, { what, amount, rule, despite, endReason })
      try {
        await records.insertOne({ ...clear, _v: 1, sealed })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        // The same press, twice at once: the first of them stands.
        if ((await records.findOne({ command: clear.command }))?.by === clear.by) return
        throw new Refusal('conflict', 'allocation-twice')
      }
    },
    async update(known, { ticks, endedOn, endReason }) {
      const sealed = await sealedText(known, { ...known, endReason })
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { ticks, endedOn, sealed }, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
  }
}
