import { expect, test } from 'vitest'
import { withParticle } from '../../../client/lib/particles.ts'

test.each([
  ['생연1동', '생연1동은'],
  ['협의회', '협의회는'],
  ['2026-031', '2026-031은'],
  ['2026-032', '2026-032는'],
  ['김○○ 가구', '김○○ 가구는'],
  ['가상 센터 (합성)', '가상 센터 (합성)은'],
  ['URL', 'URL은'],
  ['API', 'API는'],
  ['', '는'],
])('%s takes the topic particle that its sound asks for', (word, expected) => {
  expect(withParticle(word, 'eun')).toBe(expected)
})

test('ㄹ is no closed syllable for 로, in words and in digits', () => {
  expect(['서울', '부산', '광주', '1', '3'].map(word => withParticle(word, 'ro'))).toEqual([
    '서울로',
    '부산으로',
    '광주로',
    '1로',
    '3으로',
  ])
})

test('the other particles follow the same sound', () => {
  expect(withParticle('복지관', 'i')).toBe('복지관이')
  expect(withParticle('무한돌봄팀', 'eul')).toBe('무한돌봄팀을')
  expect(withParticle('천사운동본부', 'gwa')).toBe('천사운동본부와')
})
