/** [R38] The routes of keeping and destroying × every relation to the agency; and a destruction in the whole application, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import type { Agency } from '../../../server/people/agency-repository.ts'
import type { Route } from '../../../server/transport/route.ts'
import { must } from '../../../shared/assert.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { InspectionView, RetentionDeskView } from '../../../shared/protocol/retention.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'

const RELATIONS = [
  'stranger',
  'officer here',
  'supervisor here',
  'officer elsewhere',
  'former officer here',
  'worker here',
  'observer here',
  'administrator here',
  'operator',
] as const
type Relation = (typeof RELATIONS)[number]
const DECIDING: readonly Relation[] = ['officer here', 'supervisor here']

const OURS = /^\/api\/agencies\/:agencyId\/retention(\/|$)/
const WORDS = '보존기간이 끝나 파기를 제안합니다'

let dure: AppUnderTest
let agency: Agency
let workerId: UserId | undefined
const logins = new Map<Relation, string>()
const clients = new Map<Relation, TestClient>()

beforeAll(async () => {
  dure = await startAppUnderTest()
  agency = await dure.agency()
  const elsewhere = await dure.agency()
  const at = { agencyId: agency._id }
  const person = async (relation: Relation, about: Parameters<AppUnderTest['person']>[0]) => {
    const made = await dure.person(about)
    clients.set(relation, made.client)
    logins.set(relation, made.user.login)
    return made
  }
  clients.set('stranger', dure.stranger())
  await person('officer here', { ...at, role: 'privacy_officer' })
  await person('supervisor here', { ...at, role: 'supervisor' })
  await person('officer elsewhere', { agencyId: elsewhere._id, role: 'privacy_officer' })
  const former = await person('former officer here', { ...at, role: 'privacy_officer' })
  await dure.app.users.update(former.user, { memberships: [] })
  workerId = (await person('worker here', at)).user._id
  await person('observer here', { ...at, role: 'observer' })
  await person('administrator here', { ...at, role: 'agency_administrator' })
  await person('operator', { operator: true })
})
afterAll(() => dure.close())

interface Line {
  rest: string
  body?: object
  /** Those who are let in and hear that there is no such thing. */
  finds?: 'not-found'
}

const LINES: Record<string, Line> = {
  'GET /api/agencies/:agencyId/retention': { rest: '' },
  'POST /api/agencies/:agencyId/retention/rules': {
    rest: '/rules',
    body: { _v: 99, kind: 'other', ground: 'consent', years: 5 },
  },
  'POST /api/agencies/:agencyId/retention/holds': {
    rest: '/holds',
    body: { caseId: newId(), reason: 'litigation', until: '2099-01-01', words: WORDS },
    finds: 'not-found',
  },
  'POST /api/agencies/:agencyId/retention/holds/:holdId': {
    rest: `/holds/${newId()}`,
    body: { _v: 1, words: WORDS },
    finds: 'not-found',
  },
  'POST /api/agencies/:agencyId/retention/proposals': {
    rest: '/proposals',
    body: { caseIds: [newId()], words: WORDS },
    finds: 'not-found',
  },
  'GET /api/agencies/:agencyId/retention/destructions/:destructionId': {
    rest: `/destructions/${newId()}`,
    finds: 'not-found',
  },
  'POST /api/agencies/:agencyId/retention/destructions/:destructionId': {
    rest: `/destructions/${newId()}`,
    body: { do: 'take_back', _v: 1 },
    finds: 'not-found',
  },
  'POST /api/agencies/:agencyId/retention/register/file': { rest: '/register/file', body: { purpose: WORDS } },
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const retention = (rest = '') => `/api/agencies/${agency._id}/retention${rest}`

describe('[R38] [RT5] each route × each relation', () => {
  test('the table has them all, and no other', () => {
    const declared = dure.app.routes.filter(({ path }) => OURS.test(path)).map(nameOf)
    expect(Object.keys(LINES).sort()).toEqual(declared.sort())
  })

  for (const [name, line] of Object.entries(LINES)) {
    test.each(RELATIONS)(`${name} by: %s`, async relation => {
      const [method = ''] = name.split(' ')
      const answer = await clients
        .get(relation)
        ?.ask(method, retention(line.rest), line.body ? { body: line.body } : {})
      if (relation === 'stranger') return expect(answer?.reason).toBe('not-signed-in')
      if (!DECIDING.includes(relation)) return expect(answer?.reason).toBe('not-found')
      if (line.finds) return expect(answer?.reason).toBe(line.finds)
      // An older version is a conflict: who gets so far was let in.
      expect([200, 409]).toContain(answer?.status)
    })
  }
})

test('[RT7] [LR-39] a destroyed case answers over HTTP with the same bytes as one that never was, to everybody, also after a restart', async () => {
  const worker = must(clients.get('worker here'), 'the worker')
  const made = await worker.post('/api/cases', {
    number: '2019-042',
    label: '윤○○ 가구',
    stage: 'closed',
    reason: '이전 기록에서 옮겨 적음',
    agencies: [{ agencyId: agency._id, role: 'lead' }],
    workers: [{ userId: must(workerId, 'the worker'), agencyId: agency._id }],
  })
  expect(made.status).toBe(200)
  const { caseId } = made.body as { caseId: string }
  dure.advance(7 * 366 * 86_400_000)
  const signIn = (relation: Relation) => dure.signIn(must(logins.get(relation), 'a login'))
  const [leader, officer, supervisor] = [
    await signIn('worker here'),
    await signIn('officer here'),
    await signIn('supervisor here'),
  ]
  expect((await leader.get(`/api/cases/${caseId}`)).status).toBe(200)

  const proposed = await officer.post(retention('/proposals'), { caseIds: [caseId], words: WORDS })
  const { destructionId } = must((proposed.body as RetentionDeskView).waiting[0], 'the proposal')
  const where = retention(`/destructions/${destructionId}`)
  const { destruction, counts } = (await supervisor.get(where)).body as InspectionView
  const confirm = { do: 'confirm', _v: destruction._v, number: '2019-042', counts }
  expect((await officer.post(where, confirm)).detail).toBe('own-proposal')
  expect((await supervisor.post(where, { ...confirm, number: '2019-043' })).detail).toBe('wrong-number')
  const done = await supervisor.post(where, confirm)
  expect((done.body as RetentionDeskView).decided[0]).toMatchObject({ state: 'destroyed', number: '2019-042' })

  const plain = (text: string) => text.replace(/"requestId":"[^"]+"/, '')
  const ADDRESSES = ['', '/records', '/life', '/bases', '/referrals', '/access', '/form']
  const compare = async (client: TestClient) => {
    for (const rest of ADDRESSES) {
      const real = await client.get(`/api/cases/${caseId}${rest}`)
      const none = await client.get(`/api/cases/${newId()}${rest}`)
      expect([rest, real.status, plain(real.text)]).toEqual([rest, none.status, plain(none.text)])
      expect(real.status).toBe(404)
    }
    for (const document of ['case.', 'actions.']) {
      const tail = document === 'actions.' ? '.open' : ''
      const real = await client.get(`/api/sync-check/${document}${caseId}${tail}`)
      const none = await client.get(`/api/sync-check/${document}${newId()}${tail}`)
      expect([real.status, plain(real.text)]).toEqual([none.status, plain(none.text)])
    }
    expect((await client.get('/api/cases')).text).not.toContain(caseId)
  }
  await compare(leader)
  await compare(officer)

  const csv = await officer.post(retention('/register/file'), { purpose: '점검 보고에 붙임' })
  expect(csv.text).toContain('2019-042')
  expect(csv.text).not.toContain('윤○○')
  expect(dure.logged()).not.toContain('2019-042')

  const login = must(logins.get('worker here'), 'a login')
  dure = await dure.restart()
  dure.advance(7 * 366 * 86_400_000)
  await compare(await dure.signIn(login))
})
