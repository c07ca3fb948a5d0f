/** A row of the plan in words, for tables, lists and sheets. */
import type { PlanValues } from '../../../shared/documents/case-parts/plan.ts'
import { formatDay, type Language } from '../../lib/format.ts'
import type { Codes } from './codes.ts'

/** What it is called; empty while nothing is said. */
export function planRowName(
  { service, words }: { service: string; words: string },
  codes: Pick<Codes, 'label'>,
): string {
  return service === '' ? (words.split('\n', 1)[0] ?? '').slice(0, 40) : codes.label('service', service)
}

/** `2026. 12. 1.` · `1 Dec 2026`: without the day of the week, for which tables and forms have no room. */
export function dayWords(day: string, language: Language): string {
  if (day === '') return ''
  const [year, month, date] = day.split('-').map(Number)
  return language === 'ko' ? `${year}. ${month}. ${date}.` : formatDay(day, language).replace(/^\S+ /, '')
}

/** `3회/주`, `1회`, `3 times a week`. */
export function timesWords(
  { times, interval }: Pick<PlanValues, 'times' | 'interval'>,
  language: Language,
  codes: Pick<Codes, 'label'>,
): string {
  if (times === null) return ''
  if (language === 'en')
    return `${times} ${interval === '' || interval === 'once' ? 'in all' : codes.label('plan_interval', interval).toLowerCase()}`
  return interval === '' || interval === 'once' ? `${times}회` : `${times}${codes.label('plan_interval', interval)}`
}
