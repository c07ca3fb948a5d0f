import { expect, test } from 'vitest'
import { lastMonths, lastQuarters } from '../../../client/features/figures/spans.ts'

test('the present month and quarter come first, and go back over the year', () => {
  expect(lastMonths('2026-02-28', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
  expect(lastMonths('2026-12-01', 1)).toEqual(['2026-12'])
  expect(lastQuarters('2026-04-01', 3)).toEqual(['2026-2', '2026-1', '2025-4'])
  expect(lastQuarters('2026-12-31', 2)).toEqual(['2026-4', '2026-3'])
})
