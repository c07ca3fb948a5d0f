/** While planning: the conference stands as the first of a monthly series. The rule that its own day suggests is filled in. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { canPlanConference } from '../../../shared/access.ts'
import { nthOf, ON_CLOSED_DAYS, type SeriesRule } from '../../../shared/agenda/series-rule.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { formatShortDay, formatTime, seoulDay, toSeoulTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { TimeField } from '../../ui/date-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { seriesApi } from './series-api.ts'
import { useSeriesTexts } from './use-series-texts.ts'
import './series.css'

const NTHS = [1, 2, 3, 4, 5] as const
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const

export function SeriesOffer({ view }: { view: ConferenceView }) {
  const { t, language, ruleWords } = useSeriesTexts()
  const api = useApi()
  const { actor } = useSession()
  const mayPlan = canPlanConference(actor, view.hostAgencyId)
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery({ queryKey: ['series'], queryFn: () => seriesApi(api).all(), enabled: mayPlan })
  if (!mayPlan || data === undefined) return null
  const own = data.series.find(series => series.latest?.conferenceId === view.conferenceId)
  if (own) {
    return (
      <p className="quiet">{t('part', { rule: ruleWords(own.rule), day: formatShortDay(own.nextDay, language) })}</p>
    )
  }
  return (
    <p className="section">
      <Button look="tertiary" size="small" onPress={() => setOpen(true)}>
        {t('offer')}
      </Button>
      {isOpen ? <RuleDialog view={view} onClose={() => setOpen(false)} /> : null}
    </p>
  )
}

function RuleDialog({ view, onClose }: { view: ConferenceView; onClose: () => void }) {
  const { t, language, nthWords, weekdayWords } = useSeriesTexts()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const [rule, setRule] = useState<SeriesRule>(() => ({
    nth: nthOf(seoulDay(view.startsAt)),
    weekday: toSeoulTime(view.startsAt).weekday,
    time: formatTime(view.startsAt),
    onClosedDay: 'next',
  }))
  const { error, isPending, run } = useCommand()
  const change = (fields: Partial<SeriesRule>) => setRule(before => ({ ...before, ...fields }))

  async function press() {
    await run(async () => {
      const made = await seriesApi(api).create({ conferenceId: view.conferenceId, rule })
      notify(t('done', { day: formatShortDay(made.nextDay, language) }), 'success')
      onClose()
      await queries.invalidateQueries({ queryKey: ['series'] })
    })
  }

  return (
    <Dialog
      title={t('offerTitle')}
      isOpen
      size="small"
      onClose={onClose}
      footer={
        <Button look="primary" isPending={isPending} isDisabled={rule.time === ''} onPress={() => void press()}>
          {t('do')}
        </Button>
      }
    >
      <div className="stack">
        {error === undefined ? null : <ErrorNotice error={error} />}
        <p>{t('offerBody')}</p>
        <Choice
          label={t('nthField')}
          value={String(rule.nth)}
          options={NTHS.map(nth => ({ id: String(nth), label: nthWords(nth) }))}
          onChange={id => change({ nth: NTHS.find(nth => String(nth) === id) ?? rule.nth })}
        />
        <Select
          label={t('weekdayField')}
          width="medium"
          value={String(rule.weekday)}
          options={WEEKDAYS.map(weekday => ({ id: String(weekday), label: weekdayWords(weekday) }))}
          onChange={id => change({ weekday: Number(id) })}
        />
        <TimeField label={t('timeField')} value={rule.time} onChange={time => change({ time })} />
        <Choice
          label={t('closedField')}
          value={rule.onClosedDay}
          options={codesOf(ON_CLOSED_DAYS).map(code => ({ id: code, label: ON_CLOSED_DAYS[code][language] }))}
          onChange={onClosedDay => change({ onClosedDay })}
        />
      </div>
    </Dialog>
  )
}
