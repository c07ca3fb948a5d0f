/**
 * Documents as plain readonly data, for lists, exports and the projection. Long texts appear twice: as words alone and as nodes. A snapshot
 * holds nothing live and may be kept.
 */
import type * as Y from 'yjs'
import type { DecisionKind, NeedDomain } from '../codes.ts'
import type { ActionId, AgencyId, ConferenceId, DecisionId, ItemId, UserId } from '../ids.ts'
import { actionsOf } from './actions-document.ts'
import type { CaseSnapshot } from './case-parts/case-snapshot.ts'
import { type AgendaEntry, agendaOf, notesOf, proposalsOf } from './conference-document.ts'
import { decisionsOf, discussionOf, needsOf, opinionsOf, presentationOf } from './item-document.ts'
import { type TextSnapshot, textSnapshot } from './text-snapshot.ts'

export interface ActionSnapshot {
  readonly id: ActionId
  readonly what: TextSnapshot
  readonly rule: TextSnapshot
  readonly agencyId: AgencyId
  readonly person: string
  readonly due: string
  readonly amount: number | null
  readonly need: NeedDomain | ''
  readonly itemId: ItemId | ''
  readonly conferenceId: ConferenceId | ''
  readonly by: UserId
  readonly at: string
}

export interface ConferenceSnapshot {
  readonly agenda: readonly AgendaEntry[]
  readonly notes: TextSnapshot
  readonly proposals: readonly {
    readonly id: string
    readonly text: TextSnapshot
    readonly by: UserId
    readonly at: string
  }[]
  readonly actions: readonly ActionSnapshot[]
}

export interface DecisionSnapshot {
  readonly id: DecisionId
  readonly kind: DecisionKind | undefined
  readonly text: TextSnapshot
  readonly reason: TextSnapshot
  readonly condition: TextSnapshot
  readonly need: NeedDomain | ''
  readonly by: UserId
  readonly at: string
}

export interface ItemSnapshot {
  readonly presentation: TextSnapshot
  readonly discussion: TextSnapshot
  readonly needs: readonly NeedDomain[]
  /** Only opinions in which something is written. */
  readonly opinions: readonly { readonly need: NeedDomain; readonly agencyId: AgencyId; readonly text: TextSnapshot }[]
  readonly decisions: readonly DecisionSnapshot[]
}

export interface ActionsSnapshot {
  readonly actions: readonly ActionSnapshot[]
}

export function snapshotOfConference(doc: Y.Doc): ConferenceSnapshot {
  return {
    agenda: agendaOf(doc),
    notes: textSnapshot(notesOf(doc)),
    proposals: proposalsOf(doc).map(({ id, text, by, at }) => ({ id, text: textSnapshot(text), by, at })),
    actions: actionSnapshots(doc),
  }
}

export function snapshotOfItem(doc: Y.Doc): ItemSnapshot {
  return {
    presentation: textSnapshot(presentationOf(doc)),
    discussion: textSnapshot(discussionOf(doc)),
    needs: needsOf(doc),
    opinions: opinionsOf(doc)
      .filter(opinion => opinion.text.length > 0)
      .map(({ need, agencyId, text }) => ({ need, agencyId, text: textSnapshot(text) })),
    decisions: decisionsOf(doc).map(({ id, kind, text, reason, condition, need, by, at }) => ({
      id,
      kind,
      text: textSnapshot(text),
      reason: textSnapshot(reason),
      condition: textSnapshot(condition),
      need,
      by,
      at,
    })),
  }
}

export function snapshotOfActions(doc: Y.Doc): ActionsSnapshot {
  return { actions: actionSnapshots(doc) }
}

export type DocumentSnapshot = ConferenceSnapshot | ItemSnapshot | ActionsSnapshot | CaseSnapshot

function actionSnapshots(doc: Y.Doc): ActionSnapshot[] {
  return actionsOf(doc).map(({ order: _order, what, rule, ...plain }) => ({
    ...plain,
    what: textSnapshot(what),
    rule: textSnapshot(rule),
  }))
}
