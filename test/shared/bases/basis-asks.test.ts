import { expect, test } from 'vitest'
import type { BasisFacts } from '../../../shared/bases/bases.ts'
import { asksOf } from '../../../shared/bases/basis-asks.ts'
import { type AgencyId, idFromBytes, type UserId } from '../../../shared/ids.ts'

const TODAY = '2026-11-24'
const [dong, centre, charity] = [1, 2, 3].map(n => idFromBytes<AgencyId>(new Uint8Array(16).fill(n))) as [
  AgencyId,
  AgencyId,
  AgencyId,
]
const somebody = idFromBytes<UserId>(new Uint8Array(16).fill(9))

const paper = (agencies: AgencyId[], about: Partial<BasisFacts> = {}): BasisFacts => ({
  basis: 'consent',
  receivers: agencies.map(agencyId => ({ agencyId, end: null })),
  from: '2026-01-01',
  until: null,
  sensitive: true,
  given: ['collection', 'sensitive', 'third_party'],
  reviewOn: null,
  ...about,
})
const urgent = (about: Partial<BasisFacts> = {}) =>
  paper([centre], { basis: 'urgent_interest', given: [], reviewOn: '2026-12-03', ...about })

const asked = (bases: BasisFacts[], lead?: AgencyId) =>
  asksOf({ sensitive: true, bases }, TODAY, lead).map(({ ask, agencies, until }) => [ask, agencies, until])

test('[BS18] an urgent basis is asked to be approved, then to be looked at again, and then nothing more', () => {
  expect(asked([urgent({ approvedBy: null })])).toEqual([['approve', [centre], '2026-12-03']])
  expect(asked([urgent({ approvedBy: somebody })])).toEqual([['review', [centre], '2026-12-03']])
  expect(asked([urgent({ approvedBy: null, reviewOn: '2026-11-23' })])).toEqual([])
  const ended = { agencyId: centre, end: { why: 'ended' as const, on: TODAY } }
  expect(asked([urgent({ approvedBy: null, receivers: [ended] })])).toEqual([])
})

test('[BS18] a basis that ends within fourteen days asks what follows, the fifteenth day not yet', () => {
  expect(asked([paper([centre], { until: '2026-12-08' })])).toEqual([['renew', [centre], '2026-12-08']])
  expect(asked([paper([centre], { until: '2026-12-09' })])).toEqual([])
  expect(asked([paper([centre], { until: TODAY })])).toEqual([['renew', [centre], TODAY]])
})

test('[BS18] an agency that another basis serves longer asks for nothing; the others of the same paper do', () => {
  const ending = paper([centre, charity], { until: '2026-12-01' })
  expect(asked([ending, paper([centre])])).toEqual([['renew', [charity], '2026-12-01']])
  expect(asked([ending, paper([centre]), paper([charity], { until: '2027-12-01' })])).toEqual([])
})

test('[BS18] the agency that answers for the case stands by its own task and asks for nothing', () => {
  expect(asked([paper([dong], { until: '2026-12-01' })], dong)).toEqual([])
  expect(asked([paper([dong, centre], { until: '2026-12-01' })], dong)).toEqual([['renew', [centre], '2026-12-01']])
})
