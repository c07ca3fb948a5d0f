import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SecondFactorSecretView } from '../../../shared/protocol/http-api.ts'
import { isRefused } from '../../lib/api.ts'
import { hasPasskeys } from '../../lib/passkeys.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, PasswordField, TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { AddPasskey } from './add-passkey.tsx'
import { QrPicture } from './qr-picture.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** With what: chosen only where browsers have passkeys. */
type Kind = 'app' | 'passkey'

type Step =
  | { at: 'password' }
  | { at: 'app'; secret: SecondFactorSecretView }
  | { at: 'recovery'; codes: readonly string[] }

/**
 * Setting it up, one question after the other: the password, the app and its first code, the recovery codes. From the second on (`onBegun`) it
 * must stay on the screen until `onDone`, also when the server says meanwhile that the factor is on: the recovery codes are shown only once.
 */
export function SecondFactorSetUp({ onBegun, onDone, only }: SetUpProps) {
  const { t } = useTranslation('session')
  const api = useApi()
  const notify = useNotices()
  const [step, setStep] = useState<Step>({ at: 'password' })
  const { data } = useQuery({ queryKey: ['second-factor'], queryFn: api.secondFactor, staleTime: 0 })
  const mayChoose = only === undefined && hasPasskeys() && (data?.passkeyPossible ?? false)
  const [chosen, setChosen] = useState<Kind>('app')
  const kind = only ?? (mayChoose ? chosen : 'app')

  function keep(codes: readonly string[]) {
    // Who had one already keeps the codes of then.
    if (codes.length > 0) return setStep({ at: 'recovery', codes })
    notify(t('factor.appAdded'))
    onDone()
  }

  switch (step.at) {
    case 'password':
      return (
        <div className="stack">
          {mayChoose ? (
            <Choice
              label={t('passkey.which')}
              value={chosen}
              onChange={setChosen}
              options={[
                { id: 'app', label: t('passkey.byApp') },
                { id: 'passkey', label: t('passkey.byPasskey') },
              ]}
            />
          ) : null}
          {kind === 'passkey' ? (
            <AddPasskey
              onAdded={codes => {
                onBegun?.()
                keep(codes)
              }}
            />
          ) : (
            <AskPassword
              onSecret={secret => {
                onBegun?.()
                setStep({ at: 'app', secret })
              }}
            />
          )}
        </div>
      )
    case 'app':
      return <AddToApp secret={step.secret} onCodes={keep} onAgain={() => setStep({ at: 'password' })} />
    case 'recovery':
      return (
        <div className="stack">
          <h2 className="entry-subtitle">{t('factor.keepTitle')}</h2>
          <RecoveryCodes
            codes={step.codes}
            onKept={() => {
              notify(t('factor.done'))
              onDone()
            }}
          />
        </div>
      )
  }
}

interface SetUpProps {
  onBegun?: () => void
  onDone: () => void
  /** Set where the choice was made before. */
  only?: Kind
}

function AskPassword({ onSecret }: { onSecret: (secret: SecondFactorSecretView) => void }) {
  const { t } = useTranslation('session')
  const api = useApi()
  const [password, setPassword] = useState('')
  const { error, isPending, run } = useCommand()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (password === '') return
    await run(async () => onSecret(await api.beginSecondFactor({ password })))
    setPassword('')
  }

  const isWrong = isRefused(error, 'wrong-credentials')
  return (
    <form className="entry-form" noValidate onSubmit={event => void submit(event)}>
      {error && !isWrong ? <ErrorNotice error={error} /> : null}
      <PasswordField
        label={t('factor.password')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        errorMessage={isWrong ? t('cover.wrongPassword') : undefined}
      />
      <Button type="submit" look="primary" size="large" isPending={isPending}>
        {t('factor.begin')}
      </Button>
    </form>
  )
}

interface AddToAppProps {
  secret: SecondFactorSecretView
  onCodes: (codes: readonly string[]) => void
  onAgain: () => void
}

function AddToApp({ secret, onCodes, onAgain }: AddToAppProps) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const api = useApi()
  const notify = useNotices()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { error, isPending, run } = useCommand()
  const title = useRef<HTMLHeadingElement>(null)

  // The next step is read from its heading; the form before it is gone, and the focus with it.
  useEffect(() => title.current?.focus(), [])

  async function copy() {
    try {
      await navigator.clipboard.writeText(secret.secret)
      notify(common('copied'))
    } catch {
      // Without https browsers lend no clipboard.
      notify(common('copyFailed'), 'warning')
    }
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (code.trim() === '') return
    await run(async () => onCodes((await api.confirmSecondFactor({ code: code.replace(/\s/g, '') })).recoveryCodes))
    setCode('')
    setTried(false)
  }

  if (isRefused(error, 'conflict')) {
    return (
      <div className="stack">
        <p role="alert">{t('factor.stale')}</p>
        <Button look="primary" onPress={onAgain}>
          {t('factor.again')}
        </Button>
      </div>
    )
  }
  const isWrong = isRefused(error, 'wrong-credentials', 'bad-request')
  return (
    <div className="stack">
      <h2 ref={title} tabIndex={-1} className="entry-subtitle">
        {t('factor.addTitle')}
      </h2>
      <p>{t('factor.addBody')}</p>
      <QrPicture text={secret.uri} label={t('factor.qrLabel')} />
      <p>{t('factor.addByHand')}</p>
      <dl>
        <dt className="quiet">{t('factor.key')}</dt>
        <dd className="setup-key" data-testid="setup-key">
          {secret.secret.match(/.{1,4}/g)?.join(' ')}
        </dd>
      </dl>
      <div className="row">
        <Button look="tertiary" onPress={() => void copy()}>
          {t('factor.copyKey')}
        </Button>
        <a className="button button-text button-medium" href={secret.uri}>
          {t('factor.openApp')}
        </a>
      </div>
      <h2 className="entry-subtitle">{t('factor.confirmTitle')}</h2>
      <form className="entry-form" noValidate onSubmit={event => void submit(event)}>
        {error && !isWrong ? <ErrorNotice error={error} /> : null}
        <TextField
          label={t('factor.code')}
          value={code}
          onChange={setCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck="false"
          width="medium"
          errorMessage={
            isWrong ? t('factor.codeWrong') : tried && code.trim() === '' ? t('factor.codeMissing') : undefined
          }
        />
        <Button type="submit" look="primary" size="large" isPending={isPending}>
          {t('factor.confirm')}
        </Button>
      </form>
    </div>
  )
}
