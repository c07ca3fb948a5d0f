import { describe, expect, test } from 'vitest'
import {
  byAgency,
  countsOf,
  likelyMode,
  parseTimeOfDay,
  remainingEntries,
} from '../../../client/features/room/attendance/attendance-rows.ts'
import type { AgencyId, AttendeeKey, UserId } from '../../../shared/ids.ts'
import type { AttendeeView } from '../../../shared/meeting/meeting-view.ts'

const host = 'host' as AgencyId
const partner = 'partner' as AgencyId

function attendee(name: string, about: Partial<AttendeeView> = {}): AttendeeView {
  return {
    key: name as AttendeeKey,
    userId: name as string as UserId,
    name,
    agencyId: host,
    role: 'attendee',
    title: '',
    standing: 'expected',
    mode: null,
    deputyFor: '',
    statement: 'none',
    enteredBy: '',
    arrivedAt: null,
    leftAt: null,
    leavesAt: '',
    ...about,
  }
}

describe('the one press', () => {
  test('enters in person who is not confirmed yet, and as they said who announced', () => {
    const attendance = [
      attendee('가'),
      attendee('나', { standing: 'announced', mode: 'remote', statement: 'own-press' }),
      attendee('다', { standing: 'confirmed', mode: 'phone', statement: 'by-minute-taker' }),
    ]
    expect(remainingEntries(attendance)).toEqual([
      { key: '가', mode: 'in_person' },
      { key: '나', mode: 'remote' },
    ])
  })

  test('leaves alone who is away or gone, and adds the statement where it alone is missing', () => {
    const attendance = [
      attendee('가', { standing: 'absent', mode: 'written_submission' }),
      attendee('나', { standing: 'left', mode: 'in_person' }),
      attendee('다', { standing: 'confirmed', mode: 'phone', statement: 'none' }),
    ]
    expect(remainingEntries(attendance)).toEqual([{ key: '다', mode: 'phone' }])
  })

  test('counts people by what is known of them', () => {
    const attendance = [
      attendee('가'),
      attendee('나', { standing: 'announced' }),
      attendee('다', { standing: 'confirmed' }),
      attendee('라', { standing: 'confirmed' }),
      attendee('마', { standing: 'absent' }),
      attendee('바', { standing: 'left' }),
    ]
    expect(countsOf(attendance)).toEqual({ confirmed: 2, announced: 1, expected: 1, away: 1 })
  })
})

test('agencies stand with the host first, in each who conducts first and people without a device last, as they were added', () => {
  const groups = byAgency(
    [
      attendee('하', { agencyId: partner, userId: null }),
      attendee('가', { agencyId: partner, userId: null }),
      attendee('나', { agencyId: partner }),
      attendee('기록', { role: 'minute_taker' }),
      attendee('진행', { role: 'leader' }),
    ],
    host,
    agencyId => agencyId,
  )
  expect(groups.map(group => [group.agencyId, group.rows.map(row => row.name)])).toEqual([
    [host, ['진행', '기록']],
    [partner, ['나', '하', '가']],
  ])
})

test.each([
  ['15:30', '15:30'],
  ['1530', '15:30'],
  ['9:05', '09:05'],
  ['15시', '15:00'],
  ['15시 30분', '15:30'],
  [' 8 ', '08:00'],
  ['', ''],
  ['24:00', null],
  ['12:60', null],
  ['세 시', null],
  ['15:30:00', null],
])('a time of day typed as “%s” is %s', (typed, expected) => {
  expect(parseTimeOfDay(typed)).toBe(expected)
})

test('people of the host agency sit at the table, others on a device are most likely elsewhere', () => {
  expect([likelyMode(true), likelyMode(false)]).toEqual(['in_person', 'remote'])
})
