/**
 * States of action items (조치사항). The words of an action item are in a document; what holds of it is this record, changed by command only.
 * An action item without a record is `proposed`, version 0. The id joins document and action, because action ids are made by clients
 * and one must never be able to speak for an action item in another document.
 */
import type { ActionStatus } from '../../shared/codes.ts'
import type { ActionId, AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface ActionRecord {
  _id: string
  _v: number
  actionId: ActionId
  document: string
  caseId: CaseId | null
  /** The agency that owed it when the state changed last; the document has the word. */
  agencyId: AgencyId
  status: ActionStatus
  changedAt: Date
  changedBy: UserId
}

export type ActionState = Omit<ActionRecord, '_id'>

export interface ActionRepository {
  ofDocuments(documents: readonly string[]): Promise<ActionState[]>
  /** Writes the state that follows version `_v - 1` (0: none yet). @throws Refusal `conflict` when another version is stored. */
  write(next: ActionState): Promise<void>
}

export function createActionRepository({ store }: { store: Store }): ActionRepository {
  const records = store.collection<ActionRecord>('actions')
  return {
    async ofDocuments(documents) {
      if (documents.length === 0) return []
      return records.find({ document: { $in: [...documents] } }).toArray()
    },
    async write(next) {
      const _id = `${next.document}/${next.actionId}`
      if (next._v === 1) {
        try {
          await records.insertOne({ _id, ...next })
        } catch (error) {
          if (isDuplicateKey(error)) throw new Refusal('conflict')
          throw error
        }
        return
      }
      const { _v, ...fields } = next
      const { matchedCount } = await records.updateOne({ _id, _v: _v - 1 }, { $set: { ...fields, _v } })
      if (matchedCount === 0) throw new Refusal('conflict')
    },
  }
}
