/** One allocation's days, its likeness to others, and sums (RESOURCES.md AL5, AL7, AL8). Pure; days are days in Seoul, `YYYY-MM-DD`. */

import type { Service } from '../code-sets/services.ts'
import type { Label } from '../codes.ts'
import { addDays } from '../working-days.ts'
import type { EmergencyKind } from './emergency-limits.ts'

export const RHYTHMS = {
  once: { ko: '한 번', en: 'Once' },
  weekly: { ko: '매주', en: 'Every week' },
  monthly: { ko: '매월', en: 'Every month' },
} as const satisfies Record<string, Label>
export type Rhythm = keyof typeof RHYTHMS

/** As far as days and likeness go. */
export interface Giving {
  agencyId: string
  service: Service
  /** Of emergency support. */
  emergency: EmergencyKind | ''
  rhythm: Rhythm
  from: string
  /** The last day; the first one of what is given once. */
  until: string
  /** Ended early or cancelled on that day; empty otherwise. */
  endedOn: string
}

/** No rhythm has more days than that: ten years of weeks. */
const MOST_DAYS = 522

/** The days on which it is to be given, the first to the last. */
export function givingDays({
  rhythm,
  from,
  until,
  endedOn,
}: Omit<Giving, 'agencyId' | 'service' | 'emergency'>): string[] {
  if (rhythm === 'once') return endedOn !== '' && endedOn <= from ? [] : [from]
  const last = endedOn !== '' && endedOn <= until ? addDays(endedOn, -1) : until
  const days: string[] = []
  for (let index = 0; index < MOST_DAYS; index++) {
    const day = rhythm === 'weekly' ? addDays(from, index * 7) : monthsLater(from, index)
    if (day > last) break
    days.push(day)
  }
  return days
}

/** The same day of a later month, or that month's last. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const index = year * 12 + month - 1 + months
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1]
  const lastOfMonth = new Date(Date.UTC(y, m, 0)).getUTCDate()
  return `${String(y).padStart(4, '0')}-${two(m)}-${two(Math.min(dayOfMonth, lastOfMonth))}`
}

const two = (value: number) => String(value).padStart(2, '0')

/** The last day that it really reaches; the day before the first for one that was cancelled before it began. */
export const lastDayOf = ({ until, endedOn }: Pick<Giving, 'until' | 'endedOn'>): string =>
  endedOn !== '' && endedOn <= until ? addDays(endedOn, -1) : until

type Span = Pick<Giving, 'from' | 'until' | 'endedOn'>

/** Whether there is a day of both. What was cancelled before it began has none. */
export function overlaps(a: Span, b: Span): boolean {
  const first = a.from > b.from ? a.from : b.from
  return first <= lastDayOf(a) && first <= lastDayOf(b)
}

/** What another law gives that is the same help (긴급복지지원법 제3조②). */
const SAME_BY_LAW: readonly { emergency: EmergencyKind; services: readonly Service[] }[] = [
  { emergency: 'livelihood', services: ['basic_livelihood', 'livelihood_benefit', 'muhan_care'] },
  { emergency: 'medical', services: ['medical_aid', 'medical_benefit', 'catastrophic_medical_cost', 'muhan_care'] },
  { emergency: 'housing', services: ['housing_benefit'] },
  { emergency: 'education', services: ['education_benefit'] },
]

/** Kinds so wide that two of them need not be the same help. */
const NOT_ONE_HELP: readonly Service[] = ['counselling', 'other_service', 'private_agency']

/** Whether both are the same help, whoever gives it. */
export function isSameHelp(
  a: Pick<Giving, 'service' | 'emergency'>,
  b: Pick<Giving, 'service' | 'emergency'>,
): boolean {
  if (a.service === b.service) {
    return a.service === 'emergency_welfare' ? a.emergency === b.emergency : !NOT_ONE_HELP.includes(a.service)
  }
  return SAME_BY_LAW.some(
    ({ emergency, services }) =>
      (a.emergency === emergency && services.includes(b.service)) ||
      (b.emergency === emergency && services.includes(a.service)),
  )
}

/** Those that give the same help in the same time. */
export function doublesOf<T extends Giving>(next: Giving, known: readonly T[]): T[] {
  return known.filter(one => isSameHelp(next, one) && overlaps(next, one))
}

export interface Summed extends Giving {
  /** Won for each giving; null for what has no amount. */
  amount: number | null
  /** The days that were ticked off. */
  given: readonly string[]
}

export interface GivingSum {
  /** Won. */
  given: number
  promised: number
  /** Givings without an amount. */
  givenTimes: number
  promisedTimes: number
}

/** @param agencyId left out: everybody's */
export function sumOf(allocations: readonly Summed[], agencyId?: string): GivingSum {
  const sum: GivingSum = { given: 0, promised: 0, givenTimes: 0, promisedTimes: 0 }
  for (const one of allocations) {
    if (agencyId !== undefined && one.agencyId !== agencyId) continue
    const open = givingDays(one).filter(day => !one.given.includes(day)).length
    if (one.amount === null) {
      sum.givenTimes += one.given.length
      sum.promisedTimes += open
    } else {
      sum.given += one.given.length * one.amount
      sum.promised += open * one.amount
    }
  }
  return sum
}

/** How much of an entry's capacity is left; null where it has none (RD3). May be below zero: more was given than there was. */
export function leftOf(
  places: number | null,
  takenElsewhere: number,
  running: readonly Giving[],
  today: string,
): number | null {
  if (places === null) return null
  const here = running.filter(one => one.from <= today && today <= lastDayOf(one)).length
  return places - takenElsewhere - here
}
