/** How notices are put together, worded, and where one goes with each. */
import { expect, test } from 'vitest'
import { groupsOf, wayOf, wordsOf } from '../../../client/features/notices/notice-groups.ts'
import { noticesKo } from '../../../client/features/notices/texts-ko.ts'
import type { ActionId, CaseId, ConferenceId } from '../../../shared/ids.ts'
import { NOTICE_KINDS, type NoticeKind } from '../../../shared/notices/notice-kinds.ts'
import type { NoticeGroup, NoticeView } from '../../../shared/protocol/notices.ts'

const conference: NoticeGroup = {
  of: 'conference',
  conferenceId: 'c'.repeat(22) as ConferenceId,
  title: '12월 통합사례회의',
  startsAt: '2026-12-02T05:00:00Z',
}
const household: NoticeGroup = { of: 'case', caseId: 'k'.repeat(22) as CaseId, number: '2026-031', label: '김○○ 가구' }
const past: NoticeGroup = { of: 'past', startsAt: '2026-11-25T05:00:00Z' }

const notice = (kind: NoticeKind, group: NoticeGroup, more: Partial<NoticeView> = {}): NoticeView => ({
  noticeId: `${kind} ${group.of}`,
  kind,
  at: '2026-11-24T05:00:00Z',
  isRead: false,
  isOver: false,
  group,
  ...more,
})
const action = (move: NonNullable<NoticeView['action']>['move']) => ({
  action: { document: 'actions', actionId: 'a'.repeat(22) as ActionId, what: '간병비 지원', move },
})

test('what is about one conference or household stands together, the newest first', () => {
  const notices = [
    notice('conference_changed', conference),
    notice('action_given', household, action(null)),
    notice('conference_invited', conference),
    notice('conference_cancelled', past),
  ]
  expect(groupsOf(notices).map(({ group, notices: own }) => [group.of, own.map(({ kind }) => kind)])).toEqual([
    ['conference', ['conference_changed', 'conference_invited']],
    ['case', ['action_given']],
    ['past', ['conference_cancelled']],
  ])
})

test('every kind has words, and those of an answer say which', () => {
  for (const kind of Object.keys(NOTICE_KINDS) as NoticeKind[]) {
    expect(noticesKo.kinds[wordsOf(notice(kind, conference))]).toMatch(/[가-힣]/)
  }
  const answered = (move: 'accept' | 'decline' | 'take_over' | 'refuse_offer') =>
    wordsOf(notice('action_answered', household, action(move)))
  expect((['accept', 'decline', 'take_over', 'refuse_offer'] as const).map(answered)).toEqual([
    'accept',
    'decline',
    'take_over',
    'refuse_offer',
  ])
  expect(wordsOf(notice('conference_changed', conference, { changed: ['time', 'place'] }))).toBe(
    'conference_changed_both',
  )
  expect(wordsOf(notice('conference_changed', conference, { changed: ['place'] }))).toBe('conference_changed_place')
})

test('one goes to the room, the minutes or one’s action items; nowhere where there is nothing to see', () => {
  const room = `/conferences/${'c'.repeat(22)}`
  expect(wayOf(notice('conference_invited', conference))).toBe(room)
  expect(wayOf(notice('minutes_to_sign', conference))).toBe(`${room}/minutes`)
  expect(wayOf(notice('action_offered', household, action('offer')))).toBe('/actions')
  expect(wayOf(notice('request_last', household))).toBe(`/cases/${'k'.repeat(22)}/requests`)
  expect(wayOf(notice('request_last', { of: 'desk' }))).toBe('/access/requests')
  expect(wayOf(notice('conference_cancelled', past))).toBeUndefined()
  expect(wayOf(notice('conference_cancelled', conference))).toBeUndefined()
})
