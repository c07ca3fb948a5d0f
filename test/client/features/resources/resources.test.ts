import { expect, test } from 'vitest'
import { resourcesFor } from '../../../../client/features/resources/resource-filter.ts'
import { yearStrip } from '../../../../client/features/resources/year-strip.ts'
import { newId } from '../../../../server/lib/random.ts'
import { entryOf } from '../../../../shared/code-sets/code-sets.ts'
import { type CodeSetName, shippedSet } from '../../../../shared/code-sets/shipped.ts'
import type { AgencyId, AllocationId, ResourceId } from '../../../../shared/ids.ts'
import type { AllocationView, ResourceView } from '../../../../shared/protocol/resources.ts'

const agency = { agencyId: newId<AgencyId>(), name: '노인복지관', shortName: '노인', colour: 1 }

const resource = (about: Partial<ResourceView>): ResourceView => ({
  resourceId: newId<ResourceId>(),
  agency,
  name: '밑반찬 배달',
  domains: ['daily_living'],
  service: 'donation_goods',
  sector: 'private',
  eligibility: '독거노인',
  rule: '',
  cost: '',
  contact: '',
  places: null,
  takenElsewhere: 0,
  left: null,
  from: '',
  until: '',
  retired: false,
  mayChange: false,
  changedAt: '2026-11-24T00:00:00Z',
  _v: 1,
  ...about,
})

const labelOf = (set: CodeSetName, code: string) =>
  code === 'own_1' ? '이동 목욕' : (entryOf(shippedSet(set), code)?.ko ?? code)

const ANY = { query: '', need: 'any', sector: 'any', retired: false } as const

test('[RD2] the directory is looked through by need, source and words, initial consonants too', () => {
  const all = [
    resource({}),
    resource({ name: '생계비', domains: ['economy'], sector: 'public', eligibility: '저소득', left: 0, places: 3 }),
    resource({ name: '옛 지원', retired: true }),
  ]
  const named = (wish: Partial<Parameters<typeof resourcesFor>[1]>) =>
    resourcesFor(all, { ...ANY, ...wish }, labelOf).map(one => one.name)
  expect(named({})).toEqual(['밑반찬 배달', '생계비'])
  expect(named({ need: 'economy' })).toEqual(['생계비'])
  expect(named({ sector: 'private' })).toEqual(['밑반찬 배달'])
  expect(named({ query: 'ㅁㅂㅊ' })).toEqual(['밑반찬 배달'])
  expect(named({ query: '독거노인' })).toEqual(['밑반찬 배달'])
  expect(named({ retired: true })).toHaveLength(3)
})

test('[RD2] [CO2] the words of a code are looked through as the installation calls it', () => {
  const all = [resource({}), resource({ name: '목욕차', service: 'own_1' })]
  expect(resourcesFor(all, { ...ANY, query: '이동목욕' }, labelOf).map(one => one.name)).toEqual(['목욕차'])
})

test('[RD3] what has nothing left stands behind what has', () => {
  const full = resource({ name: '가', places: 1, left: 0 })
  expect(resourcesFor([full, resource({ name: '나' })], ANY, labelOf).map(one => one.name)).toEqual(['나', '가'])
})

test('[AL7] a year’s months say what was given, what is due and what was given in part', () => {
  const one: AllocationView = {
    allocationId: newId<AllocationId>(),
    agency,
    service: 'donation_goods',
    codes: {},
    emergency: '',
    what: '밑반찬',
    amount: null,
    rule: '',
    rhythm: 'weekly',
    from: '2026-10-27',
    until: '2026-12-08',
    endedOn: '',
    endReason: '',
    despite: '',
    source: { of: 'none' },
    resourceName: '',
    enteredFor: false,
    byName: '',
    at: '2026-10-27T00:00:00Z',
    ticks: ['2026-10-27', '2026-11-03'].map(day => ({ day, byName: '', at: '' })),
    mayChange: false,
    _v: 1,
  }
  const [row] = yearStrip([one], 2026)
  expect(row?.months.slice(8)).toEqual(['none', 'given', 'both', 'due'])
  expect(yearStrip([one], 2027)).toEqual([])
})
