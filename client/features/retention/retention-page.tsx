/** The desk of keeping and destroying: what is due, what waits for a second person, what was destroyed, and by which rule. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { NavLink, useParams } from 'react-router'
import { canKeepRetention } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { RetentionDeskView } from '../../../shared/protocol/retention.ts'
import { useApi } from '../../lib/services.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { useChosenAgency } from '../shell/my-agencies.tsx'
import { DueView } from './due-view.tsx'
import { DestructionRegister } from './register-view.tsx'
import { retentionApi } from './retention-api.ts'
import { RulesView } from './rules-view.tsx'
import { useRetentionTexts } from './use-retention-texts.ts'
import { WaitingView } from './waiting-view.tsx'
import './retention.css'

export interface DeskProps {
  desk: RetentionDeskView
  /** What a command answered: the desk as it is now. */
  onChanged: (desk: RetentionDeskView) => void
  /** Somebody changed something first: asks anew. */
  onStale: () => void
}

const SECTIONS = [
  { path: '', title: 'due', Content: DueView },
  { path: 'waiting', title: 'waiting', Content: WaitingView },
  { path: 'register', title: 'register', Content: DestructionRegister },
  { path: 'rules', title: 'rules', Content: RulesView },
] as const

export function RetentionPage() {
  const { t } = useRetentionTexts()
  const { agencyId, agencyName, choice } = useChosenAgency(canKeepRetention, t('agency'))
  if (agencyId === undefined) return <NotFound />
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead', { agency: agencyName })} />
      {choice}
      <Desk key={agencyId} agencyId={agencyId} />
    </>
  )
}

function Desk({ agencyId }: { agencyId: AgencyId }) {
  const { t } = useRetentionTexts()
  const api = retentionApi(useApi())
  const queries = useQueryClient()
  const asked = useParams().section ?? ''
  const queryKey = ['retention', agencyId]
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => api.desk(agencyId),
    staleTime: 0,
    gcTime: 0,
  })
  const section = SECTIONS.find(({ path }) => path === asked)
  if (section === undefined) return <NotFound />
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const { Content } = section
  return (
    <>
      <nav className="desk-ways no-print" aria-label={t('ways.label')}>
        {SECTIONS.map(({ path, title }) => (
          <NavLink key={path} to={path === '' ? '/retention' : `/retention/${path}`} end>
            {title === 'waiting' && data.waiting.length > 0
              ? t('ways.waitingCount', { n: data.waiting.length })
              : t(`ways.${title}`)}
          </NavLink>
        ))}
      </nav>
      {data.people < 2 ? <Notice tone="warning">{t('onePerson')}</Notice> : null}
      <Content desk={data} onChanged={desk => queries.setQueryData(queryKey, desk)} onStale={() => void refetch()} />
    </>
  )
}
