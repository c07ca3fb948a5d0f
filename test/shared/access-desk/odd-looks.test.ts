/** Which look-ups are odd, rule by rule at their limits (AD7): plain records in the order of time. */
import { describe, expect, test } from 'vitest'
import {
  isOutsideHours,
  type LookUp,
  MANY_HOUSEHOLDS,
  ODD_RULES,
  type OddLook,
  type OddRule,
  oddLooks,
  REFUSALS_IN_A_ROW,
  type Relation,
} from '../../../shared/access-desk/odd-looks.ts'

const MINUTE = 60_000
/** A Tuesday morning in Seoul. */
const MORNING = Date.parse('2026-11-24T10:00:00+09:00')

const assigned: Relation = { personFamily: '박', householdFamily: '김', isAssigned: true, isRecused: false }
const look = (about: Partial<LookUp> = {}): LookUp => ({
  sequence: 1,
  at: MORNING,
  actor: 'a',
  action: 'case.open',
  outcome: 'ok',
  subject: 'household',
  ...about,
})
const denied = (about: Partial<LookUp> = {}) => look({ action: 'authz.deny', outcome: 'denied', ...about })
const oddOf = (looks: LookUp[], relation: Partial<Relation> = {}): OddLook[] =>
  oddLooks(looks, () => ({ ...assigned, ...relation }))
const rulesOf = (found: readonly OddLook[]): OddRule[] => found.map(({ rule }) => rule)

describe('[AD7] [LR-15] what is odd', () => {
  test('a household of the person’s own family name, opened, taken out or tried by who is not assigned; once a month, counted', () => {
    const same = { personFamily: '김', householdFamily: '김', isAssigned: false }
    const tries = [look(), look({ action: 'case-form.print' }), denied(), look({ action: 'case.list' })]
    expect(oddOf(tries, same)).toMatchObject([{ rule: 'same_family_name', actor: 'a', subject: 'household', count: 3 }])
    expect(oddOf(tries, { ...same, isAssigned: true })).toEqual([])
    expect(oddOf(tries, { ...same, householdFamily: '이' })).toEqual([])
    // A name that does not begin with a syllable is nobody's family.
    expect(oddOf(tries, { ...same, personFamily: '', householdFamily: '' })).toEqual([])
    const later = look({ at: MORNING + 30 * 86_400_000 })
    expect(oddOf([look(), later], same).map(({ count }) => count)).toEqual([1, 1])
  })

  test('refusals in a row: the third within ten minutes, of whatever household, and not by somebody else', () => {
    const { count, withinMs } = REFUSALS_IN_A_ROW
    expect([count, withinMs]).toEqual([3, 10 * MINUTE])
    const at = (minutes: number, about: Partial<LookUp> = {}) => denied({ at: MORNING + minutes * MINUTE, ...about })
    expect(rulesOf(oddOf([at(0), at(5, { subject: 'other' })]))).toEqual([])
    expect(rulesOf(oddOf([at(0), at(5, { subject: 'other' }), at(10)]))).toEqual(['refused_in_a_row'])
    expect(rulesOf(oddOf([at(0), at(5), at(11)]))).toEqual([])
    expect(rulesOf(oddOf([at(0), at(1, { actor: 'b' }), at(2)]))).toEqual([])
    expect(rulesOf(oddOf([at(0, { actor: null }), at(1, { actor: null }), at(2, { actor: null })]))).toEqual([])
  })

  test('many households: the thirtieth within an hour, each counted once, and lists not at all', () => {
    expect(MANY_HOUSEHOLDS).toEqual({ count: 30, withinMs: 60 * MINUTE })
    const opened = (many: number, everyMs = MINUTE, about: Partial<LookUp> = {}) =>
      Array.from({ length: many }, (_, i) => look({ at: MORNING + i * everyMs, subject: `household ${i}`, ...about }))
    expect(rulesOf(oddOf(opened(29)))).toEqual([])
    expect(rulesOf(oddOf(opened(30)))).toEqual(['many_households'])
    expect(rulesOf(oddOf(opened(60, MINUTE, { subject: 'one and the same' })))).toEqual([])
    // So slow that thirty never lie within one hour.
    expect(rulesOf(oddOf(opened(40, 2.2 * MINUTE)))).toEqual([])
    expect(rulesOf(oddOf(opened(40, MINUTE, { action: 'case.list' })))).toEqual([])
    expect(rulesOf(oddOf(opened(40, MINUTE, { action: 'paper.open' })))).toEqual(['many_households'])
  })

  test('outside office hours: at night, at the weekend and on a holiday in Seoul', () => {
    const at = (seoul: string) => Date.parse(`${seoul}+09:00`)
    const cases: [string, boolean][] = [
      ['2026-11-24T05:59:59', true],
      ['2026-11-24T06:00:00', false],
      ['2026-11-24T21:59:59', false],
      ['2026-11-24T22:00:00', true],
      ['2026-11-28T11:00:00', true],
      ['2026-12-25T11:00:00', true],
    ]
    for (const [moment, isOdd] of cases) {
      expect([moment, isOutsideHours(at(moment))]).toEqual([moment, isOdd])
      expect([moment, rulesOf(oddOf([look({ at: at(moment) })]))]).toEqual([moment, isOdd ? ['outside_hours'] : []])
    }
    expect(oddOf([look({ at: at('2026-11-28T11:00:00'), action: 'case.list' })])).toEqual([])
  })

  test('each try of somebody who is recused, refused; what they still may open is none', () => {
    expect(rulesOf(oddOf([denied()], { isRecused: true }))).toEqual(['recused_try'])
    expect(rulesOf(oddOf([denied()]))).toEqual([])
    expect(rulesOf(oddOf([look()], { isRecused: true }))).toEqual([])
  })

  test('read again the same things have the same names, and every rule that waits for records has been shown', () => {
    const night = Date.parse('2026-11-24T23:00:00+09:00')
    const looks = [
      ...Array.from({ length: 30 }, (_, i) => look({ at: night + i, subject: `household ${i}` })),
      ...Array.from({ length: 3 }, (_, i) => denied({ at: night + 100 + i })),
    ]
    const relation = { personFamily: '김', isAssigned: false, isRecused: true }
    const found = oddOf(looks, relation)
    // An opening in an emergency is noted with the opening itself.
    expect(new Set([...rulesOf(found), 'break_glass'])).toEqual(new Set(Object.keys(ODD_RULES)))
    expect(oddOf(looks, relation)).toEqual(found)
    expect(new Set(found.map(({ key }) => key)).size).toBe(found.length)
  })
})
