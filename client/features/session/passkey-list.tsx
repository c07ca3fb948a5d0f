import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PASSKEYS_MAX, type PasskeyView } from '../../../shared/protocol/passkeys.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { isRefused } from '../../lib/api.ts'
import { formatDate } from '../../lib/format.ts'
import { hasPasskeys } from '../../lib/passkeys.ts'
import { passkeysApi } from '../../lib/passkeys-api.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { AddPasskey } from './add-passkey.tsx'

interface PasskeyListProps {
  passkeys: readonly PasskeyView[]
  isPossible: boolean
  onChanged: () => void
}

/** The passkeys of somebody whose second factor is on: named, taken away, another one added. */
export function PasskeyList({ passkeys, isPossible, onChanged }: PasskeyListProps) {
  const { t } = useTranslation('session')
  const notify = useNotices()
  const [isAdding, setAdding] = useState(false)
  const mayAdd = isPossible && hasPasskeys()
  return (
    <section className="card stack" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title" className="entry-subtitle">
        {t('passkey.title')}
      </h2>
      <p>{t('passkey.lead')}</p>
      {passkeys.length === 0 ? <p className="quiet">{t('passkey.none')}</p> : null}
      <ul className="passkeys">
        {passkeys.map(passkey => (
          <Passkey key={passkey.passkeyId} passkey={passkey} onChanged={onChanged} />
        ))}
      </ul>
      {isAdding ? (
        <AddPasskey
          onCancel={() => setAdding(false)}
          onAdded={() => {
            setAdding(false)
            notify(t('passkey.added'))
            onChanged()
          }}
        />
      ) : !mayAdd ? (
        <p className="quiet">{t('passkey.notHere')}</p>
      ) : passkeys.length >= PASSKEYS_MAX ? (
        <p className="quiet">{t('passkey.full', { count: PASSKEYS_MAX })}</p>
      ) : (
        <div className="row">
          <Button onPress={() => setAdding(true)}>{t('passkey.add')}</Button>
        </div>
      )}
    </section>
  )
}

function Passkey({ passkey, onChanged }: { passkey: PasskeyView; onChanged: () => void }) {
  const { t } = useTranslation('session')
  const language = useLanguage()
  const [doing, setDoing] = useState<'rename' | 'remove'>()
  const { name, createdAt, lastUsedAt, here } = passkey
  const done = () => {
    setDoing(undefined)
    onChanged()
  }
  return (
    <li className="passkey" data-testid="passkey">
      <p>
        <strong>{name}</strong>{' '}
        <span className="quiet">
          {t('passkey.since', { date: formatDate(createdAt, language) })} ·{' '}
          {lastUsedAt ? t('passkey.used', { date: formatDate(lastUsedAt, language) }) : t('passkey.neverUsed')}
          {here ? '' : ` · ${t('passkey.elsewhere')}`}
        </span>
      </p>
      {doing === 'rename' ? (
        <Rename passkey={passkey} onDone={done} onCancel={() => setDoing(undefined)} />
      ) : doing === 'remove' ? (
        <Remove passkey={passkey} onDone={done} onCancel={() => setDoing(undefined)} />
      ) : (
        <div className="row">
          <Button
            look="text"
            size="small"
            onPress={() => setDoing('rename')}
            aria-label={t('passkey.renameOf', { name })}
          >
            {t('passkey.rename')}
          </Button>
          <Button
            look="text"
            size="small"
            onPress={() => setDoing('remove')}
            aria-label={t('passkey.removeOf', { name })}
          >
            {t('passkey.remove')}
          </Button>
        </div>
      )}
    </li>
  )
}

interface DoingProps {
  passkey: PasskeyView
  onDone: () => void
  onCancel: () => void
}

function Rename({ passkey, onDone, onCancel }: DoingProps) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const api = useApi()
  const [name, setName] = useState(passkey.name)
  const { error, isPending, run } = useCommand()
  const words = name.trim()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (words === '') return
    await run(async () => {
      await passkeysApi(api).rename(passkey.passkeyId, words)
      onDone()
    })
  }

  return (
    <form className="entry-form" noValidate onSubmit={event => void submit(event)}>
      {error ? <ErrorNotice error={error} /> : null}
      <TextField label={t('passkey.name')} value={name} onChange={setName} maxLength={40} width="medium" autoFocus />
      <div className="row">
        <Button look="tertiary" onPress={onCancel}>
          {common('cancel')}
        </Button>
        <Button type="submit" look="primary" isPending={isPending} isDisabled={words === ''}>
          {t('passkey.renameDo')}
        </Button>
      </div>
    </form>
  )
}

function Remove({ passkey, onDone, onCancel }: DoingProps) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const api = useApi()
  const notify = useNotices()
  const [password, setPassword] = useState('')
  const { error, isPending, run } = useCommand()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (password === '') return
    await run(async () => {
      await passkeysApi(api).remove(passkey.passkeyId, password)
      notify(t('passkey.removed', { name: passkey.name }))
      onDone()
    })
  }

  const isWrong = isRefused(error, 'wrong-credentials')
  return (
    <form className="entry-form" noValidate onSubmit={event => void submit(event)}>
      <p>{t('passkey.removeBody', { name: passkey.name })}</p>
      {error && !isWrong ? <ErrorNotice error={error} /> : null}
      <PasswordField
        label={t('factor.password')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        autoFocus
        errorMessage={isWrong ? t('cover.wrongPassword') : undefined}
      />
      <div className="row">
        <Button look="tertiary" onPress={onCancel}>
          {common('cancel')}
        </Button>
        <Button type="submit" look="danger" isPending={isPending} isDisabled={password === ''}>
          {t('passkey.removeDo')}
        </Button>
      </div>
    </form>
  )
}
