/** Dates, money and names as they stand on Korean official papers. Times are UTC in the record and Seoul's on paper. */
import type { MinutesAction, MinutesAttendee, NamedAgency } from '../../shared/minutes/minutes-record.ts'
import { printableLine } from './printable.ts'

const WEEKDAYS = ['일', '월', '화', '수', '목', '금', '토'] as const
/** Korea has had no summer time since 1988. */
const SEOUL_OFFSET_MS = 9 * 60 * 60 * 1000

function inSeoul(instant: string | Date): Date {
  return new Date(new Date(instant).getTime() + SEOUL_OFFSET_MS)
}

const two = (value: number) => String(value).padStart(2, '0')

/** `2026. 11. 24.(화)` */
export function dateWords(instant: string | Date): string {
  const at = inSeoul(instant)
  return `${at.getUTCFullYear()}. ${at.getUTCMonth() + 1}. ${at.getUTCDate()}.(${WEEKDAYS[at.getUTCDay()]})`
}

/** `14:00` */
export function timeWords(instant: string | Date): string {
  const at = inSeoul(instant)
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

export function dateTimeWords(instant: string | Date): string {
  return `${dateWords(instant)} ${timeWords(instant)}`
}

/** A day of the record, `2026-11-27`, as `2026. 11. 27.(금)`; empty for an empty one. */
export function dayWords(day: string): string {
  return day === '' ? '' : dateWords(`${day}T00:00:00+09:00`)
}

/** `20261124`, for names of files. */
export function dayStamp(instant: string | Date): string {
  const at = inSeoul(instant)
  return `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}`
}

/** `2026. 11. 24.(화) 14:00 ~ 15:30`, as far as it is known. */
export function spanWords(from: string | null, to: string | null, planned: string): string {
  if (from === null) return `${dateTimeWords(planned)} (예정)`
  if (to === null) return dateTimeWords(from)
  return dateWords(from) === dateWords(to)
    ? `${dateTimeWords(from)} ~ ${timeWords(to)}`
    : `${dateTimeWords(from)} ~ ${dateTimeWords(to)}`
}

/** `1시간 30분`; less than a minute is one. */
export function lengthWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [hours > 0 ? `${hours}시간` : '', rest > 0 || hours === 0 ? `${rest}분` : ''].filter(Boolean).join(' ')
}

/** `1,250,000원` */
export function moneyWords(won: number): string {
  return `${String(won).replace(/\B(?=(\d{3})+$)/g, ',')}원`
}

export function agencyWords(agency: Pick<NamedAgency, 'name' | 'shortName'> | null): string {
  return agency === null ? '' : printableLine(agency.shortName || agency.name)
}

/** Who answers for an action item: `중앙동 · 김담당`. */
export function ownerWords({ agency, person }: Pick<MinutesAction, 'agency' | 'person'>): string {
  return [agencyWords(agency), printableLine(person)].filter(Boolean).join(' · ') || '(담당 미정)'
}

/** `4명 (3개 기관)` of a list of people. */
export function countWords(people: readonly Pick<MinutesAttendee, 'agency'>[]): string {
  const agencies = new Set(people.map(person => person.agency.agencyId))
  return `${people.length}명 (${agencies.size}개 기관)`
}

/** A hash in groups of eight, as people compare it. */
export function hashWords(hash: string): string {
  return hash.replace(/(.{8})(?=.)/g, '$1 ')
}
