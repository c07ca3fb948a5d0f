import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { canCreateCase } from '../../../shared/access.ts'
import { type CaseId, parseId } from '../../../shared/ids.ts'
import { useFeatureTexts } from '../../i18n/use-feature-texts.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { CaseLedger } from '../actions/case-ledger.tsx'
import { CaseEditor } from './case-editor.tsx'
import { CaseFacts } from './case-facts.tsx'
import { newCaseForm, toCaseForm } from './case-form.ts'
import { casesEn } from './texts-en.ts'
import { casesKo } from './texts-ko.ts'
import './cases.css'

const CaseSupervision = lazy(async () => ({
  default: (await import('../room/supervision/case-supervision.tsx')).CaseSupervision,
}))

/** One case: its head to change for the lead agency's workers, to read for the others; and a new one. */
export function CasePage() {
  useFeatureTexts('cases', { ko: casesKo, en: casesEn })
  const { t } = useTranslation('cases')
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
  if (!data.mayChange)
    return (
      <>
        <CaseFacts view={data} />
        <CaseLedger caseId={caseId} />
      </>
    )
  return (
    <div className="stack">
      <CaseEditor
        key={caseId}
        base={toCaseForm(data)}
        view={data}
        title={data.label}
        reload={async () => void (await refetch())}
      />
      <CaseLedger key={`ledger ${caseId}`} caseId={caseId} />
      {/* Who may change the case works on it for its lead agency: theirs is the supervision. */}
      <Suspense fallback={<Loading />}>
        <CaseSupervision key={caseId} caseId={caseId} on="page" />
      </Suspense>
    </div>
  )
}
