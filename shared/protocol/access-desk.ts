/** The access desk over HTTP (rules: `server/access-desk/SPEC.md`). */
import * as z from 'zod'
import type { AccessTask, Touched } from '../access-desk/access-tasks.ts'
import { FLAG_MOVES, FLAG_WORDS, type FlagMove, type FlagState } from '../access-desk/flag-moves.ts'
import type { OddRule } from '../access-desk/odd-looks.ts'
import { hasResidentNumber } from '../identifiers/resident-number.ts'
import type { AccessFlagId, AgencyId, CaseId, UserId } from '../ids.ts'
import { code, day, id, line, paragraphs, version } from './fields.ts'

/** Words that stay with a record: no resident registration number (AD11). */
export const officialWords = (least: number, most: number) =>
  paragraphs(most)
    .min(least)
    .refine(words => !hasResidentNumber(words), { error: 'resident-number' })

export const findAccessCasesQuery = z.strictObject({ text: line(60) })

export interface AccessCaseView {
  caseId: CaseId
  number: string
  label: string
  /** The agency leads it: its officer sees the people of all agencies. */
  leads: boolean
}

/** One person's look-ups of one client. */
export interface AccessPersonView {
  userId: UserId | null
  name: string
  agencyName: string
  counts: Partial<Record<AccessTask, number>>
  firstAt: string
  lastAt: string
}

export interface AccessLineView {
  at: string
  userId: UserId | null
  name: string
  task: AccessTask
  touched: Touched
  /** Left out where the reader is no privacy officer (AD3). */
  address?: string
  outcome: 'ok' | 'denied' | 'failed'
}

export interface CaseAccessView {
  caseId: CaseId
  number: string
  label: string
  from: string
  total: number
  people: AccessPersonView[]
  /** The newest first; not more than the screen can show. */
  lines: AccessLineView[]
}

export const accessFileBody = z.strictObject({ purpose: officialWords(5, 300) })
export type AccessFileBody = z.infer<typeof accessFileBody>

/** `YYYY-MM`. */
export const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)

export interface MonthReviewView {
  agencyId: AgencyId
  month: string
  isOver: boolean
  people: AccessPersonView[]
  /** What was taken out and what was refused, each by itself. */
  takenOut: AccessEventView[]
  refused: AccessEventView[]
  /** Odd look-ups of that month that nobody has dealt with. */
  openFlags: number
  signed: { by: string; at: string; opinion: string } | null
  /** Months that are over and nobody signed, the oldest first. */
  waiting: string[]
}

export interface AccessEventView {
  at: string
  name: string
  agencyName: string
  /** The household's number, where the agency takes part in its case. */
  number: string
  touched: Touched
  address: string
}

export const signReviewBody = z.strictObject({ opinion: officialWords(2, 1000) })
export type SignReviewBody = z.infer<typeof signReviewBody>

export interface FlagStepView {
  move: FlagMove
  name: string
  at: string
  words: string
}

export interface FlagView {
  flagId: AccessFlagId
  rule: OddRule
  state: FlagState
  name: string
  /** Empty where it is about no one household, or the reader may not know which. */
  number: string
  at: string
  count: number
  steps: FlagStepView[]
  moves: FlagMove[]
  _v: number
}

export interface FlagsView {
  flags: FlagView[]
}

export const moveFlagBody = z.strictObject({
  _v: version,
  move: code(FLAG_MOVES),
  words: officialWords(FLAG_WORDS.least, FLAG_WORDS.most),
})
export type MoveFlagBody = z.infer<typeof moveFlagBody>

export const disclosuresQuery = z.strictObject({
  caseId: id<CaseId>().optional(),
  receiver: id<AgencyId>().optional(),
  from: day.optional(),
  to: day.optional(),
})
export type DisclosuresQuery = z.infer<typeof disclosuresQuery>

export const disclosuresFileBody = disclosuresQuery.extend({ purpose: officialWords(5, 300) })
export type DisclosuresFileBody = z.infer<typeof disclosuresFileBody>

export interface DisclosureView {
  rowId: string
  caseId: CaseId
  number: string
  receiverId: AgencyId
  /** The eight fields of 영 제15조, in the form's order. */
  fields: readonly string[]
  at: string
  endedOn: string | null
}

/** The form's own words, in its order (DOMAIN §5.17). */
export const DISCLOSURE_COLUMNS = [
  { key: 'file', ko: '개인정보파일의 명칭', en: 'Personal information file' },
  { key: 'receiver', ko: '제공받는 기관의 명칭', en: 'Receiving agency' },
  { key: 'purpose', ko: '이용·제공 목적', en: 'Purpose' },
  { key: 'legalBasis', ko: '이용·제공의 법적 근거', en: 'Legal basis' },
  { key: 'items', ko: '이용·제공하는 개인정보의 항목', en: 'Items' },
  { key: 'period', ko: '이용·제공의 날짜, 주기 또는 기간', en: 'Date, cycle or period' },
  { key: 'form', ko: '이용·제공의 형태', en: 'Form' },
  { key: 'measures', ko: '이용 제한 또는 요청한 조치', en: 'Restriction or measure requested' },
] as const

export interface DisclosuresView {
  rows: DisclosureView[]
  /** To choose from. */
  receivers: { agencyId: AgencyId; name: string }[]
  cases: { caseId: CaseId; number: string }[]
}
