/**
 * A person's conferences as iCalendar (RFC 5545), for the calendar on their phone. It leaves the installation, so an entry holds time, place and one
 * word (SPEC NC1). Moments are UTC, which every calendar shows in its own zone.
 */
import { canReadConference, participationOf } from '../../shared/access.ts'
import type { UserId } from '../../shared/ids.ts'
import { conferenceFactsOf } from '../conferences/facts.ts'
import { escaped, folded } from '../exports/render/calendar.ts'
import { actorOf, type NoticeParts } from './ports.ts'

/** What was is in one's own memory; calendars drop what is not in the feed any more. */
const KEPT_MS = 90 * 86_400_000

/** Undefined for who was switched off. */
export async function calendarFeed(parts: NoticeParts, userId: UserId): Promise<string | undefined> {
  const actor = await actorOf(parts.people, userId)
  if (actor === undefined) return undefined
  const now = parts.now()
  const conferences = (await parts.conferences.ofPerson(userId))
    .filter(({ state, startsAt }) => state !== 'draft' && startsAt.getTime() > now - KEPT_MS)
    .filter(conference => {
      const facts = conferenceFactsOf(conference)
      return participationOf(actor, facts) !== undefined && canReadConference(actor, facts)
    })
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Dure//Dure//KO',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:두레',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...conferences.flatMap(({ _id, startsAt, minutes, place }) => [
      'BEGIN:VEVENT',
      // Two feeds side by side tell nobody that two people are in the same meeting.
      `UID:${parts.markOf(`calendar\n${userId}\n${_id}`)}@dure`,
      `DTSTAMP:${stampOf(now)}`,
      `DTSTART:${stampOf(startsAt.getTime())}`,
      `DTEND:${stampOf(startsAt.getTime() + minutes * 60_000)}`,
      'SUMMARY:사례회의',
      ...(place === '' ? [] : [`LOCATION:${escaped(place)}`]),
      'CLASS:PRIVATE',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return `${lines.flatMap(folded).join('\r\n')}\r\n`
}

const stampOf = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
