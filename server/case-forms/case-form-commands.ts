/**
 * Before a form of a case goes to the printer: who, when, which parts of which form, and what for. Sources: 안전성 확보조치 기준 제8조② (reason for taking
 * data out), 제12조 (printing, as little as the purpose needs); LR-21.
 */
import { canWriteCase } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId, PrintId } from '../../shared/ids.ts'
import type { CasePrintBody } from '../../shared/protocol/case-forms.ts'
import type { PrintView } from '../../shared/protocol/papers.ts'
import { type AdmittedCase, admitToCase, refuse } from '../conferences/admission.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { assertMayTakeOut } from '../subject-requests/suspensions.ts'
import type { CasePrintRepository } from './case-print-repository.ts'

export interface CaseFormParts extends ConferenceParts {
  casePrints: CasePrintRepository
}

export async function admitToPrintForm(parts: CaseFormParts, by: By, caseId: CaseId): Promise<AdmittedCase> {
  const admitted = await admitToCase(parts, by, caseId)
  if (canWriteCase(by.actor, admitted.facts)) return admitted
  return refuse(parts, by, 'not-allowed', { subject: caseId, object: documentNameOf({ kind: 'case', caseId }) })
}

export async function recordCasePrint(
  parts: CaseFormParts,
  by: By,
  { file }: AdmittedCase,
  { form, parts: printed, purpose }: CasePrintBody,
): Promise<PrintView> {
  await assertMayTakeOut(parts, by, file)
  const printId = parts.newId<PrintId>()
  const at = new Date(parts.now())
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'case-form.print',
    subject: file._id,
    object: `${documentNameOf({ kind: 'case', caseId: file._id })} print.${printId}`,
    outcome: 'ok',
    reason: `${form}: ${printed.join(' ')}`,
  })
  await parts.casePrints.insert({
    _id: printId,
    caseId: file._id,
    form,
    parts: printed,
    by: by.actor.userId,
    at,
    purpose,
  })
  return { printId, at: at.toISOString() }
}
