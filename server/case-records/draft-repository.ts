/** What somebody has not finished writing in a case (SPEC CR13): one for each kind, theirs alone, sealed in the drawer of case and agency. */
import type { CaseRecordKind } from '../../shared/case-records/kinds.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

interface DraftRecord {
  _id: string
  _v: number
  userId: UserId
  caseId: CaseId
  agencyId: AgencyId
  kind: CaseRecordKind
  at: Date
  sealed: Buffer
}

interface Whose {
  userId: UserId
  caseId: CaseId
  agencyId: AgencyId
}

export interface DraftRepository {
  /** By kind. */
  of(whose: Whose): Promise<Partial<Record<CaseRecordKind, string>>>
  /** The last one holds. */
  keep(whose: Whose, kind: CaseRecordKind, draft: string, at: Date): Promise<void>
  remove(whose: Whose, kind: CaseRecordKind): Promise<void>
}

const idOf = ({ userId, caseId, agencyId }: Whose, kind: CaseRecordKind) => `${userId}.${caseId}.${agencyId}.${kind}`

export function createDraftRepository(options: { store: Store; keyring: Pick<Keyring, 'drawer'> }): DraftRepository {
  const { store, keyring } = options
  const records = store.collection<DraftRecord>('caseRecordDrafts')
  const drawerOf = ({ caseId, agencyId }: Whose) => keyring.drawer(`case:${caseId}:agency:${agencyId}`)
  return {
    async of(whose) {
      const { userId, caseId, agencyId } = whose
      const found = (await records.find({ caseId }).toArray()).filter(
        draft => draft.userId === userId && draft.agencyId === agencyId,
      )
      if (found.length === 0) return {}
      const drawer = await drawerOf(whose)
      return Object.fromEntries(
        found.map(({ _id, kind, sealed }) => [kind, drawer.openJson<{ draft: string }>(sealed, `drafts|${_id}`).draft]),
      )
    },
    async keep(whose, kind, draft, at) {
      const _id = idOf(whose, kind)
      const sealed = (await drawerOf(whose)).sealJson({ draft }, `drafts|${_id}`)
      await records.updateOne({ _id }, { $set: { ...whose, kind, at, sealed }, $inc: { _v: 1 } }, { upsert: true })
    },
    async remove(whose, kind) {
      await records.deleteOne({ _id: idOf(whose, kind) })
    },
  }
}
