import { describe, expect, test } from 'vitest'
import { sourceOf, wayOf } from '../../../client/features/room/item/opinion-source.ts'
import type { AttendanceMode, AttendanceStanding } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'

const DONG = 'dong' as AgencyId
const COUNCIL = 'council' as AgencyId
const OWN = { name: '박협의', agencyId: COUNCIL }
const MINUTES = { name: '김기록', agencyId: DONG }
const SECOND = { name: '가대행', agencyId: DONG }

const seat = (
  standing: AttendanceStanding,
  mode: AttendanceMode | null,
  role: 'attendee' | 'observer' = 'attendee',
) => ({
  agencyId: COUNCIL,
  role,
  standing,
  mode,
})

describe('under whose name an opinion stands, and who entered it', () => {
  test.each([
    ['written_submission', 'absent', 'written'],
    ['absent_with_report', 'absent', 'report'],
    ['phone', 'confirmed', 'phone'],
    ['phone', 'announced', 'phone'],
    ['in_person', 'confirmed', 'oral'],
    ['remote', 'confirmed', 'oral'],
    ['in_person', 'left', 'oral'],
    ['absent', 'absent', 'oral'],
  ] as const)('attendance %s (%s), entered by the minute-taker: %s', (mode, standing, way) => {
    const expected = { way, enteredBy: ['김기록'], isShared: false }
    expect(sourceOf(COUNCIL, [MINUTES], [seat(standing, mode)])).toEqual(expected)
  })

  test('an agency that is here and wrote itself needs no word', () => {
    expect(sourceOf(COUNCIL, [OWN], [seat('confirmed', 'remote')])).toEqual({
      way: null,
      enteredBy: [],
      isShared: false,
    })
    expect(sourceOf(COUNCIL, [OWN], [])).toEqual({ way: null, enteredBy: [], isShared: false })
  })

  test('what an absent agency wrote itself is a written opinion that nobody entered', () => {
    const source = sourceOf(COUNCIL, [OWN], [seat('absent', 'written_submission')])
    expect(source).toEqual({ way: 'written', enteredBy: [], isShared: false })
  })

  test('both hands in it: who of the others is named, and that it is a part', () => {
    const source = sourceOf(COUNCIL, [OWN, MINUTES, SECOND, MINUTES], [seat('confirmed', 'in_person')])
    expect(source).toEqual({ way: 'oral', enteredBy: ['가대행', '김기록'], isShared: true })
  })

  test('one of the agency in the room is enough to be here; an observer and somebody only expected are not', () => {
    const away = seat('absent', 'written_submission')
    expect(wayOf(COUNCIL, [away, seat('confirmed', 'in_person')])).toBeNull()
    expect(wayOf(COUNCIL, [away, seat('confirmed', 'in_person', 'observer')])).toBe('written')
    expect(wayOf(COUNCIL, [away, seat('expected', null)])).toBe('written')
    expect(wayOf(DONG, [away])).toBeNull()
  })
})
