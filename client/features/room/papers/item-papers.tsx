import type { ItemView } from '../../../../shared/protocol/http-api.ts'
import { PAPERS_PER_ITEM } from '../../../../shared/protocol/papers.ts'
import { PaperShelf } from '../../papers/paper-shelf.tsx'
import { usePaperTexts } from '../../papers/use-paper-texts.ts'
import { useItemPapers } from '../../papers/use-papers.ts'
import { useRoom } from '../room-context.tsx'

/** The papers of the item that is open. The room's record is read anew whenever somebody lays or takes one, so its change is the sign to look. */
export function ItemPapers({ record }: { record: Extract<ItemView, { restricted: false }> }) {
  const { t } = usePaperTexts()
  const { view } = useRoom()
  const { data } = useItemPapers(view.conferenceId, record.itemId, view)
  // Nothing is laid with a closed conference, also while its words are put right.
  const mayAdd = view.state !== 'closed' && (record.mayWrite || view.mayChange)
  // Nothing to read and nothing to add: a line that says so would only be noise.
  if (data === undefined || (data.papers.length === 0 && !mayAdd)) return null
  return (
    <section className={`item-part${data.papers.length === 0 ? ' item-part-slim' : ''}`} aria-labelledby="papers-title">
      <div className="part-head">
        <h3 className="part-title" id="papers-title">
          {t('title')}
        </h3>
        {data.papers.length > 0 ? (
          <a className="small" href={`/conferences/${view.conferenceId}/pack`} target="_blank" rel="noreferrer">
            {t('sheets.pack')}
          </a>
        ) : null}
      </div>
      <PaperShelf
        conferenceId={view.conferenceId}
        itemId={record.itemId}
        itemName=""
        papers={data.papers}
        mayAdd={mayAdd}
        hint={data.papers.length === 0 ? t('hintShort') : t('hint', { max: PAPERS_PER_ITEM })}
      />
    </section>
  )
}
