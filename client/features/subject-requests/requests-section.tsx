/** Section of a case's page: what the person asked about their own data, and until when it is answered. */
import { useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { RequestCard } from './request-card.tsx'
import { RequestForm } from './request-form.tsx'
import { useRequestTexts } from './use-request-texts.ts'
import { useRequests } from './use-requests.ts'
import './subject-requests.css'

export function RequestsSection({ caseId }: CaseSectionProps) {
  const { t } = useRequestTexts()
  const { data, error, refetch } = useRequests(caseId)
  const [isEntering, setEntering] = useState(false)
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const enter = (
    <Button look="primary" onPress={() => setEntering(true)}>
      {t('enter')}
    </Button>
  )
  return (
    <Section title={t('title')} lead={t('lead')} actions={isEntering || data.requests.length === 0 ? null : enter}>
      <div className="stack">
        <p className="quiet small">
          {t('consentHint')} <Link to={`/cases/${caseId}/bases`}>{t('consentLink')}</Link>
        </p>
        {isEntering ? (
          <RequestForm caseId={caseId} today={data.today} onDone={() => setEntering(false)} />
        ) : data.requests.length === 0 ? (
          <EmptyState title={t('none')} action={enter}>
            {t('noneBody')}
          </EmptyState>
        ) : null}
        <ul className="stack request-list">
          {data.requests.map(request => (
            <RequestCard key={request.requestId} caseId={caseId} request={request} today={data.today} />
          ))}
        </ul>
      </div>
    </Section>
  )
}
