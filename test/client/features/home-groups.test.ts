import { expect, test } from 'vitest'
import { findConferences, groupConferences, isLate } from '../../../client/features/conferences/home-groups.ts'
import type { ConferenceState } from '../../../shared/codes.ts'
import type { AgencyId, ConferenceId } from '../../../shared/ids.ts'
import type { ConferenceSummary } from '../../../shared/protocol/http-api.ts'

/** Tuesday, 09:00 in Seoul. */
const now = Date.parse('2026-11-24T00:00:00Z')

function conference(title: string, startsAt: string, state: ConferenceState): ConferenceSummary {
  return {
    conferenceId: title as ConferenceId,
    type: 'integrated',
    title,
    startsAt,
    minutes: 60,
    place: '2층 회의실',
    state,
    hostAgencyId: 'a' as AgencyId,
    hostAgencyName: '생연1동 행정복지센터',
    myRole: 'attendee',
    mayChange: false,
    leaderName: '',
    presentCount: 0,
  }
}

const titles = (list: readonly ConferenceSummary[]) => list.map(c => c.title)

test('live ones come first whatever their day, then today’s by time', () => {
  const groups = groupConferences(
    [
      conference('저녁', '2026-11-24T09:00:00Z', 'scheduled'),
      conference('아침', '2026-11-24T01:00:00Z', 'scheduled'),
      conference('어제 시작', '2026-11-23T01:00:00Z', 'live'),
      conference('자정 지나', '2026-11-24T15:00:00Z', 'scheduled'),
      conference('작성', '2026-11-24T02:00:00Z', 'draft'),
      conference('지난주', '2026-11-17T01:00:00Z', 'closed'),
      conference('지난달', '2026-10-17T01:00:00Z', 'closed'),
    ],
    now,
  )
  expect(titles(groups.today)).toEqual(['어제 시작', '아침', '저녁'])
  expect(titles(groups.coming)).toEqual(['자정 지나'])
  expect(titles(groups.drafts)).toEqual(['작성'])
  expect(titles(groups.past)).toEqual(['지난주', '지난달'])
})

test('announced for a day that is over is told apart', () => {
  expect(isLate(conference('a', '2026-11-23T14:59:00Z', 'scheduled'), now)).toBe(true)
  expect(isLate(conference('a', '2026-11-23T15:00:00Z', 'scheduled'), now)).toBe(false)
  expect(isLate(conference('a', '2026-11-23T01:00:00Z', 'live'), now)).toBe(false)
})

test('search looks into title, type, host and place', () => {
  const list = [conference('11월 회의', '2026-11-24T01:00:00Z', 'scheduled')]
  const find = (query: string) => titles(findConferences(list, query, () => '통합사례회의'))
  expect(find('ㅌㅎㅅㄹ')).toEqual(['11월 회의'])
  expect(find('생연1동')).toEqual(['11월 회의'])
  expect(find('중앙동')).toEqual([])
})
