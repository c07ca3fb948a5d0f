import { expect, test } from 'vitest'
import { caretAfterSplit } from '../../../client/room/caret-after-split.ts'

const split = (before: string, behind: string, first: string, second: string) =>
  caretAfterSplit({ before, behind, first, second })

test('a split before the caret takes it along, with the words behind and before it', () => {
  expect(split('간병비를 지원', '한다', '간병비를 ', '지원한다')).toBe(2)
  expect(split('간병비', '', '간', '병비')).toBe(2)
  expect(split('간병비', ' 지원', '', '간병비 지원')).toBe(3)
})

test('a split exactly at the caret takes it to the start of the second half, with its words', () => {
  expect(split('간병비', ' 지원', '간병비', ' 지원')).toBe(0)
})

test('a split behind the caret, and anything that is no split, leave it', () => {
  expect(split('간', '병비 지원', '간병비', ' 지원')).toBeUndefined()
  expect(split('간병비', '', '간병비', '')).toBeUndefined()
  expect(split('간병비', '', '간병비', '다음 문단')).toBeUndefined()
  expect(split('간병비', ' 지원', '간병비', '다른 글')).toBeUndefined()
})
