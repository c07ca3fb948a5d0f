/** Opening a case that is not one's own, in an emergency: what will happen is said before anything is asked. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import {
  BREAK_GLASS_REASONS,
  BREAK_GLASS_WORDS,
  type BreakGlassReason,
} from '../../../shared/access-desk/break-glass-codes.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { BreakGlassView, OpeningView } from '../../../shared/protocol/break-glass.ts'
import { ApiError } from '../../lib/api.ts'
import { formatDateTime, formatTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { breakGlassApi } from './break-glass-api.ts'
import { useBreakGlassTexts } from './use-break-glass-texts.ts'
import './break-glass.css'

const MINE = ['break-glass']

export function EmergencyPage() {
  const { t } = useBreakGlassTexts()
  const api = breakGlassApi(useApi())
  const { data, error, refetch } = useQuery({ queryKey: MINE, queryFn: api.mine, staleTime: 0, gcTime: 0 })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  if (data.agencies.length === 0) return <NotFound />
  const allowed = data.agencies.filter(agency => agency.allowed)
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {data.open.length > 0 ? (
        <Section title={t('open')}>
          <ul className="emergencies">
            {data.open.map(opening => (
              <OpenOne key={opening.openingId} opening={opening} />
            ))}
          </ul>
        </Section>
      ) : null}
      {allowed.length > 0 ? (
        <Ask agencies={allowed} />
      ) : (
        <Notice tone="warning" title={t('off')}>
          {t('offBody')}
        </Notice>
      )}
      <Section title={t('past')}>
        {data.past.length === 0 ? <p className="quiet">{t('pastNone')}</p> : <Past past={data.past} />}
      </Section>
    </>
  )
}

function OpenOne({ opening }: { opening: OpeningView }) {
  const { t, language } = useBreakGlassTexts()
  const api = breakGlassApi(useApi())
  const queries = useQueryClient()
  const notify = useNotices()
  const { error, isPending, run } = useCommand()

  async function end() {
    await run(async () => {
      queries.setQueryData(MINE, await api.end(opening.openingId))
      notify(t('ended'))
    })
  }

  return (
    <li className="card stack">
      {error ? <ErrorNotice error={error} /> : null}
      <div className="row">
        <strong className="number">{opening.number}</strong>
        <span>{BREAK_GLASS_REASONS[opening.reason][language]}</span>
        <span>{t('until', { time: formatTime(opening.until) })}</span>
        <span className="push row">
          <Button look="tertiary" isPending={isPending} onPress={() => void end()}>
            {t('end')}
          </Button>
          {opening.caseId ? (
            <ButtonLink to={`/cases/${opening.caseId}`} look="primary">
              {t('enter')}
            </ButtonLink>
          ) : null}
        </span>
      </div>
    </li>
  )
}

function Past({ past }: { past: readonly OpeningView[] }) {
  const { t, language } = useBreakGlassTexts()
  return (
    <ul className="emergencies">
      {past.map(opening => (
        <li key={opening.openingId} className="row">
          <strong className="number">{opening.number}</strong>
          <span>{BREAK_GLASS_REASONS[opening.reason][language]}</span>
          <span className="quiet">
            {t('from', {
              from: formatDateTime(opening.at, language),
              to: formatTime(opening.endedAt ?? opening.until),
            })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Ask({ agencies }: { agencies: BreakGlassView['agencies'] }) {
  const { t, language } = useBreakGlassTexts()
  const api = breakGlassApi(useApi())
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [agencyId, setAgency] = useState(agencies[0]?.agencyId)
  const [number, setNumber] = useState('')
  const [reason, setReason] = useState<BreakGlassReason | null>(null)
  const [words, setWords] = useState('')
  const [isTried, setTried] = useState(false)
  const { error, isPending, run } = useCommand()
  const minutes = agencies.find(agency => agency.agencyId === agencyId)?.minutes ?? 0
  const isShort = words.trim().length < BREAK_GLASS_WORDS.least
  const isNone = error instanceof ApiError && error.reason === 'not-found'

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (number.trim() === '' || reason === null || isShort || agencyId === undefined) return
    await run(async () => {
      const { caseId } = await api.open({ agencyId, number: number.trim(), reason, words: words.trim() })
      await queries.invalidateQueries({ queryKey: MINE })
      await navigate(`/cases/${caseId}`)
    })
  }

  return (
    <form className="card stack emergency-form" noValidate onSubmit={event => void submit(event)}>
      <Notice tone="warning" title={t('told')}>
        {t('toldBody', { minutes })}
      </Notice>
      {isNone ? (
        <Notice tone="danger" title={t('none')} announce="alert">
          {t('noneBody')}
        </Notice>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : null}
      {agencies.length > 1 && agencyId !== undefined ? (
        <Choice
          label={t('agency')}
          value={agencyId}
          onChange={setAgency}
          options={agencies.map(agency => ({ id: agency.agencyId, label: agency.name }))}
        />
      ) : null}
      <TextField
        label={t('number')}
        description={t('numberHelp')}
        value={number}
        onChange={setNumber}
        maxLength={40}
        width="medium"
        isRequired
        errorMessage={isTried && number.trim() === '' ? t('numberMissing') : undefined}
      />
      <Select
        label={t('reason')}
        value={reason}
        onChange={setReason}
        options={codesOf(BREAK_GLASS_REASONS).map(code => ({ id: code, label: BREAK_GLASS_REASONS[code][language] }))}
        isRequired
        {...(isTried && reason === null && { errorMessage: t('reasonMissing') })}
      />
      <TextField
        label={t('words')}
        description={t('wordsHelp')}
        rows={4}
        maxLength={BREAK_GLASS_WORDS.most}
        value={words}
        onChange={setWords}
        isRequired
        errorMessage={isTried && isShort ? t('short') : undefined}
      />
      <div className="row">
        <Button type="submit" look="danger" isPending={isPending}>
          {t('go')}
        </Button>
      </div>
    </form>
  )
}
