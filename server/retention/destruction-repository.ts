/**
 * Destructions at rest, from the proposal to the record of destruction (파기 대장), and what an agency set for its cases. In clear: ids, codes, days, counts.
 * Sealed in the installation's own drawer, because it outlives the case: the case's number and what was said. The id says which try for the case it is, so
 * that of two proposals at once one is written.
 */
import type { AgencyId, CaseId, ConferenceId, DestructionId, ItemId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { type RetentionRules, USUAL_RULES } from '../../shared/retention/retention.ts'
import type {
  DestroyedCounts,
  DestructionGround,
  DestructionState,
  RetentionKind,
} from '../../shared/retention/retention-codes.ts'
import type { DrawerName, Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

/** Everything of a case that its destruction has to find again, by id. */
export interface DestructionPlan {
  items: readonly ItemId[]
  conferences: readonly ConferenceId[]
  documents: readonly string[]
  drawers: readonly DrawerName[]
  papers: readonly string[]
  threads: readonly string[]
  referrals: readonly string[]
}

interface ClearDestruction {
  _id: DestructionId
  _v: number
  caseId: CaseId
  /** That leads the case. */
  agencyId: AgencyId
  state: DestructionState
  kind: RetentionKind
  ground: DestructionGround
  years: number
  closedOn: string
  completedOn: string
  decreeDue: string
  consentDue: string
  proposedBy: UserId
  proposedAt: Date
  decidedBy: UserId | null
  decidedAt: Date | null
  destroyedAt: Date | null
  counts: DestroyedCounts
  /** Null until it is confirmed. */
  plan: DestructionPlan | null
  /** Whether what may have been written a moment later was looked for once more (RT9). */
  isSwept: boolean
}

interface DestructionWords {
  number: string
  why: string
  /** Why it was refused. */
  refusal: string
}

type DestructionRecord = ClearDestruction & { sealed: Buffer }
export type Destruction = ClearDestruction & DestructionWords

export interface KeptRules {
  rules: RetentionRules
  /** 0 while the agency has set nothing. */
  _v: number
}

export interface DestructionRepository {
  /** Names the nth try for a case. */
  idOf(caseId: CaseId, nth: number): DestructionId
  find(destructionId: DestructionId): Promise<Destruction | undefined>
  ofAgency(agencyId: AgencyId): Promise<Destruction[]>
  ofCase(caseId: CaseId): Promise<Destruction[]>
  /** Those that a stop left half done, and those that are still to be looked at once more. */
  unfinished(): Promise<Destruction[]>
  /** @throws Refusal `conflict` where somebody proposed it at the same time */
  insert(created: Destruction): Promise<void>
  /** @throws Refusal `conflict` when another version is stored */
  update(known: Destruction, changes: Partial<Omit<Destruction, '_id' | '_v' | 'caseId'>>): Promise<Destruction>
  rulesOf(agencyId: AgencyId): Promise<KeptRules>
  /** @throws Refusal `conflict` when another version is stored */
  changeRules(agencyId: AgencyId, known: number, rules: RetentionRules): Promise<void>
}

const contextOf = (id: DestructionId) => `destructions|${id}|words`

export function createDestructionRepository(options: {
  store: Pick<Store, 'collection'>
  keyring: Pick<Keyring, 'drawer' | 'blindIndex'>
}): DestructionRepository {
  const { store, keyring } = options
  const records = store.collection<DestructionRecord>('destructions')
  const rules = store.collection<{ _id: AgencyId; _v: number; rules: RetentionRules }>('retentionRules')

  async function opened({ sealed, ...clear }: DestructionRecord): Promise<Destruction> {
    const drawer = await keyring.drawer('installation')
    const { decidedBy = null, decidedAt = null, destroyedAt = null, plan = null } = clear
    const words = drawer.openJson<DestructionWords>(sealed, contextOf(clear._id))
    return { ...clear, decidedBy, decidedAt, destroyedAt, plan, ...words }
  }

  async function sealedWords(id: DestructionId, { number, why, refusal }: DestructionWords): Promise<Buffer> {
    return (await keyring.drawer('installation')).sealJson({ number, why, refusal }, contextOf(id))
  }

  const all = async (found: DestructionRecord[]) => Promise.all(found.map(opened))

  return {
    idOf: (caseId, nth) => keyring.blindIndex('destruction', `${caseId}\n${nth}`).slice(0, 22) as DestructionId,
    async find(destructionId) {
      const record = await records.findOne({ _id: destructionId })
      return record ? opened(record) : undefined
    },
    ofAgency: async agencyId => all(await records.find({ agencyId }, { sort: { proposedAt: 1 } }).toArray()),
    ofCase: async caseId => all(await records.find({ caseId }, { sort: { proposedAt: 1 } }).toArray()),
    unfinished: async () =>
      all(await records.find({ state: { $in: ['destroying', 'destroyed'] }, isSwept: false }).toArray()),
    async insert({ number, why, refusal, ...clear }) {
      const sealed = await sealedWords(clear._id, { number, why, refusal })
      await records.insertOne({ ...clear, sealed }).catch(error => {
        throw isDuplicateKey(error) ? new Refusal('conflict', 'already-proposed') : error
      })
    },
    async update(known, { number, why, refusal, ...changes }) {
      const words = { number: number ?? known.number, why: why ?? known.why, refusal: refusal ?? known.refusal }
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { ...changes, sealed: await sealedWords(known._id, words) }, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
    async rulesOf(agencyId) {
      const found = await rules.findOne({ _id: agencyId })
      return found ? { rules: { ...USUAL_RULES, ...found.rules }, _v: found._v } : { rules: USUAL_RULES, _v: 0 }
    },
    async changeRules(agencyId, known, next) {
      if (known === 0) {
        await rules.insertOne({ _id: agencyId, _v: 1, rules: next }).catch(error => {
          throw isDuplicateKey(error) ? new Refusal('conflict') : error
        })
        return
      }
      const { matchedCount } = await rules.updateOne(
        { _id: agencyId, _v: known },
        { $set: { rules: next }, $inc: { _v: 1 } },
      )
      if (matchedCount === 0) throw new Refusal('conflict')
    },
  }
}
