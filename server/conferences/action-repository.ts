/**
 * States of action items (조치사항), for whoever only reads them beside a document: an action item without one is `proposed`, version 0. They
 * are changed, with everything else that holds of an action item, in `server/actions`.
 */
import type { ActionStatus } from '../../shared/codes.ts'
import type { ActionId, AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type { Store } from '../storage/port.ts'

interface ActionRecord {
  _id: string
  _v: number
  actionId: ActionId
  document: string
  caseId: CaseId | null
  /** The agency that owes it. */
  agencyId: AgencyId
  status: ActionStatus
  changedAt: Date
  changedBy: UserId
}

export type ActionState = Omit<ActionRecord, '_id'>

export interface ActionRepository {
  /** Those that were ever changed. */
  ofDocuments(documents: readonly string[]): Promise<ActionState[]>
}

export function createActionRepository({ store }: { store: Store }): ActionRepository {
  const records = store.collection<ActionRecord>('actions')
  return {
    async ofDocuments(documents) {
      if (documents.length === 0) return []
      const found = await records.find({ document: { $in: [...documents] } }).toArray()
      return found.filter(record => record._v > 0)
    },
  }
}
