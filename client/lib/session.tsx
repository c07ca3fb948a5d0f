/** The session in React: who is signed in, and what keeps the session awake. */
import { useEffect, useSyncExternalStore } from 'react'
import type { Actor } from '../../shared/access.ts'
import type { PersonView } from '../../shared/protocol/http-api.ts'
import { useServices } from './services.tsx'
import type { SessionState, SignedIn } from './session-keeper.ts'

export function useSessionState(): SessionState {
  const { session } = useServices()
  return useSyncExternalStore(session.subscribe, session.current)
}

export interface Session {
  view: SignedIn
  person: PersonView
  /** The person as `shared/access.ts` judges it: what is greyed out here is what the server refuses. */
  actor: Actor
  /** The screen is covered; a live part may use it to stay quiet. */
  covered: boolean
  signOut: () => Promise<void>
  signOutEverywhere: () => Promise<void>
}

/** The signed-in session. Only beneath the gate, which shows the sign-in page to everybody else. */
export function useSession(): Session {
  const { session } = useServices()
  const state = useSessionState()
  if (state.phase !== 'signed-in') throw new Error('useSession outside a signed-in screen')
  const { person } = state.view
  return {
    view: state.view,
    person,
    actor: {
      userId: person.userId,
      operator: person.operator,
      memberships: person.memberships,
      guest: state.view.guest,
    },
    covered: state.cover !== null,
    signOut: () => session.signOut(),
    signOutEverywhere: () => session.signOutEverywhere(),
  }
}

/** How often somebody who listens in a live conference counts as present. Far below any sensible idle limit. */
const ATTENDING_MS = 60_000

/** While `attending`, the idle limit does not run: one who listens for an hour must not be locked out of the meeting. */
export function useAttendance(attending: boolean): void {
  const { session } = useServices()
  useEffect(() => {
    if (!attending) return
    session.noteActivity()
    const timer = setInterval(() => session.noteActivity(), ATTENDING_MS)
    return () => clearInterval(timer)
  }, [attending, session])
}

/** Reports real input and the return to the page; used once, by the gate. */
export function useActivityWatch(): void {
  const { session } = useServices()
  useEffect(() => {
    const active = () => session.noteActivity()
    const returned = () => document.visibilityState === 'visible' && session.noteReturn()
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
    for (const event of events) window.addEventListener(event, active, { passive: true })
    document.addEventListener('visibilitychange', returned)
    window.addEventListener('focus', returned)
    return () => {
      for (const event of events) window.removeEventListener(event, active)
      document.removeEventListener('visibilitychange', returned)
      window.removeEventListener('focus', returned)
    }
  }, [session])
}
