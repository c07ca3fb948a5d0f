import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { canCreateCase } from '../../../shared/access.ts'
import { CASE_AGENCY_ROLES, CASE_STAGES, codesOf } from '../../../shared/codes.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { useFeatureTexts } from '../../i18n/use-feature-texts.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { compareNames } from '../../lib/format.ts'
import { matchesSearch } from '../../lib/hangul-search.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { casesEn } from './texts-en.ts'
import { casesKo } from './texts-ko.ts'

/** The cases that I work on. Nobody sees a list of anything else. */
export function CasesPage() {
  useFeatureTexts('cases', { ko: casesKo, en: casesEn })
  const { t } = useTranslation('cases')
  const language = useLanguage()
  const api = useApi()
  const { actor } = useSession()
  const { data, error, refetch } = useQuery({ queryKey: ['cases'], queryFn: () => api.cases() })
  const [query, setQuery] = useState('')
  const create = actor.memberships.some(m => canCreateCase(actor, m.agencyId)) ? (
    <ButtonLink to="/cases/new" look="primary">
      {t('list.create')}
    </ButtonLink>
  ) : undefined

  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const cases = data.cases
    .filter(c => matchesSearch(query, textOf(c, language)))
    .sort((a, b) => compareNames(b.number, a.number))

  return (
    <>
      <PageHeader title={t('list.title')} lead={t('list.lead')} actions={create} />
      {data.cases.length === 0 ? (
        <EmptyState title={t('list.emptyTitle')} action={create}>
          {t('list.emptyBody')}
        </EmptyState>
      ) : (
        <>
          <SearchField label={t('list.search')} description={t('list.searchHelp')} value={query} onChange={setQuery} />
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('list.number')}</th>
                  <th scope="col">{t('list.label')}</th>
                  <th scope="col">{t('list.stage')}</th>
                  <th scope="col">{t('list.agencies')}</th>
                  <th scope="col">{t('list.workers')}</th>
                </tr>
              </thead>
              <tbody>
                {cases.map(c => (
                  <tr key={c.caseId}>
                    <td className="number">{c.number}</td>
                    <th scope="row">
                      <Link to={`/cases/${c.caseId}`}>{c.label}</Link>{' '}
                      {c.synthetic ? <span className="quiet small">{t('synthetic', { ns: 'common' })}</span> : null}
                    </th>
                    <td>
                      <Chip>{CASE_STAGES[c.stage][language]}</Chip>
                    </td>
                    <td>
                      {codesOf(CASE_AGENCY_ROLES).map(role => {
                        const names = c.agencies.filter(agency => agency.role === role).map(agency => agency.shortName)
                        return names.length === 0 ? null : (
                          <div key={role}>
                            <span className="quiet small">{CASE_AGENCY_ROLES[role][language]}</span> {names.join(', ')}
                          </div>
                        )
                      })}
                    </td>
                    <td>{c.workers.map(worker => worker.name).join(', ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {cases.length === 0 ? <EmptyState title={t('noMatch', { ns: 'common' })} /> : null}
        </>
      )}
    </>
  )
}

function textOf(c: CaseView, language: 'ko' | 'en'): string {
  return [
    c.number,
    c.label,
    CASE_STAGES[c.stage][language],
    ...c.agencies.map(a => `${a.name} ${a.shortName}`),
    ...c.workers.map(w => w.name),
  ].join(' ')
}
