/** The guests of a conference for those who invite them, and what they do about them; what went wrong is told in words. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { ConferenceId } from '../../../shared/ids.ts'
import type { GuestView } from '../../../shared/protocol/guests.ts'
import { type GuestsApi, guestsApi } from '../../lib/guests-api.ts'
import { useApi } from '../../lib/services.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { useTellError } from '../../ui/states.tsx'

export function useGuestsApi(): GuestsApi {
  const api = useApi()
  return useMemo(() => guestsApi(api), [api])
}

const keyOf = (conferenceId: ConferenceId) => ['guests', conferenceId] as const

/** @param changed another value asks again: somebody may have come to the door */
export function useGuests(conferenceId: ConferenceId, changed: unknown, enabled = true) {
  const guests = useGuestsApi()
  const query = useQuery({
    queryKey: keyOf(conferenceId),
    queryFn: async () => (await guests.list(conferenceId)).guests,
    enabled,
  })
  const { refetch } = query
  const before = useRef(changed)
  useEffect(() => {
    if (before.current === changed) return
    before.current = changed
    if (enabled) void refetch()
  }, [changed, enabled, refetch])
  return query
}

export function useReloadGuests(conferenceId: ConferenceId): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: keyOf(conferenceId) }),
      // A seat at the table, or what an agency may see, may have changed with it.
      queries.invalidateQueries({ queryKey: ['conference', conferenceId] }),
    ])
  }
}

/** Runs one press about a guest. True when it was done. */
export function useGuestPress(
  conferenceId: ConferenceId,
): (press: () => Promise<unknown>, done?: string) => Promise<boolean> {
  const notify = useNotices()
  const tellError = useTellError()
  const reload = useReloadGuests(conferenceId)
  return async (press, done) => {
    try {
      await press()
      if (done) notify(done)
      return true
    } catch (error) {
      tellError(error)
      return false
    } finally {
      await reload()
    }
  }
}

export const isWaiting = ({ state }: Pick<GuestView, 'state'>): boolean => state === 'waiting'
