/**
 * The life of an action item (조치사항) as a table of moves: from which states, by whom, to which state, and what must be said with it. The
 * server refuses by it and the screens grey out by it (SPEC AC1). Days are days in Seoul, `YYYY-MM-DD`; nothing here knows the time.
 */
import type { ActionStatus } from '../codes.ts'
import type { AgencyId, UserId } from '../ids.ts'
import { ACTION_MOVES, type Account, type ActionMove, type Effect } from './action-codes.ts'

/** What holds of an action item beside its words. */
export interface ActionStanding {
  /** As it was set; what it is on a day says {@link statusOn}. */
  status: ActionStatus
  /** The day on which a postponed one returns; empty otherwise. */
  until: string
  /** What a postponed one returns to. */
  before: ActionStatus
  /** Who owes it. */
  agencyId: AgencyId
  /** Whose task it is in that agency, when somebody was named. */
  ownerUserId: UserId | null
  offer: ActionOffer | null
  effect: ActionEffect | null
}

export interface ActionOffer {
  agencyId: AgencyId
  userId: UserId | null
}

export interface ActionEffect {
  helped: Effect
  account: Account
}

/** In which ways a person stands to an action item. */
export interface ActionRelation {
  /** Speaks for the agency that owes it. */
  owes: boolean
  /** Speaks for the agency that it is offered to. */
  takes: boolean
  /** Conducts a meeting that shows it, and enters things for those at its table. */
  conducts: boolean
  /** Conducts a meeting at whose table the agency sits that it is offered to. */
  conductsTaker: boolean
  /** Works on the case in its lead agency. */
  leads: boolean
}

/** What a command says with its move. */
export interface MoveWords {
  note: string
  until?: string | undefined
  effect?: ActionEffect | undefined
  /** Whom it is offered to, or given to within the agency, or who is told. */
  agencyId?: AgencyId | undefined
  userId?: UserId | undefined
}

export type MoveRefused =
  | 'no-such-move'
  | 'action-needs-reason'
  | 'action-needs-day'
  | 'action-needs-agency'
  | 'action-needs-person'
  | 'action-needs-effect'
  | 'action-same-agency'

type Who = keyof ActionRelation

interface MoveRule {
  from: readonly ActionStatus[]
  by: readonly Who[]
  to?: ActionStatus
  needs?: 'reason' | 'note' | 'day' | 'agency' | 'person' | 'effect'
  /** Only while it is offered to somebody (true), or while it is not (false). */
  offered?: boolean
}

/** It stays with us: asked for, shown and counted. */
const UNFINISHED = ['proposed', 'accepted', 'declined', 'in_progress', 'postponed', 'not_done_by_agency'] as const
const FINISHED = ['done', 'not_possible_circumstances_changed', 'dropped'] as const

const RULES: Readonly<Record<ActionMove, MoveRule>> = {
  accept: { from: ['proposed', 'declined'], by: ['owes', 'conducts'], to: 'accepted' },
  decline: { from: ['proposed', 'accepted', 'in_progress'], by: ['owes', 'conducts'], to: 'declined', needs: 'reason' },
  start: {
    from: ['proposed', 'accepted', 'declined', 'postponed', 'not_done_by_agency'],
    by: ['owes', 'conducts'],
    to: 'in_progress',
  },
  finish: { from: UNFINISHED, by: ['owes', 'conducts'], to: 'done' },
  tell_effect: { from: ['done'], by: ['owes', 'conducts', 'leads'], needs: 'effect' },
  postpone: {
    from: ['proposed', 'accepted', 'in_progress', 'postponed', 'not_done_by_agency'],
    by: ['owes', 'conducts'],
    to: 'postponed',
    needs: 'day',
  },
  report: { from: [...UNFINISHED, ...FINISHED], by: ['owes', 'conducts', 'leads'], needs: 'note' },
  not_possible: {
    from: UNFINISHED,
    by: ['owes', 'conducts'],
    to: 'not_possible_circumstances_changed',
    needs: 'reason',
  },
  not_done: {
    from: ['proposed', 'accepted', 'declined', 'in_progress', 'postponed'],
    by: ['owes', 'conducts', 'leads'],
    to: 'not_done_by_agency',
  },
  offer: { from: UNFINISHED, by: ['owes', 'conducts', 'leads'], needs: 'agency', offered: false },
  withdraw_offer: { from: UNFINISHED, by: ['owes', 'conducts', 'leads'], offered: true },
  take_over: { from: UNFINISHED, by: ['takes', 'conductsTaker'], to: 'accepted', offered: true },
  refuse_offer: { from: UNFINISHED, by: ['takes', 'conductsTaker'], needs: 'reason', offered: true },
  assign: { from: UNFINISHED, by: ['owes'], needs: 'person' },
  keep: { from: UNFINISHED, by: ['conducts', 'leads'] },
  escalate: { from: UNFINISHED, by: ['owes', 'conducts', 'leads'], needs: 'person' },
  drop: { from: UNFINISHED, by: ['conducts', 'leads'], to: 'dropped', needs: 'reason' },
  reopen: { from: FINISHED, by: ['owes', 'conducts', 'leads'], to: 'in_progress', needs: 'reason' },
}

/** Whether it still has to be dealt with (SPEC AC2). */
export const isUnfinished = (status: ActionStatus): boolean => UNFINISHED.some(one => one === status)

/** The state on a day: a postponed one is back in its earlier state from the day that was named (SPEC AC6). */
export function statusOn({ status, until, before }: Pick<ActionStanding, 'status' | 'until' | 'before'>, day: string) {
  return status === 'postponed' && until <= day ? before : status
}

/** Whether it asks for nothing until its day. */
export const isAsleep = (standing: Pick<ActionStanding, 'status' | 'until' | 'before'>, day: string): boolean =>
  statusOn(standing, day) === 'postponed'

/** A new action item, in words only: proposed. */
export function newStanding(agencyId: AgencyId): ActionStanding {
  return { status: 'proposed', until: '', before: 'proposed', agencyId, ownerUserId: null, offer: null, effect: null }
}

/** What the person may do with it now, in the order of the table. */
export function movesFor(standing: ActionStanding, relation: ActionRelation, day: string): ActionMove[] {
  const moves = Object.keys(ACTION_MOVES) as ActionMove[]
  return moves.filter(move => mayMove(standing, relation, move, day))
}

export function mayMove(standing: ActionStanding, relation: ActionRelation, move: ActionMove, day: string): boolean {
  const rule = RULES[move]
  if (rule.offered !== undefined && rule.offered !== (standing.offer !== null)) return false
  // A postponed one is postponed anew, or begun, while it sleeps; awake it is what it was.
  return rule.from.includes(statusOn(standing, day)) && rule.by.some(who => relation[who])
}

/** Whether the move is the agency's own, entered for it by who conducts. */
export function isEnteredFor(relation: ActionRelation, move: ActionMove): boolean {
  const { by } = RULES[move]
  const isOwn = by.some(who => who !== 'conducts' && who !== 'conductsTaker' && relation[who])
  return !isOwn && by.some(who => who === 'owes' || who === 'takes')
}

/** What must be said with a move, for the screens. */
export const needOf = (move: ActionMove) => RULES[move].needs

/** What is missing in what was said; undefined when it is enough. */
export function lacking(standing: ActionStanding, move: ActionMove, words: MoveWords, day: string) {
  switch (RULES[move].needs) {
    case 'reason':
    case 'note':
      return words.note.trim() === '' ? 'action-needs-reason' : undefined
    case 'day':
      return words.until === undefined || words.until <= day ? 'action-needs-day' : undefined
    case 'agency':
      if (words.agencyId === undefined) return 'action-needs-agency'
      return words.agencyId === standing.agencyId ? 'action-same-agency' : undefined
    case 'person':
      return words.userId === undefined ? 'action-needs-person' : undefined
    case 'effect':
      return words.effect === undefined ? 'action-needs-effect' : undefined
    case undefined:
      return undefined
  }
}

/** What holds after a move that {@link mayMove} allows and that lacks nothing. */
export function standingAfter(
  standing: ActionStanding,
  move: ActionMove,
  words: MoveWords,
  day: string,
): ActionStanding {
  const now = statusOn(standing, day)
  const status = RULES[move].to ?? standing.status
  const next: ActionStanding = { ...standing, status, until: '', before: status }
  switch (move) {
    case 'postpone':
      // Postponed twice, it still returns to what it was before the first time.
      return { ...next, until: words.until ?? '', before: now === 'postponed' ? standing.before : now }
    case 'finish':
      return { ...next, effect: words.effect ?? null, offer: null }
    case 'tell_effect':
      return { ...next, effect: words.effect ?? null }
    case 'offer':
      return {
        ...kept(standing),
        offer: { agencyId: words.agencyId ?? standing.agencyId, userId: words.userId ?? null },
      }
    case 'withdraw_offer':
    case 'refuse_offer':
      return { ...kept(standing), offer: null }
    case 'take_over':
      return {
        ...next,
        agencyId: standing.offer?.agencyId ?? standing.agencyId,
        ownerUserId: words.userId ?? standing.offer?.userId ?? null,
        offer: null,
      }
    case 'assign':
      return { ...kept(standing), ownerUserId: words.userId ?? null }
    case 'report':
    case 'keep':
    case 'escalate':
      return kept(standing)
    case 'reopen':
      return { ...next, effect: null }
    case 'not_possible':
    case 'drop':
      return { ...next, offer: null }
    default:
      return next
  }
}

const kept = (standing: ActionStanding): ActionStanding => ({ ...standing })
