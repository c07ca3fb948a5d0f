/** The cards on the wall: what everybody in the item may see. The hidden ones of whoever opened the wall are as hidden as the others', and only counted. */
import type { BrainstormView, CardView } from '../../../../shared/meeting/meeting-view.ts'
import { boardOf } from './board.ts'
import { useBrainstormTexts } from './use-brainstorm-texts.ts'
import './brainstorm.css'

export function ProjectedCards({ view }: { view: BrainstormView | null | undefined }) {
  const { t } = useBrainstormTexts()
  if (!view) return null
  const { groups, loose } = boardOf(view)
  return (
    <section>
      <h3>{t('title')}</h3>
      {view.hiding ? <p className="projector-none">{t('hiding')}</p> : null}
      {view.hiddenCards > 0 ? <p className="projector-chip">{t('onWall', { count: view.hiddenCards })}</p> : null}
      <div className="idea-board">
        {loose.length > 0 ? <Cards cards={loose} /> : null}
        {groups.map(({ group, cards }) => (
          <div key={group.groupId} className="idea-group">
            <h4 className="idea-group-title">{group.title}</h4>
            <Cards cards={cards} />
          </div>
        ))}
      </div>
    </section>
  )
}

const Cards = ({ cards }: { cards: readonly CardView[] }) => (
  <ul className="idea-list">
    {cards.map(card => (
      <li key={card.cardId} className="idea">
        <span className="idea-text">{card.text}</span>
      </li>
    ))}
  </ul>
)
