/**
 * A referral's life as a table of moves (REFERRALS.md RF1): from which states, by which side, to which state, and what must be said with it. The
 * server refuses by it and screens offer by it. Pure; days are days in Seoul, `YYYY-MM-DD`.
 */
import { REFERRAL_MOVES, type ReferralMove, type ReferralStatus } from './referral-codes.ts'

/** In which ways a person stands to a referral. */
export interface ReferralRelation {
  /** Works on the case for the agency that sends it. */
  sends: boolean
  /** Works on the case for its lead agency. */
  leads: boolean
  /** Takes referrals for the agency that it goes to. */
  takes: boolean
}

/** What a move must say. */
export type ReferralNeed = 'reason' | 'ground' | 'planned-day' | 'result' | 'note'

export type ReferralRefused =
  | 'referral-no-such-move'
  | 'referral-needs-ground'
  | 'referral-ground-public'
  | 'referral-sensitive'
  | 'referral-needs-reason'
  | 'referral-needs-day'
  | 'referral-needs-result'
  | 'referral-needs-note'
  | 'referral-asked-today'

interface MoveRule {
  from: readonly ReferralStatus[]
  by: readonly (keyof ReferralRelation)[]
  to?: ReferralStatus
  needs?: ReferralNeed
}

const RULES: Readonly<Record<ReferralMove, MoveRule>> = {
  send: { from: ['draft'], by: ['sends'], to: 'sent', needs: 'ground' },
  discard: { from: ['draft'], by: ['sends'] },
  receive: { from: ['sent'], by: ['takes'], to: 'received' },
  accept: { from: ['sent', 'received'], by: ['takes'], to: 'accepted', needs: 'planned-day' },
  decline: { from: ['sent', 'received'], by: ['takes'], to: 'declined', needs: 'reason' },
  start: { from: ['accepted'], by: ['takes'], to: 'in_progress' },
  report: { from: ['accepted', 'in_progress'], by: ['takes'], needs: 'note' },
  complete: { from: ['accepted', 'in_progress'], by: ['takes'], to: 'completed', needs: 'result' },
  ask: { from: ['sent', 'received', 'accepted', 'in_progress'], by: ['sends', 'leads'] },
  revoke: {
    from: ['sent', 'received', 'accepted', 'in_progress'],
    by: ['sends', 'leads'],
    to: 'revoked',
    needs: 'reason',
  },
}

/** Nobody moves it any more. */
export const isReferralOver = (status: ReferralStatus): boolean =>
  status === 'declined' || status === 'completed' || status === 'revoked'

export const needOf = (move: ReferralMove): ReferralNeed | undefined => RULES[move].needs

/** The state after the move; the same for one that only says something. */
export const statusAfter = (status: ReferralStatus, move: ReferralMove): ReferralStatus => RULES[move].to ?? status

export function mayMoveReferral(status: ReferralStatus, relation: ReferralRelation, move: ReferralMove): boolean {
  const rule = RULES[move]
  return rule.from.includes(status) && rule.by.some(side => relation[side])
}

/** Whether the receiving side makes the move; all others are the sender's. */
export const isOfReceiver = (move: ReferralMove): boolean => RULES[move].by.includes('takes')

/** In the order of the table. */
export function referralMovesFor(status: ReferralStatus, relation: ReferralRelation): ReferralMove[] {
  return (Object.keys(REFERRAL_MOVES) as ReferralMove[]).filter(move => mayMoveReferral(status, relation, move))
}

export interface MoveSaid {
  note: string
  declined?: string | undefined
  plannedOn?: string | undefined
}

/** What a permitted move still lacks; undefined where it is whole. The ground of a sending is judged by {@link groundRefused}. */
export function lackingIn(move: ReferralMove, { note, declined, plannedOn }: MoveSaid): ReferralRefused | undefined {
  const isSilent = note.trim() === ''
  switch (RULES[move].needs) {
    case 'reason':
      return isSilent || (move === 'decline' && declined === undefined) ? 'referral-needs-reason' : undefined
    case 'planned-day':
      return plannedOn === undefined ? 'referral-needs-day' : undefined
    case 'result':
      return isSilent ? 'referral-needs-result' : undefined
    case 'note':
      return isSilent ? 'referral-needs-note' : undefined
    default:
      return undefined
  }
}
