import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { canAdministerInstallation } from '../../../shared/access.ts'
import { AGENCY_TYPES } from '../../../shared/codes.ts'
import { compareNames } from '../../lib/format.ts'
import { matchesSearch } from '../../lib/hangul-search.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { CreateAgencyDialog } from './create-agency-dialog.tsx'
import { usePeopleTexts } from './use-people-texts.ts'

/** The operator's agencies, or those that a person administers. */
export function AgenciesPage() {
  const { t, language } = usePeopleTexts()
  const api = useApi()
  const { actor } = useSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: ['agencies'], queryFn: () => api.agencies() })
  const [query, setQuery] = useState('')
  const [isCreating, setCreating] = useState(false)
  const mayCreate = canAdministerInstallation(actor)
  const createButton = mayCreate ? (
    <Button look="primary" onPress={() => setCreating(true)}>
      {t('agencies.create')}
    </Button>
  ) : undefined

  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const agencies = data.agencies
    .filter(a => matchesSearch(query, `${a.name} ${a.shortName} ${a.city} ${AGENCY_TYPES[a.type][language]}`))
    .sort((a, b) => Number(b.active) - Number(a.active) || compareNames(a.city, b.city) || compareNames(a.name, b.name))

  return (
    <>
      <PageHeader
        title={t('agencies.title')}
        lead={mayCreate ? t('agencies.lead') : undefined}
        actions={createButton}
      />
      {data.agencies.length === 0 ? (
        <EmptyState title={t('agencies.emptyTitle')} action={createButton}>
          {t('agencies.emptyBody')}
        </EmptyState>
      ) : (
        <>
          <SearchField label={t('agencies.search')} value={query} onChange={setQuery} />
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('agencies.name')}</th>
                  <th scope="col">{t('agencies.shortName')}</th>
                  <th scope="col">{t('agencies.type')}</th>
                  <th scope="col">{t('agencies.city')}</th>
                  <th scope="col">{t('agencies.state')}</th>
                </tr>
              </thead>
              <tbody>
                {agencies.map(agency => (
                  <tr key={agency.agencyId}>
                    <th scope="row">
                      <Link to={`/agencies/${agency.agencyId}`}>{agency.name}</Link>
                    </th>
                    <td>
                      <AgencyChip shortName={agency.shortName} name={agency.name} colour={agency.colour} />
                    </td>
                    <td>
                      {AGENCY_TYPES[agency.type][language]} ·{' '}
                      {t(agency.public ? 'agencies.public' : 'agencies.private')}
                    </td>
                    <td>{agency.city}</td>
                    <td>
                      {agency.active ? t('agencies.active') : <Chip tone="warning">{t('agencies.inactive')}</Chip>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {agencies.length === 0 ? <p className="quiet">{t('noMatch', { ns: 'common' })}</p> : null}
        </>
      )}
      {isCreating ? (
        <CreateAgencyDialog
          onClose={() => setCreating(false)}
          onCreated={agency => {
            void queries.invalidateQueries({ queryKey: ['agencies'] })
            void navigate(`/agencies/${agency.agencyId}`)
          }}
        />
      ) : null}
    </>
  )
}
