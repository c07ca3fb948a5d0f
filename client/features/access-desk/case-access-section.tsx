/** Section of a case's page: who has seen this household. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../lib/services.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { accessApi } from './access-api.ts'
import { WhoSaw } from './who-saw.tsx'

export function CaseAccessSection({ caseId }: CaseSectionProps) {
  const api = accessApi(useApi())
  const { data, error, refetch } = useQuery({
    queryKey: ['case-access', caseId],
    queryFn: () => api.ofOwnCase(caseId),
    staleTime: 0,
    gcTime: 0,
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return <WhoSaw view={data} />
}
