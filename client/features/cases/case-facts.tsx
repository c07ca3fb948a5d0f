import type { ReactNode } from 'react'
import { CASE_AGENCY_ROLES } from '../../../shared/codes.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { formatDay } from '../../lib/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useCaseTexts } from './use-case-texts.ts'

/** The case for those who work on it but do not lead it. */
export function CaseFacts({ view }: { view: CaseView }) {
  const { t } = useCaseTexts()
  const codes = useCodeSets()
  const language = useLanguage()
  return (
    <div className="stack">
      <Notice>{t('form.readOnly')}</Notice>
      <dl className="facts card">
        <dt>{t('form.label')}</dt>
        <dd>
          <strong>{view.label}</strong> {view.synthetic ? t('synthetic', { ns: 'common' }) : null}
        </dd>
        <dt>{t('form.number')}</dt>
        <dd>{view.number}</dd>
        <dt>{t('form.stage')}</dt>
        <dd>{codes.label('case_stage', view.stage)}</dd>
        <dt>{t('form.route')}</dt>
        <dd>
          {view.route === '' ? t('form.routeNotSaid') : codes.label('discovery_route', view.route)}
          {view.foundOn === '' ? null : ` · ${formatDay(view.foundOn, language)}`}
        </dd>
        {view.agencies.map(agency => (
          <FactsOfAgency key={agency.agencyId} term={CASE_AGENCY_ROLES[agency.role][language]}>
            {agency.name} —{' '}
            {view.workers
              .filter(worker => worker.agencyId === agency.agencyId)
              .map(worker => worker.name)
              .join(', ') || t('none', { ns: 'common' })}
          </FactsOfAgency>
        ))}
      </dl>
    </div>
  )
}

function FactsOfAgency({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  )
}
