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
