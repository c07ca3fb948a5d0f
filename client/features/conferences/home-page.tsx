import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canPlanConference } from '../../../shared/access.ts'
import { CONFERENCE_TYPES } from '../../../shared/codes.ts'
import type { ConferenceSummary } from '../../../shared/protocol/http-api.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { HomeActions } from '../actions/home-actions.tsx'
import { HomeLife } from '../case-life/home-life.tsx'
import { HomeTasks } from '../home/home-tasks.tsx'
import { HomeSeries } from '../series/home-series.tsx'
import { HomeRequests } from '../subject-requests/home-requests.tsx'
import { ConferenceRow } from './conference-row.tsx'
import { findConferences, groupConferences } from './home-groups.ts'
import './conferences.css'

/** Live rooms change without us; half a minute keeps "진행 중" honest without asking all day. */
const REFETCH_MS = 30_000
const PAST_SHOWN = 5

/** Today first, then what comes, what is being prepared, what was. */
export function HomePage() {
  const { t } = useTranslation('conferences')
  const language = useLanguage()
  const api = useApi()
  const { actor } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['conferences'],
    queryFn: () => api.conferences(),
    refetchInterval: REFETCH_MS,
  })
  const [query, setQuery] = useState('')
  const [allPast, setAllPast] = useState(false)
  const mayPlan = actor.memberships.some(m => canPlanConference(actor, m.agencyId))
  const planLink = mayPlan ? (
    <ButtonLink to="/conferences/new" look="primary">
      {t('home.plan')}
    </ButtonLink>
  ) : undefined

  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  if (data.conferences.length === 0) {
    return (
      <>
        <PageHeader title={t('home.title')} />
        <EmptyState title={t('home.emptyTitle')} action={planLink}>
          <p>{t('home.emptyBody')}</p>
          {mayPlan ? <p>{t('home.emptyPlan')}</p> : null}
        </EmptyState>
      </>
    )
  }

  const now = Date.now()
  const found = findConferences(data.conferences, query, c => CONFERENCE_TYPES[c.type][language])
  const groups = groupConferences(found, now)
  const past = allPast || query ? groups.past : groups.past.slice(0, PAST_SHOWN)
  const list = (conferences: readonly ConferenceSummary[], when: 'time' | 'date'): ReactNode => (
    <ul className="conference-list">
      {conferences.map(conference => (
        <ConferenceRow key={conference.conferenceId} conference={conference} when={when} now={now} />
      ))}
    </ul>
  )

  return (
    <>
      <PageHeader title={t('home.title')} actions={planLink} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      <SearchField label={t('home.search')} description={t('home.searchHelp')} value={query} onChange={setQuery} />
      {query && found.length === 0 ? <EmptyState title={t('noMatch', { ns: 'common' })} /> : null}
      {query && groups.today.length === 0 ? null : (
        <Section title={t('home.today')}>
          {groups.today.length > 0 ? list(groups.today, 'time') : <p className="quiet">{t('home.nothingToday')}</p>}
        </Section>
      )}
      {query ? null : <HomeTasks />}
      {query ? null : <HomeRequests />}
      {query ? null : <HomeLife />}
      {query ? null : <HomeActions />}
      {groups.coming.length > 0 ? <Section title={t('home.coming')}>{list(groups.coming, 'date')}</Section> : null}
      {groups.drafts.length > 0 ? <Section title={t('home.drafts')}>{list(groups.drafts, 'date')}</Section> : null}
      {query ? null : <HomeSeries />}
      {groups.past.length > 0 ? (
        <Section title={t('home.past')}>
          {list(past, 'date')}
          {past.length < groups.past.length ? (
            <Button look="text" onPress={() => setAllPast(true)}>
              {t('home.showPast', { n: groups.past.length - past.length })}
            </Button>
          ) : null}
        </Section>
      ) : null}
    </>
  )
}
