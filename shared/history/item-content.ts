/**
 * All that stands in one item as plain data, its action items included, as far as it is needed to compare it with another moment and to put it
 * back (`restoring.ts`). Holds nothing live.
 */
import type * as Y from 'yjs'
import type { DecisionKind, NeedDomain } from '../codes.ts'
import { type ActionEntry, actionsOf } from '../documents/actions-document.ts'
import {
  type DecisionEntry,
  decisionsOf,
  discussionOf,
  needsOf,
  opinionsOf,
  presentationOf,
} from '../documents/item-document.ts'
import type { ActionId, AgencyId, ItemId } from '../ids.ts'
import { type Nodes, nodesOf } from './nodes.ts'

export type DecisionContent = Omit<DecisionEntry, 'kind' | 'text' | 'reason' | 'condition'> & {
  kind: DecisionKind | ''
  text: Nodes
  reason: Nodes
  condition: Nodes
}

export type ActionContent = Omit<ActionEntry, 'what' | 'rule'> & { what: Nodes; rule: Nodes }

/** What the item's own document holds. */
export interface OwnContent {
  presentation: Nodes
  discussion: Nodes
  /** In the order of the code table. */
  needs: readonly NeedDomain[]
  /** Those in which something is written, in the order of the needs, then by agency. */
  opinions: readonly { need: NeedDomain; agencyId: AgencyId; text: Nodes }[]
  /** In their order. */
  decisions: readonly DecisionContent[]
}

export interface ItemContent extends OwnContent {
  /** In their order, of the ledger for new ones first. */
  actions: readonly ActionContent[]
}

export function ownContentOf(doc: Y.Doc): OwnContent {
  return {
    presentation: nodesOf(presentationOf(doc)),
    discussion: nodesOf(discussionOf(doc)),
    needs: needsOf(doc),
    opinions: opinionsOf(doc)
      .filter(({ text }) => text.length > 0)
      .map(({ need, agencyId, text }) => ({ need, agencyId, text: nodesOf(text) })),
    decisions: decisionsOf(doc).map(({ id, kind, need, order, by, at, text, reason, condition }) => ({
      id,
      kind: kind ?? '',
      need,
      order,
      by,
      at,
      text: nodesOf(text),
      reason: nodesOf(reason),
      condition: nodesOf(condition),
    })),
  }
}

/** This item's action items in one of its ledgers. */
export function actionContentOf(doc: Y.Doc, itemId: ItemId): ActionContent[] {
  return actionsOf(doc)
    .filter(action => action.itemId === itemId)
    .map(({ what, rule, ...plain }) => ({ ...plain, what: nodesOf(what), rule: nodesOf(rule) }))
}

/** Puts ledgers together. An id that two of them hold counts once, the first. */
export function actionsTogether(ledgers: readonly (readonly ActionContent[])[]): ActionContent[] {
  const byId = new Map<ActionId, ActionContent>()
  for (const action of ledgers.flat()) if (!byId.has(action.id)) byId.set(action.id, action)
  return [...byId.values()]
}

/** Where all documents are at hand. */
export function itemContentOf(itemId: ItemId, item: Y.Doc, ledgers: readonly Y.Doc[]): ItemContent {
  return { ...ownContentOf(item), actions: actionsTogether(ledgers.map(doc => actionContentOf(doc, itemId))) }
}

/** Whether the same stands in both, marks and order included. */
export const isSameContent = (a: ItemContent, b: ItemContent): boolean => inOneForm(a) === inOneForm(b)

/** Keys in one order, whichever way they came about. */
function inOneForm(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
