/**
 * What a plain sentence says about a promise: by when, how much, which agency. Offered to the person, never put in by itself, except for the
 * agency of a new action item, which it must have and which can be changed at once. Only what is plain is read; a wrong guess is worse
 * than none.
 */
import type { DecisionKind } from '../../shared/codes.ts'
import type { AgencyId } from '../../shared/ids.ts'

export interface ReadPromise {
  /** `YYYY-MM-DD`, not before today. */
  due?: string
  /** Won. */
  amount?: number
  agencyId?: AgencyId
}

export interface NamedAgency {
  agencyId: AgencyId
  name: string
  shortName: string
}

/** @param today `YYYY-MM-DD` in Seoul */
export function readPromise(text: string, today: string, agencies: readonly NamedAgency[]): ReadPromise {
  const due = readDue(text, today)
  const amount = readAmount(text)
  const agencyId = readAgency(text, agencies)
  return {
    ...(due !== undefined && { due }),
    ...(amount !== undefined && { amount }),
    ...(agencyId !== undefined && { agencyId }),
  }
}

/**
 * A day as people type it into a field: `2026-11-27`, `11. 27.`, `11/27`, `27일`, `27`, `내일`. Also past days where the year is written.
 * Empty for empty; undefined for what is no day.
 */
export function readDay(text: string, today: string): string | undefined {
  const typed = text.trim().replace(/\s*\([월화수목금토일]\)\s*$/, '')
  if (typed === '') return ''
  const written = /^(20\d{2})\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})\s*[.일]?$/.exec(typed)
  if (written) {
    const [, y, m, d] = written.map(Number) as [number, number, number, number]
    const date = new Date(Date.UTC(y, m - 1, d))
    return date.getUTCMonth() === m - 1 && date.getUTCDate() === d ? date.toISOString().slice(0, 10) : undefined
  }
  if (
    !/^(\d{1,2}일?|\d{1,2}[./]\s?\d{1,2}\.?|\d{1,2}월\s*\d{1,2}일|오늘|내일|모레|(이번|다음)\s*주\s*[월화수목금토일]요일)$/.test(
      typed,
    )
  )
    return undefined
  return readDue(`${/^\d{1,2}$/.test(typed) ? `${typed}일` : typed}까지`, today)
}

/** The agency whose name stands first in the words; the longer name wins where one contains the other. */
function readAgency(text: string, agencies: readonly NamedAgency[]): AgencyId | undefined {
  let best: { at: number; length: number; agencyId: AgencyId } | undefined
  for (const { agencyId, name, shortName } of agencies) {
    for (const word of [name, shortName]) {
      const at = word.length < 2 ? -1 : text.indexOf(word)
      if (at < 0) continue
      if (!best || at < best.at || (at === best.at && word.length > best.length)) {
        best = { at, length: word.length, agencyId }
      }
    }
  }
  return best?.agencyId
}

const TOMORROWS: Readonly<Record<string, number>> = { 오늘: 0, 내일: 1, 모레: 2 }
const WEEKDAYS = '월화수목금토일'

function readDue(text: string, today: string): string | undefined {
  const [year, month, day] = today.split('-').map(Number) as [number, number, number]
  const utc = (y: number, m: number, d: number) => new Date(Date.UTC(y, m - 1, d))
  const now = utc(year, month, day)
  const write = (date: Date) => date.toISOString().slice(0, 10)
  const valid = (y: number, m: number, d: number) => {
    const date = utc(y, m, d)
    return date.getUTCMonth() === m - 1 && date.getUTCDate() === d ? date : undefined
  }

  // 2026. 11. 28. · 2026-11-28 · 2026년 11월 28일
  const full = /(20\d{2})\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})/.exec(text)
  if (full) {
    const date = valid(Number(full[1]), Number(full[2]), Number(full[3]))
    return date && date >= now ? write(date) : undefined
  }
  // 11월 28일 · 11. 28.까지 · 11/28까지
  const monthDay =
    /(\d{1,2})월\s*(\d{1,2})일/.exec(text) ??
    /(?:^|[^\d.])(\d{1,2})[./]\s?(\d{1,2})\.?\s*(?:\([월화수목금토일]\))?\s*까지/.exec(text)
  if (monthDay) {
    const [m, d] = [Number(monthDay[1]), Number(monthDay[2])]
    const date = valid(year, m, d)
    if (!date) return undefined
    if (date >= now) return write(date)
    const next = valid(year + 1, m, d)
    return next && write(next)
  }
  // 28일까지: this month, or the next when that day is past
  const dayOnly = /(?:^|[^\d월])(\d{1,2})일\s*(?:\([월화수목금토일]\))?\s*까지/.exec(text)
  if (dayOnly) {
    const d = Number(dayOnly[1])
    const date = valid(year, month, d)
    if (date && date >= now) return write(date)
    const next = month === 12 ? valid(year + 1, 1, d) : valid(year, month + 1, d)
    return next && write(next)
  }
  // 이번 주 금요일까지 · 다음 주 화요일까지
  const week = /(이번|다음)\s*주\s*([월화수목금토일])요일/.exec(text)
  if (week) {
    const monday = new Date(now.getTime() - ((now.getUTCDay() + 6) % 7) * 86_400_000)
    const days = WEEKDAYS.indexOf(week[2] ?? '') + (week[1] === '다음' ? 7 : 0)
    const date = new Date(monday.getTime() + days * 86_400_000)
    return date >= now ? write(date) : undefined
  }
  const near = /(오늘|내일|모레)\s*까지/.exec(text)
  if (near) return write(new Date(now.getTime() + (TOMORROWS[near[1] ?? ''] ?? 0) * 86_400_000))
  return undefined
}

/** 1,250,000원 · 125만원 · 125만 5천원 · 1억 2천만원 */
function readAmount(text: string): number | undefined {
  const found = /((?:\d[\d,]*(?:\.\d+)?\s*(?:억|천만|백만|만|천)?\s*)+)원/.exec(text)?.[1]
  if (found === undefined) return undefined
  const units: Readonly<Record<string, number>> = { 억: 1e8, 천만: 1e7, 백만: 1e6, 만: 1e4, 천: 1e3, '': 1 }
  let sum = 0
  for (const [, digits = '', unit = ''] of found.matchAll(/(\d[\d,]*(?:\.\d+)?)\s*(억|천만|백만|만|천)?/g)) {
    sum += Number(digits.replaceAll(',', '')) * (units[unit] ?? 1)
  }
  return Number.isSafeInteger(Math.round(sum)) && sum > 0 ? Math.round(sum) : undefined
}

/** The kind of decision that the words name; `undefined` where they name none. */
export function readDecisionKind(text: string): DecisionKind | undefined {
  return KIND_WORDS.find(([words]) => words.test(text))?.[1]
}

const KIND_WORDS: readonly (readonly [RegExp, DecisionKind])[] = [
  [/미선정|선정하지 않/, 'not_selected'],
  [/솔루션/, 'escalate_solution'],
  [/재상정|보류|다음 회의에/, 'deferred'],
  [/긴급/, 'emergency_support'],
  [/서비스\s*연계/, 'select_service_linkage'],
  [/선정/, 'select_case_management'],
  [/사후\s*관리/, 'start_aftercare'],
  [/종결/, 'close'],
  [/재사정/, 'reassess'],
  [/이관/, 'transfer'],
  [/의뢰/, 'refer_out'],
  [/계획.{0,8}변경/, 'amend_plan'],
  [/계획.{0,8}승인/, 'approve_plan'],
  [/역할/, 'assign_roles'],
  [/지원|후원|투입/, 'allocate_resource'],
]
