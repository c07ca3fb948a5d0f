/** Notices as the browser has them: how many are new, asked for now and then; the list, asked for when somebody looks. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../lib/services.tsx'
import { noticesApi } from './notices-api.ts'

/** What waits does not wait for the second; a live meeting tells of itself. */
const COUNT_EVERY_MS = 60_000

export function useNoticeCount(): number {
  const api = noticesApi(useApi())
  const { data } = useQuery({
    queryKey: ['notices', 'count'],
    queryFn: api.count,
    refetchInterval: COUNT_EVERY_MS,
    refetchOnWindowFocus: true,
  })
  return data?.unread ?? 0
}

export function useNoticeList(enabled = true) {
  const api = noticesApi(useApi())
  return useQuery({ queryKey: ['notices', 'list'], queryFn: api.list, enabled, staleTime: 0 })
}

/** Marks as read; the list says so at once. */
export function useReadNotices() {
  const api = noticesApi(useApi())
  const queries = useQueryClient()
  return useMutation({
    mutationFn: api.read,
    onSuccess: count => {
      queries.setQueryData(['notices', 'count'], count)
      void queries.invalidateQueries({ queryKey: ['notices', 'list'] })
    },
  })
}
