/**
 * Agreements between agencies (업무협약) at rest: parties and days in clear, title and scope sealed. They open nothing by themselves (BASES.md BS14).
 */
import type { AgencyId, AgreementId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface AgreementRecord {
  _id: AgreementId
  _v: number
  /** All of them, the agency that keeps the record first. */
  parties: AgencyId[]
  from: string
  /** Empty while it has no last day. */
  until: string
  /** Empty until it was ended before that. */
  endedOn: string
  enteredBy: UserId
  enteredAt: Date
  sealed: Buffer
}

interface AgreementText {
  title: string
  scope: string
}

export type Agreement = Omit<AgreementRecord, 'sealed'> & AgreementText

export interface AgreementRepository {
  find(agreementId: AgreementId): Promise<Agreement | undefined>
  /** Those that an agency is a party of, the latest first. */
  ofAgency(agencyId: AgencyId): Promise<Agreement[]>
  insert(made: Omit<Agreement, '_v' | 'endedOn'>): Promise<void>
  /** @throws Refusal `conflict` when another version is stored */
  end(known: Agreement, on: string): Promise<void>
}

const contextOf = (agreementId: AgreementId) => `agreements|${agreementId}`

export function createAgreementRepository(options: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): AgreementRepository {
  const { store, keyring } = options
  const records = store.collection<AgreementRecord>('agreements')

  async function opened({ sealed, ...clear }: AgreementRecord): Promise<Agreement> {
    const drawer = await keyring.drawer('installation')
    return { ...clear, ...drawer.openJson<AgreementText>(sealed, contextOf(clear._id)) }
  }

  return {
    async find(agreementId) {
      const record = await records.findOne({ _id: agreementId })
      return record ? opened(record) : undefined
    },
    async ofAgency(agencyId) {
      const found = await records.find({ parties: agencyId }, { sort: { from: -1 } }).toArray()
      return Promise.all(found.map(opened))
    },
    async insert({ title, scope, ...clear }) {
      const drawer = await keyring.drawer('installation')
      const sealed = drawer.sealJson({ title, scope }, contextOf(clear._id))
      await records.insertOne({ ...clear, _v: 1, endedOn: '', sealed })
    },
    async end(known, on) {
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { endedOn: on }, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
    },
  }
}

/** The last day of an agreement; undefined where it has none. */
export const agreementEnds = ({ until, endedOn }: Pick<Agreement, 'until' | 'endedOn'>): string | undefined =>
  endedOn || until || undefined

export const isInForce = (agreement: Pick<Agreement, 'from' | 'until' | 'endedOn'>, today: string): boolean => {
  const last = agreementEnds(agreement)
  return agreement.from <= today && agreement.endedOn === '' && (last === undefined || today <= last)
}
