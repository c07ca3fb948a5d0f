/**
 * Bases at rest: one record per case with every basis that was entered, so that each change is one write, compared by version. It is clear (ids, codes,
 * days): the words of a basis lie beside it, sealed in the case's drawer and written first, so that a basis never stands without its words.
 */
import type { BasisFacts, CaseBases, Receiver } from '../../shared/bases/bases.ts'
import { NO_BASES, nextChangeOn } from '../../shared/bases/bases.ts'
import type { ConsentScope } from '../../shared/bases/basis-codes.ts'
import type { AgencyId, AgreementId, BasisId, CaseId, CommandId, UserId } from '../../shared/ids.ts'
import type { BasisWords } from '../../shared/protocol/bases.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export interface NamedReceiver extends Receiver {
  /** With who marked it; null for what ran out by itself. */
  end: (NonNullable<Receiver['end']> & { by: UserId | null; at: Date }) | null
}

export interface Basis extends BasisFacts {
  basisId: BasisId
  receivers: NamedReceiver[]
  refused: ConsentScope[]
  givenOn: string
  approvedBy: UserId | null
  approvedAt: Date | null
  agreementId: AgreementId | null
  enteredBy: UserId
  enteredAt: Date
  command: CommandId
}

export interface BasesOfCase extends CaseBases {
  caseId: CaseId
  /** 0 while nothing was entered. */
  _v: number
  bases: readonly Basis[]
}

interface BasesRecord {
  _id: CaseId
  _v: number
  sensitive: boolean
  bases: Basis[]
  /** The day on which time alone changes something; empty where it does not. */
  nextOn: string
}

interface TextRecord {
  _id: BasisId
  caseId: CaseId
  sealed: Buffer
}

export interface BasisRepository {
  find(caseId: CaseId): Promise<BasesOfCase>
  findMany(caseIds: readonly CaseId[]): Promise<ReadonlyMap<CaseId, BasesOfCase>>
  words(caseId: CaseId): Promise<ReadonlyMap<BasisId, BasisWords>>
  writeWords(caseId: CaseId, basisId: BasisId, words: BasisWords): Promise<void>
  /** Takes away words whose basis was not entered after all. */
  dropWords(basisId: BasisId): Promise<void>
  /** @param today in Seoul, for what the clock does next @throws Refusal `conflict` when another version is stored */
  put(
    known: Pick<BasesOfCase, 'caseId' | '_v'>,
    next: { sensitive: boolean; bases: readonly Basis[] },
    today: string,
  ): Promise<BasesOfCase>
  /** Those that time has changed by that day and that were not looked at since. */
  due(today: string): Promise<BasesOfCase[]>
  /** The day on which the next one is; undefined where none is. */
  nextDue(): Promise<string | undefined>
  /** Cases in which an agreement is named. */
  naming(agreementId: AgreementId): Promise<BasesOfCase[]>
}

const contextOf = (caseId: CaseId, basisId: BasisId) => `basisTexts|${caseId}|${basisId}`

export function createBasisRepository(options: { store: Store; keyring: Pick<Keyring, 'drawer'> }): BasisRepository {
  const { store, keyring } = options
  const records = store.collection<BasesRecord>('bases')
  const texts = store.collection<TextRecord>('basisTexts')

  const opened = ({ _id, _v, sensitive, bases }: BasesRecord): BasesOfCase => ({
    caseId: _id,
    _v,
    sensitive,
    bases: bases.map(withNulls),
  })

  return {
    async find(caseId) {
      const record = await records.findOne({ _id: caseId })
      return record ? opened(record) : { ...NO_BASES, bases: [], caseId, _v: 0 }
    },
    async findMany(caseIds) {
      if (caseIds.length === 0) return new Map()
      const found = await records.find({ _id: { $in: [...caseIds] } }).toArray()
      return new Map(found.map(record => [record._id, opened(record)]))
    },
    async words(caseId) {
      const found = await texts.find({ caseId }).toArray()
      if (found.length === 0) return new Map()
      const drawer = await keyring.drawer(`case:${caseId}`)
      return new Map(found.map(({ _id, sealed }) => [_id, drawer.openJson<BasisWords>(sealed, contextOf(caseId, _id))]))
    },
    async writeWords(caseId, basisId, words) {
      const drawer = await keyring.drawer(`case:${caseId}`)
      await texts.insertOne({ _id: basisId, caseId, sealed: drawer.sealJson(words, contextOf(caseId, basisId)) })
    },
    async dropWords(basisId) {
      await texts.deleteOne({ _id: basisId })
    },
    async put({ caseId, _v }, { sensitive, bases }, today) {
      const fields = { sensitive, bases: [...bases], nextOn: nextChangeOn({ bases }, today) ?? '' }
      if (_v === 0) {
        try {
          await records.insertOne({ _id: caseId, _v: 1, ...fields })
        } catch (error) {
          if (isDuplicateKey(error)) throw new Refusal('conflict')
          throw error
        }
        return { caseId, _v: 1, sensitive, bases }
      }
      const stored = await records.findOneAndUpdate(
        { _id: caseId, _v },
        { $set: fields, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
    async due(today) {
      return (await records.find({ nextOn: { $gt: '', $lte: today } }).toArray()).map(opened)
    },
    async nextDue() {
      const [first] = await records.find({ nextOn: { $gt: '' } }, { sort: { nextOn: 1 }, limit: 1 }).toArray()
      return first?.nextOn
    },
    async naming(agreementId) {
      return (await records.find({ 'bases.agreementId': agreementId }).toArray()).map(opened)
    },
  }
}

/** A store may leave out what is null. */
function withNulls(basis: Basis): Basis {
  return {
    ...basis,
    until: basis.until ?? null,
    reviewOn: basis.reviewOn ?? null,
    approvedBy: basis.approvedBy ?? null,
    approvedAt: basis.approvedAt ?? null,
    agreementId: basis.agreementId ?? null,
    receivers: basis.receivers.map(receiver => ({
      ...receiver,
      end: receiver.end ? { ...receiver.end, by: receiver.end.by ?? null } : null,
    })),
  }
}

/** The agencies that a basis still names. */
export const stillNamed = ({ receivers }: Pick<Basis, 'receivers'>): AgencyId[] =>
  receivers.flatMap(({ agencyId, end }) => (end === null ? [agencyId] : []))
