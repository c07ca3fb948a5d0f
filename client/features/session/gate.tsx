import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { GUEST_PATH } from '../../../shared/protocol/guests.ts'
import { useServices } from '../../lib/services.tsx'
import { useActivityWatch, useSessionState } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice, Loading } from '../../ui/states.tsx'
import { GuestScreens } from '../guests/guest-screens.tsx'
import { MustChangePasswordPage } from './change-password-page.tsx'
import { CodePage } from './code-form.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { IdleCover, LockedPage } from './idle-cover.tsx'
import { OperatorPage } from './operator-page.tsx'
import { MustSetUpPage } from './second-factor-page.tsx'
import { SignInPage } from './sign-in-page.tsx'

const GuestPage = lazy(async () => ({ default: (await import('../guests/guest-page.tsx')).GuestPage }))

/** Lets the signed-in through to the screens; the address stays, so signing in leads to where one wanted to go. */
export function Gate({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { session } = useServices()
  const queries = useQueryClient()
  const state = useSessionState()
  const { pathname } = useLocation()
  const cover = state.phase === 'signed-in' ? state.cover : null
  const wasCovered = useRef(false)
  useActivityWatch()

  useEffect(() => {
    // What was on the screen may have changed while it was covered.
    if (wasCovered.current && cover === null) void queries.invalidateQueries()
    wasCovered.current = cover !== null
  }, [cover, queries])

  // The door for somebody without an account stands beside the sign-in, not behind it.
  if (pathname === GUEST_PATH) {
    return (
      <Suspense fallback={<Loading />}>
        <GuestPage />
      </Suspense>
    )
  }
  switch (state.phase) {
    case 'starting':
      return <Loading />
    case 'failed':
      return (
        <EntryFrame agencyName={null}>
          <h1 className="entry-title">{t('app')}</h1>
          <ErrorNotice error={state.error} />
          <p>{t('signIn.away', { ns: 'session' })}</p>
          <Button look="primary" onPress={() => void session.look()}>
            {t('retry')}
          </Button>
        </EntryFrame>
      )
    case 'signed-out':
      return state.installation.needsOperator ? (
        <OperatorPage installation={state.installation} />
      ) : (
        <SignInPage installation={state.installation} codeTooLate={state.codeTooLate ?? false} />
      )
    case 'second-factor':
      return <CodePage name={state.name} agencyName={state.installation.agencyName} />
    case 'locked':
      return <LockedPage name={state.name} agencyName={state.installation.agencyName} />
    case 'signed-in': {
      const { view } = state
      const { agencyName } = view.installation
      if (view.guest) return <GuestScreens conferenceId={view.guest.conferenceId} isOver={cover !== null} />
      return (
        <>
          {view.mustChangePassword ? (
            <MustChangePasswordPage agencyName={agencyName} />
          ) : view.needsSecondFactor && cover !== 'set-up' ? (
            <MustSetUpPage agencyName={agencyName} />
          ) : (
            children
          )}
          {state.cover ? (
            <IdleCover key={state.cover} why={state.cover} name={view.person.name} agencyName={agencyName} hasScreen />
          ) : null}
        </>
      )
    }
  }
}
