/** What a case's life needs beside cases and conferences. */
import type { GoalResult, GoalTerm } from '../../shared/cases/life-codes.ts'
import type { PlanFaultCode } from '../../shared/documents/case-parts/plan-faults.ts'
import type { CaseId, ItemId } from '../../shared/ids.ts'
import type { CodeSets } from '../code-sets/code-sets.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Kept } from '../meetings/kept.ts'
import type { HearingState } from '../meetings/meeting-state.ts'

/** How far the service plan of a case is. */
export interface PlanStanding {
  /** Whether there is any row of a plan. */
  hasPlan: boolean
  /** What the law asks of a plan and this one has not, by code (사회보장급여법 제15조). */
  faults: readonly PlanFaultCode[]
  /** As the case's document has them: what a closure evaluation begins with. */
  goals: readonly { term: GoalTerm; words: string; result: GoalResult | '' }[]
}

export interface LifeParts extends ConferenceParts {
  hearings: { find(itemId: ItemId): Promise<Kept<Pick<HearingState, 'confirmations'>>> }
  planOf(caseId: CaseId): Promise<PlanStanding>
  codeSets: CodeSets
}
