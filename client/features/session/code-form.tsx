import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../lib/api.ts'
import { passkeysApi } from '../../lib/passkeys-api.ts'
import { useServices } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { usePageTitle } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { Leaving } from './leaving.tsx'
import { PasskeyButton } from './passkey-button.tsx'

/** After the password, with nothing beneath. */
export function CodePage({ name, agencyName }: { name: string; agencyName: string | null }) {
  const { t } = useTranslation('session')
  usePageTitle(t('factor.codeTitle'))
  return (
    <EntryFrame agencyName={agencyName}>
      <CodeForm name={name} />
      <Leaving name={name} hasScreen={false} />
    </EntryFrame>
  )
}

/** What is missing: the code of the app, the proof of a passkey, or one of the printed codes. */
export function CodeForm({ name, titleId }: { name?: string; titleId?: string }) {
  const { t } = useTranslation('session')
  const { api, session } = useServices()
  const { app, passkey } = useFactors()
  const [kind, setKind] = useState<'code' | 'recovery'>('code')
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { error, isPending, run, forget } = useCommand()
  const form = useRef<HTMLFormElement>(null)
  const isRecovery = kind === 'recovery'
  const asksCode = isRecovery || app
  const words = wordsFor(app, passkey)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind is another field, which takes the focus as the first did.
  useEffect(() => {
    form.current?.querySelector('input')?.focus()
  }, [kind, asksCode])

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if (code.trim() === '') return
    await run(
      () => session.giveSecondFactor({ code: code.trim() }),
      () => {
        setCode('')
        setTried(false)
        form.current?.querySelector('input')?.focus()
      },
    )
  }

  const isWrong = error instanceof ApiError && (error.reason === 'wrong-credentials' || error.reason === 'bad-request')
  const wrongWords = t(isRecovery ? 'factor.recoveryWrong' : 'factor.codeWrong')
  return (
    <>
      <h1 id={titleId} className="entry-title">
        {t(isRecovery ? 'factor.recoveryTitle' : words.title)}
      </h1>
      <p>{t(isRecovery ? 'factor.recoveryBody' : words.body)}</p>
      {name ? (
        <p>
          <strong>{t('factor.codeFor', { name })}</strong>
        </p>
      ) : null}
      {passkey && !isRecovery ? (
        <PasskeyButton
          question={passkeysApi(api).signInQuestion}
          onProof={proof => session.giveSecondFactor({ passkey: proof })}
        />
      ) : null}
      {asksCode ? (
        <form ref={form} className="entry-form" noValidate onSubmit={event => void submit(event)}>
          {error && !isWrong ? <ErrorNotice error={error} /> : null}
          <TextField
            key={kind}
            label={t(isRecovery ? 'factor.recovery' : 'factor.code')}
            description={isRecovery ? undefined : t('factor.codeHelp')}
            value={code}
            onChange={setCode}
            inputMode={isRecovery ? 'text' : 'numeric'}
            autoComplete={isRecovery ? 'off' : 'one-time-code'}
            spellCheck="false"
            errorMessage={isWrong ? wrongWords : tried && code.trim() === '' ? t('factor.codeMissing') : undefined}
          />
          <Button
            type="submit"
            look={passkey && !isRecovery ? 'secondary' : 'primary'}
            size="large"
            wide
            isPending={isPending}
          >
            {t('factor.codeSubmit')}
          </Button>
        </form>
      ) : null}
      {isRecovery ? <p className="quiet small">{t('factor.recoveryNone')}</p> : null}
      <Button
        look="text"
        onPress={() => {
          setKind(isRecovery ? 'code' : 'recovery')
          setCode('')
          setTried(false)
          forget()
        }}
      >
        {t(
          isRecovery ? (app ? 'factor.toApp' : 'passkey.toPasskey') : app ? 'factor.toRecovery' : 'passkey.toRecovery',
        )}
      </Button>
    </>
  )
}

function wordsFor(app: boolean, passkey: boolean) {
  if (app && passkey) return { title: 'passkey.bothTitle', body: 'passkey.bothBody' } as const
  return app
    ? ({ title: 'factor.codeTitle', body: 'factor.codeBody' } as const)
    : ({ title: 'passkey.proveTitle', body: 'passkey.proveBody' } as const)
}

/** What this person has, at this address. Until it is known the field of most people stands there. */
function useFactors(): { app: boolean; passkey: boolean } {
  const { api } = useServices()
  const { data } = useQuery({
    queryKey: ['sign-in-factors'],
    queryFn: api.session,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  return data?.state === 'second-factor' ? { app: data.app, passkey: data.passkey } : { app: true, passkey: false }
}
