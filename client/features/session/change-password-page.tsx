import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ApiError } from '../../lib/api.ts'
import { useServices } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { newPasswordFault } from './new-password.ts'

/** By one's own wish, from the account menu. */
export function ChangePasswordPage() {
  const { t } = useTranslation('session')
  const navigate = useNavigate()
  return (
    <div className="stack" style={{ maxInlineSize: '48rem' }}>
      <PageHeader title={t('password.title')} />
      <ChangePasswordForm onDone={() => void navigate('/')} />
    </div>
  )
}

/** After a temporary password: nothing else opens before. */
export function MustChangePasswordPage({ agencyName }: { agencyName: string | null }) {
  const { t } = useTranslation('session')
  const { session } = useServices()
  return (
    <EntryFrame agencyName={agencyName}>
      <PageHeader title={t('password.forcedTitle')} lead={t('password.forcedLead')} />
      <ChangePasswordForm temporary onDone={() => void session.look()} />
      <Button look="text" onPress={() => void session.signOut()}>
        {t('cover.another')}
      </Button>
    </EntryFrame>
  )
}

function ChangePasswordForm({ temporary = false, onDone }: { temporary?: boolean; onDone: () => void }) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const { api } = useServices()
  const notify = useNotices()
  const [form, setForm] = useState({ current: '', next: '', repeat: '' })
  const [tried, setTried] = useState(false)
  const { error, isPending, run, forget } = useCommand()
  const change = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value })
  const fault = newPasswordFault(form.next, form.repeat)
  const currentLabel = t(temporary ? 'password.currentTemporary' : 'password.current')

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if (form.current === '' || fault) return
    await run(async () => {
      await api.changePassword({ current: form.current, next: form.next })
      notify(t('password.done'))
      onDone()
    })
  }

  const wrongCurrent = error instanceof ApiError && error.reason === 'wrong-credentials'
  return (
    <form className="entry-form" noValidate onSubmit={event => void submit(event)}>
      {error && !wrongCurrent ? <ErrorNotice error={error} /> : null}
      <PasswordField
        label={currentLabel}
        value={form.current}
        onChange={change('current')}
        autoComplete="current-password"
        autoFocus
        errorMessage={
          wrongCurrent
            ? t('password.wrongCurrent')
            : tried && form.current === ''
              ? common('field.required', { label: currentLabel })
              : undefined
        }
      />
      <PasswordField
        label={t('password.next')}
        description={t('password.nextHelp')}
        value={form.next}
        onChange={change('next')}
        autoComplete="new-password"
        errorMessage={tried && fault === 'short' ? t('password.tooShort', { now: [...form.next].length }) : undefined}
      />
      <PasswordField
        label={t('password.repeat')}
        value={form.repeat}
        onChange={change('repeat')}
        autoComplete="new-password"
        errorMessage={tried && fault === 'different' ? t('password.different') : undefined}
      />
      <Button type="submit" look="primary" size="large" isPending={isPending}>
        {t('password.submit')}
      </Button>
    </form>
  )
}
