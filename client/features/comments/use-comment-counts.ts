import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { ItemId } from '../../../shared/ids.ts'
import type { ConferenceCommentsView } from '../../../shared/protocol/comments.ts'
import { useApi } from '../../lib/services.tsx'
import { useRoom } from '../room/room-context.tsx'
import { commentsApi } from './comments-api.ts'

/** How much is unresolved in the items that I may open; asked again whenever the room's record came anew. Always the same object while it says the same. */
export function useCommentCounts(): ReadonlyMap<ItemId, ConferenceCommentsView['items'][number]> {
  const api = useApi()
  const { view } = useRoom()
  const { conferenceId } = view
  const { data, refetch } = useQuery({
    queryKey: ['comment-counts', conferenceId],
    queryFn: () => commentsApi(api).counts(conferenceId),
    gcTime: 0,
    retry: false,
  })
  const before = useRef(view)
  useEffect(() => {
    if (before.current === view) return
    before.current = view
    void refetch()
  }, [view, refetch])
  return useMemo(() => new Map((data?.items ?? []).map(one => [one.itemId, one])), [data])
}
