/** On the home page of who plans: each series with its rule, when it is next, and the press that makes the next one. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { SeriesView } from '../../../shared/protocol/series-api.ts'
import { formatShortDate, formatShortDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Section } from '../../ui/page.tsx'
import { useTellError } from '../../ui/states.tsx'
import { seriesApi } from './series-api.ts'
import { useSeriesTexts } from './use-series-texts.ts'
import './series.css'

export function HomeSeries() {
  const { t } = useSeriesTexts()
  const api = useApi()
  const { data } = useQuery({ queryKey: ['series'], queryFn: () => seriesApi(api).all() })
  if (data === undefined || data.series.length === 0) return null
  return (
    <Section title={t('title')}>
      <ul className="series-list">
        {data.series.map(series => (
          <Line key={series.seriesId} series={series} />
        ))}
      </ul>
    </Section>
  )
}

function Line({ series }: { series: SeriesView }) {
  const { t, language, ruleWords } = useSeriesTexts()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const tellError = useTellError()
  const [isPending, setPending] = useState(false)
  const [isEnding, setEnding] = useState(false)
  const { title } = series

  async function run(work: () => Promise<unknown>) {
    setPending(true)
    try {
      await work()
    } catch (error) {
      tellError(error)
    } finally {
      setPending(false)
      setEnding(false)
      await queries.invalidateQueries({ queryKey: ['series'] })
    }
  }

  const makeNext = () =>
    run(async () => {
      const { conferenceId } = await seriesApi(api).next(series.seriesId)
      await queries.invalidateQueries({ queryKey: ['conferences'] })
      await navigate(`/conferences/${conferenceId}/plan`)
    })
  const setEnded = (ended: boolean) => run(() => seriesApi(api).change(series.seriesId, { _v: series._v, ended }))
  const isAhead = series.latest !== null && Date.parse(series.latest.startsAt) > Date.now()

  return (
    <li className="series-line">
      <div>
        <p>
          <strong>{title}</strong> {series.ended ? <Chip>{t('ended')}</Chip> : null}
        </p>
        <p className="quiet small">
          {[
            ruleWords(series.rule),
            series.hostAgencyName,
            series.ended
              ? ''
              : t('next', {
                  day:
                    isAhead && series.latest
                      ? formatShortDate(series.latest.startsAt, language)
                      : formatShortDay(series.nextDay, language),
                }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div className="series-tools">
        {series.ended ? (
          <Button size="small" look="tertiary" isPending={isPending} onPress={() => void setEnded(false)}>
            {t('resume')}
          </Button>
        ) : (
          <>
            <Button
              size="small"
              isPending={isPending}
              aria-label={isAhead ? t('prepareLabel', { title }) : t('makeLabel', { title })}
              onPress={() => void makeNext()}
            >
              {isAhead ? t('prepare') : t('make')}
            </Button>
            <Button size="small" look="text" aria-label={t('endLabel', { title })} onPress={() => setEnding(true)}>
              {t('end')}
            </Button>
          </>
        )}
      </div>
      <ConfirmDialog
        title={t('endTitle', { title })}
        isOpen={isEnding}
        action={t('end')}
        isPending={isPending}
        onCancel={() => setEnding(false)}
        onConfirm={() => void setEnded(true)}
      >
        {t('endBody')}
      </ConfirmDialog>
    </li>
  )
}
