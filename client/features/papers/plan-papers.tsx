import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { PAPERS_PER_ITEM } from '../../../shared/protocol/papers.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { AgendaLine } from '../conferences/agenda-lines.ts'
import { PaperShelf } from './paper-shelf.tsx'
import { usePaperTexts } from './use-paper-texts.ts'
import { useConferencePapers } from './use-papers.ts'

/** While a conference is planned: the papers of each item that I may open. */
export function PlanPapers({
  view,
  lines,
  nameOf,
}: {
  view: ConferenceView
  lines: readonly AgendaLine[]
  nameOf: (line: AgendaLine) => string
}) {
  const { t } = usePaperTexts()
  const { data, error, refetch } = useConferencePapers(view.conferenceId)
  const open = lines.filter(line => line.item?.restricted === false)
  if (open.length === 0) return null
  return (
    <div className="plan-papers">
      <div>
        <h3 className="plan-subtitle">{t('title')}</h3>
        <p className="quiet">{t('hint', { max: PAPERS_PER_ITEM })}</p>
      </div>
      {error && data === undefined ? (
        <Notice tone="warning" actions={<Button onPress={() => void refetch()}>{t('retry', { ns: 'common' })}</Button>}>
          {t('loadFailed')}
        </Notice>
      ) : null}
      {data
        ? open.map(line => (
            <div key={line.itemId}>
              <h4 className="plan-papers-item">
                {line.number}. {nameOf(line)}
              </h4>
              <PaperShelf
                conferenceId={view.conferenceId}
                itemId={line.itemId}
                itemName={nameOf(line)}
                papers={data.papers.filter(paper => paper.itemId === line.itemId)}
                hint={undefined}
                mayAdd={view.mayChange || (line.item?.restricted === false && line.item.mayWrite)}
              />
            </div>
          ))
        : null}
    </div>
  )
}
