/** Puts several cases on one conference's agenda. What could not be put there is named with the reason; pressed again, what is there stays. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseId, ConferenceId } from '../../../shared/ids.ts'
import type { TableOutcome } from '../../../shared/protocol/triage.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice, Loading } from '../../ui/states.tsx'
import { triageApi } from './triage-api.ts'
import { useTriageTexts } from './use-triage-texts.ts'

const USUAL_MINUTES = 10

export function TableCases({ cases, onClose }: { cases: readonly CaseId[]; onClose: () => void }) {
  const { t, language } = useTriageTexts()
  const api = useApi()
  const calls = triageApi(api)
  const { data, error: unread } = useQuery({ queryKey: ['conferences'], queryFn: () => api.conferences() })
  const [conferenceId, setConference] = useState<ConferenceId | null>(null)
  const [minutes, setMinutes] = useState(String(USUAL_MINUTES))
  const [outcomes, setOutcomes] = useState<readonly TableOutcome[]>()
  const { error, isPending, run } = useCommand()
  const planned = (data?.conferences ?? []).filter(one => one.state === 'draft' || one.state === 'scheduled')
  const each = Number(minutes)
  const isReady = conferenceId !== null && Number.isInteger(each) && each >= 1 && each <= 240

  async function go() {
    if (conferenceId === null) return
    await run(async () => setOutcomes((await calls.table(conferenceId, { cases: [...cases], minutes: each })).outcomes))
  }

  const count = (result: 'tabled' | 'already') => outcomes?.filter(one => one.result === result).length ?? 0
  const refused = outcomes?.filter(one => one.result !== 'tabled' && one.result !== 'already') ?? []
  return (
    <Dialog
      title={t('table.title', { n: cases.length })}
      isOpen
      onClose={onClose}
      footer={
        outcomes && conferenceId ? (
          <ButtonLink to={`/conferences/${conferenceId}/plan`} look="primary">
            {t('table.open')}
          </ButtonLink>
        ) : (
          <Button look="primary" isDisabled={!isReady} isPending={isPending} onPress={() => void go()}>
            {t('table.go')}
          </Button>
        )
      }
    >
      <p>{t('table.lead')}</p>
      {error || unread ? <ErrorNotice error={error ?? unread} /> : null}
      {data === undefined && !unread ? <Loading /> : null}
      {data && planned.length === 0 ? (
        <Notice
          tone="info"
          actions={
            <ButtonLink to="/conferences/new" size="small">
              {t('table.newConference')}
            </ButtonLink>
          }
        >
          {t('table.none')}
        </Notice>
      ) : null}
      {planned.length > 0 ? (
        <div className="triage-tabling">
          <Select
            label={t('table.conference')}
            value={conferenceId}
            onChange={setConference}
            isRequired
            options={planned.map(one => ({
              id: one.conferenceId,
              label: `${one.title} · ${formatDateTime(one.startsAt, language)}`,
            }))}
          />
          <TextField
            label={t('table.minutes')}
            value={minutes}
            onChange={setMinutes}
            inputMode="numeric"
            width="short"
          />
        </div>
      ) : null}
      {outcomes ? (
        <div role="status">
          {count('tabled') > 0 ? <p>{t('table.tabled', { count: count('tabled') })}</p> : null}
          {count('already') > 0 ? <p>{t('table.already', { count: count('already') })}</p> : null}
          {refused.length > 0 ? (
            <Notice tone="warning" title={t('table.refused', { count: refused.length })}>
              <ul>
                {refused.map(({ caseId, detail }) => (
                  <li key={caseId}>
                    {detail === 'lead-agency-not-invited'
                      ? t('table.why.lead-agency-not-invited')
                      : t('table.why.other')}
                  </li>
                ))}
              </ul>
            </Notice>
          ) : null}
        </div>
      ) : null}
    </Dialog>
  )
}
