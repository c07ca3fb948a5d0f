/** How a person's action items are laid out: whose, which of them, and what a search finds. Counts are of what the server gave: of what one may see. */
import { isUnfinished } from '../../../shared/actions/action-moves.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'
import { daysBetween } from '../../lib/format.ts'
import { matchesSearch } from '../../lib/hangul-search.ts'

export const WHOSE = ['mine', 'ours', 'cases'] as const
export type Whose = (typeof WHOSE)[number]

export const FILTERS = ['open', 'due', 'overdue', 'returned', 'waiting', 'finished'] as const
export type Filter = (typeof FILTERS)[number]

/** The week that one looks ahead. */
const NEAR_DAYS = 7

export function whose(actions: readonly ActionView[], who: Whose): ActionView[] {
  return actions.filter(action => (who === 'mine' ? action.mine : who === 'ours' ? action.ours : !action.alone))
}

/** @param today the day in Seoul */
export function isShown(action: ActionView, filter: Filter, today: string): boolean {
  const isOpen = isUnfinished(action.status)
  const isAwake = isOpen && action.status !== 'postponed'
  const left = action.due === '' ? undefined : daysBetween(today, action.due)
  switch (filter) {
    case 'open':
      return isAwake
    case 'due':
      return isAwake && left !== undefined && left >= 0 && left <= NEAR_DAYS
    case 'overdue':
      return isAwake && left !== undefined && left < 0
    case 'returned':
      return isAwake && (action.returned || action.carries > 0)
    case 'waiting':
      return action.status === 'postponed'
    case 'finished':
      return !isOpen
  }
}

export function findActions(actions: readonly ActionView[], query: string): ActionView[] {
  return actions.filter(action =>
    matchesSearch(
      query,
      [
        action.what,
        action.case?.label ?? '',
        action.case?.number ?? '',
        action.agency.name,
        action.agency.shortName,
        action.person,
        action.ownerName,
      ].join(' '),
    ),
  )
}
