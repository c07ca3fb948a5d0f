import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { canPlanConference } from '../../../shared/access.ts'
import { type ConferenceId, parseId } from '../../../shared/ids.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { useDirectory } from '../../lib/use-directory.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { PlanEditor } from './plan-editor.tsx'
import './plan.css'

/** Planning on one page: what and when, who, the agenda and who may see which item, the state. */
export function PlanPage() {
  const { t } = useTranslation('conferences')
  const api = useApi()
  const { actor } = useSession()
  const params = useParams()
  const conferenceId = parseId<ConferenceId>(params.conferenceId)
  const isNew = params.conferenceId === undefined
  const directory = useDirectory()
  const { data, error, refetch } = useQuery({
    queryKey: ['conference', conferenceId],
    queryFn: () => (conferenceId ? api.conference(conferenceId) : Promise.reject(new Error('no conference'))),
    enabled: conferenceId !== undefined,
    // The editor decides when other people's changes come in.
    refetchOnWindowFocus: false,
  })

  if (!isNew && conferenceId === undefined) return <NotFound />
  if (isNew && !actor.memberships.some(m => canPlanConference(actor, m.agencyId))) return <NotFound />
  if (error && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (directory.error && directory.data === undefined) {
    return <ErrorState error={directory.error} onRetry={() => void directory.refetch()} />
  }
  if (directory.data === undefined || (!isNew && data === undefined)) return <Loading />
  if (data && (!data.mayChange || data.state === 'closed')) {
    return (
      <>
        <PageHeader title={data.title} back={<Link to="/">← {t('plan.backHome')}</Link>} />
        <Notice>{t(data.state === 'closed' ? 'plan.closedNotice' : 'plan.readOnly')}</Notice>
      </>
    )
  }
  return (
    <PlanEditor
      key={conferenceId ?? 'new'}
      view={data}
      directory={directory.data.agencies}
      reload={async () => {
        await refetch()
      }}
    />
  )
}
