/** Which forms of a case were printed, with the sentence what for: sealed in the case's drawer, because people write names into it. */
import type { CaseId, PrintId, UserId } from '../../shared/ids.ts'
import type { PrintedForm, PrintedPart } from '../../shared/protocol/case-forms.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface CasePrintRecord {
  _id: PrintId
  caseId: CaseId
  form: PrintedForm
  parts: PrintedPart[]
  by: UserId
  at: Date
  sealed: Buffer
}

export type CasePrint = Omit<CasePrintRecord, 'sealed'> & { purpose: string }

export interface CasePrintRepository {
  insert(print: CasePrint): Promise<void>
  /** The oldest first. */
  ofCase(caseId: CaseId): Promise<CasePrint[]>
}

const contextOf = (printId: PrintId) => `casePrints|${printId}|purpose`

export function createCasePrintRepository({
  store,
  keyring,
}: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): CasePrintRepository {
  const records = store.collection<CasePrintRecord>('casePrints')
  return {
    async insert({ purpose, ...clear }) {
      const drawer = await keyring.drawer(`case:${clear.caseId}`)
      await records.insertOne({ ...clear, sealed: drawer.sealJson({ purpose }, contextOf(clear._id)) })
    },
    async ofCase(caseId) {
      const drawer = await keyring.drawer(`case:${caseId}`)
      const found = await records.find({ caseId }, { sort: { at: 1 } }).toArray()
      return found.map(({ sealed, ...clear }) => ({
        ...clear,
        ...drawer.openJson<{ purpose: string }>(sealed, contextOf(clear._id)),
      }))
    },
  }
}
