/** Holds on cases (RETENTION.md RT4). In clear: ids, the kind of reason, days. What was said lies in the case's drawer and goes with it. */
import type { AgencyId, CaseId, RetentionHoldId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { HoldReason } from '../../shared/retention/retention-codes.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface ClearHold {
  _id: RetentionHoldId
  _v: number
  caseId: CaseId
  agencyId: AgencyId
  reason: HoldReason
  /** Its last day, `YYYY-MM-DD` in Seoul. */
  until: string
  by: UserId
  at: Date
  liftedBy: UserId | null
  liftedAt: Date | null
}

interface HoldWords {
  words: string
  /** Why it was lifted; empty while it was not. */
  lifted: string
}

type HoldRecord = ClearHold & { sealed: Buffer }
export type Hold = ClearHold & HoldWords

export interface HoldRepository {
  find(holdId: RetentionHoldId): Promise<Hold | undefined>
  ofCases(caseIds: readonly CaseId[]): Promise<Hold[]>
  insert(hold: Hold): Promise<void>
  /** @throws Refusal `conflict` when somebody lifted it at the same time */
  lift(known: Hold, done: { by: UserId; at: Date; words: string }): Promise<void>
}

const contextOf = ({ _id, caseId }: Pick<ClearHold, '_id' | 'caseId'>) => `retentionHolds|${_id}|${caseId}`

export function createHoldRepository(options: {
  store: Pick<Store, 'collection'>
  keyring: Pick<Keyring, 'drawer'>
}): HoldRepository {
  const { store, keyring } = options
  const records = store.collection<HoldRecord>('retentionHolds')

  async function opened({ sealed, ...clear }: HoldRecord): Promise<Hold> {
    const drawer = await keyring.drawer(`case:${clear.caseId}`)
    const { liftedBy = null, liftedAt = null } = clear
    return { ...clear, liftedBy, liftedAt, ...drawer.openJson<HoldWords>(sealed, contextOf(clear)) }
  }

  async function sealedWords(clear: Pick<ClearHold, '_id' | 'caseId'>, words: HoldWords): Promise<Buffer> {
    return (await keyring.drawer(`case:${clear.caseId}`)).sealJson(words, contextOf(clear))
  }

  return {
    async find(holdId) {
      const record = await records.findOne({ _id: holdId })
      return record ? opened(record) : undefined
    },
    async ofCases(caseIds) {
      if (caseIds.length === 0) return []
      const found = await records.find({ caseId: { $in: [...caseIds] } }, { sort: { at: 1 } }).toArray()
      return Promise.all(found.map(opened))
    },
    async insert({ words, lifted, ...clear }) {
      await records.insertOne({ ...clear, sealed: await sealedWords(clear, { words, lifted }) })
    },
    async lift(known, { by, at, words }) {
      const sealed = await sealedWords(known, { words: known.words, lifted: words })
      const { matchedCount } = await records.updateOne(
        { _id: known._id, _v: known._v, liftedAt: null },
        { $set: { liftedBy: by, liftedAt: at, sealed }, $inc: { _v: 1 } },
      )
      if (matchedCount === 0) throw new Refusal('conflict')
    },
  }
}
