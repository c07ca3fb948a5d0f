/**
 * The people by agency: who attends, and beside it who is connected, who types, whose line is lost. Presence is never taken for attendance; what is
 * not known is not claimed.
 */
import { useEffect, useRef, useState } from 'react'
import { CONFERENCE_ROLES } from '../../../../shared/codes.ts'
import { type AgencyId, attendeeKeyOf, type UserId } from '../../../../shared/ids.ts'
import type { AttendeeView } from '../../../../shared/meeting/meeting-view.ts'
import type { ConferenceView } from '../../../../shared/protocol/http-api.ts'
import type { PersonPresence } from '../../../room/presence.ts'
import { Button } from '../../../ui/button.tsx'
import { AgencyChip, Avatar, Chip } from '../../../ui/chips.tsx'
import { RoomGuests } from '../../guests/room-guests.tsx'
import { useGuestTexts } from '../../guests/use-guest-texts.ts'
import { AttendanceDesk } from '../attendance/attendance-desk.tsx'
import { byAgency } from '../attendance/attendance-rows.ts'
import { furtherWords, standingWords } from '../attendance/attendance-words.ts'
import { MyAttendance } from '../attendance/my-attendance.tsx'
import { useAttendanceTexts } from '../attendance/use-attendance-texts.ts'
import { useShortcut } from '../follow/shortcuts.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'

/** Somebody whose line broke is shown so for a minute; after that they are simply not here. */
const LOST_SHOWN_MS = 60_000
/** Ctrl+Alt+A: attendance. */
const DESK_KEY = 'KeyA'

export function PeoplePanel() {
  const { t, language } = useRoomTexts()
  const { t: attendance } = useAttendanceTexts()
  const { t: guest } = useGuestTexts()
  const { view, me, agencies } = useRoom()
  const guests = new Set(view.participants.filter(one => one.guest).map(one => one.userId))
  const { view: meeting } = useMeeting()
  const state = useRoomState()
  const known = state.conference?.line.phase === 'live'
  const people = state.conference?.people ?? []
  const inItem = new Map((state.item?.people ?? []).map(person => [person.userId, person]))
  const writing = new Set(
    [state.conference, state.item, ...state.actions]
      .flatMap(link => link?.people ?? [])
      .filter(person => person.typing)
      .map(person => person.userId),
  )
  const lost = useLost(people, known)
  const hasAttendance = meeting !== null && (view.state === 'live' || view.state === 'closed')
  const attendees = meeting?.attendance ?? view.participants.map(expected)
  const nameOf = (agencyId: AgencyId) => agencies.get(agencyId)?.shortName ?? ''

  return (
    <>
      <MyAttendance />
      <div className="people-head">
        <h2 className="panel-title">{t('people.title')}</h2>
        {view.state === 'live' && view.mayWriteForOthers ? <OpenDesk /> : null}
        {view.mayChange ? <RoomGuests /> : null}
      </div>
      {known ? null : <p className="quiet">{t('people.unknown')}</p>}
      <ul className="people">
        {byAgency(attendees, view.hostAgencyId, nameOf).map(({ agencyId, rows }) => {
          const agency = agencies.get(agencyId)
          return (
            <li key={agencyId} className="people-agency">
              {agency ? <AgencyChip {...agency} /> : null}
              <ul>
                {rows.map(person => {
                  const presence = people.find(one => one.userId === person.userId)
                  const here = presence !== undefined || (known && person.userId === me.userId)
                  return (
                    <li
                      key={person.key}
                      className={`person${here ? ' is-here' : ''}`}
                      data-testid="person"
                      data-state={here ? 'here' : 'away'}
                      data-standing={person.standing}
                    >
                      <Avatar name={person.name} colour={agency?.colour ?? -1} size={30} />
                      <span className="person-words">
                        <span className="person-name">
                          {person.name}
                          {person.userId === me.userId ? ` (${t('people.me')})` : ''}
                          {person.userId !== null && guests.has(person.userId) ? <Chip>{guest('chip')}</Chip> : null}
                        </span>
                        <span className="person-state">
                          {[
                            person.role === 'attendee' ? '' : CONFERENCE_ROLES[person.role][language],
                            person.title,
                            presenceWords(person, presence),
                          ]
                            .filter(Boolean)
                            .join(' · ')}
                        </span>
                        {hasAttendance ? (
                          <span className="person-attendance">
                            {[standingWords(person, attendance), ...furtherWords(person, attendance)].join(' · ')}
                          </span>
                        ) : null}
                      </span>
                    </li>
                  )
                })}
              </ul>
            </li>
          )
        })}
      </ul>
    </>
  )

  function presenceWords(person: AttendeeView, presence: PersonPresence | undefined): string {
    const { userId } = person
    if (userId === null) return attendance('state.guest')
    if (!known) return ''
    if (userId === me.userId) return t('people.here')
    if (presence === undefined) {
      const since = lost.get(userId)
      if (since !== undefined) return t('people.lost', { seconds: Math.round((Date.now() - since) / 1000) })
      // Somebody at the table needs no device; that there is none is no news.
      return person.standing === 'confirmed' && person.mode === 'in_person' ? '' : t('people.away')
    }
    if (writing.has(userId)) return t('people.typing')
    return inItem.has(userId) ? t('people.inItem') : t('people.here')
  }
}

/** The minute-taker's table, by a press or by its key. */
function OpenDesk() {
  const { t } = useAttendanceTexts()
  const [isOpen, setOpen] = useState(false)
  useShortcut({ code: DESK_KEY, label: t('desk.open'), run: () => setOpen(true) })
  return (
    <>
      <Button look="tertiary" size="small" aria-keyshortcuts="Control+Alt+A" onPress={() => setOpen(true)}>
        {t('desk.open')}
      </Button>
      <AttendanceDesk isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  )
}

/** Somebody invited, while nothing is known of the meeting. */
function expected({ userId, name, agencyId, role }: ConferenceView['participants'][number]): AttendeeView {
  return {
    key: attendeeKeyOf(userId),
    userId,
    name,
    agencyId,
    role,
    title: '',
    standing: 'expected',
    mode: null,
    deputyFor: '',
    statement: 'none',
    enteredBy: '',
    arrivedAt: null,
    leftAt: null,
    leavesAt: '',
  }
}

/** Since when people who were here are not, while my own line is good enough to tell. */
function useLost(people: readonly PersonPresence[], known: boolean): ReadonlyMap<UserId, number> {
  const seen = useRef(new Set<UserId>())
  const [lost, setLost] = useState<ReadonlyMap<UserId, number>>(new Map())
  const [, tick] = useState(0)
  useEffect(() => {
    if (!known) return
    const here = new Set(people.map(person => person.userId))
    setLost(before => {
      const next = new Map([...before].filter(([userId]) => !here.has(userId)))
      for (const userId of seen.current) if (!here.has(userId) && !next.has(userId)) next.set(userId, Date.now())
      return next
    })
    seen.current = here
  }, [people, known])
  useEffect(() => {
    if (lost.size === 0) return
    const timer = setInterval(() => {
      setLost(before => {
        const kept = [...before].filter(([, since]) => Date.now() - since < LOST_SHOWN_MS)
        return kept.length === before.size ? before : new Map(kept)
      })
      tick(count => count + 1)
    }, 5_000)
    return () => clearInterval(timer)
  }, [lost.size])
  return lost
}
