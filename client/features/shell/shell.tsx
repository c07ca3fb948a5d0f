import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { Loading } from '../../ui/states.tsx'
import { ElsewhereStrip } from '../session/elsewhere.tsx'
import { AppHeader } from './app-header.tsx'
import { ErrorBoundary } from './error-boundary.tsx'

/** The frame of every screen but the room: header, and a main part that takes the focus when one goes to another screen. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const before = useRef(pathname)

  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    // A screen reader hears the new screen, and the next Tab starts in it.
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [pathname])

  return (
    <>
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <AppHeader />
      <main id="main" ref={main} className="page" tabIndex={-1}>
        <ElsewhereStrip />
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </ErrorBoundary>
      </main>
    </>
  )
}
