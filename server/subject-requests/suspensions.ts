/**
 * Cases that the person concerned had suspended (처리정지, 개인정보 보호법 제37조): nothing new of them is given to others until it is lifted (REQUESTS.md DR14).
 * The request itself is the mark, so that granting and lifting are one write each.
 */
import type { Actor } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId } from '../../shared/ids.ts'
import { suspendedSince } from '../../shared/subject-requests/follow-ups.ts'
import { refuse } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import type { Store } from '../storage/port.ts'
import type { ClearRequest } from './request-repository.ts'

export interface Suspensions {
  /** Since which day those of these cases are suspended that are. */
  ofCases(caseIds: readonly CaseId[]): Promise<ReadonlyMap<CaseId, string>>
}

export function createSuspensions({ store }: { store: Pick<Store, 'collection'> }): Suspensions {
  const records = store.collection<ClearRequest>('subjectRequests')
  return {
    async ofCases(caseIds) {
      const since = new Map<CaseId, string>()
      if (caseIds.length === 0) return since
      const found = await records
        .find({ caseId: { $in: [...caseIds] }, kind: 'suspension', state: 'answered' })
        .toArray()
      for (const caseId of new Set(found.map(one => one.caseId))) {
        const day = suspendedSince(found.filter(one => one.caseId === caseId))
        if (day !== undefined) since.set(caseId, day)
      }
      return since
    },
  }
}

type Parts = Pick<ConferenceParts, 'audit' | 'suspensions'>

/**
 * Asked once it is known that the person may know of the case, and before anything is written.
 * @throws Refusal `not-allowed` `case-suspended`, on record
 */
export async function assertNotSuspended(parts: Parts, by: By, caseId: CaseId): Promise<void> {
  const suspended = await parts.suspensions.ofCases([caseId])
  if (!suspended.has(caseId)) return
  await refuse(parts, by, 'not-allowed', {
    subject: caseId,
    object: documentNameOf({ kind: 'case', caseId }),
    detail: 'case-suspended',
  })
}

/** Taking a case out in a readable form: of a suspended one only the agency that answers for it does, as far as the law orders it (DR15). @throws Refusal */
export async function assertMayTakeOut(parts: Parts, by: By, file: Pick<Case, '_id' | 'agencies'>): Promise<void> {
  if (!isOfLead(by.actor, file)) await assertNotSuspended(parts, by, file._id)
}

function isOfLead(actor: Actor, { agencies }: Pick<Case, 'agencies'>): boolean {
  const lead: AgencyId | undefined = agencies.find(({ role }) => role === 'lead')?.agencyId
  return actor.memberships.some(({ agencyId }) => agencyId === lead)
}
