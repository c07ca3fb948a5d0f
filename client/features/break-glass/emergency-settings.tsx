/** What an agency allows: shown to its privacy officer, changed by its administrator. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { canAdministerAgency } from '../../../shared/access.ts'
import { BREAK_GLASS_MINUTES } from '../../../shared/access-desk/break-glass-codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { BreakGlassSettingsView } from '../../../shared/protocol/break-glass.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { breakGlassApi } from './break-glass-api.ts'
import { useBreakGlassTexts } from './use-break-glass-texts.ts'

export function EmergencySettings({ agencyId }: { agencyId: AgencyId }) {
  const { t } = useBreakGlassTexts()
  const api = breakGlassApi(useApi())
  const { actor } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['break-glass-settings', agencyId],
    queryFn: () => api.settings(agencyId),
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <Section title={t('settings.title')} lead={t('settings.lead')}>
      {data.officers === 0 ? <Notice tone="warning">{t('settings.noOfficers')}</Notice> : null}
      {canAdministerAgency(actor, agencyId) ? <Form key={data._v} settings={data} /> : <Shown settings={data} />}
    </Section>
  )
}

function Shown({ settings }: { settings: BreakGlassSettingsView }) {
  const { t } = useBreakGlassTexts()
  return (
    <>
      <dl className="facts">
        <dt>{t('settings.own')}</dt>
        <dd>{t(settings.own ? 'settings.on' : 'settings.not')}</dd>
        <dt>{t('settings.others')}</dt>
        <dd>{t(settings.others ? 'settings.on' : 'settings.not')}</dd>
        <dt>{t('settings.minutes')}</dt>
        <dd>{settings.minutes}</dd>
      </dl>
      <p className="quiet">{t('settings.readOnly')}</p>
    </>
  )
}

function Form({ settings }: { settings: BreakGlassSettingsView }) {
  const { t } = useBreakGlassTexts()
  const api = breakGlassApi(useApi())
  const queries = useQueryClient()
  const notify = useNotices()
  const [own, setOwn] = useState(settings.own)
  const [others, setOthers] = useState(settings.others)
  const [minutes, setMinutes] = useState(String(settings.minutes))
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  const length = Number(minutes)
  const isFault = !Number.isInteger(length) || length < BREAK_GLASS_MINUTES.least || length > BREAK_GLASS_MINUTES.most

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isFault) return
    setPending(true)
    setError(undefined)
    const queryKey = ['break-glass-settings', settings.agencyId]
    try {
      queries.setQueryData(
        queryKey,
        await api.change(settings.agencyId, { _v: settings._v, own, others, minutes: length }),
      )
      notify(t('settings.saved'))
    } catch (failure) {
      if (failure instanceof ApiError && failure.reason === 'conflict') {
        notify(t('settings.conflict'), 'warning')
        await queries.invalidateQueries({ queryKey })
      } else setError(failure)
    } finally {
      setPending(false)
    }
  }

  return (
    <form className="card stack settings-form" noValidate onSubmit={event => void submit(event)}>
      {error ? <ErrorNotice error={error} /> : null}
      <Checkbox isSelected={own} onChange={setOwn}>
        {t('settings.own')}
      </Checkbox>
      <Checkbox isSelected={others} onChange={setOthers}>
        {t('settings.others')}
      </Checkbox>
      <TextField
        label={t('settings.minutes')}
        description={t('settings.minutesHelp')}
        value={minutes}
        onChange={setMinutes}
        inputMode="numeric"
        width="short"
        errorMessage={isFault ? t('settings.minutesFault') : undefined}
      />
      <div className="row">
        <Button type="submit" look="primary" isPending={isPending}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}
