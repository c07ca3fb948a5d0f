/**
 * The cover over a session that is idle, over, or lacks a second factor. Everything beneath stays mounted, so typed words and unsent documents live on, but is
 * invisible, inert, silent for screen readers and left out of print. It is a modal dialog of the browser's own, because that alone lies above
 * every pop-up and takes the focus from a dialog that happens to be open.
 */
import { type FormEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../lib/api.ts'
import { useServices } from '../../lib/services.tsx'
import type { Cover } from '../../lib/session-keeper.ts'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/fields.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { CodeForm } from './code-form.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { Leaving } from './leaving.tsx'
import { NeededSetUp } from './second-factor-page.tsx'

export interface CoverProps {
  why: Cover
  name: string
  agencyName: string | null
  /** Something lies beneath, whose unsent words would be lost. */
  hasScreen: boolean
}

export function IdleCover(props: CoverProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = t('app')

  useLayoutEffect(() => {
    const root = document.documentElement
    const titleBefore = document.title
    const focused = document.activeElement
    root.dataset.covered = ''
    document.title = title
    dialog.current?.showModal()
    return () => {
      delete root.dataset.covered
      document.title = titleBefore
      if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
    }
  }, [title])

  return createPortal(
    <dialog
      ref={dialog}
      className="cover"
      data-react-aria-top-layer="true"
      aria-labelledby="cover-title"
      onCancel={event => event.preventDefault()}
      // Browsers let a second Escape through; the cover stays.
      onClose={() => dialog.current?.showModal()}
    >
      <Asking {...props} />
    </dialog>,
    document.body,
  )
}

function Asking({ why, ...props }: CoverProps) {
  const { name, agencyName } = props
  switch (why) {
    case 'second-factor':
      return (
        <EntryFrame agencyName={agencyName}>
          <CodeForm titleId="cover-title" />
          <Leaving name={name} hasScreen />
        </EntryFrame>
      )
    case 'set-up':
      return (
        <EntryFrame agencyName={agencyName}>
          <NeededSetUp titleId="cover-title" hasScreen />
          <Leaving name={name} hasScreen />
        </EntryFrame>
      )
    default:
      return <CoverForm {...props} why={why} />
  }
}

/** The same question without anything beneath: the page was loaded while the session was locked. */
export function LockedPage(props: Omit<CoverProps, 'why' | 'hasScreen'>) {
  return <CoverForm {...props} why="locked" hasScreen={false} />
}

function CoverForm({ why, name, agencyName, hasScreen }: CoverProps & { why: 'locked' | 'expired' }) {
  const { t } = useTranslation('session')
  const { session } = useServices()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const { error, isPending, run } = useCommand()
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    form.current?.querySelector('input')?.focus()
  }, [])

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (password === '' || (why === 'expired' && login.trim() === '')) return
    await run(
      () => (why === 'locked' ? session.unlock(password) : session.signIn(login.trim(), password)),
      () => {
        setPassword('')
      },
    )
  }

  const wrongPassword = why === 'locked' && error instanceof ApiError && error.reason === 'wrong-credentials'
  return (
    <EntryFrame agencyName={agencyName}>
      <h1 id="cover-title" className="entry-title">
        {t(`cover.${why}Title`)}
      </h1>
      <p>{t(`cover.${why}Body`)}</p>
      <p>
        <strong>{t(why === 'locked' ? 'cover.who' : 'cover.whose', { name })}</strong>
      </p>
      <form ref={form} className="entry-form" noValidate onSubmit={event => void submit(event)}>
        {error && !wrongPassword ? <ErrorNotice error={error} /> : null}
        {why === 'expired' ? (
          <TextField label={t('signIn.login')} value={login} onChange={setLogin} autoComplete="username" />
        ) : null}
        <PasswordField
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          errorMessage={wrongPassword ? t('cover.wrongPassword') : undefined}
        />
        <Button type="submit" look="primary" size="large" wide isPending={isPending}>
          {t(why === 'locked' ? 'cover.unlock' : 'cover.signIn')}
        </Button>
      </form>
      <Leaving name={name} hasScreen={hasScreen} />
    </EntryFrame>
  )
}
