/** On every section of a suspended case: since when, and what that means for who reads it. */
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { formatDay } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useRequestTexts } from './use-request-texts.ts'

export function SuspendedStrip({ view: { caseId, suspendedOn, mayChange } }: { view: CaseView }) {
  const { t, language } = useRequestTexts()
  if (suspendedOn === null) return null
  const way = (
    <ButtonLink to={`/cases/${caseId}/requests`} look="tertiary" size="small">
      {t('suspended.way')}
    </ButtonLink>
  )
  return (
    <Notice tone="warning" title={t('suspended.title')} {...(mayChange && { actions: way })}>
      {t('suspended.body', { day: formatDay(suspendedOn, language) })}
    </Notice>
  )
}
