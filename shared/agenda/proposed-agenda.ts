/**
 * The next agenda proposes itself (SPEC AG1): from what is open now, never from what somebody remembered to copy. A pure function of the
 * records, so it says the same whether the next conference was made before this one closed or after (SPEC AG2); what is on an agenda already
 * is not proposed again. Days are days in Seoul, `YYYY-MM-DD`.
 */
import { type ActionStanding, isUnfinished, statusOn } from '../actions/action-moves.ts'
import type { ConferenceState, DeferralKind } from '../codes.ts'
import type { CaseId, ConferenceId, ItemId } from '../ids.ts'
import { dayInSeoul as dayOf } from '../working-days.ts'

/** Why a line is proposed. */
export type ProposalReason =
  /** Action items of earlier meetings that are unfinished on the day. */
  | { why: 'actions'; count: number }
  /** Carried twice without news: keep, give away or drop. */
  | { why: 'asks'; count: number }
  /** Deferred to be tabled again; `by` is the last day where there is one. */
  | { why: 'deferred'; since: string; kind: DeferralKind | ''; by: string }
  /** Somebody objected to minutes about it. */
  | { why: 'objection'; since: string }

export interface Proposal {
  /** The same for the same thing, whenever it is asked: `review`, `case:…` or `general:…`. */
  key: string
  kind: 'review' | 'case' | 'general'
  caseId: CaseId | null
  /** The deferred or objected item of an earlier conference, where it is one. */
  from: ItemId | null
  /** The objections that it answers. */
  answers: string[]
  minutes: number
  /** The weightiest first. */
  reasons: ProposalReason[]
}

/** An action item as the proposal needs it. */
export interface OpenAction extends Pick<ActionStanding, 'status' | 'until' | 'before'> {
  /** Null for one of an item about no case. */
  caseId: CaseId | null
  /** Where it was made: that conference does not check it. */
  madeIn: ConferenceId | ''
  asks: boolean
}

/** An item on some conference's agenda, this one's among them. */
export interface Tabling {
  itemId: ItemId
  caseId: CaseId | null
  conferenceId: ConferenceId
  startsAt: string
  state: ConferenceState
  /** The line that checks earlier action items. */
  isReview: boolean
  /** Deferred there, to be tabled again. */
  deferral: { kind: DeferralKind | ''; by: string } | null
  /** The item of an earlier conference that it takes up again. */
  from: ItemId | null
  /** The objections that it was tabled for. */
  answers: readonly string[]
}

export interface Objection {
  id: string
  /** Null for one to the meeting as a whole. */
  itemId: ItemId | null
  caseId: CaseId | null
  conferenceId: ConferenceId
  /** When it was raised, ISO in UTC. */
  at: string
}

export interface AgendaInput {
  conference: { conferenceId: ConferenceId; startsAt: string; day: string }
  /** The cases that may be proposed, in the order in which they are to stand. */
  cases: readonly CaseId[]
  actions: readonly OpenAction[]
  tablings: readonly Tabling[]
  objections: readonly Objection[]
}

/** Plausible lengths to begin with; the planner changes them. */
const REVIEW_MINUTES = 10
const ITEM_MINUTES = 15

/** What the conference's agenda lacks, in the order in which it is to be heard. */
export function proposedAgenda(input: AgendaInput): Proposal[] {
  const { conference } = input
  const here = input.tablings.filter(one => one.conferenceId === conference.conferenceId)
  const elsewhere = input.tablings.filter(one => one.conferenceId !== conference.conferenceId)
  const review = here.some(one => one.isReview) ? [] : reviewOf(input)
  const ofCases = input.cases
    .filter(caseId => !here.some(one => one.caseId === caseId))
    .flatMap(caseId => caseProposal(input, elsewhere, caseId))
  const general = elsewhere
    .filter(one => one.caseId === null && !one.isReview)
    .filter(one => !here.some(now => now.from === one.itemId))
    .flatMap(one => generalProposal(input, elsewhere, one))
  const answered = new Set(input.tablings.flatMap(one => one.answers))
  const whole = input.objections
    .filter(one => one.itemId === null && !answered.has(one.id))
    .map((one): Proposal => {
      const reasons = [{ why: 'objection' as const, since: dayOf(one.at) }]
      return {
        key: `objection:${one.id}`,
        kind: 'general',
        caseId: null,
        from: null,
        answers: [one.id],
        minutes: ITEM_MINUTES,
        reasons,
      }
    })
  const rank = ({ reasons }: Proposal) => Math.min(...reasons.map(reason => ORDER.indexOf(reason.why)))
  return [...review, ...[...ofCases, ...general, ...whole].sort((a, b) => rank(a) - rank(b))]
}

const ORDER: readonly ProposalReason['why'][] = ['actions', 'asks', 'deferred', 'objection']

function reviewOf({ conference, cases, actions }: AgendaInput): Proposal[] {
  const count = actions.filter(
    ({ caseId, ...action }) =>
      (caseId === null || cases.includes(caseId)) && isOpenFor({ caseId, ...action }, conference),
  ).length
  if (count === 0) return []
  const reasons = [{ why: 'actions' as const, count }]
  return [{ key: 'review', kind: 'review', caseId: null, from: null, answers: [], minutes: REVIEW_MINUTES, reasons }]
}

/** Unfinished and awake on the conference's day, and not made in it. */
function isOpenFor(action: OpenAction, { conferenceId, day }: AgendaInput['conference']): boolean {
  const status = statusOn(action, day)
  return action.madeIn !== conferenceId && isUnfinished(status) && status !== 'postponed'
}

function caseProposal(input: AgendaInput, elsewhere: readonly Tabling[], caseId: CaseId): Proposal[] {
  const asking = input.actions.filter(
    one => one.caseId === caseId && one.asks && isOpenFor(one, input.conference),
  ).length
  const own = elsewhere.filter(one => one.caseId === caseId)
  const deferred = own
    .filter(one => one.deferral !== null && !isTakenUp(one, own))
    .sort(byStart)
    .at(-1)
  const objections = input.objections.filter(one => one.caseId === caseId && !isAnswered(one, own))
  const reasons: ProposalReason[] = [
    ...(asking > 0 ? [{ why: 'asks' as const, count: asking }] : []),
    ...(deferred ? [deferralReason(deferred)] : []),
    ...objections.map(one => ({ why: 'objection' as const, since: dayOf(one.at) })),
  ]
  if (reasons.length === 0) return []
  const from = deferred?.itemId ?? objections[0]?.itemId ?? null
  const answers = objections.map(one => one.id)
  return [{ key: `case:${caseId}`, kind: 'case', caseId, from, answers, minutes: ITEM_MINUTES, reasons }]
}

function generalProposal(input: AgendaInput, elsewhere: readonly Tabling[], item: Tabling): Proposal[] {
  const takers = elsewhere.filter(one => one.from === item.itemId)
  const objections = input.objections.filter(one => one.itemId === item.itemId && takers.length === 0)
  const reasons: ProposalReason[] = [
    ...(item.deferral !== null && takers.length === 0 ? [deferralReason(item)] : []),
    ...objections.map(one => ({ why: 'objection' as const, since: dayOf(one.at) })),
  ]
  if (reasons.length === 0) return []
  const { itemId } = item
  const answers = objections.map(one => one.id)
  return [
    { key: `general:${itemId}`, kind: 'general', caseId: null, from: itemId, answers, minutes: ITEM_MINUTES, reasons },
  ]
}

const deferralReason = ({ startsAt, deferral }: Tabling): ProposalReason => ({
  why: 'deferred',
  since: dayOf(startsAt),
  kind: deferral?.kind ?? '',
  by: deferral?.by ?? '',
})

/** The case is on, or was heard at, a conference that comes after: there it was taken up, and deferred again it is that one's deferral. */
const isTakenUp = (deferred: Tabling, own: readonly Tabling[]) => own.some(one => byStart(deferred, one) < 0)

const isAnswered = (objection: Objection, own: readonly Tabling[]) =>
  own.some(one => one.answers.includes(objection.id)) ||
  own.some(one => one.conferenceId !== objection.conferenceId && one.startsAt > objection.at)

/** By when they begin; of two at the same moment, by id, so that everybody finds the same order. */
function byStart(a: Tabling, b: Tabling): number {
  if (a.startsAt !== b.startsAt) return a.startsAt < b.startsAt ? -1 : 1
  return a.conferenceId < b.conferenceId ? -1 : a.conferenceId > b.conferenceId ? 1 : 0
}
