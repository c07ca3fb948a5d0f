/** All that there is for a guest: the one room, and the calm page once it is over. */
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Navigate, Route, Routes, useLocation } from 'react-router'
import type { ConferenceId } from '../../../shared/ids.ts'
import { GUEST_PATH } from '../../../shared/protocol/guests.ts'
import { Loading } from '../../ui/states.tsx'
import { ErrorBoundary } from '../shell/error-boundary.tsx'
import { GuestEnd } from './guest-end.tsx'

const RoomPage = lazy(async () => ({ default: (await import('../room/room-page.tsx')).RoomPage }))

/** @param isOver the sign-in has ended: nothing stays beneath, since nobody comes back to this screen */
export function GuestScreens({ conferenceId, isOver }: { conferenceId: ConferenceId; isOver: boolean }) {
  const queries = useQueryClient()
  const { pathname } = useLocation()
  useEffect(() => {
    if (!isOver) return
    queries.clear()
    // Loaded again, the page says the same and does not ask for a password.
    window.history.replaceState(null, '', GUEST_PATH)
  }, [isOver, queries])
  if (isOver) return <GuestEnd />
  const room = `/conferences/${conferenceId}`
  if (pathname !== room) return <Navigate to={room} replace />
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route path="/conferences/:conferenceId" element={<RoomPage />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  )
}
