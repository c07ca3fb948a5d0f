/** What the screen does with cards, by drag, by menu and by keyboard alike. */
import { useMemo } from 'react'
import type { CardGroupId, CardId, ItemId } from '../../../../shared/ids.ts'
import type { CardView } from '../../../../shared/meeting/meeting-view.ts'
import { useMeeting } from '../meeting-context.tsx'

export interface CardCommands {
  add(text: string): Promise<boolean>
  change(cardId: CardId, text: string): Promise<boolean>
  remove(cardId: CardId): Promise<boolean>
  into(cardId: CardId, groupId: CardGroupId): void
  /** Into the group of that name, which is made where there is none. */
  named(cardIds: readonly CardId[], title: string): Promise<boolean>
  out(card: CardView): void
  rename(groupId: CardGroupId, title: string): Promise<boolean>
}

export function useCardCommands(itemId: ItemId): CardCommands {
  const { act } = useMeeting()
  return useMemo(
    () => ({
      add: text => act('cards.add', { itemId, text }),
      change: (cardId, text) => act('cards.change', { itemId, cardId, text }),
      remove: cardId => act('cards.remove', { itemId, cardId }),
      into: (cardId, groupId) => void act('cards.group', { itemId, cardId, groupId, title: '' }),
      async named(cardIds, title) {
        for (const cardId of cardIds) {
          if (!(await act('cards.group', { itemId, cardId, groupId: '', title }))) return false
        }
        return true
      },
      out: ({ cardId, groupId }) => {
        if (groupId !== null) void act('cards.group', { itemId, cardId, groupId: '', title: '' })
      },
      rename: (groupId, title) => act('cards.name-group', { itemId, groupId, title }),
    }),
    [act, itemId],
  )
}
