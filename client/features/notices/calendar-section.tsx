/** One's own calendar link: made, shown once, made anew, removed. */
import { useState } from 'react'
import type { NoticeSettingsView } from '../../../shared/protocol/notices.ts'
import { formatDate, formatDateTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { noticesApi } from './notices-api.ts'
import { useNoticeTexts } from './use-notice-texts.ts'

interface Props {
  settings: NoticeSettingsView
  onChanged: (settings: NoticeSettingsView) => void
}

export function CalendarSection({ settings: { calendar }, onChanged }: Props) {
  const { t, language } = useNoticeTexts()
  const api = noticesApi(useApi())
  const notify = useNotices()
  const { error, isPending, run } = useCommand()
  const [url, setUrl] = useState<string>()
  const [asking, setAsking] = useState<'renew' | 'remove'>()

  const make = () =>
    run(async () => {
      const made = await api.makeCalendarLink()
      setUrl(made.url)
      setAsking(undefined)
      onChanged(made.settings)
    })
  const remove = () =>
    run(async () => {
      const next = await api.removeCalendarLink()
      setUrl(undefined)
      setAsking(undefined)
      onChanged(next)
      notify(t('calendar.removed'))
    })

  return (
    <Section title={t('calendar.title')} lead={t('calendar.lead')}>
      <div className="stack">
        {error ? <ErrorNotice error={error} /> : null}
        {url === undefined ? null : <LinkOnce url={url} />}
        {calendar === null ? (
          <div>
            <Button isPending={isPending} onPress={() => void make()}>
              {t('calendar.make')}
            </Button>
          </div>
        ) : (
          <>
            <p>
              {t('calendar.since', { date: formatDate(calendar.madeAt, language) })}{' '}
              {calendar.readAt === null
                ? t('calendar.neverRead')
                : t('calendar.readAt', { when: formatDateTime(calendar.readAt, language) })}
            </p>
            <div className="row">
              <Button onPress={() => setAsking('renew')}>{t('calendar.renew')}</Button>
              <Button look="text" onPress={() => setAsking('remove')}>
                {t('calendar.remove')}
              </Button>
            </div>
          </>
        )}
      </div>
      <ConfirmDialog
        title={asking === 'renew' ? t('calendar.renewTitle') : t('calendar.removeTitle')}
        isOpen={asking !== undefined}
        action={asking === 'renew' ? t('calendar.renew') : t('calendar.remove')}
        isPending={isPending}
        onCancel={() => setAsking(undefined)}
        onConfirm={() => void (asking === 'renew' ? make() : remove())}
      >
        {asking === 'renew' ? t('calendar.renewBody') : t('calendar.removeBody')}
      </ConfirmDialog>
    </Section>
  )
}

function LinkOnce({ url }: { url: string }) {
  const { t } = useNoticeTexts()
  const notify = useNotices()
  async function copy() {
    try {
      await navigator.clipboard.writeText(url)
      notify(t('copied', { ns: 'common' }))
    } catch {
      // Plain http, or forbidden here: the field can be copied by hand.
      notify(t('copyFailed', { ns: 'common' }), 'warning')
    }
  }
  return (
    <Notice tone="warning" announce="status">
      <div className="stack">
        <p>{t('calendar.once')}</p>
        <TextField
          label={t('calendar.link')}
          description={t('calendar.how')}
          value={url}
          isReadOnly
          onFocus={event => event.target instanceof HTMLInputElement && event.target.select()}
        />
        <div>
          <Button look="tertiary" size="small" onPress={() => void copy()}>
            {t('copy', { ns: 'common' })}
          </Button>
        </div>
      </div>
    </Notice>
  )
}
