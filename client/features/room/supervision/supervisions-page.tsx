/** One's own supervisions of all cases, what waits for oneself first; and one of them, away from any meeting. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { type CaseId, parseId } from '../../../../shared/ids.ts'
import type { SupervisionSummary } from '../../../../shared/protocol/supervision.ts'
import { useLanguage } from '../../../i18n/use-language.ts'
import { formatDateTime } from '../../../lib/format.ts'
import { useApi } from '../../../lib/services.tsx'
import { supervisionApi } from '../../../lib/supervision-api.ts'
import { Chip } from '../../../ui/chips.tsx'
import { PageHeader } from '../../../ui/page.tsx'
import { EmptyState, ErrorState, Loading, NotFound } from '../../../ui/states.tsx'
import { CaseSupervision } from './case-supervision.tsx'
import { useSupervisionTexts } from './use-supervision-texts.ts'
import './supervision.css'

export function SupervisionsPage() {
  const { t } = useSupervisionTexts()
  const { caseId: given } = useParams()
  const { data, error, refetch } = useSupervisions()
  if (given !== undefined) {
    const caseId = parseId<CaseId>(given)
    if (caseId === undefined) return <NotFound />
    return <OfCase key={caseId} caseId={caseId} label={data?.find(one => one.caseId === caseId)?.label} />
  }
  return (
    <div className="stack">
      <PageHeader title={t('all.title')} lead={t('all.lead')} />
      {data ? (
        data.length === 0 ? (
          <EmptyState title={t('all.emptyTitle')}>{t('all.emptyBody')}</EmptyState>
        ) : (
          <ul className="supervisions">
            {data.map(one => (
              <Row key={`${one.caseId}.${one.as}.${one.with.userId}`} summary={one} />
            ))}
          </ul>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

function OfCase({ caseId, label }: { caseId: CaseId; label: string | undefined }) {
  const { t } = useSupervisionTexts()
  return (
    <div className="stack">
      <PageHeader title={t('all.title')} lead={label} back={<Link to="/supervision">← {t('all.back')}</Link>} />
      <CaseSupervision caseId={caseId} on="page" />
    </div>
  )
}

function Row({ summary }: { summary: SupervisionSummary }) {
  const { t } = useSupervisionTexts()
  const language = useLanguage()
  const { name, agencyName: agency } = summary.with
  return (
    <li className="card supervision-row">
      <Link to={`/supervision/${summary.caseId}`} className="supervision-household">
        {summary.label} ({summary.number})
      </Link>
      <span>
        {t(summary.as === 'worker' ? 'thread.withSupervisor' : 'thread.withWorker', { name, agency })}{' '}
        <span className="quiet">{formatDateTime(summary.lastAt, language)}</span>
      </span>
      <span className="supervision-state">
        {summary.waitingForMe > 0 ? (
          <Chip tone="warning">{t('all.waiting', { count: summary.waitingForMe })}</Chip>
        ) : summary.open > 0 ? (
          <Chip>{t('all.open', { count: summary.open })}</Chip>
        ) : (
          <Chip tone="success">{t('all.none')}</Chip>
        )}
      </span>
    </li>
  )
}

function useSupervisions() {
  const api = useApi()
  return useQuery({
    queryKey: ['supervisions'],
    queryFn: async () => (await supervisionApi(api).list()).supervisions,
    staleTime: 0,
    gcTime: 0,
  })
}
