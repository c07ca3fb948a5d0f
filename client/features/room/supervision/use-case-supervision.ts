/** A case's supervision while it is on the screen: what there is, looked for again and again, and writing into it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CaseId } from '../../../../shared/ids.ts'
import type { SupervisionView, WriteSupervisionBody } from '../../../../shared/protocol/supervision.ts'
import { useApi } from '../../../lib/services.tsx'
import { supervisionApi } from '../../../lib/supervision-api.ts'

/** Two people who sit at one table see each other's line within this; asking costs the server two small reads. */
const LOOK_AGAIN_MS = 10_000

export function useCaseSupervision(caseId: CaseId) {
  const api = useApi()
  const queries = useQueryClient()
  const calls = useMemo(() => supervisionApi(api), [api])
  const queryKey = ['supervision', caseId]
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => calls.open(caseId, queries.getQueryData<SupervisionView>(queryKey)),
    refetchInterval: LOOK_AGAIN_MS,
    staleTime: 0,
    // Nothing of it stays in memory once it is off the screen.
    gcTime: 0,
    retry: false,
  })
  return {
    data,
    error,
    look: () => void refetch(),
    async write(body: WriteSupervisionBody): Promise<void> {
      const view = await calls.write(caseId, body)
      // A look that began before would put the older picture in its place.
      await queries.cancelQueries({ queryKey })
      queries.setQueryData(queryKey, view)
    },
  }
}
