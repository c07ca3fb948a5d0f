/** A case that the person concerned had suspended, put there at once: what the screens enter as a request and its answer. */
import type { Store } from '../../server/storage/port.ts'
import type { CaseId } from '../../shared/ids.ts'

export async function suspend(
  { store }: { store: Pick<Store, 'collection'> },
  caseId: CaseId,
  on: string,
): Promise<void> {
  const request = { kind: 'suspension', state: 'answered', answer: { decision: 'granted', on } }
  await store
    .collection<{ _id: string; caseId: CaseId; command: string }>('subjectRequests')
    .insertOne({ _id: `suspension of ${caseId}`, caseId, command: `suspension of ${caseId}`, ...request })
}
