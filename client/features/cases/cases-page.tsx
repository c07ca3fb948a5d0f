import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { canCreateCase, canTriage } from '../../../shared/access.ts'
import { CASES_PER_PAGE, type CaseListView } from '../../../shared/protocol/case-list.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { useCaseFilter } from './case-list-filter.ts'
import { CaseListFilters } from './case-list-filters.tsx'
import { SavedViews } from './case-list-saved.tsx'
import { CaseListTable } from './case-list-table.tsx'
import { useCaseListTexts } from './use-case-list-texts.ts'
import { useCaseTexts } from './use-case-texts.ts'
import './case-list.css'

/** The cases that I work on, filtered and ordered by the server. Nobody sees a list of anything else. */
export function CasesPage() {
  const { t } = useCaseTexts()
  const { t: words } = useCaseListTexts()
  const api = useApi()
  const { actor } = useSession()
  const place = useCaseFilter()
  const asked = { ...place.filter, from: place.from }
  const { data, error, refetch } = useQuery({
    queryKey: ['cases', 'list', asked],
    queryFn: () => api.call<CaseListView>('POST', '/case-list', asked),
    placeholderData: keepPreviousData,
  })
  const mayCreate = actor.memberships.some(m => canCreateCase(actor, m.agencyId))
  const create = mayCreate ? (
    <ButtonLink to="/cases/new" look="primary">
      {t('list.create')}
    </ButtonLink>
  ) : undefined
  const findings = actor.memberships.some(m => canTriage(actor, m.agencyId)) ? (
    <ButtonLink to="/findings">{words('findings')}</ButtonLink>
  ) : undefined

  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <>
      <PageHeader
        title={t('list.title')}
        lead={t('list.lead')}
        actions={
          <>
            {findings}
            {create}
          </>
        }
      />
      {data.all === 0 ? (
        <EmptyState title={t('list.emptyTitle')} action={create}>
          {t('list.emptyBody')}
        </EmptyState>
      ) : (
        <>
          <CaseListFilters place={place} view={data} />
          <SavedViews place={place} />
          {place.isNarrowed ? (
            <p role="status" className="quiet small">
              {words('countAll', { all: data.all.toLocaleString(), total: data.total.toLocaleString() })}
            </p>
          ) : null}
          {data.total === 0 ? (
            <EmptyState
              title={words('noMatch')}
              action={<Button onPress={() => place.set({})}>{words('clear')}</Button>}
            />
          ) : (
            <CaseListTable rows={data.rows} />
          )}
          {data.total > CASES_PER_PAGE ? (
            <nav className="case-list-pages" aria-label={words('pages')}>
              <Button isDisabled={data.from === 0} onPress={() => place.go(Math.max(0, data.from - CASES_PER_PAGE))}>
                {words('before')}
              </Button>
              <span role="status">
                {words('count', {
                  total: data.total.toLocaleString(),
                  from: (data.from + 1).toLocaleString(),
                  to: (data.from + data.rows.length).toLocaleString(),
                })}
              </span>
              <Button
                isDisabled={data.from + data.rows.length >= data.total}
                onPress={() => place.go(data.from + CASES_PER_PAGE)}
              >
                {words('next')}
              </Button>
            </nav>
          ) : null}
        </>
      )}
    </>
  )
}
