import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { newId } from '../../../server/lib/random.ts'
import type { Agency } from '../../../server/people/agency-repository.ts'
import type { AgencyView, DirectoryView, StaffView, TemporaryPasswordView } from '../../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'

let dure: AppUnderTest
let operator: TestClient
let agency: Agency
let administrator: TestClient
let administratorId: string

beforeAll(async () => {
  dure = await startAppUnderTest()
  operator = (await dure.person({ operator: true })).client
})
afterAll(() => dure.close())
beforeEach(async () => {
  agency = await dure.agency()
  const person = await dure.person({ agencyId: agency._id, role: 'agency_administrator' })
  administrator = person.client
  administratorId = person.user._id
})

const staffPath = (userId?: string, more = '') =>
  `/api/agencies/${agency._id}/staff${userId === undefined ? '' : `/${userId}`}${more}`
const staffOf = async (client: TestClient) => ((await client.get(staffPath())).body as { staff: StaffView[] }).staff
const oneOf = async (userId: string) => {
  const found = (await staffOf(administrator)).find(one => one.userId === userId)
  if (!found) throw new Error('Not on the staff')
  return found
}
const hire = async (login: string, role = 'case_worker') =>
  (await administrator.post(staffPath(), { name: '새 직원', login, role })).body as TemporaryPasswordView
const recorded = (filter: Partial<AuditRecord>) =>
  dure.app.store
    .collection<AuditRecord>('audit')
    .find(filter, { sort: { sequence: 1 } })
    .toArray()

describe('agencies', () => {
  const body = { name: '노인복지관', shortName: '노인', type: 'welfare_centre', public: false, city: '동두천시' }

  test('the operator registers one, with a colour of its own, and it is on record', async () => {
    const answer = await operator.post('/api/agencies', body)
    expect(answer.status).toBe(200)
    const created = answer.body as AgencyView
    expect(created).toMatchObject({ ...body, active: true, _v: 1, colour: expect.any(Number) })
    expect(await recorded({ action: 'agency.create', object: created.agencyId })).toHaveLength(1)
    const stored = await dure.app.store.collection('agencies').findOne({ _id: created.agencyId })
    expect(JSON.stringify(stored)).not.toContain('동두천')
    expect(JSON.stringify(stored)).not.toContain('노인')
  })

  test('nobody else does', async () => {
    expect(await administrator.post('/api/agencies', body)).toMatchObject({ status: 403, reason: 'not-allowed' })
    expect((await dure.stranger().post('/api/agencies', body)).reason).toBe('not-signed-in')
  })

  test('the operator sees all, an administrator the own', async () => {
    const all = (await operator.get('/api/agencies')).body as { agencies: AgencyView[] }
    const own = (await administrator.get('/api/agencies')).body as { agencies: AgencyView[] }
    expect(all.agencies.length).toBeGreaterThan(1)
    expect(own.agencies.map(one => one.agencyId)).toEqual([agency._id])
  })

  test('[R30] of twenty changes on one version one is made', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        administrator.patch(`/api/agencies/${agency._id}`, { _v: 1, name: `이름 ${i}` }),
      ),
    )
    expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
    expect(answers.filter(answer => answer.reason === 'conflict')).toHaveLength(19)
    expect(await recorded({ action: 'agency.change', object: agency._id })).toHaveLength(1)
  })

  test('whether it takes part at all is the operator’s to say, and its people lose their part at once', async () => {
    const path = `/api/agencies/${agency._id}`
    expect((await administrator.patch(path, { _v: 1, active: false })).reason).toBe('not-allowed')
    expect((await operator.patch(path, { _v: 1, active: false })).status).toBe(200)
    expect((await administrator.get(staffPath())).reason).toBe('not-found')
  })

  test('[R01] another agency looks like none', async () => {
    const other = await dure.agency()
    const there = await administrator.patch(`/api/agencies/${other._id}`, { _v: 1, name: '빼앗은 이름' })
    const nowhere = await administrator.patch(`/api/agencies/${newId()}`, { _v: 1, name: '빼앗은 이름' })
    const shape = (text: string) => text.replace(/"requestId":"[\w-]{12}"/, '')
    expect([there.status, shape(there.text)]).toEqual([404, shape(nowhere.text)])
    expect(there.text).toHaveLength(nowhere.text.length)
    const denied = await recorded({ action: 'authz.deny', object: `PATCH /api/agencies/:agencyId ${other._id}` })
    expect(denied).toMatchObject([{ outcome: 'denied', reason: 'not-found', address: '127.0.0.1' }])
  })
})

describe('staff', () => {
  test('[LR-05] a new person gets a temporary password once, and must change it first', async () => {
    const { login, temporaryPassword, userId } = await hire('new.person')
    expect(temporaryPassword).toMatch(/^[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}$/)
    const client = await dure.signIn(login, temporaryPassword)
    expect((await client.get('/api/agencies')).reason).toBe('password-change-required')
    await client.post('/api/password', { current: temporaryPassword, next: 'a long sentence' })
    expect((await client.get('/api/agencies')).status).toBe(200)
    expect(await oneOf(userId)).toMatchObject({ login, role: 'case_worker', active: true, lockedUntil: null })
    expect((await oneOf(userId)).lastSignInAt).not.toBeNull()
    expect(dure.logged()).not.toContain(temporaryPassword)
  })

  test('a login is one person’s, whoever asks', async () => {
    await hire('taken.login')
    const again = await administrator.post(staffPath(), { name: '다른 사람', login: 'Taken.Login', role: 'observer' })
    expect(again).toMatchObject({ status: 409, detail: 'login-taken' })
  })

  test('[LR-03] every grant, change and withdrawal of a role is a record of its own', async () => {
    const { userId } = await hire('promoted.one')
    const object = `${userId} ${agency._id}`
    const change = async (body: object) =>
      (await administrator.patch(staffPath(userId), { _v: (await oneOf(userId))._v, ...body })).status
    expect(await change({ role: 'supervisor' })).toBe(200)
    expect(await change({ name: '바뀐 이름' })).toBe(200)
    expect(await change({ active: false })).toBe(200)
    expect(await change({ active: true })).toBe(200)
    const records = (await recorded({ object })).map(({ action, reason, actor }) => [action, reason, actor])
    expect(records).toEqual([
      ['permission.grant', 'case_worker', administratorId],
      ['permission.change', 'supervisor', administratorId],
      ['permission.withdraw', 'supervisor', administratorId],
      ['permission.grant', 'supervisor', administratorId],
    ])
  })

  test('[LR-02] somebody switched off is out with the commit, on every device, and cannot come back', async () => {
    const { user, client } = await dure.person({ agencyId: agency._id, login: 'leaving.one' })
    const elsewhere = await dure.signIn('leaving.one')
    const heard: string[] = []
    const stop = dure.app.changes.onChange(keys => heard.push(...keys))
    await administrator.patch(staffPath(user._id), { _v: user._v, active: false })
    stop()
    expect(heard).toContain(`user:${user._id}`)
    expect(heard.filter(key => key.startsWith('session:'))).toHaveLength(2)
    expect((await client.get('/api/agencies')).reason).toBe('not-signed-in')
    expect((await elsewhere.get('/api/agencies')).reason).toBe('not-signed-in')
    const back = await dure.stranger().post('/api/session', { login: 'leaving.one', password: TEST_PASSWORD })
    expect(back.reason).toBe('wrong-credentials')
  })

  test('a role is what it is now: an administrator demoted meanwhile administers nothing', async () => {
    const { user, client } = await dure.person({ agencyId: agency._id, role: 'agency_administrator' })
    expect((await client.get(staffPath())).status).toBe(200)
    await administrator.patch(staffPath(user._id), { _v: user._v, role: 'case_worker' })
    expect((await client.get(staffPath())).reason).toBe('not-found')
  })

  test('an administrator cannot leave the agency without one; the operator can', async () => {
    const self = await oneOf(administratorId)
    for (const body of [{ role: 'case_worker' }, { active: false }]) {
      expect(await administrator.patch(staffPath(administratorId), { _v: self._v, ...body })).toMatchObject({
        reason: 'not-allowed',
        detail: 'last-administrator',
      })
    }
    await dure.person({ agencyId: agency._id, role: 'agency_administrator' })
    expect((await administrator.patch(staffPath(administratorId), { _v: self._v, role: 'case_worker' })).status).toBe(
      200,
    )
    const last = (await staffOf(operator)).find(one => one.role === 'agency_administrator')
    expect((await operator.patch(staffPath(last?.userId), { _v: last?._v, active: false })).status).toBe(200)
  })

  test('[R03] somebody of another agency is nobody here, and the operator is nobody’s staff', async () => {
    const other = await dure.agency()
    const { user: stranger } = await dure.person({ agencyId: other._id })
    const [chief] = await dure.app.users.operators()
    for (const userId of [stranger._id, chief?._id, newId()]) {
      const answers = [
        await administrator.patch(staffPath(userId), { _v: 1, active: false }),
        await administrator.post(staffPath(userId, '/reset-password')),
        await administrator.post(staffPath(userId, '/hand-over'), { toUserId: administratorId }),
      ]
      expect(answers.map(answer => answer.reason)).toEqual(['not-found', 'not-found', 'not-found'])
    }
    const foreign = await administrator.post(staffPath(administratorId, '/hand-over'), { toUserId: stranger._id })
    expect(foreign.reason).toBe('not-found')
    expect((await dure.app.users.find(stranger._id))?.active).toBe(true)
  })

  test('a reset ends what was open and a lock-out, and gives another temporary password', async () => {
    const { user, client } = await dure.person({ agencyId: agency._id, login: 'forgetful' })
    for (let i = 0; i < 6; i += 1) await dure.stranger().post('/api/session', { login: 'forgetful', password: 'wrong' })
    expect((await oneOf(user._id)).lockedUntil).not.toBeNull()
    const { temporaryPassword } = (await administrator.post(staffPath(user._id, '/reset-password')))
      .body as TemporaryPasswordView
    expect((await client.get('/api/agencies')).reason).toBe('not-signed-in')
    expect((await oneOf(user._id)).lockedUntil).toBeNull()
    const back = await dure.signIn('forgetful', temporaryPassword)
    expect(await back.session()).toMatchObject({ mustChangePassword: true })
  })

  test('work is handed over within the agency', async () => {
    const { user: from } = await dure.person({ agencyId: agency._id })
    const { user: to } = await dure.person({ agencyId: agency._id })
    const answer = await administrator.post(staffPath(from._id, '/hand-over'), { toUserId: to._id })
    expect(answer).toMatchObject({ status: 200, body: { cases: 0, conferences: 0 } })
    expect((await administrator.post(staffPath(from._id, '/hand-over'), { toUserId: from._id })).status).toBe(400)
  })
})

describe('the directory', () => {
  test('agencies of the own city with who can be invited, and no other city', async () => {
    const city = '의정부시'
    const own = await dure.agency({ city })
    const near = await dure.agency({ city })
    const closed = await dure.agency({ city, active: false })
    const { client } = await dure.person({ agencyId: own._id })
    const { user: neighbour } = await dure.person({ agencyId: near._id, role: 'supervisor', name: '이웃' })
    await dure.app.users.update(neighbour, { name: '새 이웃' })
    const { user: gone } = await dure.person({ agencyId: near._id })
    await dure.app.users.update((await dure.app.users.find(gone._id)) ?? gone, { active: false })
    const { agencies } = (await client.get('/api/directory')).body as DirectoryView
    expect(new Set(agencies.map(one => one.agencyId))).toEqual(new Set([own._id, near._id]))
    expect(agencies.some(one => one.agencyId === closed._id)).toBe(false)
    expect(agencies.find(one => one.agencyId === near._id)?.people).toEqual([
      { userId: neighbour._id, name: '새 이웃', role: 'supervisor' },
    ])
  })

  test('an observer plans nothing and sees none of it', async () => {
    const { client } = await dure.person({ agencyId: agency._id, role: 'observer' })
    expect(await client.get('/api/directory')).toMatchObject({ status: 403, reason: 'not-allowed' })
  })
})
