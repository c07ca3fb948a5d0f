/** An agency's year for its own people, and the edition that may be handed out. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { canSeeFigures } from '../../../shared/access.ts'
import { AUDIENCES, type Audience } from '../../../shared/figures/figure-codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { toSeoulTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { FigureSection } from './figure-section.tsx'
import { readFigureFile, readFigures } from './figures-api.ts'
import { useFiguresTexts } from './use-figures-texts.ts'
import './figures.css'

/** This year and the two before: older ones are a question for the archive. */
const YEARS = 3

export function FiguresPage() {
  const { t, language } = useFiguresTexts()
  const api = useApi()
  const { actor, person } = useSession()
  const agencies = person.memberships.filter(({ agencyId }) => canSeeFigures(actor, agencyId))
  const thisYear = toSeoulTime(Date.now()).year
  const [chosen, setAgency] = useState<AgencyId | undefined>(agencies[0]?.agencyId)
  const [year, setYear] = useState(thisYear)
  const [audience, setAudience] = useState<Audience>('inside')
  const { data, error, refetch } = useQuery({
    queryKey: ['figures', chosen, year, audience],
    queryFn: () => readFigures(api, chosen ?? ('' as AgencyId), { year, audience }),
    enabled: chosen !== undefined,
  })
  if (chosen === undefined) return <NotFound />
  const agencyName = agencies.find(({ agencyId }) => agencyId === chosen)?.agencyName ?? ''

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
      <div className="figure-controls">
        {agencies.length > 1 ? (
          <Choice
            label={t('agency')}
            value={chosen}
            onChange={setAgency}
            options={[...new Map(agencies.map(one => [one.agencyId, one])).values()].map(one => ({
              id: one.agencyId,
              label: one.agencyShortName,
            }))}
          />
        ) : null}
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
        {data?.tables.map(table => (
          <FigureSection
            key={table.id}
            table={table}
            take={async asked => {
              const file = await readFigureFile(api, chosen, { year, audience, ...asked })
              save(file, `${asked.figure}-${year}-${audience}.csv`)
            }}
          />
        ))}
      </div>
    </>
  )
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
