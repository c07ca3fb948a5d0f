import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { canAdministerAgency, canSeeFigures } from '../../../shared/access.ts'
import { AGENCY_TYPES } from '../../../shared/codes.ts'
import { type AgencyId, parseId } from '../../../shared/ids.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Chip } from '../../ui/chips.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { CaseRulesSettings } from '../case-life/case-rules-settings.tsx'
import { AgencySettings } from './agency-settings.tsx'
import { StaffSection } from './staff-section.tsx'
import { usePeopleTexts } from './use-people-texts.ts'
import './people.css'

/** One agency: its staff first, because that is what changes; then its name and colour. */
export function AgencyPage() {
  const { t, language } = usePeopleTexts()
  const api = useApi()
  const { actor } = useSession()
  const agencyId = parseId<AgencyId>(useParams().agencyId)
  const { data, error, refetch } = useQuery({ queryKey: ['agencies'], queryFn: () => api.agencies() })

  if (agencyId === undefined || !canAdministerAgency(actor, agencyId)) return <NotFound />
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const agency = data.agencies.find(a => a.agencyId === agencyId)
  if (agency === undefined) return <NotFound />

  const facts = `${AGENCY_TYPES[agency.type][language]} · ${t(agency.public ? 'agencies.public' : 'agencies.private')} · ${agency.city}`
  return (
    <>
      <PageHeader
        title={agency.name}
        lead={
          <>
            {facts} {agency.active ? null : <Chip tone="warning">{t('agencies.inactive')}</Chip>}
          </>
        }
        back={actor.operator || data.agencies.length > 1 ? <Link to="/agencies">← {t('agency.back')}</Link> : undefined}
      />
      <StaffSection agencyId={agencyId} />
      <AgencySettings key={agency._v} agency={agency} />
      {canSeeFigures(actor, agencyId) ? <CaseRulesSettings agencyId={agencyId} /> : null}
    </>
  )
}
