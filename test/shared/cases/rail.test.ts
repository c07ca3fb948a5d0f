import { expect, test } from 'vitest'
import { railOf } from '../../../shared/cases/rail.ts'
import type { CaseStage } from '../../../shared/codes.ts'

const at = (...stages: CaseStage[]) => stages.map((to, index) => ({ to, at: `2026-11-${10 + index}` }))
const shown = (of: Parameters<typeof railOf>[0]) =>
  railOf(of)
    .map(({ stage, state }) => `${stage}${{ done: '+', passed: '~', now: '!', ahead: '' }[state]}`)
    .join(' ')

test('what was gone through, where it is, and what lies ahead', () => {
  expect(shown({ stage: 'conference', track: '', history: at('registered', 'assessment', 'conference') })).toBe(
    'case_finding~ intake~ registered+ assessment+ conference! selection service_planning service_delivery closed aftercare',
  )
  expect(railOf({ stage: 'registered', track: '', history: at('registered') })[2]).toEqual({
    stage: 'registered',
    state: 'now',
    at: '2026-11-10',
  })
})

test('the track of service linkage is shorter', () => {
  const history = at('registered', 'assessment', 'conference', 'selection', 'service_linked')
  expect(shown({ stage: 'service_linked', track: 'service_linkage', history })).toBe(
    'case_finding~ intake~ registered+ assessment+ conference+ selection+ service_linked! aftercare',
  )
})

test('a household that was not taken on goes no further, and a reassessment stands beside the delivery', () => {
  const history = at('registered', 'assessment', 'conference', 'selection', 'not_selected')
  expect(shown({ stage: 'not_selected', track: '', history })).toBe(
    'case_finding~ intake~ registered+ assessment+ conference+ selection+ not_selected!',
  )
  expect(
    shown({
      stage: 'reassessment',
      track: 'integrated_case_management',
      history: at('service_delivery', 'reassessment'),
    }),
  ).toBe(
    'case_finding~ intake~ registered~ assessment~ conference~ selection~ service_planning~ service_delivery+ reassessment! closed aftercare',
  )
})
