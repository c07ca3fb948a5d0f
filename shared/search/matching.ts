/**
 * Finding the words of a query in texts, and where (SPEC SE1, SE3). A word of initial consonants is found only where a word begins: three
 * consonants somewhere inside long texts are nearly always there by chance.
 */
import { initialOf, isInitial } from './hangul.ts'
import type { SearchQuery, SearchWord } from './query.ts'
import { composed, type PlacedKey, placedKeyOf, searchKeyOf } from './search-key.ts'

/** A text that is looked into again and again. */
export interface Searchable {
  text: string
  /** `searchKeyOf(text)` */
  key: string
}

/** Whether a word is in a text. */
export function hasWord({ text, key }: Searchable, word: SearchWord): boolean {
  if (word.kind === 'plain') return key.includes(word.key)
  // Mostly it is nowhere, and that is told without asking where words begin.
  if (!standsSomewhere(key, word.key)) return false
  return word.kind === 'mixed' || nextPlace(placedKeyOf(text), word, 0) >= 0
}

function standsSomewhere(key: string, word: string): boolean {
  for (let place = key.length - word.length; place >= 0; place--) if (standsAt(key, word, place)) return true
  return false
}

/** From and to (not including), in the composed text, in order and apart. */
export type Mark = readonly [from: number, to: number]

/** Every place of every word. Spaces between two characters of a place are inside its mark. */
export function marksIn(text: string, { words }: SearchQuery): Mark[] {
  const placed = placedKeyOf(text)
  const marks: Mark[] = []
  for (const word of words) {
    for (let from = nextPlace(placed, word, 0); from >= 0; from = nextPlace(placed, word, from + 1)) {
      const last = from + word.key.length - 1
      marks.push([placed.at[from] ?? 0, (placed.at[last] ?? 0) + 1])
    }
  }
  return united(marks)
}

/** Where a word stands in a key at `from` or later; -1 where it does not. */
export function nextPlace({ key, begins }: PlacedKey, word: SearchWord, from: number): number {
  if (word.kind === 'plain') return key.indexOf(word.key, from)
  const last = key.length - word.key.length
  for (let place = from; place <= last; place++) {
    if (word.kind === 'initials' && begins[place] !== true) continue
    if (standsAt(key, word.key, place)) return place
  }
  return -1
}

function standsAt(key: string, word: string, place: number): boolean {
  for (let index = 0; index < word.length; index++) {
    const asked = word.charAt(index)
    const there = key.charAt(place + index)
    if (asked !== there && !(isInitial(asked) && initialOf(there) === asked)) return false
  }
  return true
}

function united(marks: readonly Mark[]): Mark[] {
  const sorted = [...marks].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const found: [number, number][] = []
  for (const [from, to] of sorted) {
    const before = found.at(-1)
    if (before !== undefined && from <= before[1]) before[1] = Math.max(before[1], to)
    else found.push([from, to])
  }
  return found
}

/** A sentence with what was found in it, short enough for a line or two. */
export interface Excerpt {
  text: string
  marks: readonly Mark[]
}

/** The line of a text in which most of the words stand, the first of several. */
export function bestLineOf(text: string, { words }: SearchQuery): string {
  let best = { line: '', found: -1 }
  for (const line of composed(text).split('\n')) {
    const searchable = { text: line, key: searchKeyOf(line) }
    const found = words.filter(word => hasWord(searchable, word)).length
    if (found > best.found && line.trim() !== '') best = { line, found }
  }
  return best.line.trim()
}

/** Enough to understand a sentence by, and two lines of a list. */
export const EXCERPT_LENGTH = 140
const BEFORE_MARK = 40

/** The part of a text around the first place, with `…` where something was left out. */
export function excerptOf(text: string, query: SearchQuery, most = EXCERPT_LENGTH): Excerpt {
  const whole = composed(text)
  const marks = marksIn(whole, query)
  if (whole.length <= most) return { text: whole, marks }
  const first = marks[0]?.[0] ?? 0
  const from = wordStart(whole, Math.max(0, Math.min(first - BEFORE_MARK, whole.length - most)))
  const to = wholeCharacter(whole, Math.min(whole.length, from + most))
  const head = from > 0 ? '…' : ''
  const tail = to < whole.length ? '…' : ''
  const shift = head.length - from
  return {
    text: head + whole.slice(from, to) + tail,
    marks: marks
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]): Mark => [start + shift, end + shift]),
  }
}

/** A sentence does not begin in the middle of a word, nor of a character of two halves. */
function wordStart(text: string, place: number): number {
  if (place === 0) return 0
  const space = text.indexOf(' ', place)
  const start = space >= 0 && space - place < 15 ? space + 1 : place
  return wholeCharacter(text, start)
}

/** One on, where a place would cut a character of two halves. */
function wholeCharacter(text: string, place: number): number {
  const code = text.charCodeAt(place)
  return code >= 0xdc00 && code <= 0xdfff ? place + 1 : place
}
