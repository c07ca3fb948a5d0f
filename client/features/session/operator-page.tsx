import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../lib/api.ts'
import { useServices } from '../../lib/services.tsx'
import type { Installation } from '../../lib/session-keeper.ts'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/fields.tsx'
import { usePageTitle } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { newPasswordFault } from './new-password.ts'
import { InstallationWarnings } from './sign-in-page.tsx'

/** The first real start: the operator is made with the one-time code from the server's log. */
export function OperatorPage({ installation }: { installation: Installation }) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const { session } = useServices()
  usePageTitle(t('operator.title'))
  const [form, setForm] = useState({ code: '', login: '', name: '', password: '', repeat: '' })
  const [tried, setTried] = useState(false)
  const { error, isPending, run, forget } = useCommand()
  const change = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value })
  const needed = (field: keyof typeof form, label: string) =>
    tried && form[field].trim() === '' ? common('field.required', { label }) : undefined
  const fault = newPasswordFault(form.password, form.repeat)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if ([form.code, form.login, form.name].some(value => value.trim() === '') || fault) return
    await run(async () => {
      const { code, login, name, password } = form
      await session.createOperator({ code: code.trim(), login: login.trim(), name: name.trim(), password })
    })
  }

  const wrongCode = error instanceof ApiError && error.reason === 'wrong-credentials'
  return (
    <EntryFrame agencyName={null}>
      <h1 className="entry-title">{t('operator.title')}</h1>
      <p>{t('operator.lead')}</p>
      <InstallationWarnings installation={installation} />
      <form className="entry-form" noValidate onSubmit={event => void submit(event)}>
        {error && !wrongCode ? <ErrorNotice error={error} /> : null}
        <TextField
          label={t('operator.code')}
          description={t('operator.codeHelp')}
          value={form.code}
          onChange={change('code')}
          autoComplete="one-time-code"
          autoFocus
          errorMessage={wrongCode ? t('operator.wrongCode') : needed('code', t('operator.code'))}
        />
        <TextField
          label={t('operator.login')}
          description={t('operator.loginHelp')}
          value={form.login}
          onChange={change('login')}
          autoComplete="username"
          errorMessage={needed('login', t('operator.login'))}
        />
        <TextField
          label={t('operator.name')}
          value={form.name}
          onChange={change('name')}
          errorMessage={needed('name', t('operator.name'))}
        />
        <PasswordField
          label={t('password.next')}
          description={t('password.nextHelp')}
          value={form.password}
          onChange={change('password')}
          autoComplete="new-password"
          errorMessage={
            tried && fault === 'short' ? t('password.tooShort', { now: [...form.password].length }) : undefined
          }
        />
        <PasswordField
          label={t('password.repeat')}
          value={form.repeat}
          onChange={change('repeat')}
          autoComplete="new-password"
          errorMessage={tried && fault === 'different' ? t('password.different') : undefined}
        />
        <Button type="submit" look="primary" size="large" wide isPending={isPending}>
          {t('operator.submit')}
        </Button>
      </form>
    </EntryFrame>
  )
}
