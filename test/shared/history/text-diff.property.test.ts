/** What became of a text: nothing lost, nothing invented, no letter cut. */
import { describe, expect, test } from 'vitest'
import { type TextPiece, textDiff } from '../../../shared/history/text-diff.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const without = (pieces: readonly TextPiece[], kind: TextPiece['kind']) =>
  pieces
    .filter(piece => piece.kind !== kind)
    .map(piece => piece.words)
    .join('')

const lettersOf = (text: string) =>
  [...new Intl.Segmenter('ko', { granularity: 'grapheme' }).segment(text)].map(({ index }) => index)

const FAMILY = '👨‍👩‍👧‍👦'
const PIECES = [
  '간병비를',
  '간병비는',
  ' ',
  ' ',
  '\n',
  '30만 원',
  '김○○',
  '각',
  '한',
  FAMILY,
  '🇰🇷',
  'é',
  '.',
  'x',
  '鬱',
]

const randomText = (random: SeededRandom, most: number) =>
  Array.from({ length: random.below(most) }, () => random.pick(PIECES)).join('')

/** As somebody would edit it: a few pieces gone, a few new. */
function edited(text: string, random: SeededRandom): string {
  const letters = [...new Intl.Segmenter('ko', { granularity: 'grapheme' }).segment(text)].map(one => one.segment)
  for (let n = random.below(4); n > 0; n--) letters.splice(random.below(letters.length + 1), random.below(4))
  for (let n = random.below(4); n > 0; n--) letters.splice(random.below(letters.length + 1), 0, random.pick(PIECES))
  return letters.join('')
}

test.for(seedsToRun(200))('[seed %i] both texts are in it, whole, and no letter is cut', seed => {
  const random = seededRandom(seed)
  const before = randomText(random, 60)
  const after = random.chance(0.2) ? randomText(random, 60) : edited(before, random)
  const pieces = textDiff(before, after)
  expect(without(pieces, 'new')).toBe(before.normalize('NFC'))
  expect(without(pieces, 'gone')).toBe(after.normalize('NFC'))
  for (const [text, other] of [
    [before, 'new'],
    [after, 'gone'],
  ] as const) {
    const starts = new Set([...lettersOf(text.normalize('NFC')), text.normalize('NFC').length])
    let at = 0
    for (const piece of pieces) {
      if (piece.kind === other) continue
      expect(starts.has(at), `a piece begins within a letter of ${JSON.stringify(text)}`).toBe(true)
      at += piece.words.length
    }
  }
  expect(pieces.some((piece, index) => piece.kind === pieces[index + 1]?.kind || piece.words === '')).toBe(false)
})

describe('as people read it', () => {
  test('a particle that changed shows as a particle', () => {
    expect(textDiff('간병비를 낸다', '간병비는 낸다')).toEqual([
      { kind: 'same', words: '간병비' },
      { kind: 'gone', words: '를' },
      { kind: 'new', words: '는' },
      { kind: 'same', words: ' 낸다' },
    ])
  })

  test('a sum that changed, in the middle of a sentence', () => {
    expect(textDiff('검사비 300,000원을 낸다', '검사비 350,000원을 낸다')).toEqual([
      { kind: 'same', words: '검사비 3' },
      { kind: 'gone', words: '0' },
      { kind: 'new', words: '5' },
      { kind: 'same', words: '0,000원을 낸다' },
    ])
  })

  test('a line that came in between, and a letter of several parts', () => {
    expect(textDiff('하나\n셋', '하나\n둘\n셋')).toEqual([
      { kind: 'same', words: '하나\n' },
      { kind: 'new', words: '둘\n' },
      { kind: 'same', words: '셋' },
    ])
    expect(textDiff(`우리 ${FAMILY}`, '우리 👨‍👩‍👧')).toEqual([
      { kind: 'same', words: '우리 ' },
      { kind: 'gone', words: FAMILY },
      { kind: 'new', words: '👨‍👩‍👧' },
    ])
  })

  test('syllables that a keyboard sent in pieces are the same syllables', () => {
    expect(textDiff('한글'.normalize('NFD'), '한글')).toEqual([{ kind: 'same', words: '한글' }])
  })

  test('two long texts that have nothing in common take no time', () => {
    const long = (word: string) => Array.from({ length: 20_000 }, (_, n) => `${word}${n}`).join(' ')
    const started = performance.now()
    const pieces = textDiff(long('가'), long('나'))
    expect(performance.now() - started).toBeLessThan(60_000)
    expect(without(pieces, 'new')).toBe(long('가'))
  })
})
