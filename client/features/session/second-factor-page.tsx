import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordAndCodeBody, SecondFactorView } from '../../../shared/protocol/http-api.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { isRefused } from '../../lib/api.ts'
import { formatDate } from '../../lib/format.ts'
import { passkeysApi } from '../../lib/passkeys-api.ts'
import { useServices } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader, usePageTitle } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { Leaving } from './leaving.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { PasskeyList } from './passkey-list.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SecondFactorSetUp } from './second-factor-setup.tsx'

/** Fewer than this, and it is time for new ones. */
const FEW_CODES = 3

/** By one's own wish, from the account menu. */
export function SecondFactorPage() {
  const { t } = useTranslation('session')
  const { api } = useServices()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: ['second-factor'], queryFn: api.secondFactor, staleTime: 0 })
  const changed = () => void queries.invalidateQueries({ queryKey: ['second-factor'] })
  const [isSettingUp, setSettingUp] = useState(false)
  return (
    <div className="stack" style={{ maxInlineSize: '64rem' }}>
      <PageHeader title={t('factor.title')} lead={t('factor.lead')} />
      {data ? (
        data.on && !isSettingUp ? (
          <>
            <WithFactor view={data} onChanged={changed} onAddApp={() => setSettingUp(true)} />
            <PasskeyList passkeys={data.passkeys} isPossible={data.passkeyPossible} onChanged={changed} />
          </>
        ) : (
          <WithoutFactor
            isSettingUp={isSettingUp}
            hasPasskeys={data.on && !data.app}
            onBegun={() => setSettingUp(true)}
            onDone={() => {
              setSettingUp(false)
              changed()
            }}
          />
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

/** Where one is demanded and there is none: nothing else opens before. */
export function MustSetUpPage({ agencyName }: { agencyName: string | null }) {
  const { person } = useSession()
  return (
    <EntryFrame agencyName={agencyName}>
      <NeededSetUp hasScreen={false} />
      <Leaving name={person.name} hasScreen={false} />
    </EntryFrame>
  )
}

/** Why it is needed here, and the way to it. */
export function NeededSetUp({ titleId, hasScreen }: { titleId?: string; hasScreen: boolean }) {
  const { t } = useTranslation('session')
  const { session } = useServices()
  usePageTitle(t('factor.neededTitle'))
  return (
    <>
      <h1 id={titleId} className="entry-title">
        {t('factor.neededTitle')}
      </h1>
      <p>{t('factor.neededLead')}</p>
      {hasScreen ? <p>{t('factor.neededCover')}</p> : null}
      <SecondFactorSetUp onDone={() => void session.look()} />
    </>
  )
}

interface WithoutFactorProps {
  isSettingUp: boolean
  /** Only the app is missing. */
  hasPasskeys: boolean
  onBegun: () => void
  onDone: () => void
}

function WithoutFactor({ isSettingUp, hasPasskeys, onBegun, onDone }: WithoutFactorProps) {
  const { t } = useTranslation('session')
  const { session } = useServices()
  return (
    <section className="card stack">
      {isSettingUp ? null : (
        <>
          <p>
            <strong>{t('factor.off')}</strong>
          </p>
          <p>{t('factor.offBody')}</p>
        </>
      )}
      <SecondFactorSetUp
        {...(hasPasskeys ? { only: 'app' as const } : {})}
        onBegun={onBegun}
        onDone={() => {
          onDone()
          void session.look()
        }}
      />
    </section>
  )
}

interface WithFactorProps {
  view: Extract<SecondFactorView, { on: true }>
  onChanged: () => void
  onAddApp: () => void
}

function WithFactor({ view, onChanged, onAddApp }: WithFactorProps) {
  const { t } = useTranslation('session')
  const { api, session } = useServices()
  const language = useLanguage()
  const notify = useNotices()
  const [asking, setAsking] = useState<'renew' | 'off'>()
  const [codes, setCodes] = useState<readonly string[]>()
  const hasPasskey = view.passkeys.some(passkey => passkey.here)

  if (codes) {
    return (
      <section className="card">
        <RecoveryCodes
          codes={codes}
          onKept={() => {
            setCodes(undefined)
            onChanged()
          }}
        />
      </section>
    )
  }
  return (
    <section className="card stack">
      <p>
        <strong>{t('factor.on')}</strong>
      </p>
      <p>
        {t(!view.app ? 'passkey.onSince' : view.passkeys.length > 0 ? 'passkey.onSinceBoth' : 'factor.onSince', {
          date: formatDate(view.since, language),
        })}
      </p>
      <p>{t('factor.recoveryLeft', { count: view.recoveryCodesLeft })}</p>
      {view.recoveryCodesLeft < FEW_CODES ? <Notice tone="warning">{t('factor.recoveryFew')}</Notice> : null}
      {asking === undefined ? (
        <div className="row">
          <Button onPress={() => setAsking('renew')}>{t('factor.renew')}</Button>
          {view.app ? null : <Button onPress={onAddApp}>{t('passkey.addApp')}</Button>}
          <Button look="text" onPress={() => setAsking('off')}>
            {t('factor.turnOff')}
          </Button>
        </div>
      ) : asking === 'renew' ? (
        <AskBoth
          words={t('factor.renewBody')}
          hasPasskey={hasPasskey}
          action={t('factor.renew')}
          onCancel={() => setAsking(undefined)}
          run={async body => {
            setCodes((await api.renewRecoveryCodes(body)).recoveryCodes)
            setAsking(undefined)
          }}
        />
      ) : (
        <AskBoth
          words={t('factor.turnOffBody')}
          hasPasskey={hasPasskey}
          action={t('factor.turnOff')}
          danger
          onCancel={() => setAsking(undefined)}
          run={async body => {
            await api.turnOffSecondFactor(body)
            notify(t('factor.turnedOff'))
            onChanged()
            void session.look()
          }}
        />
      )}
    </section>
  )
}

interface AskBothProps {
  words: string
  /** One that proves as much as a code. */
  hasPasskey: boolean
  action: string
  danger?: boolean
  onCancel: () => void
  run: (body: PasswordAndCodeBody) => Promise<void>
}

/** What makes the account weaker or gives new ways in asks for everything once more. */
function AskBoth({ words, hasPasskey, action, danger = false, onCancel, run: command }: AskBothProps) {
  const { t } = useTranslation('session')
  const common = useTranslation().t
  const { api } = useServices()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { error, isPending, run } = useCommand()

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (password === '' || code.trim() === '') return
    await run(() => command({ password, code: code.trim() }))
  }

  const isWrong = isRefused(error, 'wrong-credentials', 'bad-request')
  const isWrongPassword = isWrong && error.detail === 'password'
  const passwordLabel = t('signIn.password')
  const codeFault = isWrong && !isWrongPassword ? t('factor.codeWrong') : undefined
  return (
    <form className="entry-form" noValidate onSubmit={event => void submit(event)}>
      <p>{words}</p>
      {error && !isWrong ? <ErrorNotice error={error} /> : null}
      <PasswordField
        label={passwordLabel}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        autoFocus
        errorMessage={
          isWrongPassword
            ? t('cover.wrongPassword')
            : tried && password === ''
              ? common('field.required', { label: passwordLabel })
              : undefined
        }
      />
      {hasPasskey ? (
        <PasskeyButton
          isDisabled={password === ''}
          question={passkeysApi(api).question}
          onProof={passkey => run(() => command({ password, passkey }))}
        />
      ) : null}
      <TextField
        label={t('factor.either')}
        description={t('factor.codeHelp')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        spellCheck="false"
        width="medium"
        errorMessage={codeFault ?? (tried && code.trim() === '' ? t('factor.codeMissing') : undefined)}
      />
      <div className="row">
        <Button look="tertiary" onPress={onCancel}>
          {common('cancel')}
        </Button>
        <Button type="submit" look={danger ? 'danger' : 'primary'} isPending={isPending}>
          {action}
        </Button>
      </div>
    </form>
  )
}
