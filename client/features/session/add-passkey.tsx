import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isRefused } from '../../lib/api.ts'
import { makePasskey, PasskeyStopped } from '../../lib/passkeys.ts'
import { passkeysApi } from '../../lib/passkeys-api.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/fields.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

const NAME_MAX = 40

interface AddPasskeyProps {
  /** With the recovery codes to keep; none when there were some already. */
  onAdded: (recoveryCodes: readonly string[]) => void
  onCancel?: () => void
}

/** A passkey on this device, or on one that the browser reaches: its name, the password, and then the browser asks. */
export function AddPasskey({ onAdded, onCancel }: AddPasskeyProps) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const api = useApi()
  const [name, setName] = useState(nameOfDevice(navigator.userAgent) ?? t('passkey.defaultName'))
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { error, isPending, run } = useCommand()
  const words = name.trim()

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (password === '' || words === '') return
    await run(async () => {
      const passkeys = passkeysApi(api)
      const question = await passkeys.begin(password)
      onAdded((await passkeys.add(await makePasskey(question, words))).recoveryCodes)
    })
  }

  const isWrong = isRefused(error, 'wrong-credentials')
  const nameLabel = t('passkey.name')
  const passwordLabel = t('factor.password')
  return (
    <form className="entry-form" noValidate onSubmit={event => void submit(event)}>
      <p>{t('passkey.addBody')}</p>
      {error instanceof PasskeyStopped ? (
        <p role="alert">{t(error.why === 'known' ? 'passkey.known' : 'passkey.notMade')}</p>
      ) : error && !isWrong ? (
        <ErrorNotice error={error} />
      ) : null}
      <TextField
        label={nameLabel}
        description={t('passkey.nameHelp')}
        value={name}
        onChange={setName}
        maxLength={NAME_MAX}
        width="medium"
        errorMessage={tried && words === '' ? common('field.required', { label: nameLabel }) : undefined}
      />
      <PasswordField
        label={passwordLabel}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        errorMessage={
          isWrong
            ? t('cover.wrongPassword')
            : tried && password === ''
              ? common('field.required', { label: t('signIn.password') })
              : undefined
        }
      />
      <div className="row">
        {onCancel ? (
          <Button look="tertiary" onPress={onCancel}>
            {common('cancel')}
          </Button>
        ) : null}
        <Button type="submit" look="primary" size="large" isPending={isPending}>
          {t('passkey.make')}
        </Button>
      </div>
    </form>
  )
}

/** What a person would call the device, as far as the browser says what it runs on. */
function nameOfDevice(userAgent: string): string | undefined {
  const kinds = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac', 'Linux'] as const
  return kinds.find(kind => userAgent.includes(kind))
}
