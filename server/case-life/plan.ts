/** How far a case's plan is, and which goals it has: read from its document, which other hands write. */

import { snapshotOfCase } from '../../shared/documents/case-parts/case-snapshot.ts'
import { planFaults } from '../../shared/documents/case-parts/plan-faults.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { DocumentDesk } from '../conferences/ports.ts'
import type { PlanStanding } from './ports.ts'

export async function readPlan(documents: Pick<DocumentDesk, 'read'>, caseId: CaseId): Promise<PlanStanding> {
  const snapshot = await documents.read(documentNameOf({ kind: 'case', caseId }), snapshotOfCase)
  return {
    hasPlan: snapshot.plan.some(row => row.status !== 'stopped'),
    faults: [...new Set(planFaults(snapshot).map(({ code }) => code))],
    goals: snapshot.goals.map(({ term, text, result }) => ({ term: term || 'short_term', words: text.words, result })),
  }
}
