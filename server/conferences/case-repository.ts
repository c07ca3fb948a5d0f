/**
 * Cases at rest. In clear: ids, codes, dates, version. Sealed in the case's own drawer: its number and the household's label. A list of a
 * person's cases runs on `workers.userId`.
 */
import type { CaseAgencyRole, CaseStage, DiscoveryRoute } from '../../shared/codes.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

export interface CaseAgency {
  agencyId: AgencyId
  role: CaseAgencyRole
}

export interface CaseWorker {
  userId: UserId
  agencyId: AgencyId
}

interface CaseRecord {
  _id: CaseId
  _v: number
  stage: CaseStage
  /** How the household was found, and on which day (`YYYY-MM-DD`); left out or empty while nobody said it. */
  route?: DiscoveryRoute | ''
  foundOn?: string
  agencies: CaseAgency[]
  workers: CaseWorker[]
  sealed: Buffer
  synthetic: boolean
  createdBy: UserId
  createdAt: Date
}

interface CaseText {
  number: string
  label: string
}

/** A case with its text opened. */
export type Case = Omit<CaseRecord, 'sealed'> & CaseText

export type CaseFields = Pick<Case, 'stage' | 'route' | 'foundOn' | 'agencies' | 'workers' | 'number' | 'label'>

export interface CaseRepository {
  find(caseId: CaseId): Promise<Case | undefined>
  findMany(caseIds: readonly CaseId[]): Promise<Case[]>
  /** Those that name this person as a worker. Whether the person may read them is for the caller to ask. */
  ofWorker(userId: UserId): Promise<Case[]>
  insert(created: Omit<Case, '_v'>): Promise<Case>
  /** @throws Refusal `conflict` when another version is stored. */
  update(known: Case, fields: CaseFields): Promise<Case>
}

const contextOf = (caseId: CaseId) => `cases|${caseId}|text`

export function createCaseRepository({ store, keyring }: { store: Store; keyring: Keyring }): CaseRepository {
  const records = store.collection<CaseRecord>('cases')

  async function opened({ sealed, ...clear }: CaseRecord): Promise<Case> {
    const drawer = await keyring.drawer(`case:${clear._id}`)
    return { ...clear, ...drawer.openJson<CaseText>(sealed, contextOf(clear._id)) }
  }

  async function sealedText(caseId: CaseId, { number, label }: CaseText): Promise<Buffer> {
    const drawer = await keyring.drawer(`case:${caseId}`)
    return drawer.sealJson({ number, label }, contextOf(caseId))
  }

  return {
    async find(caseId) {
      const record = await records.findOne({ _id: caseId })
      return record ? opened(record) : undefined
    },
    async findMany(caseIds) {
      if (caseIds.length === 0) return []
      return Promise.all((await records.find({ _id: { $in: [...caseIds] } }).toArray()).map(opened))
    },
    async ofWorker(userId) {
      return Promise.all((await records.find({ 'workers.userId': userId }).toArray()).map(opened))
    },
    async insert({ number, label, ...clear }) {
      await records.insertOne({ ...clear, _v: 1, sealed: await sealedText(clear._id, { number, label }) })
      return { ...clear, number, label, _v: 1 }
    },
    async update(known, { number, label, stage, route = '', foundOn = '', agencies, workers }) {
      const sealed = await sealedText(known._id, { number, label })
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { stage, route, foundOn, agencies, workers, sealed }, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
  }
}
