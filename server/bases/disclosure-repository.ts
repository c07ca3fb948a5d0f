/**
 * The disclosure register (제3자 제공 대장): one row for each giving of a case's data to another agency, with the eight fields of 개인정보 보호법 시행령
 * 제15조 (DOMAIN §5.17). Rows are only added; that a giving ended is marked. In clear ids, codes and days; what words there are lie in the case's drawer.
 */
import type { DisclosureBasis } from '../../shared/bases/basis-codes.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

/** The eight fields, in the form's order. */
export interface DisclosureFields {
  /** 개인정보파일의 명칭 */
  file: string
  /** 이용하거나 제공받는 기관의 명칭 */
  receiver: string
  /** 이용 목적 또는 제공받는 목적 */
  purpose: string
  /** 이용 또는 제공의 법적 근거 */
  legalBasis: string
  /** 이용하거나 제공하는 개인정보의 항목 */
  items: string
  /** 이용 또는 제공의 날짜, 주기 또는 기간 */
  period: string
  /** 이용하거나 제공하는 형태 */
  form: string
  /** 제한하거나 필요한 조치를 마련할 것을 요청한 내용 */
  measures: string
}

export interface DisclosureRow {
  /** Says what was given to whom, so that the same giving stands once, e.g. `<basis id>.<agency id>`. */
  _id: string
  caseId: CaseId
  giver: AgencyId
  receiver: AgencyId
  /** Null where something was given against what was agreed, with a reason. */
  basis: DisclosureBasis | null
  source: 'basis' | 'referral'
  at: Date
  by: UserId
  /** `YYYY-MM-DD` in Seoul; null while it goes on. */
  endedOn: string | null
  fields: DisclosureFields
}

/** Of a case that was destroyed the row stays, and no word of it (retention/RETENTION.md RT10). */
type DisclosureRecord = Omit<DisclosureRow, 'fields'> & { sealed?: Buffer }

const NO_WORDS: DisclosureFields = {
  file: '',
  receiver: '',
  purpose: '',
  legalBasis: '',
  items: '',
  period: '',
  form: '',
  measures: '',
}

export interface DisclosureRepository {
  /** A row that stands there already is left as it is. */
  add(row: DisclosureRow): Promise<void>
  /** Marks that a giving is over; once is enough. */
  end(rowId: string, on: string): Promise<void>
  ofCase(caseId: CaseId): Promise<DisclosureRow[]>
  /** What an agency gave: of the cases that it answered for then. */
  ofGiver(agencyId: AgencyId): Promise<DisclosureRow[]>
}

const contextOf = ({ _id, caseId, giver, receiver }: Pick<DisclosureRow, '_id' | 'caseId' | 'giver' | 'receiver'>) =>
  ['disclosures', _id, caseId, giver, receiver].join('|')

export function createDisclosureRepository(options: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): DisclosureRepository {
  const { store, keyring } = options
  const records = store.collection<DisclosureRecord>('disclosures')

  async function opened({ sealed, ...clear }: DisclosureRecord): Promise<DisclosureRow> {
    if (!sealed) return { ...clear, endedOn: clear.endedOn ?? null, fields: NO_WORDS }
    const drawer = await keyring.drawer(`case:${clear.caseId}`)
    return { ...clear, endedOn: clear.endedOn ?? null, fields: drawer.openJson(sealed, contextOf(clear)) }
  }

  return {
    async add({ fields, ...clear }) {
      const drawer = await keyring.drawer(`case:${clear.caseId}`)
      try {
        await records.insertOne({ ...clear, sealed: drawer.sealJson(fields, contextOf(clear)) })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    },
    async end(rowId, on) {
      await records.updateOne({ _id: rowId, endedOn: null }, { $set: { endedOn: on } })
    },
    async ofCase(caseId) {
      return Promise.all((await records.find({ caseId }, { sort: { at: 1 } }).toArray()).map(opened))
    },
    async ofGiver(agencyId) {
      return Promise.all((await records.find({ giver: agencyId }, { sort: { at: 1 } }).toArray()).map(opened))
    },
  }
}
