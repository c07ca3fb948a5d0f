import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { canCreateCase } from '../../../shared/access.ts'
import { type CaseId, parseId } from '../../../shared/ids.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { EmergencyStrip } from '../break-glass/emergency-strip.tsx'
import { SuspendedStrip } from '../subject-requests/suspended-strip.tsx'
import { CaseEditor } from './case-editor.tsx'
import { newCaseForm } from './case-form.ts'
import { CaseHead } from './case-head.tsx'
import { CASE_SECTIONS } from './case-sections.tsx'
import { useCaseTexts } from './use-case-texts.ts'
import './cases.css'

/** One case, section by section; and a new one. */
export function CasePage() {
  const { t } = useCaseTexts()
  const api = useApi()
  const { actor } = useSession()
  const params = useParams()
  const caseId = parseId<CaseId>(params.caseId)
  const isNew = params.caseId === undefined
  const { data, error, refetch } = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => (caseId ? api.case(caseId) : Promise.reject(new Error('no case'))),
    enabled: caseId !== undefined,
  })

  if (isNew) {
    const mine = actor.memberships.find(m => canCreateCase(actor, m.agencyId))
    if (mine === undefined) return <NotFound />
    return (
      <CaseEditor base={newCaseForm({ userId: actor.userId, agencyId: mine.agencyId })} title={t('form.titleNew')} />
    )
  }
  if (caseId === undefined) return <NotFound />
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const section = CASE_SECTIONS.find(({ path }) => path === (params.section ?? ''))
  if (section === undefined || section.isFor?.(data) === false) return <NotFound />
  const { Content } = section
  return (
    <div className="stack">
      <CaseHead view={data} />
      {data.workers.some(worker => worker.userId === actor.userId) ? null : <EmergencyStrip caseId={caseId} />}
      <SuspendedStrip view={data} />
      <Suspense fallback={<Loading />}>
        <Content key={`${caseId} ${section.path}`} caseId={caseId} view={data} />
      </Suspense>
    </div>
  )
}
