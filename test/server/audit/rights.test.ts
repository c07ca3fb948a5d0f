/** Rights that are given, changed and taken away, over HTTP: each is on record by itself, with whom it is about (안전성 확보조치 기준 제5조③). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
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
