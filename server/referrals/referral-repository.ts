/**
 * Referrals at rest. In clear: ids, agencies, codes, days, who moved it. Sealed in the case's drawer, apart from each other: the draft, what was given,
 * and what was said with the moves. Reading a referral opens no draft: only {@link ReferralRepository.draftOf} does (RF5).
 */
import type { DisclosureBasis } from '../../shared/bases/basis-codes.ts'
import type { Service } from '../../shared/code-sets/services.ts'
import type { CodeVersions } from '../../shared/code-sets/shipped.ts'
import type { AgencyId, CaseId, CommandId, PrintId, ReferralId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type {
  DeclineReason,
  ReferralGround,
  ReferralMove,
  ReferralStatus,
} from '../../shared/referrals/referral-codes.ts'
import type { ReferralDraft, ReferralGiven } from '../../shared/referrals/referral-content.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface StepRecord {
  at: Date
  by: UserId
  agencyId: AgencyId
  move: ReferralMove
  status: ReferralStatus
  declined: DeclineReason | ''
  /** `YYYY-MM-DD`, or empty. */
  plannedOn: string
  /** Of a refusal: the code sets at that moment (CODE-SETS.md CO9); older ones have none. */
  codes?: CodeVersions
}

/** On what it was sent. */
export type SentOn =
  | { of: 'basis'; kind: DisclosureBasis; until: string }
  | { of: 'entered'; ground: ReferralGround; sensitive: boolean }

interface ReferralRecord {
  _id: ReferralId
  _v: number
  caseId: CaseId
  fromAgencyId: AgencyId
  toAgencyId: AgencyId
  service: Service
  /** The code sets when it was written, of a sent one: when it was sent (CODE-SETS.md CO5); older records have none. */
  codes?: CodeVersions
  status: ReferralStatus
  command: CommandId
  createdBy: UserId
  createdAt: Date
  ground: SentOn | null
  steps: StepRecord[]
  sealedDraft: Buffer
  sealedGiven: Buffer | null
  sealedSaid: Buffer | null
}

/** What was said with the moves, by step; and the words of an entered ground, which are the sender's own. */
interface Said {
  notes: string[]
  groundWords: string
}

export type ReferralStep = StepRecord & { note: string }

export interface Referral extends Omit<ReferralRecord, 'sealedDraft' | 'sealedGiven' | 'sealedSaid' | 'steps'> {
  steps: ReferralStep[]
  groundWords: string
  /** Null while it is a draft. */
  given: ReferralGiven | null
}

export interface NewReferral
  extends Pick<
    Referral,
    '_id' | 'caseId' | 'fromAgencyId' | 'toAgencyId' | 'service' | 'command' | 'createdBy' | 'createdAt'
  > {
  codes: CodeVersions
  draft: ReferralDraft
}

/** One move, with what it leaves. */
export interface ReferralChange {
  step: ReferralStep
  /** With the sending. */
  sent?: { ground: SentOn; groundWords: string; given: ReferralGiven; codes: CodeVersions }
}

export interface ReferralRepository {
  find(referralId: ReferralId): Promise<Referral | undefined>
  ofCases(caseIds: readonly CaseId[]): Promise<Referral[]>
  /** Sent ones; a draft is not there. */
  toAgencies(agencyIds: readonly AgencyId[]): Promise<Referral[]>
  /** All that the sender wrote. For the sending agency's workers alone. */
  draftOf(referralId: ReferralId): Promise<ReferralDraft | undefined>
  /** False where this command was put to that agency already. */
  insert(created: NewReferral): Promise<boolean>
  /** @throws Refusal `conflict` when another version is stored */
  changeDraft(known: Referral, fields: { service: Service; codes: CodeVersions; draft: ReferralDraft }): Promise<void>
  /** @throws Refusal `conflict` when another version is stored */
  move(known: Referral, change: ReferralChange): Promise<void>
  /** Takes a draft away. @throws Refusal `conflict` when it was sent or changed meanwhile */
  discard(known: Referral): Promise<void>
  addPrint(print: ReferralPrint): Promise<void>
}

export interface ReferralPrint {
  _id: PrintId
  referralId: ReferralId
  caseId: CaseId
  what: 'referral' | 'reply'
  by: UserId
  at: Date
  purpose: string
}

type Place = Pick<ReferralRecord, '_id' | 'caseId' | 'fromAgencyId' | 'toAgencyId'>

const contextOf = ({ _id, caseId, fromAgencyId, toAgencyId }: Place, part: 'draft' | 'given' | 'said') =>
  ['referrals', _id, caseId, fromAgencyId, toAgencyId, part].join('|')

export function createReferralRepository({
  store,
  keyring,
}: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): ReferralRepository {
  const records = store.collection<ReferralRecord>('referrals')
  const prints = store.collection<Omit<ReferralPrint, 'purpose'> & { sealed: Buffer }>('referralPrints')
  const drawerOf = (caseId: CaseId) => keyring.drawer(`case:${caseId}`)

  async function opened(record: ReferralRecord): Promise<Referral> {
    const { sealedDraft: _, sealedGiven, sealedSaid, steps, ...clear } = record
    const drawer = await drawerOf(clear.caseId)
    const { notes, groundWords } = sealedSaid
      ? drawer.openJson<Said>(sealedSaid, contextOf(clear, 'said'))
      : NOTHING_SAID
    return {
      ...clear,
      ground: clear.ground ?? null,
      groundWords,
      steps: steps.map((step, index) => ({ ...step, note: notes[index] ?? '' })),
      given: sealedGiven ? drawer.openJson<ReferralGiven>(sealedGiven, contextOf(clear, 'given')) : null,
    }
  }

  async function update(known: Referral, set: Partial<ReferralRecord>): Promise<void> {
    const stored = await records.updateOne({ _id: known._id, _v: known._v }, { $set: set, $inc: { _v: 1 } })
    if (stored.matchedCount !== 1) throw new Refusal('conflict')
  }

  return {
    async find(referralId) {
      const record = await records.findOne({ _id: referralId })
      return record ? opened(record) : undefined
    },
    async ofCases(caseIds) {
      if (caseIds.length === 0) return []
      return Promise.all((await records.find({ caseId: { $in: [...caseIds] } }).toArray()).map(opened))
    },
    async toAgencies(agencyIds) {
      if (agencyIds.length === 0) return []
      const found = await records.find({ toAgencyId: { $in: [...agencyIds] } }).toArray()
      return Promise.all(found.filter(record => record.status !== 'draft').map(opened))
    },
    async draftOf(referralId) {
      const record = await records.findOne({ _id: referralId })
      if (!record) return undefined
      return (await drawerOf(record.caseId)).openJson<ReferralDraft>(record.sealedDraft, contextOf(record, 'draft'))
    },
    async insert({ draft, ...clear }) {
      const drawer = await drawerOf(clear.caseId)
      try {
        await records.insertOne({
          ...clear,
          _v: 1,
          status: 'draft',
          ground: null,
          steps: [],
          sealedDraft: drawer.sealJson(draft, contextOf(clear, 'draft')),
          sealedGiven: null,
          sealedSaid: null,
        })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async changeDraft(known, { service, codes, draft }) {
      const drawer = await drawerOf(known.caseId)
      await update(known, { service, codes, sealedDraft: drawer.sealJson(draft, contextOf(known, 'draft')) })
    },
    async move(known, { step: { note, ...step }, sent }) {
      const drawer = await drawerOf(known.caseId)
      const said: Said = {
        notes: [...known.steps.map(one => one.note), note],
        groundWords: sent?.groundWords ?? known.groundWords,
      }
      await update(known, {
        status: step.status,
        steps: [...known.steps.map(({ note: _, ...one }) => one), step],
        sealedSaid: drawer.sealJson(said, contextOf(known, 'said')),
        ...(sent && {
          ground: sent.ground,
          codes: sent.codes,
          sealedGiven: drawer.sealJson(sent.given, contextOf(known, 'given')),
        }),
      })
    },
    async discard(known) {
      const { deletedCount } = await records.deleteOne({ _id: known._id, _v: known._v, status: 'draft' })
      if (deletedCount !== 1) throw new Refusal('conflict')
    },
    async addPrint({ purpose, ...clear }) {
      const drawer = await drawerOf(clear.caseId)
      await prints.insertOne({ ...clear, sealed: drawer.sealJson({ purpose }, `referralPrints|${clear._id}|purpose`) })
    },
  }
}

const NOTHING_SAID: Said = { notes: [], groundWords: '' }
