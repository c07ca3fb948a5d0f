/**
 * What is read back at the end of an item (결정사항 확인): its decisions and action items as plain data, their canonical text, and what has
 * changed since something was confirmed. The server freezes it from the documents; screens show exactly this and hash it themselves.
 */
import type { DecisionKind, NeedDomain } from '../codes.ts'
import type { ActionId, AgencyId, DecisionId, ItemId } from '../ids.ts'

export interface ReadBackDecision {
  decisionId: DecisionId
  kind: DecisionKind | ''
  need: NeedDomain | ''
  text: string
  reason: string
  condition: string
}

export interface ReadBackAction {
  actionId: ActionId
  agencyId: AgencyId | ''
  person: string
  what: string
  rule: string
  /** Won; null when none is named. */
  amount: number | null
  /** `YYYY-MM-DD` or empty. */
  due: string
  need: NeedDomain | ''
}

export interface ReadBackContent {
  itemId: ItemId
  decisions: readonly ReadBackDecision[]
  actions: readonly ReadBackAction[]
}
