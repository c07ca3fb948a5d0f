/**
 * Which households of a list are likely one (server/imports/SPEC IM8): the same name, and the same birthday or year, telephone or address, and no birth year
 * that says otherwise. A likeness is asked about, never decided: two people of one name live in one house.
 */
import type { HouseholdRow } from './household-row.ts'

type Likeness = Pick<HouseholdRow, 'name' | 'birth' | 'phone' | 'address'>

/** Finds the first one before it that is alike, in constant time for each. */
export class Likenesses<T> {
  readonly #known = new Map<string, { household: Likeness; of: T }>()

  /** The first known one that is alike. */
  find(household: Likeness): T | undefined {
    for (const key of keysOf(household)) {
      const known = this.#known.get(key)
      if (known !== undefined && !contradict(known.household, household)) return known.of
    }
    return undefined
  }

  add(household: Likeness, of: T): void {
    for (const key of keysOf(household)) {
      if (!this.#known.has(key)) this.#known.set(key, { household, of })
    }
  }
}

function keysOf({ name, birth, phone, address }: Likeness): string[] {
  const who = name.normalize('NFC').toLowerCase().replace(/\s/g, '')
  if (who === '') return []
  const place = address
    .normalize('NFC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s,.-]/g, '')
  return [
    ...(birth === '' ? [] : [`${who}|b|${birth}`]),
    ...(phone === '' ? [] : [`${who}|t|${phone}`]),
    ...(place.length < SHORTEST_ADDRESS ? [] : [`${who}|a|${place}`]),
  ]
}

/** `생연1동` alone says nothing. */
const SHORTEST_ADDRESS = 6

const contradict = (one: Likeness, other: Likeness): boolean =>
  one.birth !== '' && other.birth !== '' && one.birth.slice(0, 4) !== other.birth.slice(0, 4)
