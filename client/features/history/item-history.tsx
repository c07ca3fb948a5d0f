/** An item's history at its foot: folded away until somebody asks. Its versions and any two of them compared; and who wrote which words. */
import { type FormEvent, useState } from 'react'
import { type CommandId, idFromBytes } from '../../../shared/ids.ts'
import { VERSION_NAME_MAX, type VersionSummary } from '../../../shared/protocol/history.ts'
import type { ItemView } from '../../../shared/protocol/http-api.ts'
import { formatDateTime, formatTime, seoulDay } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import type { LinkState } from '../../room/document-link.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ErrorNotice, Loading } from '../../ui/states.tsx'
import { useMeeting } from '../room/meeting-context.tsx'
import { randomBytes, useRoom, useRoomState } from '../room/room-context.tsx'
import { Comparison, type Side } from './comparison.tsx'
import { useContentNow } from './use-content-now.ts'
import { type History, useHistory } from './use-history.ts'
import { useHistoryTexts } from './use-history-texts.ts'
import { labelOf } from './version-label.ts'
import { WhoWrote } from './who-wrote.tsx'
import './history.css'

type OpenItem = Extract<ItemView, { restricted: false }>
type Shown = 'versions' | 'writers'

export function ItemHistory({ record, link }: { record: OpenItem; link: LinkState }) {
  const { t } = useHistoryTexts()
  const [shown, setShown] = useState<Shown | null>(null)
  // To a guest there is this meeting, and nothing before it.
  if (useSession().view.guest !== undefined) return null
  const button = (which: Shown, words: string) => (
    <Button
      look="text"
      size="small"
      aria-expanded={shown === which}
      onPress={() => setShown(shown === which ? null : which)}
    >
      {shown === which ? `${words} · ${t('hide')}` : words}
    </Button>
  )
  return (
    <section className={`item-part history${shown === null ? ' item-part-slim' : ''}`} aria-labelledby="history-title">
      <div className="part-head">
        <h3 className="part-title" id="history-title">
          {t('title')}
        </h3>
        <span className="row-tools">
          {button('versions', t('openVersions'))}
          {button('writers', t('openWriters'))}
        </span>
      </div>
      {shown === null ? null : <Opened shown={shown} record={record} link={link} />}
    </section>
  )
}

function Opened({ shown, record, link }: { shown: Shown; record: OpenItem; link: LinkState }) {
  const { actions } = useRoomState()
  const now = useContentNow(record.itemId, link, actions)
  if (shown === 'writers') return <WhoWrote link={link} itemId={record.itemId} now={now} />
  return <Versions record={record} now={now} />
}

function Versions({ record, now }: { record: OpenItem; now: ReturnType<typeof useContentNow> }) {
  const { t, language } = useHistoryTexts()
  const { view, agencies } = useRoom()
  // A confirmation, the closing and the seal each leave a version.
  const confirmed = useMeeting().view?.hearings[record.itemId]?.confirmed?.number ?? 0
  const history = useHistory(view.conferenceId, record.itemId, `${view.state} ${record.mayWrite} ${confirmed}`)
  const [pair, setPair] = useState<{ before: Side; after: Side } | null>(null)
  const [asked, setAsked] = useState<VersionSummary | null>(null)
  const list = history.view
  if (list === undefined) {
    return history.error === undefined ? (
      <Loading words={t('loading')} />
    ) : (
      <ErrorNotice error={history.error} actions={<Button onPress={history.reload}>{t('retry')}</Button>} />
    )
  }
  const { versions } = list
  const nameOf = (version: VersionSummary) => labelOf(version, versions, t, language)
  const timeOf = (at: string) => (seoulDay(at) === seoulDay(Date.now()) ? formatTime(at) : formatDateTime(at, language))
  const agencyName = (agencyId: string) =>
    [...agencies.values()].find(agency => agency.agencyId === agencyId)?.shortName ?? t('writers.unknown')
  const choices = [
    ...versions.map(version => ({ id: version.versionId, label: nameOf(version), detail: timeOf(version.at) })),
    { id: 'now' as const, label: t('now'), detail: '' },
  ]
  return (
    <div className="history-versions">
      {versions.length === 0 ? <p className="part-empty">{t('none')}</p> : null}
      <ol className="history-list" reversed data-testid="history-versions">
        {[...versions].reverse().map(version => (
          <li key={version.versionId}>
            <span className="history-moment">
              <strong>{nameOf(version)}</strong>{' '}
              <span className="quiet">
                <time dateTime={version.at}>{timeOf(version.at)}</time>
                {version.by === null ? '' : ` · ${version.by.name || t('nobody')}`}
              </span>{' '}
              {version.isLate ? <Chip>{t('late')}</Chip> : null}
            </span>
            <span className="row-tools">
              <Button
                look="text"
                size="small"
                aria-label={t('compareNowOf', { version: nameOf(version) })}
                onPress={() => setPair({ before: version.versionId, after: 'now' })}
              >
                {t('compareNow')}
              </Button>
              {list.mayRestore ? (
                <Button
                  look="text"
                  size="small"
                  aria-label={t('restoreOf', { version: nameOf(version) })}
                  onPress={() => setAsked(version)}
                >
                  {t('restore')}
                </Button>
              ) : null}
            </span>
            {version.isLate ? <p className="quiet history-late">{t('lateWhy')}</p> : null}
          </li>
        ))}
      </ol>
      {pair ? (
        <Comparison
          {...pair}
          choices={choices}
          now={now}
          contentOf={history.contentOf}
          agencyName={agencyName}
          onChange={setPair}
          onClose={() => setPair(null)}
        />
      ) : null}
      {list.mayName ? <NameForm history={history} /> : null}
      {asked ? (
        <Restoring version={asked} name={nameOf(asked)} history={history} onDone={() => setAsked(null)} />
      ) : null}
    </div>
  )
}

function NameForm({ history }: { history: History }) {
  const { t } = useHistoryTexts()
  const notify = useNotices()
  const [error, setError] = useState<unknown>()
  const [name, setName] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isPending, setPending] = useState(false)
  const [command, setCommand] = useState(newCommand)
  async function keep(event: FormEvent) {
    event.preventDefault()
    const given = name.trim()
    if (given === '') {
      setMissing(true)
      return
    }
    setPending(true)
    setError(undefined)
    try {
      await history.does(api => api.name({ command, name: given }))
      notify(t('nameDone', { name: given }))
      setName('')
      setCommand(newCommand)
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(false)
    }
  }
  return (
    <form className="history-name" onSubmit={keep}>
      <TextField
        label={t('nameLabel')}
        placeholder={t('namePlaceholder')}
        maxLength={VERSION_NAME_MAX}
        width="medium"
        value={name}
        errorMessage={isMissing ? t('nameMissing') : undefined}
        onChange={value => {
          setName(value)
          setMissing(false)
        }}
      />
      <Button type="submit" look="tertiary" size="small" isPending={isPending}>
        {t('name')}
      </Button>
      {error === undefined ? null : <ErrorNotice error={error} />}
    </form>
  )
}

/** The same command until it is answered, so that what is sent twice is done once. */
const newCommand = () => idFromBytes<CommandId>(randomBytes())

function Restoring(props: { version: VersionSummary; name: string; history: History; onDone: () => void }) {
  const { version, name, history, onDone } = props
  const { t, language } = useHistoryTexts()
  const notify = useNotices()
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  const [command] = useState(newCommand)
  async function restore() {
    setPending(true)
    setError(undefined)
    try {
      await history.does(api => api.restore(version.versionId, { command }))
      notify(t('confirm.done', { version: name }))
      onDone()
    } catch (failure) {
      setError(failure)
      setPending(false)
    }
  }
  return (
    <ConfirmDialog
      title={t('confirm.title')}
      isOpen
      action={t('confirm.action')}
      isPending={isPending}
      onConfirm={() => void restore()}
      onCancel={onDone}
    >
      <p>{t('confirm.what', { version: name, at: formatDateTime(version.at, language) })}</p>
      <p>{t('confirm.undo')}</p>
      <p className="quiet">{t('confirm.rest')}</p>
      {error === undefined ? null : <ErrorNotice error={error} />}
    </ConfirmDialog>
  )
}
