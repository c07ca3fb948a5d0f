/**
 * Putting an item back to what it was: only what differs is written, so that words that stayed keep the hands that wrote them. What is written is an
 * edit like any other; nothing that others write at the same time is lost. One transaction each, and doing it twice changes nothing more.
 */
import type * as Y from 'yjs'
import { codesOf, NEED_DOMAINS } from '../codes.ts'
import { actionOf, actionsOf, putActionBack, removeAction, setActionFields } from '../documents/actions-document.ts'
import {
  decisionOf,
  decisionsOf,
  discussionOf,
  opinionOf,
  opinionsOf,
  presentationOf,
  putDecisionBack,
  removeDecision,
  setDecisionFields,
  setNeed,
} from '../documents/item-document.ts'
import { isMoment } from '../documents/layout-language.ts'
import { isOrderKey } from '../documents/ordering.ts'
import { type ActionId, type AgencyId, type ItemId, isId } from '../ids.ts'
import type { ActionContent, DecisionContent, OwnContent } from './item-content.ts'
import { restoreText } from './restoring-text.ts'

/** @param mayHave agencies that have a part in the item now; what others said stays as it is */
export function restoreItem(doc: Y.Doc, target: OwnContent, mayHave: (agencyId: AgencyId) => boolean): void {
  doc.transact(() => {
    restoreText(presentationOf(doc), target.presentation)
    restoreText(discussionOf(doc), target.discussion)
    for (const need of codesOf(NEED_DOMAINS)) setNeed(doc, need, target.needs.includes(need))
    for (const { need, agencyId } of opinionsOf(doc)) {
      const isThere = target.opinions.some(one => one.need === need && one.agencyId === agencyId)
      if (!isThere && mayHave(agencyId)) restoreText(opinionOf(doc, need, agencyId), [])
    }
    for (const { need, agencyId, text } of target.opinions) {
      if (mayHave(agencyId)) restoreText(opinionOf(doc, need, agencyId), text)
    }
    for (const { id } of decisionsOf(doc)) if (!target.decisions.some(one => one.id === id)) removeDecision(doc, id)
    for (const decision of target.decisions) restoreDecision(doc, decision)
  })
}

function restoreDecision(doc: Y.Doc, { text, reason, condition, kind, order, ...plain }: DecisionContent): void {
  const { id, need } = plain
  // Undone by two people at once, it may have none: then it keeps what it has.
  const fields = { ...(kind !== '' && { kind }), ...(isOrderKey(order) && { order }) }
  if (decisionOf(doc, id) === undefined) {
    if (!isOrderKey(order) || !isId(plain.by) || !isMoment(plain.at)) return
    putDecisionBack(doc, { ...plain, order, kind: kind === '' ? undefined : kind })
  } else {
    setDecisionFields(doc, id, { need, ...fields })
  }
  const entry = decisionOf(doc, id)
  if (entry === undefined) return
  restoreText(entry.text, text)
  restoreText(entry.reason, reason)
  restoreText(entry.condition, condition)
}

export interface Ledger {
  itemId: ItemId
  /** Of the action items that have moved since they were proposed: an agency's answer is not taken back by going back. */
  isAnswered: (id: ActionId) => boolean
  /** Of those in another of the item's ledgers. */
  isElsewhere: (id: ActionId) => boolean
}

/** The item's own action items in its ledger; those of other items, of other meetings and those that were answered stay as they are. */
export function restoreActions(doc: Y.Doc, target: readonly ActionContent[], ledger: Ledger): void {
  const { itemId, isAnswered, isElsewhere } = ledger
  doc.transact(() => {
    for (const action of actionsOf(doc)) {
      if (action.itemId !== itemId || isAnswered(action.id)) continue
      if (!target.some(one => one.id === action.id)) removeAction(doc, action.id)
    }
    for (const action of target) {
      if (!isAnswered(action.id) && !isElsewhere(action.id)) restoreAction(doc, action)
    }
  })
}

function restoreAction(doc: Y.Doc, { what, rule, ...plain }: ActionContent): void {
  const { id, agencyId, person, due, amount, need, order, by, at } = plain
  // What people undid against each other had no such field then, and none can be invented.
  if (!isOrderKey(order) || !isId(agencyId) || !isId(by) || !isMoment(at)) return
  if (actionOf(doc, id) === undefined) putActionBack(doc, plain)
  else setActionFields(doc, id, { agencyId, person, due, amount, need, order })
  const entry = actionOf(doc, id)
  if (entry === undefined) return
  restoreText(entry.what, what)
  restoreText(entry.rule, rule)
}
