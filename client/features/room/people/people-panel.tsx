/** The people by agency: who is here, who types, whose line is lost. What is not known is not claimed. */
import { useEffect, useRef, useState } from 'react'
import { CONFERENCE_ROLES } from '../../../../shared/codes.ts'
import type { UserId } from '../../../../shared/ids.ts'
import type { ConferenceView } from '../../../../shared/protocol/http-api.ts'
import { compareNames } from '../../../lib/format.ts'
import type { PersonPresence } from '../../../room/presence.ts'
import { AgencyChip, Avatar } from '../../../ui/chips.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useRoom, useRoomState } from '../room-context.tsx'

/** Somebody whose line broke is shown so for a minute; after that they are simply not here. */
const LOST_SHOWN_MS = 60_000

export function PeoplePanel() {
  const { t, language } = useRoomTexts()
  const { view, me, agencies } = useRoom()
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

  return (
    <>
      <h2 className="panel-title">{t('people.title')}</h2>
      {known ? null : <p className="quiet">{t('people.unknown')}</p>}
      <ul className="people">
        {byAgency(view).map(group => {
          const agency = agencies.get(group.agencyId)
          return (
            <li key={group.agencyId} className="people-agency">
              {agency ? <AgencyChip {...agency} /> : null}
              <ul>
                {group.people.map(person => {
                  const presence = people.find(one => one.userId === person.userId)
                  const here = presence !== undefined || (known && person.userId === me.userId)
                  return (
                    <li
                      key={person.userId}
                      className={`person${here ? ' is-here' : ''}`}
                      data-testid="person"
                      data-state={here ? 'here' : 'away'}
                    >
                      <Avatar name={person.name} colour={agency?.colour ?? -1} size={30} />
                      <span className="person-words">
                        <span className="person-name">
                          {person.name}
                          {person.userId === me.userId ? ` (${t('people.me')})` : ''}
                        </span>
                        <span className="person-state">
                          {[
                            person.role === 'attendee' ? '' : CONFERENCE_ROLES[person.role][language],
                            known ? stateWords(person.userId, presence) : '',
                          ]
                            .filter(Boolean)
                            .join(' · ')}
                        </span>
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

  function stateWords(userId: UserId, presence: PersonPresence | undefined): string {
    if (userId === me.userId) return t('people.here')
    if (presence === undefined) {
      const since = lost.get(userId)
      if (since === undefined) return t('people.away')
      return t('people.lost', { seconds: Math.round((Date.now() - since) / 1000) })
    }
    if (writing.has(userId)) return t('people.typing')
    const mode = presence.mode === 'in_person' ? '' : ` · ${t(`people.${presence.mode}`)}`
    return (inItem.has(userId) ? t('people.inItem') : t('people.here')) + mode
  }
}

interface AgencyGroup {
  agencyId: ConferenceView['participants'][number]['agencyId']
  people: ConferenceView['participants']
}

/** The host first, then by name; in an agency those who conduct first. */
function byAgency(view: ConferenceView): AgencyGroup[] {
  const rank = { leader: 0, deputy: 1, minute_taker: 2, attendee: 3, observer: 4 }
  const names = new Map(view.agencies.map(agency => [agency.agencyId, agency.shortName]))
  const groups = new Map<AgencyGroup['agencyId'], AgencyGroup>()
  for (const person of view.participants) {
    const group = groups.get(person.agencyId) ?? { agencyId: person.agencyId, people: [] }
    group.people.push(person)
    groups.set(person.agencyId, group)
  }
  for (const group of groups.values()) {
    group.people.sort((a, b) => rank[a.role] - rank[b.role] || compareNames(a.name, b.name))
  }
  return [...groups.values()].sort((a, b) => {
    if (a.agencyId === view.hostAgencyId) return -1
    if (b.agencyId === view.hostAgencyId) return 1
    return compareNames(names.get(a.agencyId) ?? '', names.get(b.agencyId) ?? '')
  })
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
