import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import { type PapersApi, papersApi } from '../../lib/papers-api.ts'
import { useApi } from '../../lib/services.tsx'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { UploadQueue } from './upload-queue.ts'

export function usePapersApi(): PapersApi {
  const api = useApi()
  return useMemo(() => papersApi(api), [api])
}

const keyOf = (conferenceId: ConferenceId) => ['papers', conferenceId] as const

/** The papers of one item. @param changed another value asks again: others may have laid or taken some */
export function useItemPapers(conferenceId: ConferenceId, itemId: ItemId, changed: unknown) {
  const papers = usePapersApi()
  const query = useQuery({
    queryKey: [...keyOf(conferenceId), itemId],
    queryFn: () => papers.ofItem(conferenceId, itemId),
  })
  const { refetch } = query
  const before = useRef(changed)
  useEffect(() => {
    if (before.current === changed) return
    before.current = changed
    void refetch()
  }, [changed, refetch])
  return query
}

/** The papers of every item of a conference that I may open. */
export function useConferencePapers(conferenceId: ConferenceId) {
  const papers = usePapersApi()
  return useQuery({ queryKey: keyOf(conferenceId), queryFn: () => papers.ofConference(conferenceId) })
}

/** Asks for the papers of a conference again, however they were asked for. */
export function useReloadPapers(conferenceId: ConferenceId): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: keyOf(conferenceId) })
}

/** Files on their way to an item while its list is on the screen. */
export function useUploads(
  conferenceId: ConferenceId,
  itemId: ItemId,
  now: { count: number; onArrived: () => void },
): UploadQueue<File> | undefined {
  const papers = usePapersApi()
  const latest = useRef(now)
  latest.current = now
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const [queue, setQueue] = useState<UploadQueue<File>>()
  useEffect(() => {
    const opened = new UploadQueue<File>({
      send: (about, file, sending) => papers.add(conferenceId, itemId, about, file, sending),
      count: () => latest.current.count,
      onChange: redraw,
      onArrived: () => latest.current.onArrived(),
    })
    setQueue(opened)
    return () => opened.close()
  }, [papers, conferenceId, itemId])
  useLeaveWarning(queue?.isBusy ?? false)
  return queue
}
