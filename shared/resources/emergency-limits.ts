/**
 * How often and how long emergency support (긴급복지지원) may be given: 긴급복지지원법 제9조, 제10조, as in force from 23 October 2025 (RESOURCES.md
 * AL6). Pure counting; what is decided on a review is the office's.
 */
import type { Label } from '../codes.ts'

export const EMERGENCY_KINDS = {
  livelihood: { ko: '생계지원', en: 'Livelihood' },
  housing: { ko: '주거지원', en: 'Housing' },
  facility: { ko: '사회복지시설 이용지원', en: 'Use of a facility' },
  other: { ko: '그 밖의 지원(연료비 등)', en: 'Other (fuel …)' },
  medical: { ko: '의료지원', en: 'Medical' },
  education: { ko: '교육지원', en: 'Schooling' },
} as const satisfies Record<string, Label>
export type EmergencyKind = keyof typeof EMERGENCY_KINDS

interface EmergencyLimit {
  counts: 'months' | 'times'
  /** Given at first. */
  first: number
  /** With the extension that the head of the office decides, without a review. */
  extended: number
  /** With the review of the committee (긴급지원심의위원회): the most that there is. */
  most: number
}

export const EMERGENCY_LIMITS: Readonly<Record<EmergencyKind, EmergencyLimit>> = {
  livelihood: { counts: 'months', first: 3, extended: 3, most: 6 },
  housing: { counts: 'months', first: 1, extended: 3, most: 12 },
  facility: { counts: 'months', first: 1, extended: 3, most: 6 },
  other: { counts: 'months', first: 1, extended: 3, most: 6 },
  medical: { counts: 'times', first: 1, extended: 1, most: 2 },
  education: { counts: 'times', first: 1, extended: 1, most: 4 },
}

/** `within`: as it is given at first. `extension`, `review`: what it takes besides. `beyond`: more than the law knows. */
export type EmergencyStanding = 'within' | 'extension' | 'review' | 'beyond'

export interface EmergencyCount {
  kind: EmergencyKind
  counts: 'months' | 'times'
  /** Given or promised before. */
  before: number
  /** With this one. */
  after: number
  most: number
  standing: EmergencyStanding
}

/** One giving of emergency support, with its first and last day. */
export interface EmergencyGiving {
  kind: EmergencyKind
  from: string
  until: string
}

/** @param next left out: where the household stands with what there is */
export function emergencyCount(
  kind: EmergencyKind,
  past: readonly EmergencyGiving[],
  next?: EmergencyGiving,
): EmergencyCount {
  const { counts, first, extended, most } = EMERGENCY_LIMITS[kind]
  const size = (giving: EmergencyGiving) => (counts === 'times' ? 1 : monthsOf(giving))
  const before = past.filter(giving => giving.kind === kind).reduce((sum, giving) => sum + size(giving), 0)
  const after = before + (next === undefined ? 0 : size(next))
  const standing = after <= first ? 'within' : after <= extended ? 'extension' : after <= most ? 'review' : 'beyond'
  return { kind, counts, before, after, most, standing }
}

/** Months begun, from the first day: one day is a month, and so are 24 November to 23 December. */
export function monthsOf({ from, until }: Pick<EmergencyGiving, 'from' | 'until'>): number {
  const [fromYear, fromMonth, fromDay] = partsOf(from)
  const [year, month, day] = partsOf(until)
  return Math.max(1, (year - fromYear) * 12 + (month - fromMonth) + (day >= fromDay ? 1 : 0))
}

function partsOf(day: string): [year: number, month: number, day: number] {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number)
  return [year, month, dayOfMonth]
}
