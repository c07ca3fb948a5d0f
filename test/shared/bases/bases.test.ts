/** By what right an agency may know of a case today, as a pure question. */
import { describe, expect, test } from 'vitest'
import { type ActionFacts, type Actor, canReadAction } from '../../../shared/access.ts'
import {
  type BasisFacts,
  groundsOf,
  lastDayOf,
  misfit,
  nextChangeOn,
  proposedFor,
  standingOf,
} from '../../../shared/bases/bases.ts'
import { BASIS_STANDINGS, DISCLOSURE_BASES, ENDING_DAYS } from '../../../shared/bases/basis-codes.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { addDays } from '../../../shared/working-days.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const [A, B, C] = ['agency-a', 'agency-b', 'agency-c'] as string[] as AgencyId[] as [AgencyId, AgencyId, AgencyId]
const TODAY = '2026-11-24'
const basis = (about: Partial<BasisFacts> = {}): BasisFacts => ({
  basis: 'consent',
  receivers: [{ agencyId: A, end: null }],
  from: TODAY,
  until: null,
  sensitive: true,
  given: ['collection', 'sensitive', 'third_party'],
  approvedBy: null,
  reviewOn: null,
  ...about,
})
const standing = (bases: BasisFacts[], options: { agencyId?: AgencyId; today?: string; sensitive?: boolean } = {}) =>
  standingOf({ sensitive: options.sensitive ?? true, bases }, options.agencyId ?? A, options.today ?? TODAY).standing

describe('a basis', () => {
  test('[BS2] holds from its first day to its last, both included', () => {
    const one = basis({ from: '2026-11-20', until: '2027-03-01' })
    expect(standing([one], { today: '2026-11-19' })).toBe('not_begun')
    expect(standing([one], { today: '2026-11-20' })).toBe('in_force')
    expect(standing([one], { today: '2027-03-01' })).toBe('ending')
    expect(standing([one], { today: '2027-03-02' })).toBe('expired')
  })

  test('[BS3] is amber for its last fourteen days', () => {
    expect(standing([basis({ until: addDays(TODAY, ENDING_DAYS + 1) })])).toBe('in_force')
    expect(standing([basis({ until: addDays(TODAY, ENDING_DAYS) })])).toBe('ending')
    expect(BASIS_STANDINGS.ending.tone).toBe('warn')
  })

  test('[BS6] is nobody’s whom it does not name, and nobody’s where giving to others was refused', () => {
    expect(standing([basis()], { agencyId: B })).toBe('none')
    expect(standing([basis({ given: ['collection', 'sensitive'] })])).toBe('refused')
    expect(standing([basis({ basis: 'separate_consent_other_purpose', given: ['third_party'] })])).toBe('refused')
  })

  test('[BS7] without sensitive information opens a case only while that holds none', () => {
    const one = basis({ sensitive: false, given: ['third_party'] })
    expect(standing([one])).toBe('lacks_sensitive')
    expect(standing([one], { sensitive: false })).toBe('in_force')
  })

  test('[BS11] of urgency waits for approval and is over after the day of its review', () => {
    const urgent = basis({ basis: 'urgent_interest', given: [], reviewOn: '2026-12-01' })
    expect(standing([urgent])).toBe('waiting')
    const approved = { ...urgent, approvedBy: 'somebody' as string as UserId }
    expect(standing([approved])).toBe('ending')
    expect(standing([approved], { today: '2026-12-02' })).toBe('expired')
    expect(lastDayOf({ until: '2026-11-30', reviewOn: '2026-12-01' })).toBe('2026-11-30')
  })

  test('[BS4] withdrawn for one agency stays for the others, and another basis of that one too', () => {
    const end = { why: 'withdrawn', on: TODAY } as const
    const one = basis({
      receivers: [
        { agencyId: A, end },
        { agencyId: B, end: null },
      ],
    })
    expect(standing([one])).toBe('withdrawn')
    expect(standing([one], { agencyId: B })).toBe('in_force')
    expect(standing([one, basis({ basis: 'statute', given: [] })])).toBe('in_force')
  })

  test('of several the best counts, and of two alike the one that lasts longer', () => {
    const bases = [basis({ until: '2027-01-01' }), basis({ until: '2027-06-01' }), basis({ until: '2026-11-01' })]
    expect(standingOf({ sensitive: true, bases }, A, TODAY)).toEqual({ standing: 'in_force', by: bases[1] })
  })

  test('[BS10] of a public body is no other agency’s; proposed are the task and the consent', () => {
    for (const kind of codesOf(DISCLOSURE_BASES)) {
      expect(misfit(kind, { public: true })).toBeUndefined()
    }
    const publicOnly = codesOf(DISCLOSURE_BASES).filter(kind => misfit(kind, { public: false }) !== undefined)
    expect(publicOnly.sort()).toEqual([
      'court',
      'investigation',
      'other_law_other_purpose',
      'public_task',
      'related_purpose',
    ])
    expect([proposedFor({ public: true }), proposedFor({ public: false })]).toEqual(['public_task', 'consent'])
  })
})

test('[BS3] between two days on which time changes something nothing changes', () => {
  let changes = 0
  for (let seed = 0; seed < 300; seed++) {
    const random = seededRandom(seed)
    const day = () => addDays(TODAY, random.below(120) - 60)
    const bases = Array.from({ length: 1 + random.below(4) }, () => {
      const from = day()
      return basis({
        from,
        until: random.chance(0.6) ? addDays(from, random.below(60)) : null,
        receivers: [A, B, C]
          .filter(() => random.chance(0.6))
          .map(agencyId => ({ agencyId, end: random.chance(0.2) ? { why: 'ended' as const, on: TODAY } : null })),
      })
    })
    const record = { sensitive: true, bases }
    let today = addDays(TODAY, -70)
    for (let step = 0; step < 40; step++) {
      const next = nextChangeOn(record, today)
      const open = (on: string) => [...groundsOf(record, on).open].sort()
      const until = next ?? addDays(today, 30)
      for (let at = today; at < until; at = addDays(at, 1))
        expect([seed, at, open(at)]).toEqual([seed, at, open(today)])
      if (next === null) break
      if (open(next).join() !== open(today).join()) changes++
      today = next
    }
  }
  expect(changes).toBeGreaterThan(300)
})

test('[BS1] what an agency owes opens nothing to it by itself: without a basis its own action item is not there', () => {
  const supervisor: Actor = {
    userId: 'supervisor' as string as UserId,
    operator: false,
    memberships: [{ agencyId: A, role: 'supervisor' }],
  }
  const facts: ActionFacts = {
    agencyId: A,
    ownerUserId: supervisor.userId,
    offer: { agencyId: A, userId: supervisor.userId },
    escalatedTo: [supervisor.userId],
    open: true,
    through: { reads: false, speaks: false, conducts: false, leads: false, meetsTaker: false },
    recused: false,
    supervised: [A],
    grounded: [A, B],
  }
  expect(canReadAction(supervisor, facts)).toBe(true)
  expect(canReadAction(supervisor, { ...facts, grounded: [B] })).toBe(false)
  // One about no case asks for none.
  expect(canReadAction(supervisor, { ...facts, grounded: undefined })).toBe(true)
})
