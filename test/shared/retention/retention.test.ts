import { describe, expect, test } from 'vitest'
import type { StageEntry } from '../../../shared/cases/case-life.ts'
import type { CaseStage } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import {
  dueDaysOf,
  endOf,
  isHolding,
  kindOf,
  standingHolds,
  standingOf,
  USUAL_RULES,
} from '../../../shared/retention/retention.ts'

/** A history from `stage@moment` words; the first opens the case. */
function historyOf(...steps: [CaseStage, string, StageEntry['kind']?][]): StageEntry[] {
  return steps.map(([to, at, kind], index) => ({
    id: String(index),
    kind: kind ?? (index === 0 ? 'opened' : 'moved'),
    from: steps[index - 1]?.[0] ?? null,
    to,
    at,
    by: 'somebody' as UserId,
    agencyId: 'agency' as AgencyId,
    carriedBy: null,
    step: null,
    asked: [],
  }))
}

const MARCH = '2021-03-10T05:00:00Z'

describe('until when a case is kept', () => {
  test('[RT1] [LR-54] closed on 2021-03-10 with five years: 2027-01-01 by the decree, 2026-03-10 by consent', () => {
    const end = endOf('closed', { history: historyOf(['registered', '2020-02-01T00:00:00Z'], ['closed', MARCH]) })
    expect(end).toEqual({ closedOn: '2021-03-10', completedOn: '2021-03-10' })
    expect(end && dueDaysOf(end, 5)).toEqual({ decree: '2027-01-01', consent: '2026-03-10' })
  })

  test('[RT1] a day is one of Seoul: the last evening of a year in UTC is the first morning of the next', () => {
    const end = endOf('closed', { history: historyOf(['closed', '2020-12-31T15:30:00Z', 'taken_over']) })
    expect(end && dueDaysOf(end, 5)).toEqual({ decree: '2027-01-01', consent: '2026-01-01' })
  })

  test('[RT1] with aftercare it was closed before and completed after it', () => {
    const history = historyOf(
      ['service_delivery', '2020-02-01T00:00:00Z'],
      ['closed', MARCH],
      ['aftercare', '2021-03-11T00:00:00Z'],
      ['ended', '2022-01-05T00:00:00Z'],
    )
    const end = endOf('ended', { history })
    expect(end).toEqual({ closedOn: '2021-03-10', completedOn: '2022-01-05' })
    expect(end && dueDaysOf(end, 5)).toEqual({ decree: '2028-01-01', consent: '2026-03-10' })
  })

  test('[RT1] closed on 29 February: in a year without one, on the first of March', () => {
    const end = { closedOn: '2024-02-29', completedOn: '2024-02-29' }
    expect(dueDaysOf(end, 3).consent).toBe('2027-03-01')
    expect(dueDaysOf({ ...end, closedOn: '2020-02-29' }, 1).consent).toBe('2021-03-01')
  })

  test('[RT3] a case that was taken up again is not over; closed again it counts from then', () => {
    const again = historyOf(
      ['closed', MARCH, 'taken_over'],
      ['assessment', '2022-05-01T00:00:00Z', 'reopened'],
      ['closed', '2023-06-01T00:00:00Z'],
    )
    expect(endOf('assessment', { history: again.slice(0, 2) })).toBeUndefined()
    expect(endOf('closed', { history: again })?.closedOn).toBe('2023-06-01')
  })

  test('[RT2] until an agency sets something: the decree with five years, for every kind', () => {
    expect(Object.values(USUAL_RULES)).toEqual([0, 1, 2].map(() => ({ ground: 'decree', years: 5 })))
    expect([kindOf('not_selected', ''), kindOf('aftercare', 'service_linkage'), kindOf('closed', '')]).toEqual([
      'other',
      'service_linkage',
      'integrated_case_management',
    ])
  })

  test('[RT4] a hold ends with its last day, or when it is lifted', () => {
    const hold = { reason: 'litigation' as const, until: '2026-11-24', liftedAt: null }
    expect(isHolding(hold, '2026-11-24')).toBe(true)
    expect(isHolding(hold, '2026-11-25')).toBe(false)
    expect(isHolding({ ...hold, liftedAt: MARCH }, '2026-11-24')).toBe(false)
  })

  test('[RT3] each thing that is not finished holds it by itself, and is named', () => {
    const none = {
      stage: 'closed' as CaseStage,
      openActions: 0,
      onAgenda: 0,
      openMinutes: 0,
      openObjections: 0,
      openRequests: 0,
      openFlags: 0,
    }
    expect(standingHolds(none)).toEqual([])
    expect(standingHolds({ ...none, stage: 'service_planning', goesOn: true })).toEqual(['going_on'])
    expect(
      standingHolds({
        stage: 'aftercare',
        openActions: 2,
        onAgenda: 1,
        openMinutes: 1,
        openObjections: 1,
        openRequests: 1,
        openFlags: 3,
      }),
    ).toEqual(['aftercare', 'open_action', 'on_agenda', 'open_minutes', 'open_objection', 'open_request', 'open_flag'])
  })

  test('[RT5] due on its day, held while something holds it, soon within a year, else not on the list', () => {
    const today = '2026-11-24'
    const at = (dueOn: string, isHeld = false) => standingOf(dueOn, { isHeld, today })
    expect([at('2026-11-24'), at('2026-11-24', true), at('2026-11-25'), at('2027-11-24'), at('2027-11-25')]).toEqual([
      'due',
      'held',
      'soon',
      'soon',
      'later',
    ])
  })
})
