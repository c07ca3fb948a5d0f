/** When a guest may come in: a day and two times of day as people write them in Seoul, and the instants that they mean. */
import { formatTime, fromSeoulTime, seoulDay } from '../../lib/format.ts'

export interface GuestTime {
  /** `2026-11-24`, empty while it is unfinished. */
  date: string
  /** `14:00` */
  from: string
  until: string
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Somebody who comes by a link for the first time needs longer than others, and a meeting often runs over. */
const EARLIER_MS = 30 * MINUTE_MS
const LONGER_MS = 60 * MINUTE_MS

/** From half an hour before until an hour after the plan; of a meeting that is going on, from now and for as long at least. */
export function proposedTime(meeting: { startsAt: string; minutes: number; state: string }, now: number): GuestTime {
  const startsAt = Date.parse(meeting.startsAt)
  const length = meeting.minutes * MINUTE_MS + LONGER_MS
  const from = meeting.state === 'live' ? now : startsAt - EARLIER_MS
  const until = Math.max(startsAt + length, meeting.state === 'live' ? now + LONGER_MS : 0)
  // A meeting that was left open for days is gone on with today.
  const within = meeting.state === 'live' ? Math.min(until, now + length) : until
  return { date: seoulDay(from), from: formatTime(from), until: formatTime(within) }
}

/** Undefined while something of it is unfinished. An end before the beginning is the next day's. */
export function instantsOf({ date, from, until }: GuestTime): { from: string; until: string } | undefined {
  const begins = instantOf(date, from)
  const ends = instantOf(date, until)
  if (begins === undefined || ends === undefined) return undefined
  const isNextDay = Date.parse(ends) <= Date.parse(begins)
  return { from: begins, until: isNextDay ? new Date(Date.parse(ends) + DAY_MS).toISOString() : ends }
}

function instantOf(date: string, time: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)?.map(Number) ?? []
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(time)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (hour === undefined || minute === undefined) return undefined
  return fromSeoulTime({ year, month, day, hour, minute })
}
