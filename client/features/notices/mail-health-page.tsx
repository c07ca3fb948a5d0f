/** For the operator: whether notices leave by mail. */
import { useQuery } from '@tanstack/react-query'
import type { MailHealthView } from '../../../shared/protocol/notices.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { noticesApi } from './notices-api.ts'
import { useNoticeTexts } from './use-notice-texts.ts'
import './notices.css'

const LOOK_EVERY_MS = 30_000

export function MailHealthPage() {
  const { t } = useNoticeTexts()
  const api = noticesApi(useApi())
  const { data, error, refetch } = useQuery({
    queryKey: ['notices', 'health'],
    queryFn: api.health,
    refetchInterval: LOOK_EVERY_MS,
  })
  return (
    <>
      <PageHeader title={t('health.title')} lead={t('health.lead')} />
      {data ? (
        <Health health={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </>
  )
}

const TONES = { off: 'info', untried: 'info', well: 'success', away: 'danger' } as const

function Health({ health }: { health: MailHealthView }) {
  const { t, language } = useNoticeTexts()
  const { state, since, failure, nextTryAt, lastSentAt, waiting, waitingSince, unknown, refused } = health
  const when = (moment: string | null) => (moment === null ? t('health.never') : formatDateTime(moment, language))
  return (
    <div className="stack">
      <Notice tone={TONES[state]} title={t(`health.states.${state}`)} announce={state === 'away' ? 'alert' : 'none'}>
        {state === 'off' ? t('health.offBody') : null}
        {state === 'away' ? t('health.awayBody', { code: failure ?? '' }) : null}
      </Notice>
      {state === 'off' ? null : (
        <dl className="mail-health">
          {state === 'away' ? (
            <>
              <dt>{t('health.since')}</dt>
              <dd>{when(since)}</dd>
              <dt>{t('health.nextTry')}</dt>
              <dd>{when(nextTryAt)}</dd>
            </>
          ) : null}
          <dt>{t('health.lastSent')}</dt>
          <dd>{when(lastSentAt)}</dd>
          <dt>{t('health.waiting')}</dt>
          <dd>{t('health.people', { n: waiting })}</dd>
          {waiting > 0 ? (
            <>
              <dt>{t('health.waitingSince')}</dt>
              <dd>{when(waitingSince)}</dd>
            </>
          ) : null}
          <dt>{t('health.unknown')}</dt>
          <dd>
            {t('health.mails', { n: unknown })}
            {unknown > 0 ? <p className="quiet">{t('health.unknownNote')}</p> : null}
          </dd>
          <dt>{t('health.refused')}</dt>
          <dd>{t('health.addresses', { n: refused })}</dd>
        </dl>
      )}
    </div>
  )
}
