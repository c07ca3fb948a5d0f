/**
 * Days to keep, as iCalendar (RFC 5545). It goes into calendars on phones, so an entry names the case's number and who promised, never what
 * it is about. Days have no zone; the moment that it was made is UTC.
 */
export interface CalendarDay {
  /** Opaque and the same each time, so that a calendar replaces an entry instead of doubling it. */
  uid: string
  /** `2026-11-27` */
  day: string
  summary: string
}

export function renderCalendar(days: readonly CalendarDay[], { madeAt, name }: { madeAt: Date; name: string }): string {
  const stamp = madeAt.toISOString().replace(/[-:]|\.\d+/g, '')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Dure//Dure//KO',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...days.flatMap(({ uid, day, summary }) => [
      'BEGIN:VEVENT',
      `UID:${uid}@dure`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${nextDay(day).replaceAll('-', '')}`,
      `SUMMARY:${escaped(summary)}`,
      'TRANSP:TRANSPARENT',
      'CLASS:PRIVATE',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return `${lines.flatMap(folded).join('\r\n')}\r\n`
}

/** An entry of a whole day ends where the next one begins. */
function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** Words as a value may hold them (3.3.11). */
export const escaped = (words: string) => words.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n')

/** Lines of at most 75 bytes, none cut inside a letter (3.1). */
export function folded(line: string): string[] {
  const parts: string[] = []
  let part = ''
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > 75) {
      parts.push(part)
      part = ' '
    }
    part += letter
  }
  return [...parts, part]
}
