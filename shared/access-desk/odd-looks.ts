/**
 * Which look-ups are odd (AD7): pure, over records in the order of time. What a rule finds has a key, so that reading the same records again finds the
 * same thing under the same name.
 */
import type { Label } from '../codes.ts'
import { dayInSeoul, isWorkingDay } from '../working-days.ts'
import { taskOf } from './access-tasks.ts'

export const ODD_RULES = {
  same_family_name: { ko: '담당이 아닌 같은 성씨 가구', en: 'Household of the same family name, not assigned' },
  refused_in_a_row: { ko: '거부된 시도가 잇따름', en: 'Refused tries in a row' },
  many_households: { ko: '짧은 시간에 많은 가구', en: 'Many households in a short time' },
  outside_hours: { ko: '근무시간 밖 열람', en: 'Outside office hours' },
  recused_try: { ko: '제척된 사람의 시도', en: 'Try of a recused person' },
  break_glass: { ko: '긴급 열람', en: 'Opened in an emergency' },
} as const satisfies Record<string, Label>
export type OddRule = keyof typeof ODD_RULES

export const REFUSALS_IN_A_ROW = { count: 3, withinMs: 10 * 60_000 } as const
export const MANY_HOUSEHOLDS = { count: 30, withinMs: 60 * 60_000 } as const
/** From 22:00 until 06:00 in Seoul. */
const NIGHT = { from: 22, until: 6 } as const

/** What a rule looks at; people and clients by id. */
export interface LookUp {
  sequence: number
  at: number
  actor: string | null
  action: string
  outcome: 'ok' | 'denied' | 'failed'
  subject?: string | undefined
}

/** What is known of a person and a client beside the record; undefined where either is gone. */
export interface Relation {
  /** The first syllable of the person's name, and of what the household is called. */
  personFamily: string
  householdFamily: string
  /** Works on the case, or sits at one of its items for an agency that is cleared. */
  isAssigned: boolean
  isRecused: boolean
}

export interface OddLook {
  rule: OddRule
  actor: string
  /** Whose data; null where it is about no one household. */
  subject: string | null
  /** Makes it the same thing when it is found again. */
  key: string
  at: number
  count: number
}

export function oddLooks(
  lookUps: readonly LookUp[],
  relationOf: (actor: string, subject: string) => Relation | undefined,
): OddLook[] {
  const found = new Map<string, OddLook>()
  const note = (rule: OddRule, look: LookUp & { actor: string }, subject: string | null, span: string) => {
    const key = [rule, look.actor, subject ?? '', span].join('|')
    const known = found.get(key)
    if (known) known.count += 1
    else found.set(key, { rule, actor: look.actor, subject, key, at: look.at, count: 1 })
  }
  const refusals = new Map<string, number[]>()
  const opened = new Map<string, { at: number; subject: string }[]>()

  for (const look of lookUps) {
    const { actor, subject, at } = look
    if (actor === null) continue
    const by = { ...look, actor }
    const task = taskOf(look)
    const day = dayInSeoul(at)
    const month = day.slice(0, 7)
    const relation = subject === undefined ? undefined : relationOf(actor, subject)
    const looksIn = task === 'open' || task === 'take_out' || task === 'refused'

    if (subject !== undefined && looksIn && relation && isSameFamily(relation)) {
      note('same_family_name', by, subject, month)
    }
    if (task === 'refused') {
      if (subject !== undefined && relation?.isRecused) note('recused_try', by, subject, month)
      const row = within(refusals.get(actor) ?? [], at, REFUSALS_IN_A_ROW.withinMs, one => one)
      row.push(at)
      refusals.set(actor, row)
      if (row.length >= REFUSALS_IN_A_ROW.count) note('refused_in_a_row', by, null, day)
    }
    if (subject !== undefined && look.outcome === 'ok' && (task === 'open' || task === 'take_out')) {
      const recent = within(opened.get(actor) ?? [], at, MANY_HOUSEHOLDS.withinMs, one => one.at)
      if (!recent.some(one => one.subject === subject)) recent.push({ at, subject })
      opened.set(actor, recent)
      if (recent.length >= MANY_HOUSEHOLDS.count) note('many_households', by, null, day)
      if (isOutsideHours(at)) note('outside_hours', by, null, day)
    }
  }
  return [...found.values()]
}

const isSameFamily = ({ personFamily, householdFamily, isAssigned }: Relation): boolean =>
  !isAssigned && personFamily !== '' && personFamily === householdFamily

function within<T>(list: readonly T[], now: number, spanMs: number, timeOf: (one: T) => number): T[] {
  return list.filter(one => now - timeOf(one) <= spanMs)
}

/** In Seoul, which has one time all the year. */
export function isOutsideHours(at: number): boolean {
  const hour = new Date(at + 9 * 3_600_000).getUTCHours()
  return hour >= NIGHT.from || hour < NIGHT.until || !isWorkingDay(dayInSeoul(at))
}

/** The first syllable of a Korean name or of what a household is called; empty for what does not begin with one. */
export function familyOf(name: string): string {
  const [first = ''] = name.normalize('NFC').trim()
  return /^[가-힣]$/.test(first) ? first : ''
}
