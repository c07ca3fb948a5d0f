/** [R38] The routes of the access desk and of emergency openings × every relation to the agency, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import type { Agency } from '../../../server/people/agency-repository.ts'
import type { Route } from '../../../server/transport/route.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'

const RELATIONS = [
  'stranger',
  'officer here',
  'officer elsewhere',
  'former officer here',
  'worker here',
  'supervisor here',
  'observer here',
  'administrator here',
  'worker elsewhere',
  'operator',
] as const
type Relation = (typeof RELATIONS)[number]

const OURS = /^\/api\/(agencies\/:agencyId\/(access|disclosures|break-glass)|access|break-glass)(\/|$)/
const MONTH = '2026-10'

let dure: AppUnderTest
let agency: Agency
let caseId: string
const clients = new Map<Relation, TestClient>()

beforeAll(async () => {
  dure = await startAppUnderTest()
  agency = await dure.agency()
  const elsewhere = await dure.agency()
  const at = { agencyId: agency._id }
  const person = async (relation: Relation, about: Parameters<AppUnderTest['person']>[0]) => {
    const made = await dure.person(about)
    clients.set(relation, made.client)
    return made
  }
  clients.set('stranger', dure.stranger())
  await person('officer here', { ...at, role: 'privacy_officer' })
  await person('officer elsewhere', { agencyId: elsewhere._id, role: 'privacy_officer' })
  const former = await person('former officer here', { ...at, role: 'privacy_officer' })
  await dure.app.users.update(former.user, { memberships: [] })
  const worker = await person('worker here', at)
  await person('supervisor here', { ...at, role: 'supervisor' })
  await person('observer here', { ...at, role: 'observer' })
  await person('administrator here', { ...at, role: 'agency_administrator' })
  await person('worker elsewhere', { agencyId: elsewhere._id })
  await person('operator', { operator: true })
  const made = await worker.client.post('/api/cases', {
    number: '2026-777',
    label: '김○○ 가구',
    agencies: [{ agencyId: agency._id, role: 'lead' }],
    workers: [{ userId: worker.user._id, agencyId: agency._id }],
  })
  caseId = (made.body as { caseId: string }).caseId
  expect(made.status).toBe(200)
})
afterAll(() => dure.close())

interface Line {
  path: () => string
  body?: object
  allowed: readonly Relation[]
  /** Those who are let in and hear that there is no such thing. */
  finds?: 'not-found'
}

const OFFICER: readonly Relation[] = ['officer here']
const SIGNED_IN = RELATIONS.filter(relation => relation !== 'stranger')
const WORKERS: readonly Relation[] = ['worker here', 'supervisor here', 'worker elsewhere']
const here = (rest: string) => () => `/api/agencies/${agency._id}${rest}`
const purpose = '정보주체의 열람 요구'
const flag = { _v: 1, move: 'ask', words: '무슨 일이었습니까?' }

const LINES: Record<string, Line> = {
  'GET /api/agencies/:agencyId/access/cases': {
    path: () => `/api/agencies/${agency._id}/access/cases?text=2026`,
    allowed: OFFICER,
  },
  'GET /api/agencies/:agencyId/access/cases/:caseId': {
    path: () => `/api/agencies/${agency._id}/access/cases/${caseId}`,
    allowed: OFFICER,
  },
  'POST /api/agencies/:agencyId/access/cases/:caseId/file': {
    path: () => `/api/agencies/${agency._id}/access/cases/${caseId}/file`,
    body: { purpose },
    allowed: OFFICER,
  },
  'GET /api/agencies/:agencyId/access/months/:month': { path: here(`/access/months/${MONTH}`), allowed: OFFICER },
  'POST /api/agencies/:agencyId/access/months/:month': {
    path: here(`/access/months/${MONTH}`),
    body: { opinion: '특이사항 없음' },
    allowed: OFFICER,
  },
  'GET /api/agencies/:agencyId/access/flags': { path: here('/access/flags'), allowed: OFFICER },
  'POST /api/agencies/:agencyId/access/flags/:flagId': {
    path: () => `/api/agencies/${agency._id}/access/flags/${newId()}`,
    body: flag,
    allowed: OFFICER,
    finds: 'not-found',
  },
  'GET /api/access/explanations': { path: () => '/api/access/explanations', allowed: SIGNED_IN },
  'POST /api/access/explanations/:flagId': {
    path: () => `/api/access/explanations/${newId()}`,
    body: flag,
    allowed: SIGNED_IN,
    finds: 'not-found',
  },
  'GET /api/agencies/:agencyId/disclosures': { path: here('/disclosures'), allowed: OFFICER },
  'POST /api/agencies/:agencyId/disclosures/file': {
    path: here('/disclosures/file'),
    body: { purpose },
    allowed: OFFICER,
  },
  'GET /api/break-glass': { path: () => '/api/break-glass', allowed: SIGNED_IN },
  'POST /api/break-glass': {
    path: () => '/api/break-glass',
    body: { agencyId: '', number: '2026-000', reason: 'other', words: '담당자와 연락이 닿지 않아 확인이 필요함' },
    allowed: WORKERS.filter(relation => relation !== 'worker elsewhere'),
    finds: 'not-found',
  },
  'POST /api/break-glass/:openingId/end': {
    path: () => `/api/break-glass/${newId()}/end`,
    allowed: SIGNED_IN,
    finds: 'not-found',
  },
  'GET /api/agencies/:agencyId/break-glass': {
    path: here('/break-glass'),
    allowed: ['officer here', 'administrator here', 'operator'],
  },
  'PATCH /api/agencies/:agencyId/break-glass': {
    path: here('/break-glass'),
    body: { _v: 99, own: true, others: false, minutes: 60 },
    allowed: ['administrator here', 'operator'],
  },
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`

describe('[R38] [AD1] [BG2] each route × each relation', () => {
  test('the table has them all, and no other', () => {
    const declared = dure.app.routes.filter(({ path }) => OURS.test(path)).map(nameOf)
    expect(Object.keys(LINES).sort()).toEqual(declared.sort())
  })

  for (const [name, line] of Object.entries(LINES)) {
    test.each(RELATIONS)(`${name} by: %s`, async relation => {
      const client = clients.get(relation)
      const [method = ''] = name.split(' ')
      const body = line.body && 'agencyId' in line.body ? { ...line.body, agencyId: agency._id } : line.body
      const answer = await client?.ask(method, line.path(), body ? { body } : {})
      if (relation === 'stranger') return expect(answer?.reason).toBe('not-signed-in')
      if (!line.allowed.includes(relation)) return expect(answer?.reason).toBe('not-found')
      if (line.finds) return expect(answer?.reason).toBe(line.finds)
      // An older version is a conflict: who gets so far was let in.
      expect([200, 409]).toContain(answer?.status)
    })
  }

  test('what exists for the officer is for everybody else as what does not: the same bytes but for the request’s own number', async () => {
    const plain = (text: string | undefined) => text?.replace(/"requestId":"[^"]+"/, '')
    for (const relation of ['worker here', 'supervisor here', 'administrator here', 'officer elsewhere'] as const) {
      const client = clients.get(relation)
      const real = await client?.get(`/api/agencies/${agency._id}/access/cases/${caseId}`)
      const none = await client?.get(`/api/agencies/${newId()}/access/cases/${newId()}`)
      expect([real?.status, plain(real?.text)]).toEqual([none?.status, plain(none?.text)])
    }
  })
})
