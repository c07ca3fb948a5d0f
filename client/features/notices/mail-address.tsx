/** Where mail goes: asked for, confirmed with the code that was sent there, changed, removed. */
import { type FormEvent, useState } from 'react'
import type { NoticeSettingsView } from '../../../shared/protocol/notices.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { noticesApi } from './notices-api.ts'
import { useNoticeTexts } from './use-notice-texts.ts'

interface Props {
  settings: NoticeSettingsView
  onChanged: (settings: NoticeSettingsView) => void
}

export function MailAddress({ settings, onChanged }: Props) {
  const { t } = useNoticeTexts()
  const [isChanging, setChanging] = useState(false)
  const { hasMail, address, pendingAddress, isRefused } = settings
  if (!hasMail) {
    return (
      <Section title={t('address.title')}>
        <Notice title={t('address.off')}>{t('address.offBody')}</Notice>
      </Section>
    )
  }
  const asks = address === null || isChanging || isRefused
  return (
    <Section title={t('address.title')} lead={t('address.lead')}>
      {isRefused ? (
        <Notice tone="warning" title={t('address.refused')}>
          {t('address.refusedBody')}
        </Notice>
      ) : null}
      {pendingAddress !== null ? (
        <CodeForm
          address={pendingAddress}
          onChanged={next => {
            onChanged(next)
            setChanging(false)
          }}
          onAgain={onChanged}
        />
      ) : asks ? (
        <AddressForm onChanged={onChanged} {...(address === null ? {} : { onCancel: () => setChanging(false) })} />
      ) : (
        <CurrentAddress address={address} onChange={() => setChanging(true)} onChanged={onChanged} />
      )}
    </Section>
  )
}

interface CurrentProps {
  address: string
  onChange: () => void
  onChanged: Props['onChanged']
}

function CurrentAddress({ address, onChange, onChanged }: CurrentProps) {
  const { t } = useNoticeTexts()
  const api = noticesApi(useApi())
  const notify = useNotices()
  const { error, isPending, run } = useCommand()
  const [isAsking, setAsking] = useState(false)
  return (
    <div className="stack">
      <p>{t('address.now', { address })}</p>
      {error ? <ErrorNotice error={error} /> : null}
      <div className="row">
        <Button onPress={onChange}>{t('address.change')}</Button>
        <Button look="text" onPress={() => setAsking(true)}>
          {t('address.remove')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('address.removeTitle')}
        isOpen={isAsking}
        action={t('address.remove')}
        isPending={isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() =>
          void run(async () => {
            const next = await api.removeAddress()
            setAsking(false)
            onChanged(next)
            notify(t('address.removed'))
          })
        }
      >
        {t('address.removeBody')}
      </ConfirmDialog>
    </div>
  )
}

function AddressForm({ onChanged, onCancel }: Pick<Props, 'onChanged'> & { onCancel?: () => void }) {
  const { t } = useNoticeTexts()
  const api = noticesApi(useApi())
  const [address, setAddress] = useState('')
  const [tried, setTried] = useState(false)
  const { error, isPending, run } = useCommand()
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address.trim())

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isAddress) void run(async () => onChanged(await api.askForAddress(address.trim())))
  }

  return (
    <form className="stack" noValidate onSubmit={submit}>
      {error ? <ErrorNotice error={error} /> : null}
      <TextField
        label={t('address.label')}
        type="email"
        autoComplete="email"
        width="medium"
        value={address}
        onChange={setAddress}
        errorMessage={tried && !isAddress ? t('address.invalid') : undefined}
      />
      <div className="row">
        <Button type="submit" isPending={isPending}>
          {t('address.send')}
        </Button>
        {onCancel ? (
          <Button look="text" onPress={onCancel}>
            {t('cancel', { ns: 'common' })}
          </Button>
        ) : null}
      </div>
    </form>
  )
}

interface CodeFormProps {
  address: string
  onChanged: Props['onChanged']
  onAgain: Props['onChanged']
}

function CodeForm({ address, onChanged, onAgain }: CodeFormProps) {
  const { t } = useNoticeTexts()
  const api = noticesApi(useApi())
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { error, isPending, run } = useCommand()
  const isCode = /^\d{6}$/.test(code.trim())

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isCode) void run(async () => onChanged(await api.confirmAddress(code.trim())))
  }

  return (
    <form className="stack" noValidate onSubmit={submit}>
      <p role="status">{t('address.sent', { address })}</p>
      {error ? <ErrorNotice error={error} /> : null}
      <TextField
        label={t('address.code')}
        description={t('address.codeHelp')}
        inputMode="numeric"
        autoComplete="one-time-code"
        width="short"
        autoFocus
        value={code}
        onChange={setCode}
        errorMessage={tried && !isCode ? t('address.codeInvalid') : undefined}
      />
      <div className="row">
        <Button type="submit" isPending={isPending}>
          {t('address.confirm')}
        </Button>
        <Button look="text" onPress={() => void run(async () => onAgain(await api.askForAddress(address)))}>
          {t('address.sendAgain')}
        </Button>
        <Button look="text" onPress={() => void run(async () => onChanged(await api.removeAddress()))}>
          {t('cancel', { ns: 'common' })}
        </Button>
      </div>
    </form>
  )
}
