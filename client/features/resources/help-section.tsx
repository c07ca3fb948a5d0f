/** "의뢰·자원" of a case's page: what was asked of others, and who gives what when. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseId } from '../../../shared/ids.ts'
import { useApi } from '../../lib/services.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { CaseReferrals, type Wanted } from '../referrals/case-referrals.tsx'
import { Allocations } from './allocations.tsx'
import { ResourceChooser } from './resource-chooser.tsx'
import { resourcesApi } from './resources-api.ts'
import { useResourceTexts } from './use-resource-texts.ts'
import './resources.css'

export function HelpSection({ caseId, view }: CaseSectionProps) {
  const { t } = useResourceTexts()
  const [wanted, setWanted] = useState<Wanted>()
  const { data, error, refetch } = useAllocations(caseId)
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const mayWrite = data.mayEnterFor.length > 0
  return (
    <div className="stack">
      {mayWrite ? null : <p className="quiet">{t('help.noWrite')}</p>}
      <CaseReferrals
        key={wanted ? `${wanted.service} ${wanted.to.map(agency => agency.agencyId).join(' ')}` : 'list'}
        caseId={caseId}
        label={view.label}
        mayWrite={mayWrite}
        wanted={wanted}
        onClosed={() => setWanted(undefined)}
      />
      {mayWrite ? (
        <ResourceChooser
          onAsk={resource => {
            setWanted({ service: resource.service, to: [resource.agency] })
            window.scrollTo({ top: 0 })
          }}
        />
      ) : null}
      <Allocations caseId={caseId} view={data} onChanged={() => refetch()} />
    </div>
  )
}

function useAllocations(caseId: CaseId) {
  const api = useApi()
  return useQuery({
    queryKey: ['allocations', caseId],
    queryFn: () => resourcesApi(api).allocations(caseId),
    staleTime: 0,
    gcTime: 0,
  })
}
