/**
 * The door for somebody without an account, `/guest#…`: the code, the waiting room, the way in. It stands beside the sign-in, not behind it, and
 * says no more than who invites. The token stays in the address until it was used, and is sent in bodies alone.
 */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { GuestStanding } from '../../../shared/protocol/guests.ts'
import { ApiError } from '../../lib/api.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { usePageTitle } from '../../ui/page.tsx'
import { ErrorNotice, Loading } from '../../ui/states.tsx'
import { EntryFrame } from '../session/entry-frame.tsx'
import { GuestEnd } from './guest-end.tsx'
import { useGuestTexts } from './use-guest-texts.ts'
import { useGuestsApi } from './use-guests.ts'

/** Often enough that nobody waits for the page, seldom enough for an office full of guests behind one address. */
const LOOK_MS = 2_000

const TOKEN = /^#([A-Za-z0-9_-]{43})$/

export function GuestPage() {
  const guests = useGuestsApi()
  const [token, setToken] = useState(() => TOKEN.exec(window.location.hash)?.[1])
  const [isDamaged] = useState(() => window.location.hash.length > 1 && !TOKEN.test(window.location.hash))
  const [wasWaiting, setWasWaiting] = useState(false)
  const standing = useQuery({
    queryKey: ['guest'],
    queryFn: () => guests.standing(),
    staleTime: 0,
    refetchInterval: query => (query.state.data?.state === 'waiting' ? LOOK_MS : false),
    // Who waits looks into another window meanwhile.
    refetchIntervalInBackground: true,
  })
  const state = standing.data?.state
  const admittedTo = standing.data?.state === 'admitted' ? standing.data.conferenceId : undefined
  useEffect(() => {
    if (state === 'waiting') setWasWaiting(true)
  }, [state])
  useEffect(() => {
    // Loaded anew: from here on it is a signed-in page like any other.
    if (admittedTo !== undefined) window.location.replace(`/conferences/${admittedTo}`)
  }, [admittedTo])

  function entered() {
    // Used up: neither the address bar nor the history shows it any more.
    window.history.replaceState(window.history.state, '', window.location.pathname)
    setToken(undefined)
    void standing.refetch()
  }

  if (standing.data === undefined) {
    return standing.error ? (
      <EntryFrame agencyName={null}>
        <ErrorNotice error={standing.error} />
      </EntryFrame>
    ) : (
      <Loading />
    )
  }
  if (standing.data.state === 'admitted') return <Loading />
  // With a link in the address somebody wants to come in anew, e.g. by another code.
  if (standing.data.state === 'waiting' && token === undefined) {
    return (
      <WaitingRoom standing={standing.data} isLost={standing.error !== null} onLeft={() => void standing.refetch()} />
    )
  }
  if (token !== undefined) return <Door token={token} onEntered={entered} />
  if (isDamaged) return <Damaged />
  return wasWaiting ? <Over /> : <GuestEnd />
}

function Door({ token, onEntered }: { token: string; onEntered: () => void }) {
  const { t, language } = useGuestTexts()
  const guests = useGuestsApi()
  usePageTitle(t('door.title'))
  const link = useQuery({ queryKey: ['guest-link', token], queryFn: () => guests.look(token), retry: false })
  if (link.data === undefined) {
    if (link.error instanceof ApiError && link.error.reason === 'not-found') return <Over />
    return link.error ? (
      <EntryFrame agencyName={null}>
        <ErrorNotice error={link.error} />
      </EntryFrame>
    ) : (
      <Loading />
    )
  }
  const { hostAgencyName, opens, from, until } = link.data
  return (
    <EntryFrame agencyName={hostAgencyName}>
      <h1 className="entry-title">{t('door.title')}</h1>
      <p>{t('door.from', { host: hostAgencyName })}</p>
      {opens === 'later' ? (
        <Notice tone="info">{t('door.later', { from: formatDateTime(from, language) })}</Notice>
      ) : (
        <CodeField token={token} onEntered={onEntered} />
      )}
      <p className="quiet small">{t('door.until', { until: formatDateTime(until, language) })}</p>
    </EntryFrame>
  )
}

function CodeField({ token, onEntered }: { token: string; onEntered: () => void }) {
  const { t } = useGuestTexts()
  const guests = useGuestsApi()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { error: failure, isPending, run, forget } = useCommand()
  const form = useRef<HTMLFormElement>(null)
  const digits = code.replace(/\D/g, '')

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if (digits.length !== 6) return
    await run(
      async () => {
        await guests.enter(token, digits)
        onEntered()
      },
      () => {
        setCode('')
        setTried(false)
        form.current?.querySelector('input')?.focus()
      },
    )
  }

  const isWrong = failure instanceof ApiError && failure.reason === 'wrong-credentials'
  return (
    <form ref={form} className="entry-form" noValidate onSubmit={event => void submit(event)}>
      {failure && !isWrong ? <ErrorNotice error={failure} /> : null}
      <TextField
        label={t('door.code')}
        description={t('door.codeHelp')}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        errorMessage={isWrong ? t('door.wrong') : tried && digits.length !== 6 ? t('door.codeMissing') : undefined}
      />
      <Button type="submit" look="primary" size="large" wide isPending={isPending}>
        {t('door.submit')}
      </Button>
    </form>
  )
}

function WaitingRoom(props: {
  standing: Extract<GuestStanding, { state: 'waiting' }>
  isLost: boolean
  onLeft: () => void
}) {
  const { standing, isLost, onLeft } = props
  const { t } = useGuestTexts()
  const guests = useGuestsApi()
  usePageTitle(t('waiting.title'))
  return (
    <EntryFrame agencyName={standing.hostAgencyName}>
      <h1 className="entry-title">{t('waiting.title')}</h1>
      <p role="status">{t('waiting.body', { host: standing.hostAgencyName })}</p>
      <span className="spinner" aria-hidden="true" />
      {isLost ? <Notice tone="warning">{t('waiting.lost')}</Notice> : null}
      <Button look="text" onPress={() => void guests.leaveLobby().then(onLeft, onLeft)}>
        {t('waiting.leave')}
      </Button>
    </EntryFrame>
  )
}

function Over() {
  const { t } = useGuestTexts()
  return <Ended title={t('door.over')}>{t('door.overBody')}</Ended>
}

function Damaged() {
  const { t } = useGuestTexts()
  return <Ended title={t('door.damaged')}>{t('door.damagedBody')}</Ended>
}

function Ended({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title)
  return (
    <EntryFrame agencyName={null}>
      <h1 className="entry-title">{title}</h1>
      <p>{children}</p>
    </EntryFrame>
  )
}
