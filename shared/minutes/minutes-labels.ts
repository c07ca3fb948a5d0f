/** What the codes in minutes are called. The record holds codes; their words are those of the moment at which a version was circulated (CODE-SETS.md CO9). */
import type { CodeSetName } from '../code-sets/shipped.ts'
import type { CaseStage, DecisionKind, Label, NeedDomain } from '../codes.ts'

export interface MinutesLabels {
  needs: Readonly<Record<NeedDomain, Label>>
  decisions: Readonly<Record<DecisionKind, Label>>
  stages: Readonly<Record<CaseStage, Label>>
}

/** The sets that minutes speak in. Their codes are fixed (CO4): each has a name in every version. */
export const SETS_IN_MINUTES = ['need_domain', 'decision_kind', 'case_stage'] as const satisfies readonly CodeSetName[]
