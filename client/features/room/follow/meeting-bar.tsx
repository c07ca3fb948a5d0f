/**
 * The one line that always says where a live meeting is: item, who leads, time, and on a folded screen what waits. Beside it the switch of
 * following, and what moves the meeting for those who lead. Its height never changes, so nothing beneath it moves.
 */
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/fields.tsx'
import { nameOfLine } from '../agenda/line-name.ts'
import type { AgendaLine } from '../agenda/use-agenda.ts'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting, useServerTime } from '../meeting-context.tsx'
import { useAsked } from '../now/use-asked.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { isOver, mayTakeChair, minutesHeard, wouldLead } from './follow-rules.ts'
import { useFollowing } from './following.tsx'
import { useShortcut } from './shortcuts.tsx'
import { timeWords } from './time-words.ts'
import { useMeetingTexts } from './use-meeting-texts.ts'
import './follow.css'

export function MeetingBar({ agenda, onPeople }: { agenda: readonly AgendaLine[]; onPeople: () => void }) {
  const { t } = useMeetingTexts()
  const { view: conference } = useRoom()
  const { view } = useMeeting()
  if (conference.state !== 'live' || view === null) return null
  return (
    <section className={`meeting-bar${view.chair.awaySince ? ' is-away' : ''}`} aria-label={t('bar.label')}>
      <Where />
      <Waiting agenda={agenda} onPeople={onPeople} />
      <GoThere />
      <FollowSwitch />
      <Lead agenda={agenda} />
      <Keys agenda={agenda} />
    </section>
  )
}

function Where() {
  const { t } = useMeetingTexts()
  const { t: room } = useRoomTexts()
  const { view: conference, me } = useRoom()
  const { view, line } = useMeeting()
  const { meetingAt } = useFollowing()
  const nameOf = (userId: string | null | undefined) => conference.participants.find(p => p.userId === userId)?.name
  const chair = nameOf(view?.chair.userId)
  const away = view?.chair.awaySince ? chair : undefined
  const successor = view ? wouldLead(view) : null
  const next = nameOf(successor)
  return (
    <p className="meeting-where">
      <strong className="meeting-now">{t('now')}</strong>
      {away === undefined ? (
        <>
          <span className="meeting-item" data-testid="meeting-item">
            {meetingAt ? (
              <>
                {t('bar.item', { number: meetingAt.number })}
                <span className="meeting-name"> · {nameOfLine(meetingAt, room)}</span>
              </>
            ) : (
              t('bar.none')
            )}
          </span>
          <span className="quiet">{chair ? t('bar.chair', { name: chair }) : t('bar.noChair')}</span>
          {meetingAt ? <Time line={meetingAt} /> : null}
        </>
      ) : (
        <span data-testid="chair-away">
          {t('bar.away', { name: away })}{' '}
          {successor === me.userId ? t('bar.awayMe') : next ? t('bar.awayNext', { name: next }) : t('bar.awayNobody')}
        </span>
      )}
      {line.phase === 'lost' ? <span className="meeting-late">{t('bar.late')}</span> : null}
    </p>
  )
}

/** `7분 / 10분`, in the server's time; over it, so many minutes in words. Only when the meeting uses time. */
function Time({ line }: { line: AgendaLine }) {
  const { t } = useMeetingTexts()
  const { view } = useMeeting()
  const isShown = view?.features.timer === true
  const now = useServerTime(isShown ? 5_000 : 0)
  if (view === null || !isShown) return null
  return (
    <span className="meeting-time" data-testid="meeting-time">
      {timeWords(t, minutesHeard(view.progress[line.id], now), line.minutes)}
    </span>
  )
}

/** Where the right side is folded away: how much waits there. */
function Waiting({ agenda, onPeople }: { agenda: readonly AgendaLine[]; onPeople: () => void }) {
  const { t } = useMeetingTexts()
  const { view, mine } = useMeeting()
  const asked = useAsked(agenda)
  const requests = view?.features.requests && mine.mayLead ? view.speaking.queue.length : 0
  const words = [
    requests > 0 ? t('bar.requests', { count: requests }) : '',
    asked.length > 0 ? t('bar.asked', { count: asked.length }) : '',
  ].filter(Boolean)
  if (words.length === 0) return null
  return (
    <span className="only-folded">
      <Button look="text" size="small" aria-label={`${words.join(' · ')}. ${t('bar.openNow')}`} onPress={onPeople}>
        {words.join(' · ')}
      </Button>
    </span>
  )
}

function GoThere() {
  const { t } = useMeetingTexts()
  const { mine } = useMeeting()
  const { meetingAt, isElsewhere, goThere, lead, mode } = useFollowing()
  const { openItemId } = useRoomState()
  return (
    <span className="meeting-chips">
      {isElsewhere && meetingAt ? (
        <button
          type="button"
          className="go-chip"
          data-testid="go-chip"
          aria-keyshortcuts="Control+Alt+J"
          onClick={goThere}
        >
          {t(mine.isChair ? 'follow.meetingAt' : 'follow.chairAt', { number: meetingAt.number })} · {t('follow.go')}
        </button>
      ) : null}
      {isElsewhere && mine.mayLead && mode !== 'lead' && openItemId ? (
        <Button look="tertiary" size="small" aria-keyshortcuts="Control+Alt+G" onPress={() => lead(openItemId)}>
          {t('follow.guide')}
        </Button>
      ) : null}
    </span>
  )
}

function FollowSwitch() {
  const { t } = useMeetingTexts()
  const { mine } = useMeeting()
  const { mode, setMode } = useFollowing()
  const together = { id: 'together' as const, label: t('follow.together') }
  const alone = { id: 'alone' as const, label: t('follow.alone') }
  return (
    <div className="follow-switch" title={mode === 'lead' ? t('follow.leadHint') : undefined}>
      <Choice
        label={t('follow.label')}
        labelHidden
        value={mode}
        onChange={setMode}
        options={mine.mayLead ? [{ id: 'lead' as const, label: t('follow.lead') }, together, alone] : [together, alone]}
      />
    </div>
  )
}

/** What moves the meeting. */
function Lead({ agenda }: { agenda: readonly AgendaLine[] }) {
  const { t } = useMeetingTexts()
  const { mine, view } = useMeeting()
  const { meetingAt, next, goOn, defer } = useFollowing()
  if (!mine.mayLead || agenda.length === 0) return null
  // The meeting stays at its last item; once that is heard nothing is left to go on to.
  const isHeard = meetingAt === undefined || isOver(view?.progress[meetingAt.id])
  if (isHeard && next === undefined) return <span className="quiet">{t('follow.allDone')}</span>
  return (
    <span className="meeting-lead">
      {!isHeard ? (
        <Button look="tertiary" size="small" aria-keyshortcuts="Control+Alt+H" onPress={defer}>
          {t('follow.defer')}
        </Button>
      ) : null}
      <Button look="primary" size="small" aria-keyshortcuts="Control+Alt+N" onPress={goOn}>
        {meetingAt === undefined
          ? t('follow.start', { number: next?.number ?? 1 })
          : next
            ? `${t('follow.next')} →`
            : t('follow.last')}
      </Button>
    </span>
  )
}

/** The whole of it by keyboard, wherever the focus is. */
function Keys({ agenda }: { agenda: readonly AgendaLine[] }) {
  const { t } = useMeetingTexts()
  const { me } = useRoom()
  const { openItemId } = useRoomState()
  const { view, mine, act } = useMeeting()
  const { mode, setMode, isElsewhere, meetingAt, next, goThere, goOn, defer, lead, open } = useFollowing()
  const at = agenda.findIndex(line => line.id === openItemId)
  const look = (step: 1 | -1) => {
    const line = agenda[at + step]
    if (line) open(line.id)
  }
  const mayTake = view !== null && mayTakeChair(view, me.userId)
  const isHeard = meetingAt === undefined || isOver(view?.progress[meetingAt.id])
  useShortcut({
    code: 'KeyN',
    label: t('follow.next'),
    isDisabled: !mine.mayLead || (!next && isHeard),
    run: goOn,
  })
  useShortcut({ code: 'KeyH', label: t('follow.defer'), isDisabled: !mine.mayLead || isHeard, run: defer })
  useShortcut({
    code: 'KeyG',
    label: t('follow.guide'),
    isDisabled: !mine.mayLead || openItemId === null,
    run: () => openItemId && lead(openItemId),
  })
  useShortcut({ code: 'KeyJ', label: t('follow.toChair'), isDisabled: !isElsewhere, run: goThere })
  useShortcut({
    code: 'KeyF',
    label: t('follow.toggle'),
    run: () => setMode(mode === 'alone' ? (mine.isChair ? 'lead' : 'together') : 'alone'),
  })
  useShortcut({ code: 'BracketRight', label: t('follow.lookNext'), isDisabled: !agenda[at + 1], run: () => look(1) })
  useShortcut({ code: 'BracketLeft', label: t('follow.lookPrevious'), isDisabled: at <= 0, run: () => look(-1) })
  useShortcut({ code: 'KeyK', label: t('chair.take'), isDisabled: !mayTake, run: () => void act('chair.take', {}) })
  return null
}
