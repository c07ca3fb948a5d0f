/** Cards of one group, or those in none. Each can be dragged, by hand and by keyboard, and has a menu that does the same. */
import { Button as AriaButton, type DropItem, GridList, GridListItem, useDragAndDrop } from 'react-aria-components'
import { type CardId, parseId } from '../../../../shared/ids.ts'
import type { CardView } from '../../../../shared/meeting/meeting-view.ts'
import { GripIcon, LockIcon } from '../../../ui/icons.tsx'
import { useRoom } from '../room-context.tsx'
import { CardMenu, type CardMenuProps } from './card-menu.tsx'
import { useBrainstormTexts } from './use-brainstorm-texts.ts'

const CARD = 'dure-card'

export interface CardListProps extends Omit<CardMenuProps, 'card'> {
  label: string
  cards: readonly CardView[]
  empty: string
  /** A card that came from another list, or was dropped on one of these. */
  onDrop: (cardId: CardId, on: CardView | null) => void
  /** Whether a card takes another one. */
  takesOnCards: boolean
}

export function CardList({ label, cards, empty, onDrop, takesOnCards, ...menu }: CardListProps) {
  const { t } = useBrainstormTexts()
  const { agencies } = useRoom()
  const { editable } = menu
  const drop = async (items: readonly DropItem[], on: CardView | null) => {
    for (const item of items) {
      const cardId = item.kind === 'text' ? parseId<CardId>(await item.getText(CARD)) : undefined
      if (cardId !== undefined && cardId !== on?.cardId) onDrop(cardId, on)
    }
  }
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: keys =>
      cards
        .filter(card => keys.has(card.cardId) && !card.hidden)
        .map(card => ({ [CARD]: card.cardId, 'text/plain': card.text })),
    acceptedDragTypes: [CARD],
    getDropOperation: target =>
      target.type === 'root' || (takesOnCards && target.dropPosition === 'on') ? 'move' : 'cancel',
    onRootDrop: ({ items }) => void drop(items, null),
    onItemDrop: ({ items, target }) => {
      const on = cards.find(card => card.cardId === target.key)
      if (on && !on.hidden) void drop(items, on)
    },
  })
  return (
    <GridList
      // Whether cards can be dragged is decided when the list is made.
      key={editable ? 'write' : 'read'}
      aria-label={label}
      className="idea-list"
      items={cards.map(card => ({ ...card, id: card.cardId }))}
      dependencies={[menu, agencies]}
      selectionMode="none"
      keyboardNavigationBehavior="tab"
      renderEmptyState={() => <p className="quiet">{empty}</p>}
      {...(editable && { dragAndDropHooks })}
    >
      {card => {
        const agency = agencies.get(card.agencyId)?.shortName ?? ''
        return (
          <GridListItem id={card.id} textValue={card.text} className={`idea${card.hidden ? ' is-hidden' : ''}`}>
            <span className="idea-words">
              <span className="idea-text">{card.text}</span>
              <span className="idea-by">
                {card.hidden ? (
                  <>
                    <LockIcon size={16} /> {t('mine')}
                  </>
                ) : (
                  t('byLine', { name: card.name, agency })
                )}
              </span>
            </span>
            {editable && !card.hidden ? (
              <AriaButton slot="drag" className="agenda-grip" aria-label={t('drag', { text: card.text })}>
                <GripIcon size={18} />
              </AriaButton>
            ) : null}
            {editable ? <CardMenu card={card} {...menu} /> : null}
          </GridListItem>
        )
      }}
    </GridList>
  )
}
