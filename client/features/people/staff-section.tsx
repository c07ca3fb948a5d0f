import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AGENCY_ROLES } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { StaffView, TemporaryPasswordView } from '../../../shared/protocol/http-api.ts'
import { compareNames, formatDateTime, formatTime } from '../../lib/format.ts'
import { matchesSearch } from '../../lib/hangul-search.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { AddStaffDialog } from './add-staff-dialog.tsx'
import { StaffActions } from './staff-actions.tsx'
import { TemporaryPasswordDialog } from './temporary-password-dialog.tsx'
import { usePeopleTexts } from './use-people-texts.ts'

/** With so few people a search field would only be in the way. */
const SEARCH_FROM = 8

export function StaffSection({ agencyId }: { agencyId: AgencyId }) {
  const { t } = usePeopleTexts()
  const api = useApi()
  const queries = useQueryClient()
  const key = ['staff', agencyId]
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => api.staff(agencyId) })
  const [query, setQuery] = useState('')
  const [isAdding, setAdding] = useState(false)
  const [temporary, setTemporary] = useState<TemporaryPasswordView>()
  const changed = () => {
    void queries.invalidateQueries({ queryKey: key })
    void queries.invalidateQueries({ queryKey: ['directory'] })
  }

  const staff = (data?.staff ?? [])
    .filter(person => matchesSearch(query, `${person.name} ${person.login}`))
    .sort((a, b) => Number(b.active) - Number(a.active) || compareNames(a.name, b.name))
  const isFirst = data?.staff.length === 0
  const addButton = (
    <Button look="primary" onPress={() => setAdding(true)}>
      {t(isFirst ? 'staff.addFirst' : 'staff.add')}
    </Button>
  )

  return (
    <Section
      title={t('staff.title')}
      lead={isFirst ? undefined : t('staff.lead')}
      actions={data && !isFirst ? addButton : undefined}
    >
      {data === undefined ? error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading /> : null}
      {isFirst ? (
        <EmptyState title={t('staff.emptyTitle')} action={addButton}>
          {t('staff.emptyBody')}
        </EmptyState>
      ) : null}
      {data && data.staff.length >= SEARCH_FROM ? (
        <SearchField label={t('staff.search')} value={query} onChange={setQuery} />
      ) : null}
      {staff.length > 0 ? (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('staff.name')}</th>
                <th scope="col">{t('staff.login')}</th>
                <th scope="col">{t('staff.role')}</th>
                <th scope="col">{t('staff.lastSignIn')}</th>
                <th scope="col">{t('staff.state')}</th>
                <th scope="col">{t('staff.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {staff.map(person => (
                <StaffRow
                  key={person.userId}
                  agencyId={agencyId}
                  person={person}
                  others={data?.staff.filter(other => other.userId !== person.userId && other.active) ?? []}
                  onChanged={changed}
                  onTemporary={setTemporary}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : query ? (
        <p className="quiet">{t('noMatch', { ns: 'common' })}</p>
      ) : null}
      {isAdding ? (
        <AddStaffDialog
          agencyId={agencyId}
          isFirst={isFirst}
          onClose={() => setAdding(false)}
          onAdded={view => {
            setAdding(false)
            setTemporary(view)
            changed()
          }}
        />
      ) : null}
      {temporary ? <TemporaryPasswordDialog view={temporary} onClose={() => setTemporary(undefined)} /> : null}
    </Section>
  )
}

interface StaffRowProps {
  agencyId: AgencyId
  person: StaffView
  others: readonly StaffView[]
  onChanged: () => void
  onTemporary: (view: TemporaryPasswordView) => void
}

function StaffRow({ agencyId, person, others, onChanged, onTemporary }: StaffRowProps) {
  const { t, language } = usePeopleTexts()
  const me = useSession().person
  const isLocked = person.lockedUntil !== null && Date.parse(person.lockedUntil) > Date.now()
  return (
    <tr>
      <th scope="row">
        {person.name} {person.userId === me.userId ? <Chip>{t('staff.you')}</Chip> : null}
      </th>
      <td>{person.login}</td>
      <td>{AGENCY_ROLES[person.role][language]}</td>
      <td>{person.lastSignInAt ? formatDateTime(person.lastSignInAt, language) : t('staff.never')}</td>
      <td>
        {person.active ? t('staff.active') : <Chip tone="warning">{t('staff.inactive')}</Chip>}{' '}
        {person.secondFactor ? <Chip>{t('staff.factorOn')}</Chip> : null}{' '}
        {isLocked && person.lockedUntil ? (
          <Chip tone="danger">{t('staff.locked', { time: formatTime(person.lockedUntil) })}</Chip>
        ) : null}
      </td>
      <td>
        <StaffActions
          agencyId={agencyId}
          person={person}
          others={others}
          onChanged={onChanged}
          onTemporary={onTemporary}
        />
      </td>
    </tr>
  )
}
