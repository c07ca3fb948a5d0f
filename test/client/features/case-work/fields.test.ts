/** Short fields as people type them, and the radar's geometry. */
import { expect, test } from 'vitest'
import { codesIn } from '../../../../client/features/case-work/codes.ts'
import { dayWords, timesWords } from '../../../../client/features/case-work/plan-words.ts'
import { anchorOf, cornerOf, outlineOf } from '../../../../client/features/case-work/radar.ts'
import { readBirth, readCount, readWon } from '../../../../client/features/case-work/read-fields.ts'

const TODAY = '2026-11-22'

test.each([
  ['1959-03-02', '1959-03-02'],
  [' 1959. 3. 2. ', '1959-03-02'],
  ['1959년 3월 2일', '1959-03-02'],
  ['1959/3', '1959-03'],
  ['1959년생', '1959'],
  ['19590302', '1959-03-02'],
  ['590302', '1959-03-02'],
  ['150302', '2015-03-02'],
  ['261122', '2026-11-22'],
  ['261123', '1926-11-23'],
  ['', ''],
  ['1959-13', undefined],
  ['2027', undefined],
  ['2026-11-23', undefined],
  ['어제', undefined],
  ['1899', undefined],
])('a birth typed as %j is %j', (typed, birth) => expect(readBirth(typed, TODAY)).toBe(birth))

test.each([
  ['300,000', 300_000],
  ['30만', 300_000],
  ['1만5천원', 15_000],
  ['2억 3000만', 230_000_000],
  ['0', 0],
  ['', null],
  ['많이', undefined],
  ['-5', undefined],
  ['9999999999999', undefined],
])('an amount typed as %j is %j', (typed, won) => expect(readWon(typed)).toBe(won))

test('a count is a whole number within its bounds', () => {
  expect([readCount('3', 1, 24), readCount(' ', 1, 24)]).toEqual([3, null])
  for (const wrong of ['0', '25', '1.5', '-1', 'x', '1e3']) expect(readCount(wrong, 1, 24)).toBeUndefined()
})

test('how often and how long, in words', () => {
  expect(timesWords({ times: 3, interval: 'per_week' }, 'ko', codesIn('ko'))).toBe('3회/주')
  expect(timesWords({ times: 1, interval: 'once' }, 'ko', codesIn('ko'))).toBe('1회')
  expect(timesWords({ times: null, interval: 'per_week' }, 'ko', codesIn('ko'))).toBe('')
  expect(timesWords({ times: 2, interval: 'per_month' }, 'en', codesIn('en'))).toBe('2 times a month')
  expect([dayWords('2026-12-01', 'ko'), dayWords('2026-12-01', 'en'), dayWords('', 'ko')]).toEqual([
    '2026. 12. 1.',
    '1 Dec 2026',
    '',
  ])
})

test('[CW8] the outline has as many corners as values, each as far out as it is high, the first on top', () => {
  expect(cornerOf(0, 11, 100)).toEqual({ x: 0, y: -100 })
  for (let corners = 3; corners <= 12; corners += 1) {
    for (let index = 0; index < corners; index += 1) {
      const { x, y } = cornerOf(index, corners, 80)
      expect(Math.hypot(x, y)).toBeCloseTo(80, 0)
    }
  }
  expect(outlineOf([4, 0, 9, 0], 4, 100).split(' ')).toEqual(['0,-100', '0,0', '0,100', '0,0'])
  expect([anchorOf({ x: 0, y: 5 }), anchorOf({ x: 50, y: 5 }), anchorOf({ x: -50, y: 5 })]).toEqual([
    'middle',
    'start',
    'end',
  ])
})
