/**
 * The order of records that several people move at once: every record carries a key, and keys sort as plain strings. Two people who put
 * something in the same place at the same time make equal keys; the tie is broken by id, alike for everybody, and the next move that has to
 * go between two equal keys gives new keys to those behind it.
 */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

export interface Ordered {
  readonly id: string
  readonly order: string
}

/** Where a record goes: before or after another, or to an end. */
export type Place = { before: string } | { after: string } | 'first' | 'last'

/** A key grows by a letter for every five or six moves into the same gap; beyond this all keys of the list are made anew. */
const LONGEST_MADE_KEY = 60
/** What is still taken from others: room for a list that several people moved at once. */
const LONGEST_TAKEN_KEY = 120

const DIGITS = /^[A-Za-z][0-9A-Za-z]*$/

/** Whether a value is a well-formed key: its first letter says how long the whole part is, and no fraction ends in zero. */
export function isOrderKey(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > LONGEST_TAKEN_KEY || !DIGITS.test(value)) return false
  const head = value.charCodeAt(0)
  const wholeLength = head >= 97 ? head - 97 + 2 : 90 - head + 2
  if (value.length < wholeLength || value === `A${'0'.repeat(26)}`) return false
  return value.length === wholeLength || !value.endsWith('0')
}

/** Sorts by key, ties by id: the same order on every screen whatever order things arrived in. */
export function byOrder(a: Ordered, b: Ordered): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/**
 * The keys to write so that the record stands at the place: its own, and, where a tie or an overlong key is in the way, those of others.
 * `sorted` is the list as it is now, with or without the record. Naming a record that is not there puts it last.
 */
export function keysFor(sorted: readonly Ordered[], id: string, place: Place): Map<string, string> {
  const others = sorted.filter(entry => entry.id !== id)
  const at = indexOfPlace(others, place)
  const left = others[at - 1]?.order ?? null
  // Those behind that share the key of the one in front have to give way.
  let end = at
  while (end < others.length && left !== null && (others[end]?.order ?? '') <= left) end += 1
  const moved = others.slice(at, end)
  const right = others[end]?.order ?? null
  const keys =
    moved.length === 0 ? [generateKeyBetween(left, right)] : generateNKeysBetween(left, right, moved.length + 1)
  if (keys.some(key => key.length > LONGEST_MADE_KEY)) return newKeysForAll(others, id, at)
  return new Map([id, ...moved.map(entry => entry.id)].map((each, i) => [each, keys[i] ?? '']))
}

function indexOfPlace(others: readonly Ordered[], place: Place): number {
  if (place === 'first') return 0
  if (place === 'last') return others.length
  const found = others.findIndex(entry => entry.id === ('before' in place ? place.before : place.after))
  if (found < 0) return others.length
  return 'before' in place ? found : found + 1
}

function newKeysForAll(others: readonly Ordered[], id: string, at: number): Map<string, string> {
  const ids = others.map(entry => entry.id)
  ids.splice(at, 0, id)
  const keys = generateNKeysBetween(null, null, ids.length)
  return new Map(ids.map((each, i) => [each, keys[i] ?? '']))
}
