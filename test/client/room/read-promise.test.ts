import { expect, test } from 'vitest'
import { readDay, readDecisionKind, readPromise } from '../../../client/room/read-promise.ts'
import type { AgencyId } from '../../../shared/ids.ts'

const dong = { agencyId: 'D'.repeat(22) as AgencyId, name: '생연1동 행정복지센터', shortName: '생연1동' }
const angel = { agencyId: 'A'.repeat(22) as AgencyId, name: '희망지킴이 천사운동본부', shortName: '천사운동본부' }
const read = (text: string, today = '2026-11-24') => readPromise(text, today, [dong, angel])

test.each([
  ['28일까지 이○○ 주무관이 신청', '2026-11-28'],
  ['3일까지 확인', '2026-12-03'],
  ['11월 27일까지', '2026-11-27'],
  ['1월 5일까지', '2027-01-05'],
  ['11. 27.(금)까지', '2026-11-27'],
  ['12/1까지 회신', '2026-12-01'],
  ['2026. 12. 24.까지', '2026-12-24'],
  ['2026년 12월 1일', '2026-12-01'],
  ['이번 주 금요일까지', '2026-11-27'],
  ['다음 주 화요일까지', '2026-12-01'],
  ['내일까지 통화', '2026-11-25'],
])('by when: %s', (text, due) => {
  expect(read(text).due).toBe(due)
})

test.each(['31일까지 (11월)', '2월 30일까지', '2020. 1. 1.까지', '3일 동안 입원', '간병비 지원', '2026-031번 사례'])(
  'no date where none is plain: %s',
  text => {
    const { due } = read(text)
    // The 31st does not exist in November; December has one.
    expect(due).toBe(text.startsWith('31일') ? '2026-12-31' : undefined)
  },
)

test.each([
  ['간병비 1,250,000원', 1_250_000],
  ['검사비 50만원', 500_000],
  ['월 125만 5천원', 1_255_000],
  ['1억 2천만원', 120_000_000],
  ['3.5만원', 35_000],
  ['만원 지하철', undefined],
  ['두 사람이 원하는 것', undefined],
])('how much: %s', (text, amount) => {
  expect(read(text).amount).toBe(amount)
})

test('which agency: the one named first, by full or short name', () => {
  expect(read('천사운동본부에서 간병비, 생연1동은 신청').agencyId).toBe(angel.agencyId)
  expect(read('생연1동 행정복지센터가 신청').agencyId).toBe(dong.agencyId)
  expect(read('누가 할지 미정').agencyId).toBeUndefined()
})

test('the kind of a decision, where the words name it', () => {
  expect(readDecisionKind('통합사례관리 대상으로 선정한다')).toBe('select_case_management')
  expect(readDecisionKind('이번에는 선정하지 않고 지켜본다')).toBe('not_selected')
  expect(readDecisionKind('욕구가 충족되어 종결')).toBe('close')
  expect(readDecisionKind('다 함께 이야기함')).toBeUndefined()
})

test.each([
  ['2026-11-27', '2026-11-27'],
  ['2026. 11. 1.', '2026-11-01'],
  ['11. 27.(금)', '2026-11-27'],
  ['11/27', '2026-11-27'],
  ['27', '2026-11-27'],
  ['3일', '2026-12-03'],
  ['내일', '2026-11-25'],
  ['', ''],
  ['2026-02-30', undefined],
  ['45', undefined],
  ['곧', undefined],
])('a day typed into a field: %s', (text, day) => {
  expect(readDay(text, '2026-11-24')).toBe(day)
})
