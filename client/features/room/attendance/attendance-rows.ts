/** Attendance as the screens count and enter it. Pure; the words are `attendance-words.ts`. */
import { isPresentMode, type PresentMode } from '../../../../shared/codes.ts'
import type { AgencyId, AttendeeKey } from '../../../../shared/ids.ts'
import type { AttendeeView } from '../../../../shared/meeting/meeting-view.ts'
import { compareNames } from '../../../lib/format.ts'

export const isHere = ({ standing }: Pick<AttendeeView, 'standing'>) =>
  standing === 'announced' || standing === 'confirmed'

/** Something is still to be entered: their attendance, or the statement of somebody who is there. */
export const isOpen = ({ standing, statement }: Pick<AttendeeView, 'standing' | 'statement'>) =>
  standing === 'expected' || standing === 'announced' || (standing === 'confirmed' && statement === 'none')

/** What the one press enters: who is not confirmed yet in person, who said how they take part as they said. */
export function remainingEntries(attendance: readonly AttendeeView[]): { key: AttendeeKey; mode: PresentMode }[] {
  return attendance.filter(isOpen).map(({ key, mode }) => ({ key, mode: isPresentMode(mode) ? mode : 'in_person' }))
}

export function countsOf(attendance: readonly AttendeeView[]) {
  const count = (standing: AttendeeView['standing']) => attendance.filter(one => one.standing === standing).length
  return {
    confirmed: count('confirmed'),
    announced: count('announced'),
    expected: count('expected'),
    away: count('absent'),
  }
}

export interface AgencyRows {
  agencyId: AgencyId
  rows: readonly AttendeeView[]
}

const RANK = { leader: 0, deputy: 1, minute_taker: 2, attendee: 3, supervisor: 4, observer: 5 } as const

/** The host first, then by short name; in an agency those who conduct first, people without a device last. */
export function byAgency(
  attendance: readonly AttendeeView[],
  hostAgencyId: AgencyId,
  nameOf: (agencyId: AgencyId) => string,
): AgencyRows[] {
  const groups = new Map<AgencyId, AttendeeView[]>()
  for (const one of attendance) groups.set(one.agencyId, [...(groups.get(one.agencyId) ?? []), one])
  return [...groups]
    .map(([agencyId, rows]) => ({
      agencyId,
      rows: rows.sort(
        (a, b) =>
          Number(a.userId === null) - Number(b.userId === null) ||
          RANK[a.role] - RANK[b.role] ||
          // People without an account stay in the order in which they were added.
          (a.userId === null ? 0 : compareNames(a.name, b.name)),
      ),
    }))
    .sort((a, b) => {
      if (a.agencyId === hostAgencyId) return -1
      if (b.agencyId === hostAgencyId) return 1
      return compareNames(nameOf(a.agencyId), nameOf(b.agencyId))
    })
}

/** A time of day as people type it: `15:30`, `1530`, `15시 30분`, `3:05` → `HH:mm`; empty stays empty; null when it is none. */
export function parseTimeOfDay(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return ''
  const match = /^(\d{1,2})(?:\s*[:시.]\s*(\d{1,2})?\s*분?)?$/.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text)
  if (match === null) return null
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)]
  if (hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** How somebody of the host agency, or from outside, most likely takes part on a device of their own. */
export const likelyMode = (isHost: boolean): PresentMode => (isHost ? 'in_person' : 'remote')
