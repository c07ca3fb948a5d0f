/**
 * Lines that propose themselves for a next conference's agenda: each objection to minutes one (MINUTES.md MN9). In clear: ids, codes, dates. What was
 * said lies with the leaf that it is about; here is only that there is something to talk about. Derived from the minutes' record, so writing one may
 * be repeated.
 */
import type { AgencyId, CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export interface AgendaProposal {
  /** The signature's id: one objection is one line. */
  _id: string
  kind: 'objection'
  conferenceId: ConferenceId
  hostAgencyId: AgencyId
  /** The item that the objection is about, and its case; null for the meeting as a whole. */
  itemId: ItemId | null
  caseId: CaseId | null
  /** Who objected. */
  agencyId: AgencyId
  at: Date
  /** `open` until it was tabled or put aside. */
  state: 'open' | 'tabled' | 'dropped'
}

export interface AgendaProposals {
  /** May be repeated: one that is there keeps its state. */
  propose(proposal: Omit<AgendaProposal, 'state'>): Promise<void>
  /** Open ones for conferences of this agency, the oldest first. */
  openOf(hostAgencyId: AgencyId): Promise<AgendaProposal[]>
  settle(id: string, to: 'tabled' | 'dropped'): Promise<void>
}

export function createAgendaProposals({ store }: { store: Store }): AgendaProposals {
  const records = store.collection<AgendaProposal>('agendaProposals')
  return {
    async propose({ _id, ...fields }) {
      // Inserted as a whole: not every server writes the nulls of an upsert.
      await records.insertOne({ _id, ...fields, state: 'open' }).catch(error => {
        if (!isDuplicateKey(error)) throw error
      })
    },
    async openOf(hostAgencyId) {
      return records.find({ hostAgencyId, state: 'open' }, { sort: { at: 1, _id: 1 } }).toArray()
    },
    async settle(id, to) {
      await records.updateOne({ _id: id, state: 'open' }, { $set: { state: to } })
    },
  }
}
