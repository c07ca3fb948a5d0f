/**
 * Dates, times and money as Korean offices write them, with an English form beside each. Times are UTC in records and Asia/Seoul on screens,
 * wherever the browser stands.
 */
export type Language = 'ko' | 'en'
type Instant = string | number | Date

const ZONE = 'Asia/Seoul'
const WEEKDAYS_KO = ['일', '월', '화', '수', '목', '금', '토'] as const
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Korea has had no summer time since 1988, so the offset is fixed; no calendar library is needed to read a clock. */
const SEOUL_OFFSET_MS = 9 * 60 * 60 * 1000

export interface SeoulTime {
  year: number
  /** 1–12 */
  month: number
  day: number
  /** 0 is Sunday */
  weekday: number
  hour: number
  minute: number
}

export function toSeoulTime(instant: Instant): SeoulTime {
  const shifted = new Date(new Date(instant).getTime() + SEOUL_OFFSET_MS)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  }
}

/** A wall-clock time in Seoul as a UTC instant: `2026-11-24T05:00:00Z`. */
export function fromSeoulTime(time: Pick<SeoulTime, 'year' | 'month' | 'day' | 'hour' | 'minute'>): string {
  const utc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute) - SEOUL_OFFSET_MS
  return new Date(utc).toISOString().replace('.000Z', 'Z')
}

/** `2026-11-24`: sorts and compares days in Seoul. */
export function seoulDay(instant: Instant): string {
  const { year, month, day } = toSeoulTime(instant)
  return `${year}-${two(month)}-${two(day)}`
}

/** `14:00` */
export function formatTime(instant: Instant): string {
  const { hour, minute } = toSeoulTime(instant)
  return `${two(hour)}:${two(minute)}`
}

/** `2026. 11. 24.(화)` · `Tue 24 Nov 2026` */
export function formatDate(instant: Instant, language: Language): string {
  const { year, month, day, weekday } = toSeoulTime(instant)
  return language === 'ko'
    ? `${year}. ${month}. ${day}.(${WEEKDAYS_KO[weekday]})`
    : `${WEEKDAYS_EN[weekday]} ${day} ${MONTHS_EN[month - 1]} ${year}`
}

/** `2026. 11. 24.(화) 14:00` · `Tue 24 Nov 2026, 14:00` */
export function formatDateTime(instant: Instant, language: Language): string {
  return `${formatDate(instant, language)}${language === 'ko' ? ' ' : ', '}${formatTime(instant)}`
}

/** Without the year, for dates that are near: `11. 27.(금)` · `Fri 27 Nov` */
export function formatShortDate(instant: Instant, language: Language): string {
  const { month, day, weekday } = toSeoulTime(instant)
  return language === 'ko'
    ? `${month}. ${day}.(${WEEKDAYS_KO[weekday]})`
    : `${WEEKDAYS_EN[weekday]} ${day} ${MONTHS_EN[month - 1]}`
}

/** A day without a time, from its record form `2026-11-27`. */
export function formatDay(day: string, language: Language): string {
  return formatDate(`${day}T00:00:00+09:00`, language)
}

export function formatShortDay(day: string, language: Language): string {
  return formatShortDate(`${day}T00:00:00+09:00`, language)
}

/** `1,250,000원` · `KRW 1,250,000` */
export function formatMoney(won: number, language: Language): string {
  const digits = new Intl.NumberFormat('ko-KR', { maximumFractionDigits: 0 }).format(won)
  return language === 'ko' ? `${digits}원` : `KRW ${digits}`
}

/** `1시간 30분` · `1 h 30 min` */
export function formatMinutes(minutes: number, language: Language): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (language === 'ko')
    return [hours > 0 ? `${hours}시간` : '', rest > 0 || hours === 0 ? `${rest}분` : ''].filter(Boolean).join(' ')
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ')
}

/** A running clock: `00:42`, `1:05:09` once hours are needed. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const tail = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${tail}` : tail
}

const collator = new Intl.Collator(['ko-KR', 'en'], { numeric: true, sensitivity: 'base' })

/** Orders names as Koreans sort: Hangul first, then Latin; numbers by value. */
export function compareNames(a: string, b: string): number {
  const rank = (text: string) => (/^[\uac00-\ud7a3\u3131-\u318e]/.test(text) ? 0 : 1)
  return rank(a) - rank(b) || collator.compare(a, b)
}

/** Days from one day in Seoul to another (`2026-11-24`); negative when it is past. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

export const SEOUL_TIME_ZONE = ZONE

function two(value: number): string {
  return String(value).padStart(2, '0')
}
