/** An agency's year for its own people, and the edition that may be handed out. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AUDIENCES, type Audience, YEAR_FIGURES } from '../../../shared/figures/figure-codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { toSeoulTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { saveFile } from '../exports/save-file.ts'
import { FigureSection } from './figure-section.tsx'
import { readFigureFile, readFigures } from './figures-api.ts'
import { FiguresWays, useFiguresAgency } from './figures-frame.tsx'
import { useFiguresTexts } from './use-figures-texts.ts'
import './figures.css'

/** This year and the two before: older ones are a question for the archive. */
const YEARS = 3

export function FiguresPage() {
  const { t, language } = useFiguresTexts()
  const api = useApi()
  const { agencyId, agencyName, choice } = useFiguresAgency()
  const thisYear = toSeoulTime(Date.now()).year
  const [year, setYear] = useState(thisYear)
  const [audience, setAudience] = useState<Audience>('inside')
  const { data, error, refetch } = useQuery({
    queryKey: ['figures', agencyId, year, audience],
    queryFn: () => readFigures(api, agencyId ?? ('' as AgencyId), { year, audience }),
    enabled: agencyId !== undefined,
  })
  if (agencyId === undefined) return <NotFound />

  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead', { agency: agencyName })}
        actions={
          <Button look="tertiary" onPress={() => window.print()}>
            {t('print')}
          </Button>
        }
      />
      <FiguresWays />
      <div className="figure-controls no-print">
        {choice}
        <Choice
          label={t('year')}
          value={String(year)}
          onChange={next => setYear(Number(next))}
          options={Array.from({ length: YEARS }, (_, index) => thisYear - index).map(one => ({
            id: String(one),
            label: t('yearOf', { year: one }),
          }))}
        />
        <Choice
          label={t('audience')}
          value={audience}
          onChange={setAudience}
          options={[
            { id: 'inside', label: AUDIENCES.inside[language] },
            { id: 'outside', label: AUDIENCES.outside[language] },
          ]}
        />
      </div>
      {audience === 'outside' ? <Notice tone="info">{t('outsideNote')}</Notice> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Loading /> : null}
      <div className="figures">
        {YEAR_FIGURES.flatMap(figure => {
          const table = data?.tables.find(({ id }) => id === figure)
          return table === undefined ? [] : [{ figure, table }]
        }).map(({ figure, table }) => (
          <FigureSection
            key={figure}
            table={table}
            take={async () => {
              const file = await readFigureFile(api, agencyId, { year, audience, figure, language })
              saveFile(file, `${figure}-${year}-${audience}.csv`)
            }}
          />
        ))}
      </div>
    </>
  )
}
