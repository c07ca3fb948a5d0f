/** One month as the city asks for it: looked at, printed, or taken as a workbook or list. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Audience, FIGURES, MONTH_AUDIENCES } from '../../../shared/figures/figure-codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { MonthFile } from '../../../shared/protocol/figures.ts'
import { formatDay, seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorState, Loading, NotFound, useErrorWords } from '../../ui/states.tsx'
import { saveFile } from '../exports/save-file.ts'
import { FigureBars } from './figure-bars.tsx'
import { readMonth, readMonthFile } from './figures-api.ts'
import { FiguresWays, useFiguresAgency } from './figures-frame.tsx'
import { lastMonths } from './spans.ts'
import { useFiguresTexts } from './use-figures-texts.ts'
import './figures.css'
import './sheet.css'

/** Two years: the city asks for last month, and now and then for one of last year. */
const MONTHS = 24

export function MonthPage() {
  const { t, language } = useFiguresTexts()
  const api = useApi()
  const notify = useNotices()
  const errorWords = useErrorWords()
  const { agencyId, choice } = useFiguresAgency()
  const months = lastMonths(seoulDay(Date.now()), MONTHS)
  const [month, setMonth] = useState(months[0] ?? '')
  const [audience, setAudience] = useState<Audience>('inside')
  const [pending, setPending] = useState<MonthFile['format']>()
  const { data, error, refetch } = useQuery({
    queryKey: ['figures', 'month', agencyId, month, audience],
    queryFn: () => readMonth(api, agencyId ?? ('' as AgencyId), { month, audience }),
    enabled: agencyId !== undefined,
  })
  if (agencyId === undefined) return <NotFound />
  const nameOf = (one: string) => t('monthOf', { year: one.slice(0, 4), n: Number(one.slice(5)) })

  async function take(id: AgencyId, format: MonthFile['format']) {
    setPending(format)
    try {
      saveFile(
        await readMonthFile(api, id, { month, audience, format, language }),
        `${t('monthly.file')}-${month}.${format}`,
      )
    } catch (failure) {
      notify(`${t('failed')}. ${errorWords(failure).body}`, 'danger')
    } finally {
      setPending(undefined)
    }
  }

  return (
    <>
      <div className="no-print">
        <PageHeader
          title={t('monthly.title')}
          lead={t('monthly.lead')}
          actions={
            <>
              <Button look="primary" isPending={pending === 'xlsx'} onPress={() => void take(agencyId, 'xlsx')}>
                {t('monthly.xlsx')}
              </Button>
              <Button isPending={pending === 'csv'} onPress={() => void take(agencyId, 'csv')}>
                {t('take')}
              </Button>
              <Button look="tertiary" onPress={() => window.print()}>
                {t('print')}
              </Button>
            </>
          }
        />
        <FiguresWays />
        <div className="figure-controls">
          {choice}
          <Select
            label={t('monthly.month')}
            width="medium"
            value={month}
            onChange={setMonth}
            options={months.map(one => ({ id: one, label: nameOf(one) }))}
          />
          <Choice
            label={t('audience')}
            value={audience}
            onChange={setAudience}
            options={[
              { id: 'inside', label: MONTH_AUDIENCES.inside[language] },
              { id: 'outside', label: MONTH_AUDIENCES.outside[language] },
            ]}
          />
        </div>
        {audience === 'outside' ? <Notice tone="info">{t('outsideNote')}</Notice> : null}
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Loading /> : null}
      {data === undefined ? null : (
        <article className="figure-sheet" data-testid="month-sheet">
          <h2 className="figure-sheet-title">{t('monthly.sheet', { month: nameOf(data.month) })}</h2>
          <p className="figure-sheet-of">{data.agencyName}</p>
          {data.isOver ? null : (
            <p className="figure-sheet-note">{t('running', { day: formatDay(data.countedOn, language) })}</p>
          )}
          <FigureBars table={data.table} withBars={false} />
          <p className="figure-definition">
            <strong>{t('definition')}</strong> {FIGURES.month.definition[language]}
          </p>
          <p className="figure-sheet-foot">
            {t('counted', { day: formatDay(data.countedOn, language) })}
            {data.audience === 'outside' ? ` · ${MONTH_AUDIENCES.outside[language]}` : null}
          </p>
        </article>
      )}
    </>
  )
}
