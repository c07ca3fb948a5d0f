/**
 * What people typed, looked through for resident registration numbers before anything is done with it (개인정보 보호법 제24조의2, RESIDENT-NUMBER.md RN7).
 * It stands at the boundary, so that no field of any route or command can be forgotten. Fields that mask do so in their schema, and come here masked.
 */
import { hasResidentNumber } from '../../shared/identifiers/resident-number.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'

/** Kept as hashes only and never shown: somebody whose password is such a number must get in to change it. */
const SECRETS: ReadonlySet<string> = new Set(['password', 'current', 'next'])

/** The hash of a text that somebody heard (read-back, minutes). Nobody types one, and one in some ten thousand would hold thirteen digits that pass. */
const HASH = /^[0-9a-f]{64}$/

/** The same value. @throws Refusal `bad-request` (`resident-number`) where one stands in any of its texts */
export function withoutResidentNumbers<T>(value: T): T {
  if (holdsOne(value)) throw new Refusal('bad-request', 'resident-number')
  return value
}

/** As deep as a schema that was parsed before lets it be. */
function holdsOne(value: unknown): boolean {
  if (typeof value === 'string') return !HASH.test(value) && hasResidentNumber(value)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(holdsOne)
  return Object.entries(value).some(([key, one]) => !SECRETS.has(key) && holdsOne(one))
}
