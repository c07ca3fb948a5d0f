/** What a found household's case is called, and where the list of cases keeps its place. */
import { expect, test } from 'vitest'
import { readFilter, writeFilter } from '../../../../client/features/cases/case-list-filter.ts'
import { labelOf, numberAfter } from '../../../../client/features/triage/case-names.ts'

test('numbers go on from the first, keeping their zeros', () => {
  expect([0, 1, 2].map(steps => numberAfter('2026-009', steps))).toEqual(['2026-009', '2026-010', '2026-011'])
  expect(numberAfter('2026-99', 1)).toBe('2026-100')
  expect(numberAfter('생연-가', 3)).toBe('생연-가')
})

test('a label never says the whole name', () => {
  expect(labelOf('김말순')).toBe('김○○ 가구')
  expect(labelOf(' 남궁옥분')).toBe('남○○ 가구')
})

test('a filter comes back from the address as it went in; what is no filter is left alone', () => {
  const filter = {
    stages: ['intake' as const, 'closed' as const],
    roles: ['lead' as const],
    isLate: true as const,
    order: 'due' as const,
    descending: true,
  }
  expect(readFilter(writeFilter(filter))).toEqual(filter)
  expect(readFilter(new URLSearchParams('stage=nothing&worker=short&late=yes&order=up&agency='))).toEqual({})
})
