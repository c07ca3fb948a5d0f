/**
 * Action items (조치사항) over HTTP: what a person may see of them, over all cases, and the moves of `shared/actions/action-moves.ts`. Part of the
 * interface that `http-api.ts` describes.
 *
 *   GET  /api/actions                              { actions: ActionView[] }   mine, my agencies', and those of the cases I work on
 *   GET  /api/actions?near=1                       { actions: ActionView[] }   of these what a start page tells of (AC17)
 *   GET  /api/actions/:document/:actionId          ActionView
 *   POST /api/actions/:document/:actionId          moveActionBody              ActionView
 *   GET  /api/cases/:caseId/actions                CaseActionsView             for who works on the case
 *   GET  /api/conferences/:conferenceId/items/:itemId/actions  { actions: ActionView[] }  what an item shows
 *   GET  /api/conferences/:conferenceId/review     { actions: ActionView[] }   earlier action items of the cases that I may open in it
 *   GET  /api/conferences/:conferenceId/proposals  ProposalsView               what the agenda lacks, for who plans it
 *   POST /api/conferences/:conferenceId/proposals  takeProposalsBody           ConferenceView
 */
import * as z from 'zod'
import { ACCOUNTS, ACTION_MOVES, type ActionMove, EFFECTS } from '../actions/action-codes.ts'
import type { ActionEffect } from '../actions/action-moves.ts'
import type { Proposal } from '../agenda/proposed-agenda.ts'
import type { ActionStatus, NeedDomain } from '../codes.ts'
import type { ActionId, AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../ids.ts'
import { code, id, optionalLine, version } from './fields.ts'

/** Room for a reason in a few sentences. */
export const MAX_ACTION_NOTE = 500

/** A day in Seoul, `YYYY-MM-DD`. */
export const day = z.iso.date()

export const actionsQuery = z.strictObject({ near: z.literal('1').optional() })

export const moveActionBody = z.strictObject({
  _v: version,
  move: code(ACTION_MOVES),
  note: optionalLine(MAX_ACTION_NOTE).optional(),
  until: day.optional(),
  effect: z.strictObject({ helped: code(EFFECTS), account: code(ACCOUNTS) }).optional(),
  agencyId: id<AgencyId>().optional(),
  userId: id<UserId>().optional(),
  /** The meeting in which it is said. */
  conferenceId: id<ConferenceId>().optional(),
})
export type MoveActionBody = z.infer<typeof moveActionBody>

export interface AgencyBrief {
  agencyId: AgencyId
  name: string
  shortName: string
  colour: number
}

export interface ActionStepView {
  /** UTC. */
  at: string
  byName: string
  move: ActionMove
  /** What it was from then on. */
  status: ActionStatus
  until: string
  /** Who is named by the step: offered to, given to, told. */
  to: string
  note: string
  /** Entered for the agency by who conducts. */
  enteredFor: boolean
}

export interface ActionView {
  actionId: ActionId
  document: string
  what: string
  rule: string
  person: string
  /** `YYYY-MM-DD`, or empty. */
  due: string
  amount: number | null
  need: NeedDomain | ''
  /** The case that it belongs to; null for one of a general item. `mayOpen`: whether the person may open the case itself. */
  case: { caseId: CaseId; number: string; label: string; mayOpen: boolean } | null
  /** Where it was made; null for somebody who may not know of that conference. */
  madeIn: { conferenceId: ConferenceId; title: string; startsAt: string } | null
  madeAt: string
  itemId: ItemId | ''
  /** Who owes it. */
  agency: AgencyBrief
  ownerUserId: UserId | null
  ownerName: string
  /** As it is today: a postponed one whose day has come is what it was before. */
  status: ActionStatus
  until: string
  offer: { agency: AgencyBrief; name: string } | null
  effect: ActionEffect | null
  /** How many later meetings of the case showed it unfinished, and how many of them since anybody said anything. */
  carries: number
  carriesSinceNews: number
  /** Two carries without news: keep it, give it to somebody else, or drop it. */
  asks: boolean
  /** It was postponed and is back since. */
  returned: boolean
  /** Somebody else's ledger: the person sees this one alone. */
  alone: boolean
  mine: boolean
  ours: boolean
  escalatedToMe: boolean
  moves: ActionMove[]
  /** What I do with it is entered for its agency. */
  entersFor: boolean
  history: ActionStepView[]
  /** The meetings in which something was said about it. */
  settledIn: ConferenceId[]
  changedAt: string | null
  changedByName: string | null
  _v: number
}

/** How the done action items of a need helped: the evidence at closure. */
export interface EffectOfNeed {
  need: NeedDomain | ''
  done: number
  better: number
  same: number
  worse: number
  unknown: number
  /** Done, and nobody has said yet. */
  notAsked: number
  unfinished: number
}

export interface CaseActionsView {
  actions: ActionView[]
  effects: EffectOfNeed[]
}

export interface ProposalView extends Proposal {
  /** How the line is called: the household's label, or the general item's words. */
  label: string
  number: string
  /** Unresolved comments on it in earlier meetings, of those that the planner may open (`server/comments/SPEC.md` CM11). */
  comments: number
}

export interface ProposalsView {
  proposals: ProposalView[]
}

export const takeProposalsBody = z.strictObject({ keys: z.array(z.string().min(1).max(80)).min(1).max(100) })
export type TakeProposalsBody = z.infer<typeof takeProposalsBody>
