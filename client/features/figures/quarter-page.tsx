/** What an agency tells everybody about a quarter: a paper without names and small numbers, as it goes to the press office. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FIGURES, rowLabel } from '../../../shared/figures/figure-codes.ts'
import type { FigureRow, FigureTable } from '../../../shared/figures/figure-table.ts'
import { reportSentences } from '../../../shared/figures/quarter-report.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { QuarterView } from '../../../shared/protocol/figures.ts'
import { formatDay, seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
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
            width="medium"
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
  const codes = useCodeSets()
  const day = formatDay(view.countedOn, language)
  return (
    <article className="figure-sheet" data-testid="quarter-report">
      <h2 className="figure-sheet-title">{t('report.sheet', { quarter: name })}</h2>
      <p className="figure-sheet-of">{view.agencyName}</p>
      {view.isOver ? null : <p className="figure-sheet-note">{t('running', { day })}</p>}
      <p className="figure-sheet-about">{t('report.about')}</p>
      <ul className="figure-sheet-said">
        {reportSentences(view.tables, view.quarter, language, codes.named).map(sentence => (
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

function ReportPart({ table }: { table: FigureTable }) {
  const { t, language } = useFiguresTexts()
  const codes = useCodeSets()
  const { rows, hidden } = toldOf(table)
  return (
    <section className="figure-sheet-part">
      <h3>{FIGURES[table.id].title[language]}</h3>
      {rows.length === 0 ? (
        <p>{t(hidden.length === 0 ? 'report.none' : 'report.few')}</p>
      ) : (
        <>
          <FigureBars table={{ ...table, rows }} />
          {hidden.length === 0 ? null : (
            <p className="figure-sheet-hidden">
              {t('report.hidden', {
                names: hidden.map(key => rowLabel(table.id, key, codes.named)?.[language] ?? '').join(', '),
              })}
            </p>
          )}
        </>
      )}
      <p className="figure-definition">{FIGURES[table.id].definition[language]}</p>
    </section>
  )
}

/** What was not there at all needs no line; of what is counted in one column the most stands first, and what is hidden is named below. */
function toldOf(table: FigureTable): { rows: readonly FigureRow[]; hidden: string[] } {
  const there = table.rows.filter(({ isTotal, cells }) => isTotal || cells.some(cell => cell !== 0))
  const isTold = there.some(({ cells }) => cells.some(cell => cell !== null && cell > 0))
  if (!isTold) return { rows: [], hidden: there.filter(({ cells }) => cells.includes(null)).map(({ key }) => key) }
  if (table.columns.length > 1) return { rows: there, hidden: [] }
  const [shown, hidden] = [
    there.filter(({ cells }) => cells[0] !== null),
    there.filter(({ cells }) => cells[0] === null),
  ]
  return { rows: shown.sort((a, b) => (b.cells[0] ?? 0) - (a.cells[0] ?? 0)), hidden: hidden.map(({ key }) => key) }
}
