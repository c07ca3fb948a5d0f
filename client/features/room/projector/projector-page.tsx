/**
 * The meeting on the wall: the agenda, and of the item where the meeting is its decisions and action items, large. Always at the pointer. Whoever
 * sits in the room sees the wall, so an item that only some agencies may see is shown only after a press for this one item.
 */
import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { type ConferenceId, type ItemId, parseId } from '../../../../shared/ids.ts'
import { ButtonLink } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/fields.tsx'
import { LockIcon } from '../../../ui/icons.tsx'
import { NotFound } from '../../../ui/states.tsx'
import { nameOfLine } from '../agenda/line-name.ts'
import { type AgendaLine, useAgenda } from '../agenda/use-agenda.ts'
import { useMeetingTexts } from '../follow/use-meeting-texts.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import { OpenRoom } from '../room-page.tsx'
import { ProjectedItem } from './projected-item.tsx'
import './projector.css'

export function ProjectorPage() {
  const { t } = useMeetingTexts()
  const params = useParams()
  const conferenceId = parseId<ConferenceId>(params.conferenceId)
  if (conferenceId === undefined) return <NotFound />
  return (
    <OpenRoom key={conferenceId} conferenceId={conferenceId} title={t('projector.title')} watches>
      <Projector />
    </OpenRoom>
  )
}

function Projector() {
  const { t } = useMeetingTexts()
  const { t: room } = useRoomTexts()
  const { client, view: conference } = useRoom()
  const state = useRoomState()
  const agenda = useAgenda()
  const { view, line } = useMeeting()
  const [isDark, setDark] = useState(false)
  const [showsText, setShowsText] = useState(false)
  /** Narrowed items that may be seen by everybody in front of this wall. */
  const [released, setReleased] = useState<ReadonlySet<ItemId>>(new Set())
  const pointer = conference.state === 'live' ? (view?.pointer ?? null) : null
  const itemId = pointer?.itemId ?? null
  useEffect(() => client.openItem(itemId), [client, itemId])
  const at = agenda.find(one => one.id === itemId)
  const isLost = line.phase === 'lost' || state.conference?.line.phase === 'lost'

  return (
    <div className={`projector${isDark ? ' is-dark' : ''}`}>
      <header className="projector-head">
        <h1>{conference.title}</h1>
        <p>{conference.hostAgencyName}</p>
        {isLost ? (
          <p className="projector-lost" role="status">
            {t('projector.lost')}
          </p>
        ) : null}
      </header>
      <nav className="projector-agenda" aria-label={t('projector.agenda')}>
        <ol>
          {agenda.map(one => (
            <Line key={one.id} line={one} isHere={one.id === itemId} />
          ))}
        </ol>
      </nav>
      {/* Longer than the wall: the keyboard scrolls it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <main id="main" className="projector-item" tabIndex={0} aria-label={t('projector.title')} data-testid="projected">
        {conference.state !== 'live' ? (
          <p className="projector-hold">{t('projector.notLive')}</p>
        ) : at === undefined ? (
          <p className="projector-hold">{t('projector.waiting')}</p>
        ) : at.item === null || at.item.restricted ? (
          <div className="projector-hold">
            <LockIcon size={64} />
            <h2>{t('projector.restricted')}</h2>
            <p>{t('projector.restrictedBody')}</p>
          </div>
        ) : at.item.narrowed && !released.has(at.id) ? (
          <div className="projector-hold">
            <LockIcon size={64} />
            <h2>
              {at.number}. {t('projector.restricted')}
            </h2>
            <p>{t('projector.narrowed')}</p>
            <button
              type="button"
              className="button button-tertiary button-large"
              onClick={() => setReleased(new Set([...released, at.id]))}
            >
              {t('projector.showNarrowed')}
            </button>
          </div>
        ) : (
          <>
            <h2 className="projector-title">
              {at.number}. {nameOfLine(at, room)}
            </h2>
            <ProjectedItem key={at.id} record={at.item} showsText={showsText} />
          </>
        )}
      </main>
      <section className="projector-controls" aria-label={t('projector.controls')}>
        <Checkbox isSelected={showsText} onChange={setShowsText}>
          {t('projector.showText')}
        </Checkbox>
        <Checkbox isSelected={isDark} onChange={setDark}>
          {t('projector.contrast')}
        </Checkbox>
        <ButtonLink to={`/conferences/${conference.conferenceId}`} look="text" size="small">
          {t('projector.back')}
        </ButtonLink>
      </section>
    </div>
  )
}

function Line({ line, isHere }: { line: AgendaLine; isHere: boolean }) {
  const { t } = useMeetingTexts()
  const { t: room } = useRoomTexts()
  const { view } = useMeeting()
  const standing = view?.progress[line.id]?.state
  // On the wall a narrowed item has no name: not everybody in front of it may know.
  const isHidden = line.item?.restricted === false && line.item.narrowed
  const words = standing === 'done' || standing === 'deferred' ? t(`agenda.${standing}`) : ''
  return (
    <li
      className={isHere ? 'is-here' : ''}
      data-standing={standing ?? 'waiting'}
      aria-current={isHere ? 'step' : false}
    >
      <span className="projector-mark" aria-hidden="true">
        {isHere ? '▶' : standing === 'done' ? '✓' : standing === 'deferred' ? '–' : ''}
      </span>
      <span>
        {line.number}. {isHidden ? room('agenda.restricted') : nameOfLine(line, room)}
        <span className="projector-detail">
          {[words, t('agenda.minutes', { minutes: line.minutes })].filter(Boolean).join(' · ')}
        </span>
      </span>
    </li>
  )
}
