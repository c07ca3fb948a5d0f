/** What one hears of and where, when mail is quiet, where it goes, and the calendar link. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { NOTICE_KINDS, type NoticeKind } from '../../../shared/notices/notice-kinds.ts'
import type { NoticeSettingsView } from '../../../shared/protocol/notices.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { TimeField } from '../../ui/date-fields.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { CalendarSection } from './calendar-section.tsx'
import { MailAddress } from './mail-address.tsx'
import { noticesApi } from './notices-api.ts'
import { useNoticeTexts } from './use-notice-texts.ts'
import './notices.css'

const KEY = ['notices', 'settings'] as const

export function NoticeSettingsPage() {
  const { t } = useNoticeTexts()
  const api = noticesApi(useApi())
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: api.settings, staleTime: 0 })
  const take = (settings: NoticeSettingsView) => queries.setQueryData(KEY, settings)
  return (
    <div className="notice-settings">
      <PageHeader
        title={t('settings')}
        lead={t('settingsLead')}
        back={
          <ButtonLink to="/notices" look="text" size="small">
            {t('backToList')}
          </ButtonLink>
        }
      />
      {data ? (
        <>
          <MailAddress settings={data} onChanged={take} />
          <Choices key={data._v} settings={data} onChanged={take} />
          <CalendarSection settings={data} onChanged={take} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

interface ChoicesProps {
  settings: NoticeSettingsView
  onChanged: (settings: NoticeSettingsView) => void
}

function Choices({ settings, onChanged }: ChoicesProps) {
  const { t } = useNoticeTexts()
  const api = noticesApi(useApi())
  const notify = useNotices()
  const [chosen, setChosen] = useState(settings)
  const { error, isPending, run } = useCommand()
  const change = (changes: Partial<NoticeSettingsView>) => setChosen({ ...chosen, ...changes })
  const hasAddress = settings.hasMail && settings.address !== null

  async function save() {
    await run(async () => {
      const { _v, kinds, isQuiet, quietFrom, quietUntil, isQuietOnRestDays, digest } = chosen
      const times = quietFrom && quietUntil ? { quietFrom, quietUntil } : {}
      onChanged(await api.change({ _v, kinds, isQuiet, ...times, isQuietOnRestDays, digest }))
      notify(t('saved'))
    })
  }

  return (
    <>
      <Section title={t('choose.title')}>
        <KindsTable chosen={chosen} hasMail={hasAddress} onChange={kinds => change({ kinds })} />
        {settings.hasMail && !hasAddress ? <p className="quiet">{t('choose.noMail')}</p> : null}
      </Section>
      {settings.hasMail ? (
        <>
          <Section title={t('quiet.title')}>
            <div className="stack">
              <Checkbox isSelected={chosen.isQuiet} onChange={isQuiet => change({ isQuiet })}>
                {t('quiet.evenings')}
              </Checkbox>
              <div className="row notice-times">
                <TimeField
                  label={t('quiet.from')}
                  value={chosen.quietFrom}
                  isDisabled={!chosen.isQuiet}
                  onChange={quietFrom => change({ quietFrom })}
                />
                <TimeField
                  label={t('quiet.until')}
                  value={chosen.quietUntil}
                  isDisabled={!chosen.isQuiet}
                  onChange={quietUntil => change({ quietUntil })}
                />
              </div>
              <Checkbox
                isSelected={chosen.isQuietOnRestDays}
                onChange={isQuietOnRestDays => change({ isQuietOnRestDays })}
              >
                {t('quiet.restDays')}
              </Checkbox>
              <p className="quiet">{t('quiet.note')}</p>
            </div>
          </Section>
          <Section title={t('digest.title')}>
            <Checkbox isSelected={chosen.digest} onChange={digest => change({ digest })}>
              {t('digest.choose')}
            </Checkbox>
          </Section>
        </>
      ) : null}
      {error ? <ErrorNotice error={error} /> : null}
      <div className="notice-save">
        <Save isPending={isPending} onPress={() => void save()} />
      </div>
    </>
  )
}

function Save({ isPending, onPress }: { isPending: boolean; onPress: () => void }) {
  const { t } = useNoticeTexts()
  return (
    <Button look="primary" isPending={isPending} onPress={onPress}>
      {t('save')}
    </Button>
  )
}

interface KindsTableProps {
  chosen: Pick<NoticeSettingsView, 'kinds'>
  /** Without an address there is nothing to choose. */
  hasMail: boolean
  onChange: (kinds: NoticeSettingsView['kinds']) => void
}

function KindsTable({ chosen: { kinds }, hasMail, onChange }: KindsTableProps) {
  const { t, language } = useNoticeTexts()
  const set = (kind: NoticeKind, changes: { app?: boolean; mail?: boolean }) =>
    onChange(kinds.map(one => (one.kind === kind ? { ...one, ...changes } : one)))
  return (
    <div className="table-scroll">
      <table className="table notice-kinds">
        <thead>
          <tr>
            <th scope="col">{t('choose.kind')}</th>
            <th scope="col">{t('choose.app')}</th>
            {hasMail ? <th scope="col">{t('choose.mail')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, app, mail }) => {
            const name = NOTICE_KINDS[kind][language]
            return (
              <tr key={kind}>
                <th scope="row">{name}</th>
                <td>
                  <Checkbox
                    aria-label={t('choose.appOf', { kind: name })}
                    isSelected={app}
                    onChange={next => set(kind, { app: next })}
                  />
                </td>
                {hasMail ? (
                  <td>
                    <Checkbox
                      aria-label={t('choose.mailOf', { kind: name })}
                      isSelected={mail}
                      onChange={next => set(kind, { mail: next })}
                    />
                  </td>
                ) : null}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
