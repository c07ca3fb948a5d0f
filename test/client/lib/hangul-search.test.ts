import { expect, test } from 'vitest'
import { matchesSearch } from '../../../client/lib/hangul-search.ts'

const text = '11월 통합사례회의 생연1동 행정복지센터 2층 회의실'

test.each(['', '   ', '통합사례', '통합 사례', '생연1동 통합', 'ㅌㅎㅅㄹ', 'ㅅㅇ1ㄷ', '통합 ㅅㅇ', '2층회의실'])(
  'finds by “%s”',
  query => {
    expect(matchesSearch(query, text)).toBe(true)
  },
)

test.each(['중앙동', 'ㅈㅇㄷ', '통합 중앙', '통합ㅈ'])('does not find by “%s”', query => {
  expect(matchesSearch(query, text)).toBe(false)
})

test('Latin letters match in either case, decomposed Hangul like composed', () => {
  expect(matchesSearch('zoom', '원격 Zoom 회의')).toBe(true)
  expect(matchesSearch('회의'.normalize('NFD'), '사례회의')).toBe(true)
})
