/** Who is let in to a case's life: its readers; to move it, the lead agency's workers; to answer, those of the agency that is asked (LIFE.md CL1, CJ3). */
import { type Actor, type CaseFacts, canWriteCase, hasRole } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId } from '../../shared/ids.ts'
import { type AdmittedCase, admitToCase, refuse } from '../conferences/admission.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'

export async function admitToWriteCase(parts: ConferenceParts, by: By, caseId: CaseId): Promise<AdmittedCase> {
  const admitted = await admitToCase(parts, by, caseId)
  if (canWriteCase(by.actor, admitted.facts)) return admitted
  return refuse(parts, by, 'not-allowed', { subject: caseId, object: caseObject(caseId) })
}

export const caseObject = (caseId: CaseId) => documentNameOf({ kind: 'case', caseId })

/** The agencies of the case that the person works on it for. */
export function speaksFor(actor: Actor, { workers, agencies }: CaseFacts): AgencyId[] {
  return workers
    .filter(
      ({ userId, agencyId }) =>
        userId === actor.userId &&
        agencies.some(agency => agency.agencyId === agencyId) &&
        hasRole(actor, agencyId, ['case_worker', 'supervisor']),
    )
    .map(({ agencyId }) => agencyId)
}
