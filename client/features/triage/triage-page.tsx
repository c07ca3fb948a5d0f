/** The board of found households: filters above, one page of the list, and what is decided about those that are chosen. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { codesOf, DISCOVERY_ROUTES, type DiscoveryRoute, isCode } from '../../../shared/codes.ts'
import { type AgencyId, type FindingId, type ImportId, parseId, type UserId } from '../../../shared/ids.ts'
import {
  FINDING_STATES,
  FINDINGS_PER_PAGE,
  type FindingState,
  type FindingsQueryBody,
} from '../../../shared/protocol/triage.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { useDirectory } from '../../lib/use-directory.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useFindingAgency } from '../imports/use-finding-agency.tsx'
import { AddHousehold } from './add-household.tsx'
import { TriageActions } from './triage-actions.tsx'
import { triageApi } from './triage-api.ts'
import { TriageTable } from './triage-table.tsx'
import { useTriageTexts } from './use-triage-texts.ts'
import './triage.css'

export function TriagePage() {
  const { agencyId, query, choice } = useFindingAgency()
  const { t } = useTriageTexts()
  const queries = useQueryClient()
  const [isAdding, setAdding] = useState(false)
  if (agencyId === undefined) return <NotFound />
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Button onPress={() => setAdding(true)}>{t('one.open')}</Button>
            <ButtonLink to={`/findings/imports${query}`} look="primary">
              {t('import')}
            </ButtonLink>
          </>
        }
      />
      {choice}
      {isAdding ? (
        <AddHousehold
          agencyId={agencyId}
          onClose={() => setAdding(false)}
          onAdded={() => void queries.invalidateQueries({ queryKey: ['findings', agencyId] })}
        />
      ) : null}
      <Board key={agencyId} agencyId={agencyId} query={query} />
    </>
  )
}

/** Codes and ids stand in the address, so that the page keeps its place; what is typed may name somebody and does not. */
function useFilter() {
  const [search, setSearch] = useSearchParams()
  const [text, setText] = useState('')
  const state = search.get('state')
  const route = search.get('route')
  const importId = parseId<ImportId>(search.get('list'))
  const assignee = search.get('who')
  const asked: FindingsQueryBody = {
    ...(isCode(FINDING_STATES, state) && { states: [state] }),
    ...(isCode(DISCOVERY_ROUTES, route) && { routes: [route] }),
    ...(importId && { importId }),
    ...(assignee === 'none' ? { assignee } : parseId<UserId>(assignee) && { assignee: assignee as UserId }),
    ...(text.trim() !== '' && { text: text.trim().slice(0, 100) }),
    from: Number(search.get('from') ?? 0) || 0,
  }
  const set = (name: string, value: string | null) =>
    setSearch(
      before => {
        if (value === null) before.delete(name)
        else before.set(name, value)
        if (name !== 'from') before.delete('from')
        return before
      },
      { replace: true },
    )
  const clear = () => {
    setText('')
    setSearch(before => new URLSearchParams(before.has('agency') ? { agency: before.get('agency') ?? '' } : {}))
  }
  return { asked, set, clear, text, setText }
}

function Board({ agencyId, query }: { agencyId: AgencyId; query: string }) {
  const { t, language } = useTriageTexts()
  const codes = useCodeSets()
  const calls = triageApi(useApi())
  const { person } = useSession()
  const directory = useDirectory()
  const filter = useFilter()
  const { asked, set } = filter
  const [chosen, setChosen] = useState<ReadonlySet<FindingId>>(new Set())
  const { data, error, refetch } = useQuery({
    queryKey: ['findings', agencyId, asked],
    queryFn: () => calls.list(agencyId, asked),
    placeholderData: keepPreviousData,
    // A list that was taken in a moment ago is there at once.
    staleTime: 0,
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  if (data.lists.length === 0) {
    return (
      <EmptyState
        title={t('empty')}
        action={
          <ButtonLink to={`/findings/imports${query}`} look="primary">
            {t('import')}
          </ButtonLink>
        }
      >
        {t('emptyBody')}
      </EmptyState>
    )
  }
  const here = data.findings.filter(finding => chosen.has(finding.findingId))
  const all = Object.values(data.counts).reduce((sum, count) => sum + count, 0)
  const staff = [
    ...new Map(
      (directory.data?.agencies.find(one => one.agencyId === agencyId)?.people ?? [])
        .filter(one => one.role === 'case_worker' || one.role === 'supervisor')
        .map(one => [
          one.userId,
          { id: one.userId, label: one.userId === person.userId ? `${one.name} (${t('me')})` : one.name },
        ]),
    ).values(),
  ]
  const state = asked.states?.[0]
  return (
    <>
      <fieldset className="triage-states" aria-label={t('states')}>
        {([undefined, ...codesOf(FINDING_STATES)] as (FindingState | undefined)[]).map(one => (
          <button
            key={one ?? 'all'}
            type="button"
            className="triage-state"
            aria-pressed={state === one}
            onClick={() => set('state', one ?? null)}
          >
            {one === undefined ? t('all') : FINDING_STATES[one][language]}{' '}
            <span className="number">{(one === undefined ? all : data.counts[one]).toLocaleString()}</span>
          </button>
        ))}
      </fieldset>
      <div className="triage-filters">
        <SearchField
          label={t('find')}
          description={t('findHelp')}
          value={filter.text}
          onChange={text => {
            filter.setText(text)
            set('from', null)
          }}
        />
        <Select
          label={t('list')}
          value={asked.importId ?? 'all'}
          onChange={next => set('list', next === 'all' ? null : next)}
          options={[
            { id: 'all', label: t('allLists') },
            ...data.lists.map(list => ({ id: list.importId as string, label: list.fileName })),
          ]}
        />
        <Select
          label={t('route')}
          value={asked.routes?.[0] ?? 'all'}
          onChange={next => set('route', next === 'all' ? null : next)}
          options={[
            { id: 'all' as DiscoveryRoute | 'all', label: t('allRoutes') },
            ...codesOf(DISCOVERY_ROUTES).map(code => ({ id: code, label: codes.label('discovery_route', code) })),
          ]}
        />
        <Select
          label={t('assignee')}
          value={asked.assignee ?? 'all'}
          onChange={next => set('who', next === 'all' ? null : next)}
          options={[{ id: 'all', label: t('anybody') }, { id: 'none', label: t('nobody') }, ...staff]}
        />
      </div>
      <TriageActions
        agencyId={agencyId}
        chosen={here}
        staff={staff}
        onDone={() => {
          setChosen(new Set())
          void refetch()
        }}
      >
        {decide =>
          data.findings.length === 0 ? (
            <EmptyState title={t('noMatch')} action={<Button onPress={filter.clear}>{t('clear')}</Button>} />
          ) : (
            <TriageTable view={data} chosen={chosen} onChoose={setChosen} onDecide={decide} />
          )
        }
      </TriageActions>
      {data.total > 0 ? (
        <nav className="triage-pages" aria-label={t('title')}>
          <Button
            isDisabled={data.from === 0}
            onPress={() => set('from', String(Math.max(0, data.from - FINDINGS_PER_PAGE)))}
          >
            {t('before')}
          </Button>
          <span role="status">
            {t('count', {
              total: data.total.toLocaleString(),
              from: (data.from + 1).toLocaleString(),
              to: (data.from + data.findings.length).toLocaleString(),
            })}
          </span>
          <Button
            isDisabled={data.from + data.findings.length >= data.total}
            onPress={() => set('from', String(data.from + FINDINGS_PER_PAGE))}
          >
            {t('next')}
          </Button>
        </nav>
      ) : null}
    </>
  )
}
