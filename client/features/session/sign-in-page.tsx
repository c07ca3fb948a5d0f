import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../lib/services.tsx'
import type { Installation } from '../../lib/session-keeper.ts'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { usePageTitle } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { accountFromHash, DemoAccounts } from './demo-accounts.tsx'
import { EntryFrame } from './entry-frame.tsx'

/** Two fields, and what to do when they do not work. */
export function SignInPage({ installation, codeTooLate }: { installation: Installation; codeTooLate: boolean }) {
  const { t } = useTranslation('session')
  const { session } = useServices()
  usePageTitle(t('signIn.title'))
  const asked = accountFromHash(installation, window.location.hash)
  const [login, setLogin] = useState(asked?.login ?? '')
  const [password, setPassword] = useState(asked?.password ?? '')
  const [filled, setFilled] = useState(asked ? t('demo.filledFor', { name: asked.name }) : '')
  const [missing, setMissing] = useState<{ login?: boolean; password?: boolean }>({})
  const { error, isPending, run, forget } = useCommand()
  const formId = useId()
  const form = useRef<HTMLFormElement>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const nothing = { login: login.trim() === '', password: password === '' }
    setMissing(nothing)
    forget()
    if (nothing.login || nothing.password) return
    await run(
      async () => {
        await session.signIn(login.trim(), password)
        if (asked) window.history.replaceState(window.history.state, '', window.location.pathname)
      },
      () => {
        setPassword('')
        form.current?.querySelector<HTMLInputElement>('input[type=password]')?.focus()
      },
    )
  }

  return (
    <EntryFrame
      agencyName={installation.agencyName}
      aside={
        installation.demo ? (
          <DemoAccounts
            installation={installation}
            onFill={account => {
              setLogin(account.login)
              setPassword(account.password)
              setMissing({})
              forget()
              setFilled(t('demo.filledFor', { name: account.name }))
              form.current?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus()
            }}
          />
        ) : undefined
      }
    >
      <h1 className="entry-title">{t('signIn.title')}</h1>
      <InstallationWarnings installation={installation} />
      {codeTooLate ? (
        <Notice tone="warning" announce="status">
          {t('factor.codeTooLate')}
        </Notice>
      ) : null}
      <form
        ref={form}
        className="entry-form"
        noValidate
        aria-labelledby={formId}
        onSubmit={event => void submit(event)}
      >
        <span id={formId} className="visually-hidden">
          {t('signIn.title')}
        </span>
        {error ? <ErrorNotice error={error} /> : null}
        <TextField
          label={t('signIn.login')}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          spellCheck="false"
          autoFocus={!asked}
          errorMessage={missing.login && login.trim() === '' ? t('signIn.loginMissing') : undefined}
        />
        <PasswordField
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          errorMessage={missing.password && password === '' ? t('signIn.passwordMissing') : undefined}
        />
        <p role="status" className={filled ? 'quiet small' : 'visually-hidden'}>
          {filled}
        </p>
        <Button type="submit" look="primary" size="large" wide isPending={isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
      <details className="entry-help">
        <summary>{t('signIn.help')}</summary>
        <p>{t('signIn.helpForgotten')}</p>
        <p>{t('signIn.helpNoAccount')}</p>
        <p>{t('signIn.helpNobody')}</p>
      </details>
    </EntryFrame>
  )
}

export function InstallationWarnings({ installation }: { installation: Installation }) {
  const { t } = useTranslation('session')
  return installation.warnings.map(warning => (
    <Notice key={warning} tone="warning" title={t(`warning.${warning}.title`)}>
      {t(`warning.${warning}.body`)}
      {warning === 'wrong-address' ? (
        <>
          {' '}
          <a href={installation.publicUrl}>{installation.publicUrl}</a>
        </>
      ) : null}
    </Notice>
  ))
}
