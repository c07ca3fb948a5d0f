/**
 * The words that layouts are written in, and the check of a single value. Values in documents are strings, whole numbers, booleans and null;
 * nothing else can be said. Dates are strings: `YYYY-MM-DD` for a day (a day in Korea), `YYYY-MM-DDTHH:mm:ss.sssZ` for a moment (UTC).
 */
import { isId } from '../ids.ts'
import { isOrderKey } from './ordering.ts'

/**
 * Who may write a root: who leads, deputises or takes the minutes (`conducts`); everybody who may write the document (`writer`); the people of
 * the agency whose name the root carries, and who conducts (`agency-of-root`).
 */
export type WriteRule = 'conducts' | 'writer' | 'agency-of-root'

export type ValueRule =
  | { value: 'text'; most: number }
  | { value: 'integer'; least: number; most: number; orNull?: boolean }
  | { value: 'code'; codes: ReadonlySet<string>; orEmpty?: boolean }
  /** A code of a set that an installation may add to: only its form can be told. */
  | { value: 'identifier'; orEmpty?: boolean }
  | { value: 'id'; orEmpty?: boolean }
  | { value: 'day'; orEmpty?: boolean }
  /** When somebody was born, as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, from 1900 on. */
  | { value: 'birth'; orEmpty?: boolean }
  | { value: 'moment' }
  | { value: 'order' }
  | { value: 'true' }

/** A field of a record: a plain value, of which the last writer's holds, or a long text, made with the record and merged letter by letter. */
export type FieldRule = ValueRule | { value: 'rich-text' }

/** Which keys may stand in a root of flags: a set, or anything else that knows. */
export type KeyRule = Pick<ReadonlySet<string>, 'has'>

export type RootLayout =
  | { holds: 'rich-text'; write: WriteRule }
  | { holds: 'records'; write: WriteRule; fields: ReadonlyMap<string, FieldRule> }
  | { holds: 'flags'; write: WriteRule; keys: KeyRule }
  /** One record that is always there: its fields need no creation, so two people who begin at once lose none. */
  | { holds: 'fields'; write: WriteRule; fields: ReadonlyMap<string, ValueRule> }

export interface RootPattern {
  /** The agency that a root name of this pattern belongs to; undefined when the name is not of this pattern. */
  agencyOf(name: string): string | undefined
  root: RootLayout
}

export interface DocumentLayout {
  roots: ReadonlyMap<string, RootLayout>
  patterns: readonly RootPattern[]
}

/** The years that a day or a moment in a document may lie in: no conference was earlier, and nobody promises for later. */
const FIRST_YEAR = 2000
const LAST_YEAR = 2199
/** Nobody who is helped was born before. */
const FIRST_BIRTH_YEAR = 1900

/** Begins with a letter or digit, so that no name of JavaScript's own (`__proto__`) is one. */
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9_]{0,47}$/

/** Whether a value has the form of a code: letters, digits and underscores, 48 at most. Says nothing about whether a set has it. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value)
}

/** Whether a value may stand where the rule says. Total: any value from outside may be given. */
export function isAllowedValue(rule: ValueRule, value: unknown): boolean {
  switch (rule.value) {
    case 'text':
      return typeof value === 'string' && value.length <= rule.most
    case 'integer':
      if (value === null) return rule.orNull === true
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= rule.least && value <= rule.most
    case 'code':
      return typeof value === 'string' && (rule.codes.has(value) || (value === '' && rule.orEmpty === true))
    case 'identifier':
      return isIdentifier(value) || (value === '' && rule.orEmpty === true)
    case 'id':
      return isId(value) || (value === '' && rule.orEmpty === true)
    case 'day':
      return isDay(value) || (value === '' && rule.orEmpty === true)
    case 'birth':
      return isBirth(value) || (value === '' && rule.orEmpty === true)
    case 'moment':
      return isMoment(value)
    case 'order':
      return isOrderKey(value)
    case 'true':
      return value === true
  }
}

/** Whether a value is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string') return false
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (parts === null) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

/** Whether a value is a year, a month or a day in which somebody may have been born. */
export function isBirth(value: unknown): value is string {
  if (typeof value !== 'string') return false
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value)
  if (parts === null) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)]
  const isTime = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return year >= FIRST_BIRTH_YEAR && year <= LAST_YEAR && isTime
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether a value is a moment in UTC as `Date.prototype.toISOString` writes it. */
export function isMoment(value: unknown): value is string {
  if (typeof value !== 'string') return false
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})\.\d{3}Z$/.exec(value)
  return parts !== null && isDay(parts[1]) && Number(parts[2]) < 24 && Number(parts[3]) < 60 && Number(parts[4]) < 60
}
