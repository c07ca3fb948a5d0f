/** What an agency tells everybody about a quarter: a paper without names and small numbers, as it goes to the press office. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FIGURES } from '../../../shared/figures/figure-codes.ts'
import type { FigureTable } from '../../../shared/figures/figure-table.ts'
import { reportSentences } from '../../../shared/figures/quarter-report.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { QuarterView } from '../../../shared/protocol/figures.ts'
import { formatDay, seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { FigureBars } from './figure-bars.tsx'
import { readQuarter } from './figures-api.ts'
import { FiguresWays, useFiguresAgency } from './figures-frame.tsx'
import { lastQuarters } from './spans.ts'
import { useFiguresTexts } from './use-figures-texts.ts'
import './figures.css'
import './sheet.css'

const QUARTERS = 8

export function QuarterPage() {
  const { t } = useFiguresTexts()
  const api = useApi()
  const { agencyId, choice } = useFiguresAgency()
  const quarters = lastQuarters(seoulDay(Date.now()), QUARTERS)
  const [quarter, setQuarter] = useState(quarters[0] ?? '')
  const { data, error, refetch } = useQuery({
    queryKey: ['figures', 'quarter', agencyId, quarter],
    queryFn: () => readQuarter(api, agencyId ?? ('' as AgencyId), quarter),
    enabled: agencyId !== undefined,
  })
  if (agencyId === undefined) return <NotFound />
  const nameOf = (one: string) => t('quarterOf', { year: one.slice(0, 4), n: Number(one.slice(5)) })

  return (
    <>
      <div className="no-print">
        <PageHeader
          title={t('report.title')}
          lead={t('report.lead')}
          actions={
            <Button look="primary" onPress={() => window.print()}>
              {t('report.print')}
            </Button>
          }
        />
        <FiguresWays />
        <div className="figure-controls">
          {choice}
          <Select
            label={t('report.quarter')}
            width="short"
            value={quarter}
            onChange={setQuarter}
            options={quarters.map(one => ({ id: one, label: nameOf(one) }))}
          />
        </div>
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Loading /> : null}
      {data === undefined ? null : <Report view={data} name={nameOf(data.quarter)} />}
    </>
  )
}

function Report({ view, name }: { view: QuarterView; name: string }) {
  const { t, language } = useFiguresTexts()
  const day = formatDay(view.countedOn, language)
  return (
    <article className="figure-sheet" data-testid="quarter-report">
      <h2 className="figure-sheet-title">{t('report.sheet')}</h2>
      <p className="figure-sheet-of">
        {name} · {view.agencyName}
      </p>
      {view.isOver ? null : <p className="figure-sheet-note">{t('running', { day })}</p>}
      <p className="figure-sheet-about">{t('report.about')}</p>
      <ul className="figure-sheet-said">
        {reportSentences(view.tables, view.quarter, language).map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {view.tables.map(table => (
        <ReportPart key={table.id} table={table} />
      ))}
      <section className="figure-sheet-part">
        <h3>{t('report.howTitle')}</h3>
        <p className="figure-definition">{t('report.how')}</p>
      </section>
      <p className="figure-sheet-foot">
        {view.agencyName} · {t('counted', { day })}
      </p>
    </article>
  )
}

/** What was not there at all needs no line. */
function ReportPart({ table }: { table: FigureTable }) {
  const { t, language } = useFiguresTexts()
  const rows = table.rows.filter(({ isTotal, cells }) => isTotal || cells.some(cell => cell !== 0))
  const isEmpty = rows.every(({ cells }) => cells.every(cell => cell === 0))
  return (
    <section className="figure-sheet-part">
      <h3>{FIGURES[table.id].title[language]}</h3>
      {isEmpty ? <p>{t('report.none')}</p> : <FigureBars table={{ ...table, rows }} />}
      <p className="figure-definition">{FIGURES[table.id].definition[language]}</p>
    </section>
  )
}
