/**
 * Search beside a naive one that walks over the text as it stands, letter by letter, and knows no keys: the same texts are found and the same
 * places marked, for texts and words made by chance out of what Korean texts are made of.
 */
import { getChoseong } from 'es-hangul'
import { expect, test } from 'vitest'
import { hasWord, marksIn } from '../../../shared/search/matching.ts'
import { readQuery, type SearchWord } from '../../../shared/search/query.ts'
import { searchKeyOf } from '../../../shared/search/search-key.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const PIECES = [
  ...[
    '간병비',
    '간병',
    '비',
    '월',
    '무한돌봄',
    '가나',
    '나가',
    '바',
    '병',
    '빕',
    '돈',
    '각',
    'ㄱ',
    'ㅂ',
    'ㅂㅂ',
    'LH',
    'lh',
    '2026-031',
  ],
  ...['을', '를', '은', '는', '에서', '으로', '의'],
  ...[' ', ' ', ' ', '  ', '\n', '\u00a0', '\u200b', '(', ')', '·', ',', '. ', '😀', '𠮷', '간'.normalize('NFD')],
]

const made = (random: SeededRandom, most: number) =>
  Array.from({ length: 1 + random.below(most) }, () => random.pick(PIECES)).join('')

const hidden = (character: string) => /[\u00ad\u200b]/.test(character)
const space = (character: string) => /\s/.test(character) && character !== '\n'
const separates = (character: string) => /[\s()·,.-]/.test(character)

/** Where the word stands in the text as it is, from `start`: one past its last letter, or undefined. */
function naiveEnd(text: string, word: SearchWord, start: number): number | undefined {
  let at = start
  for (const [index, asked] of word.key.split('').entries()) {
    while (index > 0 && at < text.length && (hidden(text.charAt(at)) || space(text.charAt(at)))) at++
    const there = text.charAt(at).toLowerCase()
    const isInitial = /[ㄱ-ㅎ]/.test(asked) && /[가-힣]/.test(there) && getChoseong(there) === asked
    if (there !== asked && !isInitial) return undefined
    at++
  }
  return at
}

function naivePlaces(text: string, word: SearchWord): [number, number][] {
  const places: [number, number][] = []
  for (let start = 0; start < text.length; start++) {
    if (hidden(text.charAt(start)) || space(text.charAt(start))) continue
    let before = start - 1
    while (before >= 0 && hidden(text.charAt(before))) before--
    if (word.kind === 'initials' && before >= 0 && !separates(text.charAt(before))) continue
    const end = naiveEnd(text, word, start)
    if (end !== undefined) places.push([start, end])
  }
  return places
}

test('what is found and marked is what a search letter by letter finds', () => {
  let found = 0
  let missed = 0
  for (const seed of seedsToRun(3_000)) {
    const random = seededRandom(seed)
    const text = made(random, 14)
    const from = random.below(text.length)
    const query = readQuery(random.chance(0.5) ? made(random, 3) : text.slice(from, from + 1 + random.below(6)))
    const composed = text.normalize('NFC')
    const marked = new Set<number>()
    for (const word of query.words) {
      const places = naivePlaces(composed, word)
      expect(hasWord({ text, key: searchKeyOf(text) }, word), `SEED=${seed} ${JSON.stringify([text, word])}`).toBe(
        places.length > 0,
      )
      if (places.length > 0) found++
      else missed++
      for (const [from, to] of places) for (let at = from; at < to; at++) marked.add(at)
    }
    const marks = marksIn(text, query)
    const ours = new Set(marks.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index)))
    expect([...ours].sort(), `SEED=${seed} ${JSON.stringify([text, query])}`).toEqual([...marked].sort())
    for (const [index, [from]] of marks.entries()) expect(from).toBeGreaterThan(marks[index - 1]?.[1] ?? -1)
  }
  // A run in which nothing could be found would prove nothing.
  expect(Math.min(found, missed)).toBeGreaterThan(500 * (seedsToRun(3_000).length / 3_000) - 1)
})
