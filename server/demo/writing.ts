/** The words of the demo into documents, each only where nothing stands yet: who tries the demo keeps what was changed. */
import type * as Y from 'yjs'
import type { DecisionKind, NeedDomain } from '../../shared/codes.ts'
import { actionOf, addAction } from '../../shared/documents/actions-document.ts'
import {
  addDecision,
  decisionOf,
  discussionOf,
  opinionOf,
  presentationOf,
  setNeed,
} from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import type { ActionId, AgencyId, ConferenceId, DecisionId, ItemId } from '../../shared/ids.ts'
import { type DemoSlug, demoPerson } from './community.ts'
import { fixedId } from './fixed-ids.ts'
import { agencyIdOf, demoDocument, type Stage } from './stage.ts'

/** Paragraphs, one a line. */
type Text = string

export function fill(fragment: Y.XmlFragment, text: Text): void {
  if (fragment.length === 0) fragment.insert(0, paragraphsOf(text))
}

export interface Opinion {
  need: NeedDomain
  /** Who writes it, by login; it stands under the person's agency. */
  login: string
  text: Text
}

export interface DecisionPlan {
  name: string
  kind: DecisionKind
  need?: NeedDomain
  text: Text
  reason?: Text
  condition?: Text
}

export interface ItemText {
  presentation: Text
  opinions: readonly Opinion[]
  discussion?: Text
  decisions?: readonly DecisionPlan[]
}

/** Writes an item as its people would: the minute-taker the presentation and decisions, each agency its opinions. */
export async function writeItem(
  stage: Stage,
  plan: { item: string; minuteTaker: string; at: Date; text: ItemText },
): Promise<void> {
  const { item, minuteTaker, at, text } = plan
  const document = demoDocument.item(item)
  await stage.write(document, minuteTaker, doc => {
    fill(presentationOf(doc), text.presentation)
    for (const { need } of text.opinions) setNeed(doc, need, true)
    if (text.discussion) fill(discussionOf(doc), text.discussion)
    for (const { name, ...decision } of text.decisions ?? []) {
      const id = fixedId<DecisionId>('decision', name)
      if (decisionOf(doc, id)) continue
      addDecision(doc, { ...decision, id, by: demoPerson(minuteTaker).userId, at: at.toISOString() })
    }
  })
  for (const login of new Set(text.opinions.map(opinion => opinion.login))) {
    const agencyId: AgencyId = demoPerson(login).agencyId
    await stage.write(document, login, doc => {
      for (const opinion of text.opinions) {
        if (opinion.login === login) fill(opinionOf(doc, opinion.need, agencyId), opinion.text)
      }
    })
  }
}

export interface ActionPlan {
  name: string
  agency: DemoSlug
  what: Text
  person?: string
  /** `YYYY-MM-DD` */
  due?: string
  /** Won. */
  amount?: number
  rule?: Text
  need?: NeedDomain
}

/** Enters action items into a ledger, made in that item. */
export async function writeActions(
  stage: Stage,
  plan: { ledger: string; item: string; conference: string; by: string; at: Date; actions: readonly ActionPlan[] },
): Promise<void> {
  await stage.write(plan.ledger, plan.by, doc => {
    for (const { name, agency, ...action } of plan.actions) {
      const id = fixedId<ActionId>('action', name)
      if (actionOf(doc, id)) continue
      addAction(doc, {
        ...action,
        id,
        agencyId: agencyIdOf(agency),
        itemId: fixedId<ItemId>('item', plan.item),
        conferenceId: fixedId<ConferenceId>('conference', plan.conference),
        by: demoPerson(plan.by).userId,
        at: plan.at.toISOString(),
      })
    }
  })
}
