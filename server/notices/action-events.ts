/** What is news of an action item, and to whom it may be said (SPEC NT4). Pure; who may see the item is asked of each of them besides. */
import type { ActionRelation } from '../../shared/actions/action-moves.ts'
import { statusOn } from '../../shared/actions/action-moves.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { NoticeKind } from '../../shared/notices/notice-kinds.ts'
import type { LedgerEntry } from '../actions/ledger-repository.ts'

/** How much of an action item was told. */
export interface SaidOfAction {
  /** To which agency it was said that it is theirs; empty while nobody was told. */
  given: AgencyId | ''
  steps: number
  /** The last day on which it was said that it is back. */
  back: string
}

export const NOTHING_SAID: SaidOfAction = { given: '', steps: 0, back: '' }

export interface ActionEvent {
  kind: Extract<NoticeKind, `action_${string}`>
  /** Names it within the action item. */
  name: string
  step: number | null
  until?: string
  by: UserId | null
  at: number
  isFor(userId: UserId, relation: ActionRelation): boolean
}

/** Words in the making are nobody's promise yet: outside a meeting they are left alone for so long. */
export const QUIET_MS = 600_000

/** Of the meeting that it was made in: none, still to be held or under way, or when it was over (ms). */
export type MadeIn = 'none' | 'under-way' | { over: number }

/** @param day the day in Seoul at `now` */
export function actionEvents(
  said: SaidOfAction,
  entry: Pick<LedgerEntry, 'standing' | 'history' | 'words'>,
  { made, now, day }: { made: MadeIn; now: number; day: string },
): { events: ActionEvent[]; said: SaidOfAction } {
  const { standing, history, words } = entry
  const events: ActionEvent[] = []
  const next: SaidOfAction = { ...said, steps: history.length }
  const settledAt =
    made === 'under-way' ? undefined : made === 'none' ? words.madeAt + QUIET_MS : Math.max(made.over, words.madeAt)
  const isSettled = settledAt !== undefined && settledAt <= now
  const owes = (userId: UserId, relation: ActionRelation) =>
    relation.owes && (standing.ownerUserId === null || standing.ownerUserId === userId)
  if (standing.status === 'proposed' && isSettled && said.given !== standing.agencyId) {
    events.push({
      kind: 'action_given',
      name: `given/${standing.agencyId}`,
      step: null,
      by: null,
      at: settledAt,
      isFor: owes,
    })
    next.given = standing.agencyId
  }
  // What the agency answered in the meeting it knows: it is not told afterwards that it was asked.
  if (standing.status !== 'proposed') next.given = standing.agencyId
  for (const [index, step] of history.entries()) {
    if (index < said.steps) continue
    const about = { step: index, by: step.by, at: step.at.getTime(), name: `step/${index}` }
    const isTo = (userId: UserId) => userId === step.toUserId
    switch (step.move) {
      case 'offer':
        events.push({
          ...about,
          kind: 'action_offered',
          isFor: (userId, relation) => relation.takes && (step.toUserId == null || isTo(userId)),
        })
        break
      case 'accept':
      case 'decline':
        events.push({ ...about, kind: 'action_answered', isFor: (_, { leads, owes: own }) => leads && !own })
        break
      case 'take_over':
      case 'refuse_offer': {
        const offered = history.slice(0, index).findLast(({ move }) => move === 'offer')?.by
        events.push({ ...about, kind: 'action_answered', isFor: userId => userId === offered })
        break
      }
      case 'assign':
        events.push({ ...about, kind: 'action_given', isFor: isTo })
        break
      case 'escalate':
        events.push({ ...about, kind: 'action_escalated', isFor: isTo })
        break
      default:
    }
  }
  if (standing.status === 'postponed' && statusOn(standing, day) !== 'postponed' && said.back !== standing.until) {
    const until = standing.until
    events.push({ kind: 'action_returned', name: `back/${until}`, step: null, until, by: null, at: now, isFor: owes })
    next.back = until
  }
  return { events, said: next }
}
