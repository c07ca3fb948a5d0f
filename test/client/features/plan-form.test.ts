import { describe, expect, test } from 'vitest'
import { joinAgenda } from '../../../client/features/conferences/agenda-lines.ts'
import {
  newPlanForm,
  type PlanForm,
  partsFor,
  planFaults,
  startsAtOf,
  toChangeBody,
  toCreateBody,
} from '../../../client/features/conferences/plan-form.ts'
import type { AgencyId, CaseId, ItemId, UserId } from '../../../shared/ids.ts'
import { changeConferenceBody, createConferenceBody } from '../../../shared/protocol/http-api.ts'

const host = 'H'.repeat(22) as AgencyId
const chair = 'C'.repeat(22) as UserId
const now = Date.parse('2026-11-24T00:00:00Z')

const form = (change: Partial<PlanForm> = {}): PlanForm => ({
  ...newPlanForm(host, now),
  participants: [{ userId: chair, agencyId: host, role: 'leader' }],
  ...change,
})

describe('what is sent', () => {
  test('a new plan passes the server’s own schema', () => {
    const body = toCreateBody(form(), '12월 통합사례회의')
    expect(createConferenceBody.parse(body)).toEqual(body)
    expect(body.startsAt).toBe('2026-12-01T05:00:00Z')
  })

  test('a change sends only what was edited, with the version that was seen', () => {
    const edits = { place: ' 3층 ' }
    const body = toChangeBody(form(edits), edits, '제목', 7)
    expect(body).toEqual({ _v: 7, place: '3층' })
    expect(changeConferenceBody.parse(body)).toEqual(body)
  })

  test('date or time alone move the beginning', () => {
    const edits = { time: '09:30' }
    expect(toChangeBody(form(edits), edits, '제목', 1)).toEqual({ _v: 1, startsAt: '2026-12-01T00:30:00Z' })
  })
})

describe('what is wrong, before it is sent', () => {
  test('a good plan has no fault', () => {
    expect(planFaults(form(), '제목', true)).toEqual({})
  })

  test.each([
    [{}, '  ', { title: 'missing' }],
    [{}, '가'.repeat(81), { title: 'too-long' }],
    [{ date: '' }, '제목', { when: true }],
    [{ time: '' }, '제목', { when: true }],
    [{ minutes: Number.NaN }, '제목', { minutes: true }],
    [{ minutes: 601 }, '제목', { minutes: true }],
    [{ place: '가'.repeat(81) }, '제목', { place: true }],
    [{ remoteLink: 'zoom.us/1' }, '제목', { remoteLink: true }],
    [{ remoteLink: 'javascript:alert(1)' }, '제목', { remoteLink: true }],
  ] as const)('%o “%s”', (change, title, faults) => {
    expect(planFaults(form(change), title, false)).toEqual(faults)
  })

  test('one leader once it is announced, at most one before; one minute-taker at most', () => {
    const two = [
      { userId: chair, agencyId: host, role: 'leader' as const },
      { userId: 'D'.repeat(22) as UserId, agencyId: host, role: 'leader' as const },
    ]
    expect(planFaults(form({ participants: [] }), '제목', false)).toEqual({})
    expect(planFaults(form({ participants: [] }), '제목', true)).toEqual({ leaders: 0 })
    expect(planFaults(form({ participants: two }), '제목', false)).toEqual({ leaders: 2 })
    const takers = two.map(p => ({ ...p, role: 'minute_taker' as const }))
    expect(planFaults(form({ participants: takers }), '제목', false)).toEqual({ minuteTakers: 2 })
  })
})

test('an unfinished date has no beginning', () => {
  expect(startsAtOf({ date: '2026-11', time: '10:00' })).toBeUndefined()
})

test('who only observes at home can only observe here', () => {
  expect(partsFor('observer')).toEqual(['observer'])
  expect(partsFor('case_worker')).toContain('leader')
})

describe('the agenda of the plan', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(letter => letter.repeat(22) as ItemId)
  if (!a || !b || !c) throw new Error('ids')

  test('order and time come from the document, names from the record; what has no line yet stands last', () => {
    const lines = joinAgenda(
      [
        { id: b, order: '1', minutes: 20, label: '지난 회의 조치사항 점검' },
        { id: a, order: '2', minutes: 15, label: '' },
      ],
      [
        { restricted: true, itemId: c },
        {
          restricted: false,
          itemId: a,
          kind: 'case',
          case: {
            caseId: 'k'.repeat(22) as CaseId,
            number: '2026-031',
            label: '김○○ 가구',
            stage: 'conference',
            leadAgencyId: host,
          },
          agencies: [],
          recused: [],
          grounds: [],
          narrowed: false,
          urgent: false,
          review: false,
          retabled: false,
          mayWrite: true,
          mayChangeClearance: true,
          actionDocument: '',
          otherActionDocuments: [],
          supervision: null,
          _v: 1,
        },
      ],
    )
    expect(
      lines.map(({ number, name, minutes, detail, restricted }) => ({ number, name, minutes, detail, restricted })),
    ).toEqual([
      { number: 1, name: '지난 회의 조치사항 점검', minutes: 20, detail: '', restricted: false },
      { number: 2, name: '김○○ 가구', minutes: 15, detail: '2026-031', restricted: false },
      { number: 3, name: null, minutes: 0, detail: '', restricted: true },
    ])
  })
})
