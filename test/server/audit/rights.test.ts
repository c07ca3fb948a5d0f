/** Rights that are given, changed and taken away, over HTTP: each is on record by itself, with whom it is about (안전성 확보조치 기준 제5조③). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { idOfRecord } from '../../../server/audit/chain.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseView, StaffView, TemporaryPasswordView } from '../../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest } from '../../support/app-under-test.ts'

let dure: AppUnderTest
beforeAll(async () => {
  dure = await startAppUnderTest()
})
afterAll(() => dure.close())

const recordsOf = (action: string) =>
  dure.app.store
    .collection<AuditRecord>('audit')
    .find({ action }, { sort: { sequence: 1 } })
    .toArray()

test('[AU3] [LR-02] [LR-03] a role given, changed and taken away, a worker taken out of a case, what is allowed in an emergency', async () => {
  const agency = await dure.agency()
  const at = { agencyId: agency._id }
  const admin = (await dure.person({ ...at, role: 'agency_administrator' })).client
  const staff = `/api/agencies/${agency._id}/staff`
  const made = await admin.post(staff, { name: '새 직원', login: 'new.colleague', role: 'case_worker' })
  const { userId } = made.body as TemporaryPasswordView
  const whom = `${userId} ${agency._id}`
  expect(await recordsOf('permission.grant')).toMatchObject([{ object: whom, reason: 'case_worker' }])

  const leader = await dure.person(at)
  const file = (
    await leader.client.post('/api/cases', {
      number: '2026-555',
      label: '김○○ 가구',
      agencies: [{ agencyId: agency._id, role: 'lead' }],
      workers: [
        { userId: leader.user._id, agencyId: agency._id },
        { userId, agencyId: agency._id },
      ],
    })
  ).body as CaseView
  const workers = [{ userId: leader.user._id, agencyId: agency._id }]
  expect((await leader.client.patch(`/api/cases/${file.caseId}`, { _v: file._v, workers })).status).toBe(200)
  expect(await recordsOf('access.withdraw')).toMatchObject([{ subject: file.caseId, object: `user.${userId}` }])

  const versionOf = async () =>
    ((await admin.get(staff)).body as { staff: StaffView[] }).staff.find(one => one.userId === userId)?._v
  await admin.patch(`${staff}/${userId}`, { _v: await versionOf(), role: 'observer' })
  await admin.patch(`${staff}/${userId}`, { _v: await versionOf(), active: false })
  expect(await recordsOf('permission.change')).toMatchObject([{ object: whom, reason: 'observer' }])
  expect(await recordsOf('permission.withdraw')).toMatchObject([{ object: whom }])

  const allowed = await admin.patch(`/api/agencies/${agency._id}/break-glass`, {
    _v: 0,
    own: false,
    others: false,
    minutes: 60,
  })
  expect(allowed.status).toBe(200)
  expect(await recordsOf('permission.change')).toMatchObject([
    { object: whom },
    { object: `break-glass agency.${agency._id}`, reason: 'no-own-no-others-60' },
  ])
})

test('[AU1] [AU3] [LR-03] a right that could not be recorded is neither given nor taken, and asked again it is, with its record', async () => {
  const agency = await dure.agency()
  const admin = (await dure.person({ agencyId: agency._id, role: 'agency_administrator' })).client
  const { user } = await dure.person({ agencyId: agency._id })
  const path = `/api/agencies/${agency._id}/staff/${user._id}`
  /** Somebody else took the chain's next place. */
  const spoilNext = async () => {
    const chain = dure.app.store.collection<AuditRecord>('audit')
    const [last] = await chain.find({}, { sort: { sequence: -1 }, limit: 1 }).toArray()
    const sequence = (last?.sequence ?? 0) + 1
    const record = { actor: null, address: '', action: 'test.spoil', outcome: 'ok', previous: '', hash: 'x' } as const
    await chain.insertOne({ ...record, _id: idOfRecord(sequence), sequence, at: new Date(dure.app.clock.now()) })
  }
  const now = async () => must(await dure.app.users.find(user._id), 'the colleague')
  const about = async (action: string) => (await recordsOf(action)).filter(one => one.object?.startsWith(user._id))
  for (const [change, action] of [
    [{ role: 'supervisor' }, 'permission.change'],
    [{ active: false }, 'permission.withdraw'],
    [{ active: true }, 'permission.grant'],
  ] as const) {
    const before = await now()
    await spoilNext()
    expect((await admin.patch(path, { _v: before._v, ...change })).reason).toBe('internal')
    expect(await now()).toEqual(before)
    const noted = (await about(action)).length
    expect((await admin.patch(path, { _v: before._v, ...change })).status).toBe(200)
    expect(await now()).not.toEqual(before)
    expect(await about(action)).toHaveLength(noted + 1)
  }
  // A login that is taken: what was noted beforehand is followed by that it failed.
  const staff = `/api/agencies/${agency._id}/staff`
  const taken = await admin.post(staff, { name: '다른 사람', login: user.login, role: 'observer' })
  expect(taken.detail).toBe('login-taken')
  const grants = (await recordsOf('permission.grant')).filter(one => one.reason === 'observer')
  expect(grants.map(one => one.outcome)).toEqual(['ok', 'failed'])
})
