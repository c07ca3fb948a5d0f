/** States that concern the whole room, each in one calm line of words; at most what matters now. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '../../../lib/format.ts'
import { useApi } from '../../../lib/services.tsx'
import type { LinkState } from '../../../room/document-link.ts'
import type { ReturnedWords } from '../../../room/room-client.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice, useNotices } from '../../../ui/notice.tsx'
import { isKnownDetail, useTellError } from '../../../ui/states.tsx'
import { ClosedLine } from '../closing/closed-line.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { usePlaceWords } from '../place-words.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { ResidentNumberLine } from './resident-number-line.tsx'

export function StateLines() {
  const state = useRoomState()
  return (
    <div className="state-lines">
      {state.returned.map(returned => (
        <ReturnedLine key={returned.document} returned={returned} />
      ))}
      <LineOfState />
      <MergedLine />
      <ResidentNumberLine />
    </div>
  )
}

/** The line itself: lost, refused, not live, second window. The most pressing one only. */
function LineOfState() {
  const { t, language } = useRoomTexts()
  const { t: errors } = useTranslation('errors')
  const { client, view, me } = useRoom()
  const state = useRoomState()
  const api = useApi()
  const tellError = useTellError()
  const links = [state.conference, state.item, ...state.actions].filter(link => link !== null)
  const retry = () => client.resume()

  const refused = links.find(link => link.line.phase === 'refused' && !link.line.gone)
  if (refused?.line.phase === 'refused') {
    const { reason } = refused.line
    return (
      <Strip
        tone="danger"
        actions={
          <Again
            words={reason === 'client-too-old' ? 'reload' : 'now'}
            onPress={() => client.link(refused.document)?.retryNow()}
          />
        }
      >
        <strong>{errors(`${reason}.title`)}</strong> {errors(`${reason}.body`)}
      </Strip>
    )
  }
  if (links.some(link => link.line.phase === 'signed-out')) {
    return <Strip tone="warning">{t('line.signedOut')}</Strip>
  }
  const lost = links.find(link => link.line.phase === 'lost')
  if (lost?.line.phase === 'lost') {
    const { reason } = lost.line
    const words =
      reason === 'store-unavailable'
        ? t('line.store')
        : reason === 'server-restarting'
          ? t('line.restarting')
          : t('line.lost')
    return (
      <Strip tone="warning" actions={<Again words="now" onPress={retry} />}>
        {words}
      </Strip>
    )
  }
  if (state.trouble !== null) {
    return (
      <Strip tone="warning" actions={<Again words="now" onPress={() => void client.refresh()} />}>
        {t('line.unreachable')}
      </Strip>
    )
  }
  if (view.state === 'draft' || view.state === 'scheduled') {
    const start = async () => {
      try {
        await api.moveConference(view.conferenceId, { _v: view._v, to: 'live' })
      } catch (error) {
        tellError(error)
      }
      await client.refresh()
    }
    return (
      <Strip
        tone="info"
        actions={
          view.mayConduct && view.state === 'scheduled' ? (
            <Button look="primary" size="small" onPress={() => void start()}>
              {t('line.start')}
            </Button>
          ) : undefined
        }
      >
        {view.state === 'draft'
          ? t('line.draft')
          : t('line.scheduled', { when: formatDateTime(view.startsAt, language) })}
      </Strip>
    )
  }
  if (view.state === 'closed') return <ClosedLine />
  if (view.myRole === 'observer') return <Strip tone="info">{t('line.observer')}</Strip>
  if (state.unsavedElsewhere) return <Strip tone="info">{t('line.elsewhere')}</Strip>
  if (state.conference?.people.some(person => person.userId === me.userId)) return <SecondTab />
  return null
}

function SecondTab() {
  const { t } = useRoomTexts()
  const { t: common } = useTranslation()
  const [seen, setSeen] = useState(false)
  if (seen) return null
  return (
    <Strip
      tone="info"
      actions={
        <Button look="text" size="small" onPress={() => setSeen(true)}>
          {common('close')}
        </Button>
      }
    >
      {t('line.secondTab')}
    </Strip>
  )
}

function Again({ words, onPress }: { words: 'now' | 'reload'; onPress: () => void }) {
  const { t } = useRoomTexts()
  const { t: common } = useTranslation()
  return words === 'reload' ? (
    <Button size="small" onPress={() => window.location.reload()}>
      {common('reload')}
    </Button>
  ) : (
    <Button size="small" onPress={onPress}>
      {t('line.now')}
    </Button>
  )
}

function Strip({
  tone,
  children,
  actions,
}: {
  tone: 'info' | 'warning' | 'danger'
  children: ReactNode
  actions?: ReactNode
}) {
  return (
    <Notice tone={tone} announce="status" actions={actions}>
      {children}
    </Notice>
  )
}

/** What the reconnect brought together, once, with the places to look. */
function MergedLine() {
  const { t } = useRoomTexts()
  const placeWords = usePlaceWords()
  const { t: common } = useTranslation()
  const { client } = useRoom()
  const state = useRoomState()
  const links = [state.conference, state.item, ...state.actions].filter(link => link !== null)
  const merged = links.filter(link => link.merged !== null && link.line.phase === 'live')
  if (merged.length === 0 || links.some(link => link.line.phase !== 'live')) return null
  const sentMine = merged.some(link => link.merged?.sentMine)
  const places = [...new Set(merged.flatMap(link => placesOf(link)))]
  const received = merged.some(link => (link.merged?.receivedIn.length ?? 0) > 0)

  function placesOf(link: LinkState): string[] {
    return (link.merged?.receivedIn ?? []).map(placeWords)
  }
  const where = places.filter(place => place !== '').join(', ')
  return (
    <Notice
      tone="success"
      announce="status"
      actions={
        <Button
          look="text"
          size="small"
          onPress={() => {
            for (const link of merged) client.link(link.document)?.putAwayMerged()
          }}
        >
          {common('close')}
        </Button>
      }
    >
      {sentMine && received ? t('line.mergedBoth') : sentMine ? t('line.mergedMine') : t('line.mergedOthers')}
      {where ? ` ${t('line.mergedWhere', { places: where })}` : ''}
    </Notice>
  )
}

/** My words that the room did not take: shown until I put them away. */
function ReturnedLine({ returned }: { returned: ReturnedWords }) {
  const { t } = useRoomTexts()
  const { t: common } = useTranslation()
  const { t: errors } = useTranslation('errors')
  const { client } = useRoom()
  const notify = useNotices()
  const { reason, detail } = returned
  const why = isKnownDetail(detail) ? errors(`details.${detail}`) : `${errors(`${reason}.title`)}.`
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(returned.words.join('\n'))
      notify(common('copied'))
    } catch {
      notify(common('copyFailed'), 'danger')
    }
  }
  return (
    <Notice
      tone="danger"
      title={t('returned.title')}
      announce="alert"
      actions={
        <>
          <Button size="small" onPress={() => void copy()}>
            {t('returned.copy')}
          </Button>
          <Button look="text" size="small" onPress={() => client.putAwayReturned(returned.document)}>
            {t('returned.putAway')}
          </Button>
        </>
      }
    >
      <p>{t('returned.body', { why })}</p>
      <ul className="returned-words">
        {returned.words.map((words, index) => (
          // The list is replaced whole, never re-ordered.
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of text have no other name
          <li key={index}>{words}</li>
        ))}
      </ul>
    </Notice>
  )
}
