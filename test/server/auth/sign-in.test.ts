import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { type AppUnderTest, startAppUnderTest } from '../../support/app-under-test.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let dure: AppUnderTest
beforeAll(async () => {
  dure = await startAppUnderTest()
})
afterAll(() => dure.close())

const tries = (login: string, password: string) => dure.stranger().post('/api/session', { login, password })

async function recorded(action: string): Promise<AuditRecord[]> {
  return dure.app.store
    .collection<AuditRecord>('audit')
    .find({ action }, { sort: { sequence: 1 } })
    .toArray()
}

describe('[R19] [LR-06] wrong passwords', () => {
  test('an unknown login, a wrong password and an account switched off get the same answer', async () => {
    await dure.person({ login: 'known' })
    const { user } = await dure.person({ login: 'gone' })
    await dure.app.users.update(await fresh(user._id), { active: false })
    const answers = [
      await tries('known', 'wrong-password'),
      await tries('nobody-at-all', 'wrong-password'),
      await tries('gone', TEST_PASSWORD),
    ]
    const shape = answers.map(({ status, text }) => [status, text.replace(/"requestId":"[\w-]{12}"/, '')])
    expect(new Set(shape.map(one => JSON.stringify(one))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 401, reason: 'wrong-credentials' })
  })

  test('the fifth locks the account, also against the right password, for a quarter of an hour', async () => {
    await dure.person({ login: 'careless' })
    for (let i = 0; i < 5; i += 1) expect((await tries('careless', `wrong-${i}`)).reason).toBe('wrong-credentials')
    expect(await tries('careless', TEST_PASSWORD)).toMatchObject({ status: 429, reason: 'account-locked' })
    dure.advance(14 * MINUTE)
    expect((await tries('careless', TEST_PASSWORD)).reason).toBe('account-locked')
    dure.advance(2 * MINUTE)
    expect((await tries('careless', TEST_PASSWORD)).status).toBe(200)
  })

  test('a login that does not exist locks just the same', async () => {
    for (let i = 0; i < 5; i += 1) expect((await tries('ghost', 'wrong')).reason).toBe('wrong-credentials')
    expect((await tries('ghost', 'wrong')).reason).toBe('account-locked')
  })

  test('a right password forgets the wrong ones before it', async () => {
    await dure.person({ login: 'hasty' })
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 4; i += 1) expect((await tries('hasty', 'wrong')).reason).toBe('wrong-credentials')
      expect((await tries('hasty', TEST_PASSWORD)).status).toBe(200)
    }
  })

  test('twenty at once get no more tries than five', async () => {
    await dure.person({ login: 'attacked' })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => tries('attacked', `guess-${i}`)))
    const looked = answers.filter(answer => answer.reason === 'wrong-credentials')
    expect(looked.length).toBeGreaterThan(0)
    expect(looked.length).toBeLessThanOrEqual(5)
    expect((await tries('attacked', TEST_PASSWORD)).reason).toBe('account-locked')
  })

  test('capital letters and spaces around a login are no other login', async () => {
    await dure.person({ login: 'Same.Person' })
    expect((await tries(' same.person ', TEST_PASSWORD)).status).toBe(200)
    for (let i = 0; i < 5; i += 1) await tries(i % 2 ? 'SAME.PERSON' : 'same.person', 'wrong')
    expect((await tries('Same.Person', TEST_PASSWORD)).reason).toBe('account-locked')
  })

  test('every try is on record with address and outcome, and never with what was typed', async () => {
    const { user } = await dure.person({ login: 'recorded' })
    await tries('recorded', 'typed-by-mistake')
    const entries = (await recorded('session.sign-in')).filter(entry => entry.actor === user._id)
    expect(entries.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['ok', undefined],
      ['denied', 'wrong-credentials'],
    ])
    expect(entries.every(entry => entry.address === '127.0.0.1')).toBe(true)
    expect(JSON.stringify(entries)).not.toMatch(/typed-by-mistake|recorded"/)
    expect(dure.logged()).not.toContain('typed-by-mistake')
  })
})

describe('[R15] [R16] the session', () => {
  test('a cookie from before the sign-in opens nothing after it, whoever set it', async () => {
    const { client } = await dure.person({ login: 'fixated' })
    const before = client.cookie
    const planted = dure.stranger()
    planted.cookie = 'dure=AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    await planted.post('/api/session', { login: 'fixated', password: TEST_PASSWORD })
    expect(planted.cookie).not.toContain('AAAAAAAAAA')
    await client.post('/api/session', { login: 'fixated', password: TEST_PASSWORD })
    expect(client.cookie).not.toBe(before)
    const old = dure.stranger()
    old.cookie = before
    expect((await old.get('/api/agencies')).reason).toBe('not-signed-in')
    expect((await client.get('/api/agencies')).status).toBe(200)
  })

  test('signing out ends it on the server too', async () => {
    const { client } = await dure.person()
    const copy = dure.stranger()
    copy.cookie = client.cookie
    await client.delete('/api/session')
    expect((await copy.get('/api/agencies')).reason).toBe('not-signed-in')
    expect((await copy.session()).state).toBe('signed-out')
  })

  test('signing out everywhere ends it on every device', async () => {
    const { client } = await dure.person({ login: 'traveller' })
    const other = await dure.signIn('traveller')
    await client.post('/api/session/sign-out-everywhere')
    expect((await other.get('/api/agencies')).reason).toBe('not-signed-in')
  })

  test('[LR-04] a second place is allowed, and seen in the record', async () => {
    const { user } = await dure.person({ login: 'two-places' })
    await dure.signIn('two-places')
    const entries = (await recorded('session.sign-in')).filter(entry => entry.actor === user._id)
    expect(entries.map(entry => entry.reason)).toEqual([undefined, 'open-elsewhere'])
  })

  test.each([
    ['another secret', (cookie: string) => cookie.replace(/.$/, end => (end === 'A' ? 'B' : 'A'))],
    ['only the id', (cookie: string) => cookie.split('.')[0] ?? ''],
    ['two of them', (cookie: string) => `${cookie}; ${cookie}`],
    ['another name', (cookie: string) => cookie.replace('dure=', '__Host-dure=')],
  ])('a cookie with %s opens nothing', async (_, forge) => {
    const { client } = await dure.person()
    const forged = dure.stranger()
    forged.cookie = forge(client.cookie ?? '')
    expect((await forged.get('/api/agencies')).reason).toBe('not-signed-in')
  })

  test('the secret is not in the store', async () => {
    const { client } = await dure.person()
    const secret = client.cookie?.split('.')[1] ?? ''
    const records = await dure.app.store.collection('sessions').find({}).toArray()
    expect(records.length).toBeGreaterThan(0)
    expect(secret).toHaveLength(43)
    expect(JSON.stringify(records)).not.toContain(secret)
  })

  test('it ends after twelve hours, whatever one does', async () => {
    const { client } = await dure.person()
    for (let passed = 0; passed < 12 * HOUR - 5 * MINUTE; passed += 5 * MINUTE) {
      dure.advance(5 * MINUTE)
      expect((await client.post('/api/session/activity')).status).toBe(200)
    }
    dure.advance(6 * MINUTE)
    expect((await client.post('/api/session/activity')).reason).toBe('not-signed-in')
  })

  test('it is still open after a restart of the server', async () => {
    const { client } = await dure.person()
    dure = await dure.restart()
    const again = dure.stranger()
    again.cookie = client.cookie
    expect((await again.get('/api/agencies')).status).toBe(200)
  })
})

describe('the idle lock', () => {
  test('after ten minutes without a hand on it the session opens nothing, and the password opens the same one again', async () => {
    const { client, user } = await dure.person({ login: 'away', name: '자리를 비운 사람' })
    const cookie = client.cookie
    dure.advance(10 * MINUTE + 1)
    expect(await client.get('/api/agencies')).toMatchObject({ status: 401, reason: 'session-locked' })
    expect(await client.session()).toMatchObject({
      state: 'locked',
      person: { userId: user._id, name: '자리를 비운 사람', login: 'away' },
    })
    expect((await client.post('/api/session/activity')).reason).toBe('session-locked')
    expect((await client.post('/api/session/unlock', { password: 'wrong' })).reason).toBe('wrong-credentials')
    const opened = await client.post('/api/session/unlock', { password: TEST_PASSWORD })
    expect(opened.body).toMatchObject({ state: 'signed-in' })
    expect(client.cookie).toBe(cookie)
    expect((await client.get('/api/agencies')).status).toBe(200)
  })

  test('looking is no sign of somebody sitting there; doing something is', async () => {
    const { client } = await dure.person()
    dure.advance(6 * MINUTE)
    await client.get('/api/agencies')
    dure.advance(5 * MINUTE)
    expect((await client.get('/api/agencies')).reason).toBe('session-locked')

    const { client: busy } = await dure.person()
    for (let i = 0; i < 4; i += 1) {
      dure.advance(6 * MINUTE)
      const answer = await busy.post('/api/session/activity')
      const { idleLocksAt } = answer.body as { idleLocksAt: number }
      const leftMs = idleLocksAt - dure.app.clock.now()
      expect(leftMs).toBeLessThanOrEqual(10 * MINUTE)
      expect(leftMs).toBeGreaterThan(9 * MINUTE)
    }
  })

  test('guessing at the lock locks the account out like guessing at the door', async () => {
    const { client } = await dure.person({ login: 'guessed' })
    dure.advance(11 * MINUTE)
    for (let i = 0; i < 5; i += 1) await client.post('/api/session/unlock', { password: `guess ${i}` })
    expect((await client.post('/api/session/unlock', { password: TEST_PASSWORD })).reason).toBe('account-locked')
    expect((await tries('guessed', TEST_PASSWORD)).reason).toBe('account-locked')
  })

  test('what was locked stays locked over a restart', async () => {
    const { client } = await dure.person()
    dure.advance(11 * MINUTE)
    expect((await client.session()).state).toBe('locked')
    const passed = dure.app.clock.now() - Date.now()
    dure = await dure.restart()
    dure.advance(passed)
    const again = dure.stranger()
    again.cookie = client.cookie
    expect((await again.session()).state).toBe('locked')
  })
})

describe('passwords', () => {
  test('changing it ends the sessions elsewhere and this one’s old cookie, and keeps this one', async () => {
    const { client } = await dure.person({ login: 'changing' })
    const elsewhere = await dure.signIn('changing')
    const copy = dure.stranger()
    copy.cookie = client.cookie
    const next = 'evening soup 42'
    expect((await client.post('/api/password', { current: 'wrong', next })).reason).toBe('wrong-credentials')
    expect((await client.post('/api/password', { current: TEST_PASSWORD, next })).status).toBe(200)
    expect((await client.get('/api/agencies')).status).toBe(200)
    expect((await copy.get('/api/agencies')).reason).toBe('not-signed-in')
    expect((await elsewhere.get('/api/agencies')).reason).toBe('not-signed-in')
    expect((await tries('changing', TEST_PASSWORD)).reason).toBe('wrong-credentials')
    expect((await tries('changing', next)).status).toBe(200)
  })

  test.each([
    ['password-too-common', 'password123!'],
    ['password-is-login', 'Ruled.Person99'],
    ['password-unchanged', TEST_PASSWORD],
  ])('a new one is refused when %s', async (detail, next) => {
    const { client } = await dure.person({ login: `ruled.person${detail.length}` })
    expect(await client.post('/api/password', { current: TEST_PASSWORD, next })).toMatchObject({
      status: 400,
      reason: 'bad-request',
      detail,
    })
  })

  test('[LR-05] a temporary one opens nothing but its own change', async () => {
    const { client } = await dure.person({ login: 'newcomer', mustChangePassword: true })
    expect(await client.session()).toMatchObject({ state: 'signed-in', mustChangePassword: true })
    expect(await client.get('/api/agencies')).toMatchObject({ status: 403, reason: 'password-change-required' })
    await client.post('/api/password', { current: TEST_PASSWORD, next: 'my own words 7' })
    expect(await client.session()).toMatchObject({ mustChangePassword: false })
    expect((await client.get('/api/agencies')).status).toBe(200)
  })

  test('at rest it is argon2id, sealed, and nowhere in clear', async () => {
    const { user } = await dure.person({ login: 'sealed-person', name: '봉인된 이름' })
    const hash = await dure.app.users.passwordHashOf(user._id)
    expect(hash).toMatch(/^\$argon2id\$v=19\$/)
    const stored = JSON.stringify(await dure.app.store.collection('users').findOne({ _id: user._id }), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
    for (const clear of ['argon2id', 'sealed-person', '봉인된', Buffer.from('봉인된').toString('latin1')]) {
      expect(stored).not.toContain(clear)
    }
  })
})

async function fresh(userId: Parameters<AppUnderTest['app']['users']['find']>[0]) {
  const user = await dure.app.users.find(userId)
  if (!user) throw new Error('No such person')
  return user
}
