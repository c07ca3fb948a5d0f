/** How cards lie on the board: in their groups, in the order in which the groups were made, and those in none. */
import type { BrainstormView, CardView } from '../../../../shared/meeting/meeting-view.ts'

export type GroupView = BrainstormView['groups'][number]

export interface Board {
  groups: readonly { group: GroupView; cards: readonly CardView[] }[]
  loose: readonly CardView[]
}

export function boardOf({ cards, groups }: Pick<BrainstormView, 'cards' | 'groups'>): Board {
  return {
    groups: groups.map(group => ({ group, cards: cards.filter(card => card.groupId === group.groupId) })),
    loose: cards.filter(card => !groups.some(group => group.groupId === card.groupId)),
  }
}

/** The name of a group that two cards make when one is dropped on the other: the first of the usual names that is free. */
export function freeTitle(groups: readonly GroupView[], usual: (number: number) => string): string {
  const taken = new Set(groups.map(group => group.title))
  let number = 1
  while (taken.has(usual(number))) number++
  return usual(number)
}
