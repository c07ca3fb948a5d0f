import { expect, test } from 'vitest'
import { taskOf, touchedBy } from '../../../shared/access-desk/access-tasks.ts'

test('who was given access or lost it is a right that moved, to what the reason names', () => {
  for (const action of ['access.give', 'access.withdraw']) {
    const record = { action, object: 'agency.a1', outcome: 'ok' }
    expect(taskOf(record)).toBe('right')
    expect(touchedBy({ ...record, reason: 'case.c1' })).toBe('case')
    expect(touchedBy({ ...record, reason: 'item.i1' })).toBe('item')
    // What ran out says only that it did: a basis is for the case.
    expect(touchedBy({ ...record, reason: 'expired' })).toBe('case')
  }
  expect(taskOf({ action: 'access.review', outcome: 'ok' })).toBe('review')
  expect(touchedBy({ action: 'access.review', object: 'agency.a1 2026-10' })).toBe('access')
})

test('[AD6] [LR-13] whatever leaves the house as a sheet or a file is one task, which the month’s review lists by itself', () => {
  const taken = [
    ...[
      'minutes.export',
      'minutes.take',
      'paper.open',
      'paper.print',
      'plan.print',
      'case-form.print',
      'referral.print',
    ],
    ...['subject-request.take', 'retention.take', 'access.take', 'disclosure.take'],
  ]
  for (const action of taken) {
    expect([action, taskOf({ action, outcome: 'ok' })]).toEqual([action, 'take_out'])
    expect([action, taskOf({ action, outcome: 'denied' })]).toEqual([action, 'refused'])
  }
  for (const action of ['paper.list', 'paper.add', 'case.open', 'minutes.open', 'case-record.draft']) {
    expect([action, taskOf({ action, outcome: 'ok' })]).not.toEqual([action, 'take_out'])
  }
})
