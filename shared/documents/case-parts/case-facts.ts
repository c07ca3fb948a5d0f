/**
 * What is said once about a household: where and how it lives, when its plan is looked at again. One root that is always there, so that two
 * people who begin at once lose nothing; and three roots of flags, for what may be several.
 */
import type * as Y from 'yjs'
import { codesOf } from '../../codes.ts'
import { MAX_AMOUNT_WON } from '../actions-document.ts'
import { isAllowedValue, isDay, isIdentifier, type RootLayout, type ValueRule } from '../layout-language.ts'
import type { PlainValue } from '../records.ts'
import { HOUSING_TENURES, HOUSING_TYPES, type HousingTenure, type HousingType } from './case-part-codes.ts'
import { codeField } from './code-field.ts'
import { MAX_PHONE_LENGTH } from './household.ts'
import { masked } from './record-list.ts'

export const MAX_ADDRESS_LENGTH = 200
/** Months between two looks at the plan. The law wants it evaluated from time to time and names no number (사회보장급여법 제15조). */
export const MOST_REVIEW_MONTHS = 24

export type CaseFactValues = {
  /** Registered (주민등록지) and real (실거주지); the second is empty where they are one. */
  address: string
  livesAt: string
  phone: string
  otherPhone: string
  housingType: HousingType | ''
  housingTenure: HousingTenure | ''
  /** Won. */
  deposit: number | null
  monthlyRent: number | null
  /** Every so many months the plan is evaluated; the next time, `YYYY-MM-DD`. */
  reviewMonths: number | null
  nextReview: string
}

const rules: ReadonlyMap<string, ValueRule> = new Map<string, ValueRule>([
  ['address', { value: 'text', most: MAX_ADDRESS_LENGTH }],
  ['livesAt', { value: 'text', most: MAX_ADDRESS_LENGTH }],
  ['phone', { value: 'text', most: MAX_PHONE_LENGTH }],
  ['otherPhone', { value: 'text', most: MAX_PHONE_LENGTH }],
  ['housingType', { value: 'code', codes: new Set(codesOf(HOUSING_TYPES)), orEmpty: true }],
  ['housingTenure', { value: 'code', codes: new Set(codesOf(HOUSING_TENURES)), orEmpty: true }],
  ['deposit', { value: 'integer', least: 0, most: MAX_AMOUNT_WON, orNull: true }],
  ['monthlyRent', { value: 'integer', least: 0, most: MAX_AMOUNT_WON, orNull: true }],
  ['reviewMonths', { value: 'integer', least: 1, most: MOST_REVIEW_MONTHS, orNull: true }],
  ['nextReview', { value: 'day', orEmpty: true }],
])

/** Flags whose codes are a set that offices edit: `household_type`, `target_group`, `livelihood_class` of `shared/code-sets`. */
const open: RootLayout = { holds: 'flags', write: 'writer', keys: { has: isIdentifier } }

export const caseFactRoots: ReadonlyMap<string, RootLayout> = new Map<string, RootLayout>([
  ['facts', { holds: 'fields', write: 'writer', fields: rules }],
  ['householdTypes', open],
  ['targetGroups', open],
  ['livelihood', open],
])

export type CaseFlagRoot = 'householdTypes' | 'targetGroups' | 'livelihood'

export function caseFactsOf(doc: Y.Doc): CaseFactValues {
  const facts = doc.getMap<unknown>('facts')
  const text = (name: string): string => {
    const value = facts.get(name)
    return typeof value === 'string' ? value : ''
  }
  const number = (name: string): number | null => {
    const value = facts.get(name)
    return typeof value === 'number' ? value : null
  }
  const nextReview = text('nextReview')
  return {
    address: text('address'),
    livesAt: text('livesAt'),
    phone: text('phone'),
    otherPhone: text('otherPhone'),
    housingType: codeField(facts, 'housingType', HOUSING_TYPES),
    housingTenure: codeField(facts, 'housingTenure', HOUSING_TENURES),
    deposit: number('deposit'),
    monthlyRent: number('monthlyRent'),
    reviewMonths: number('reviewMonths'),
    nextReview: isDay(nextReview) ? nextReview : '',
  }
}

/** Sets some of them in one transaction; what stands already is not written again. @throws RangeError for a value that the layout does not allow */
export function setCaseFacts(doc: Y.Doc, values: Partial<CaseFactValues>): void {
  const safe: Record<string, PlainValue | undefined> = masked(rules, values)
  for (const [name, value] of Object.entries(safe)) {
    const rule = rules.get(name)
    if (value !== undefined && (rule === undefined || !isAllowedValue(rule, value))) {
      throw new RangeError(`The fact ${name} cannot be this`)
    }
  }
  const facts = doc.getMap<unknown>('facts')
  doc.transact(() => {
    for (const [name, value] of Object.entries(safe)) {
      if (value !== undefined && facts.get(name) !== value) facts.set(name, value)
    }
  })
}

/** The flags that are up, by their code, so that every copy tells them alike. */
export function caseFlagsOf(doc: Y.Doc, root: CaseFlagRoot): readonly string[] {
  return [...doc.getMap(root).keys()].sort()
}

/** @throws RangeError for what is no code */
export function setCaseFlag(doc: Y.Doc, root: CaseFlagRoot, code: string, isUp: boolean): void {
  const layout = caseFactRoots.get(root)
  if (layout?.holds !== 'flags' || !layout.keys.has(code)) throw new RangeError(`${root} cannot hold this code`)
  const flags = doc.getMap(root)
  if (flags.has(code) === isUp) return
  doc.transact(() => {
    if (isUp) flags.set(code, true)
    else flags.delete(code)
  })
}
