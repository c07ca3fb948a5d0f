/**
 * The yearly confidentiality statements of an agency's own team: who gave it for which agency, and when. Ids and dates only. Statements for one
 * conference alone stand on its record (`accepted`).
 */
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { Store } from '../storage/port.ts'

interface StatementRecord {
  _id: UserId
  agencyId: AgencyId
  acceptedAt: Date
}

export interface StatementRepository {
  /** Who of these people gave theirs for this agency at that time or later. */
  givenSince(userIds: readonly UserId[], agencyId: AgencyId, since: Date): Promise<UserId[]>
  /** The latest one counts; may be repeated. */
  put(userId: UserId, agencyId: AgencyId, acceptedAt: Date): Promise<void>
}

export function createStatementRepository({ store }: { store: Store }): StatementRepository {
  const records = store.collection<StatementRecord>('statements')
  return {
    async givenSince(userIds, agencyId, since) {
      if (userIds.length === 0) return []
      const found = await records.find({ _id: { $in: [...userIds] } }).toArray()
      return found.filter(one => one.agencyId === agencyId && one.acceptedAt >= since).map(one => one._id)
    },
    async put(userId, agencyId, acceptedAt) {
      await records.updateOne({ _id: userId }, { $set: { agencyId, acceptedAt } }, { upsert: true })
    },
  }
}
