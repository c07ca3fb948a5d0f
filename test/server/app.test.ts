import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppUnderTest, startAppUnderTest } from '../support/app-under-test.ts'
import { storeUnderTest } from '../support/store-under-test.ts'

describe('the application as a whole', () => {
  let dure: AppUnderTest
  beforeAll(async () => {
    dure = await startAppUnderTest()
  })
  afterAll(() => dure.close())

  test('answers and names the store in use', async () => {
    const health = await dure.stranger().get('/api/health')
    expect(health.status).toBe(200)
    expect(health.body).toEqual({ ok: true, store: storeUnderTest, version: '1' })
    expect(dure.app.startLines.join('\n')).toContain(dure.app.store.description)
  })

  test('signs somebody in, and knows them by the cookie', async () => {
    const agency = await dure.agency({ name: '생연1동 행정복지센터', shortName: '생연1동' })
    const { client } = await dure.person({ agencyId: agency._id, login: 'worker', name: '사례관리 담당' })
    const session = await client.session()
    expect(session).toMatchObject({ state: 'signed-in', mustChangePassword: false })
    if (session.state !== 'signed-in') return
    expect(session.person).toMatchObject({ name: '사례관리 담당', operator: false })
    expect(session.person.memberships).toMatchObject([{ agencyName: '생연1동 행정복지센터', role: 'case_worker' }])
  })

  test('stops within its limit while a connection is kept open, and everything is there after a restart', async () => {
    const again = await dure.restart()
    dure = again
    expect((await again.signIn('worker')).cookie).toBeDefined()
  })
})
