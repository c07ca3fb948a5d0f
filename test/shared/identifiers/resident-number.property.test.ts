/** Random numbers of persons are all found, random other numbers hardly ever (`shared/identifiers/RESIDENT-NUMBER.md` RN5). */
import { expect, test } from 'vitest'
import { hasResidentNumber, maskResidentNumbers } from '../../../shared/identifiers/resident-number.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const digits = (random: SeededRandom, n: number) => Array.from({ length: n }, () => random.below(10)).join('')

function person(random: SeededRandom): { front: string; back: string } {
  const thisCentury = random.chance(0.3)
  const year = thisCentury ? random.below(27) : random.below(100)
  const two = (n: number) => String(n).padStart(2, '0')
  const kind = thisCentury ? random.pick([3, 4, 7, 8]) : random.pick([1, 2, 5, 6])
  const front = `${two(year)}${two(1 + random.below(12))}${two(1 + random.below(28))}`
  return { front, back: `${kind}${digits(random, 6)}` }
}

const WORDS = ['김○○', '독거', '보일러 고장', '연락처', '3층 302호', '월 35만원', '가나다 1', '']

test.for(seedsToRun(20))('[RN1] [RN3] [RN4] every number written apart is found, seed %i', seed => {
  const random = seededRandom(seed)
  for (let n = 0; n < 300; n++) {
    const { front, back } = person(random)
    const gap = random.pick(['-', ' - ', ' ', '–', '－', '  ', '.', '/', 'ㅡ'])
    const wide = (text: string) =>
      random.chance(0.2) ? text.replace(/\d/g, d => String.fromCharCode(0xff10 + Number(d))) : text
    const before = random.pick(WORDS)
    const after = random.pick(['', ' 끝', '님', '\n다음 줄 010-1234-5678', ')'])
    const text = `${before} ${wide(front)}${gap}${wide(back)}${after}`
    const { text: shown, masked } = maskResidentNumbers(text)
    expect([text, masked]).toEqual([text, 1])
    expect(shown).toBe(`${before} ${front}-${back.charAt(0)}******${after}`)
    expect(maskResidentNumbers(shown).masked).toBe(0)
  }
})

test.for(seedsToRun(5))('[RN5] random telephone, account, card and business numbers are never taken, seed %i', seed => {
  const random = seededRandom(seed)
  const d = (n: number) => digits(random, n)
  const shapes: (() => string)[] = [
    () => `010-${d(4)}-${d(4)}`,
    () => `010${d(8)}`,
    () => `0${random.pick(['2', '31', '51', '64'])}-${d(3)}-${d(4)}`,
    () => `${d(3)}-${d(4)}-${d(4)}-${d(2)}`,
    () => `${d(6)}-${d(2)}-${d(6)}`,
    () => `${d(3)}-${d(3)}-${d(6)}`,
    () => `1002-${d(3)}-${d(6)}`,
    () => `${d(4)}-${d(4)}-${d(4)}-${d(4)}`,
    () => `${d(3)}-${d(2)}-${d(5)}`,
    () => `20${d(2)}-${d(2)}-${d(2)}`,
    () => `20${d(2)}.${d(2)}.${d(2)}. ${d(2)}:${d(2)}`,
    () => `${d(1)},${d(3)},${d(3)}원`,
  ]
  for (let n = 0; n < 4_000; n++) {
    const text = `${random.pick(WORDS)} ${random.pick(shapes)()} ${random.pick(shapes)()} ${random.pick(WORDS)}`
    expect([text, hasResidentNumber(text)]).toEqual([text, false])
  }
})

test('[RN2] [RN5] of random thirteen digits together less than one in a hundred is taken for one', () => {
  const random = seededRandom(7)
  const tried = 200_000
  let taken = 0
  for (let n = 0; n < tried; n++) if (hasResidentNumber(digits(random, 13))) taken += 1
  expect(taken / tried).toBeLessThan(0.01)
  expect(taken).toBeGreaterThan(0)
})

test('[RN4] a text without such a number comes back as it was, however strange', () => {
  const random = seededRandom(11)
  const pieces = ['0', '9', '-', ' ', '.', '가', '\u200b', '\ud83d', '😀', '１', '\n', '900101', '1234567', 'ㅡ', '/']
  for (let n = 0; n < 20_000; n++) {
    const text = Array.from({ length: random.below(24) }, () => random.pick(pieces)).join('')
    const { text: out, masked } = maskResidentNumbers(text)
    if (masked === 0) expect(out).toBe(text)
    else expect(hasResidentNumber(out)).toBe(false)
  }
})

test('a long line of digits and dashes takes no longer than its length', () => {
  for (const piece of ['1-', '900101-', '9 ', '12345 6']) {
    const text = piece.repeat(Math.ceil(200_000 / piece.length))
    const began = process.cpuUsage().user
    hasResidentNumber(text)
    expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(2)
  }
})
