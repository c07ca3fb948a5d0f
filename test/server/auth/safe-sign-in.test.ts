/** One account for one person, means of signing in that give nothing away, and a limit to wrong tries (안전성 확보조치 기준 제5조④⑤⑥), over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { readConfig } from '../../../server/config.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { ElsewhereView, TemporaryPasswordView } from '../../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'

const MINUTE = 60_000
const ATTEMPTS = 3

let dure: AppUnderTest
let agencyId: AgencyId
beforeAll(async () => {
  dure = await startAppUnderTest({ environment: { DURE_LOCKOUT_ATTEMPTS: String(ATTEMPTS) } })
  agencyId = (await dure.agency())._id
})
afterAll(() => dure.close())

/** Signed in a moment ago, however far a test moved the time. */
const administrator = async () => (await dure.person({ agencyId, role: 'agency_administrator' })).client
const audit = async (filter: object): Promise<AuditRecord[]> =>
  dure.app.store
    .collection<AuditRecord>('audit')
    .find(filter, { sort: { sequence: 1 } })
    .toArray()
async function elsewhere(client: TestClient): Promise<ElsewhereView[]> {
  const view = await client.session()
  return view.state === 'signed-in' ? (view.elsewhere ?? []) : []
}
const heard = async (client: TestClient) =>
  ((await client.post('/api/session/activity')).body as { elsewhere: ElsewhereView[] }).elsewhere

describe('[LR-04] one account, one person', () => {
  test('a second sign-in while the first is at work is on record, and both screens say when and from where', async () => {
    const { user, client: first } = await dure.person({ login: 'shared.one' })
    expect(await elsewhere(first)).toEqual([])
    dure.advance(2 * MINUTE)
    const second = await dure.signIn('shared.one')
    const [toSecond, ...more] = await elsewhere(second)
    expect(more).toEqual([])
    expect(toSecond?.address).toBe('127.0.0.1')
    const [toFirst] = await heard(first)
    expect(toFirst?.address).toBe('127.0.0.1')
    // Each is told of the other's sign-in, which was two minutes apart.
    const apart = Date.parse(toFirst?.at ?? '') - Date.parse(toSecond?.at ?? '')
    expect(apart).toBeGreaterThanOrEqual(2 * MINUTE)
    expect((await audit({ action: 'session.sign-in', actor: user._id })).map(one => [one.outcome, one.reason])).toEqual(
      [
        ['ok', undefined],
        ['ok', 'open-elsewhere'],
      ],
    )
    await second.delete('/api/session')
    expect(await heard(first)).toEqual([])
  })

  test('who signs in again in the same browser, and whose other screen is locked, is told of nothing', async () => {
    const { client } = await dure.person({ login: 'same.browser' })
    await client.post('/api/session', { login: 'same.browser', password: TEST_PASSWORD })
    expect(await elsewhere(client)).toEqual([])
    dure.advance(11 * MINUTE)
    const later = await dure.signIn('same.browser')
    expect(await elsewhere(later)).toEqual([])
  })

  test('who does not know the other signs out everywhere, and it is over there', async () => {
    const { client: first } = await dure.person({ login: 'not.me' })
    const second = await dure.signIn('not.me')
    await first.post('/api/session/sign-out-everywhere')
    expect((await second.session()).state).toBe('signed-out')
  })

  test('a login is one person’s: there is no second account of that name, and none for a group', async () => {
    await dure.person({ login: 'only.one' })
    const path = `/api/agencies/${agencyId}/staff`
    const chief = await administrator()
    const again = await chief.post(path, { name: '다른 사람', login: 'ONLY.one', role: 'case_worker' })
    expect(again).toMatchObject({ status: 409, detail: 'login-taken' })
    const nobody = await chief.post(path, { name: '', login: 'team.all', role: 'case_worker' })
    expect(nobody.reason).toBe('bad-request')
  })
})

describe('[LR-05] safe means of signing in', () => {
  test('a password given anew opens only its own change, once; the one before it and itself open nothing after', async () => {
    const { user } = await dure.person({ agencyId, login: 'reset.me' })
    const chief = await administrator()
    const reset = async () =>
      ((await chief.post(`/api/agencies/${agencyId}/staff/${user._id}/reset-password`)).body as TemporaryPasswordView)
        .temporaryPassword
    const opens = async (password: string) =>
      (await dure.stranger().post('/api/session', { login: 'reset.me', password })).status === 200
    const before = await reset()
    const given = await reset()
    expect(given).not.toBe(before)
    expect(await opens(TEST_PASSWORD)).toBe(false)
    expect(await opens(before)).toBe(false)
    const client = await dure.signIn('reset.me', given)
    expect((await client.get('/api/notices')).reason).toBe('password-change-required')
    const weak = await client.post('/api/password', { current: given, next: 'password12' })
    expect(weak).toMatchObject({ status: 400, detail: 'password-too-common' })
    expect((await client.post('/api/password', { current: given, next: '우리 동네 두레 한마당' })).status).toBe(200)
    expect((await client.get('/api/notices')).status).toBe(200)
    expect(await opens(given)).toBe(false)
    const written = JSON.stringify(await audit({})) + dure.logged()
    for (const secret of [before, given, TEST_PASSWORD, '우리 동네 두레 한마당', client.cookie?.split('.')[1] ?? '?']) {
      expect(written).not.toContain(secret)
    }
  })

  test('no address takes a secret: passwords, codes and tokens come in bodies alone', () => {
    const SECRET = /password|secret|token|passkey|proof|recovery/i
    const inQueries = dure.app.routes.flatMap(({ query, path }) =>
      query instanceof z.ZodObject ? Object.keys(query.shape).map(key => `${path}?${key}`) : [],
    )
    expect(inQueries.length).toBeGreaterThan(10)
    expect(inQueries.filter(name => SECRET.test(name.split('?')[1] ?? ''))).toEqual([])
    const inPaths = dure.app.routes.filter(({ path }) =>
      [...path.matchAll(/:(\w+)/g)].some(([, name = '']) => SECRET.test(name) && !name.endsWith('Id')),
    )
    // A calendar program can send nothing but an address: that one opens times and places, signs nobody in, and can be taken back (NC1).
    expect(inPaths.map(({ path }) => path)).toEqual(['/api/calendar/:secret'])
  })
})

describe('[LR-06] a limit to wrong tries', () => {
  const tries = (login: string, password: string) => dure.stranger().post('/api/session', { login, password })

  test('five unless it is set otherwise', () => {
    const config = { DURE_KEY_FILE: 'key', DURE_DATA_DIR: 'data' }
    expect(readConfig(config).lockoutAttempts).toBe(5)
    expect(readConfig({ ...config, DURE_LOCKOUT_ATTEMPTS: '7' }).lockoutAttempts).toBe(7)
    for (const odd of ['0', '2', '21', 'many']) {
      expect(() => readConfig({ ...config, DURE_LOCKOUT_ATTEMPTS: odd })).toThrow(/DURE_LOCKOUT_ATTEMPTS/)
    }
  })

  test('as many as were set lock the account against the right password as well, on record, and for that long', async () => {
    const { user } = await dure.person({ login: 'limited.one' })
    for (let i = 0; i < ATTEMPTS; i += 1)
      expect((await tries('limited.one', `no-${i}`)).reason).toBe('wrong-credentials')
    expect(await tries('limited.one', TEST_PASSWORD)).toMatchObject({ status: 429, reason: 'account-locked' })
    const denied = await audit({ actor: user._id, outcome: 'denied' })
    expect(denied.map(one => one.reason)).toEqual([...Array(ATTEMPTS).fill('wrong-credentials'), 'account-locked'])
    dure.advance(16 * MINUTE)
    expect((await tries('limited.one', TEST_PASSWORD)).status).toBe(200)
  })
})
