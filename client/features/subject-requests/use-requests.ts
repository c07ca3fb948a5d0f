/** The requests of one case as its page holds them. What was typed stays in its form until it is saved; who was overtaken sees the newer state beside it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseId } from '../../../shared/ids.ts'
import type { SubjectRequestsView } from '../../../shared/protocol/subject-requests.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { requestsApi } from './requests-api.ts'

export const requestsKey = (caseId: CaseId | undefined) => ['subject-requests', caseId]

export function useRequests(caseId: CaseId) {
  const api = requestsApi(useApi())
  return useQuery({ queryKey: requestsKey(caseId), queryFn: () => api.ofCase(caseId), staleTime: 0 })
}

export type Sending = ReturnType<typeof useSending>

/** One form's sending. */
export function useSending(caseId: CaseId) {
  const api = requestsApi(useApi())
  const queries = useQueryClient()
  const notify = useNotices()
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  return {
    error,
    isPending,
    isOvertaken: error instanceof ApiError && error.reason === 'conflict',
    /** True when it was saved. */
    async send(call: (api: ReturnType<typeof requestsApi>) => Promise<SubjectRequestsView>, saved: string) {
      setPending(true)
      setError(undefined)
      try {
        queries.setQueryData(requestsKey(caseId), await call(api))
        void queries.invalidateQueries({ queryKey: ['near-requests'] })
        // The page of the case says whether it is suspended.
        void queries.invalidateQueries({ queryKey: ['case', caseId] })
        notify(saved)
        return true
      } catch (failure) {
        setError(failure)
        await queries.invalidateQueries({ queryKey: requestsKey(caseId) })
        return false
      } finally {
        setPending(false)
      }
    },
  }
}
