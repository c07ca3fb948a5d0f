/** How far a case's plan is, read from its document. */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { DocumentDesk } from '../conferences/ports.ts'
import type { PlanStanding } from './ports.ts'

export async function readPlan(documents: Pick<DocumentDesk, 'read'>, caseId: CaseId): Promise<PlanStanding> {
  const rows = await documents.read(documentNameOf({ kind: 'case', caseId }), doc => doc.getMap('plan').size)
  return { hasPlan: rows > 0, faults: [] }
}
