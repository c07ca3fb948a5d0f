import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { createSecondFactorDemand, type DemandConfig } from '../../../server/auth/second-factor-demand.ts'
import { INSIDE_NETWORKS } from '../../../server/lib/host-names.ts'
import type { User } from '../../../server/people/user-repository.ts'
import type { RecoveryCodesView, SecondFactorSecretView } from '../../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { type Authenticator, createAuthenticator } from '../../support/authenticator.ts'
import { type PersonAbout, TEST_PASSWORD } from '../../support/builders.ts'

const SECOND = 1000
const MINUTE = 60_000
/** Far enough for another code, near enough for no limit. */
const NEXT_CODE = 31 * SECOND

interface Enrolled {
  user: User
  client: TestClient
  phone: Authenticator
  secret: string
  /** The code that switched it on. */
  firstCode: string
  recoveryCodes: string[]
}

/** What a browser sends to open a document's socket; a refusal is a plain answer. */
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': Buffer.alloc(16).toString('base64'),
}
const SOME_DOCUMENT = `/sync/conference.${'A'.repeat(22)}`

/** A language for people with phones. */
function language(dureNow: () => AppUnderTest) {
  const now = () => dureNow().app.clock.now()

  async function enrol(client: TestClient): Promise<Omit<Enrolled, 'user' | 'client'>> {
    const begun = await client.post('/api/second-factor/begin', { password: TEST_PASSWORD })
    if (begun.status !== 200) throw new Error(begun.text)
    const { secret } = begun.body as SecondFactorSecretView
    const phone = createAuthenticator(secret)
    const firstCode = phone.codeAt(now())
    const confirmed = await client.post('/api/second-factor/confirm', { code: firstCode })
    if (confirmed.status !== 200) throw new Error(confirmed.text)
    return { phone, secret, firstCode, recoveryCodes: (confirmed.body as RecoveryCodesView).recoveryCodes }
  }

  return {
    now,
    enrol,
    /** A person whose phone is set up, who is signed in, and whose next code is a fresh one. */
    async enrolled(about: PersonAbout = {}): Promise<Enrolled> {
      const { user, client } = await dureNow().person(about)
      const factor = await enrol(client)
      dureNow().advance(NEXT_CODE)
      return { user, client, ...factor }
    },
    /** A browser in which the right password was given and nothing else. */
    async atTheCode(user: User): Promise<TestClient> {
      const client = dureNow().stranger()
      const answer = await client.post('/api/session', { login: user.login, password: TEST_PASSWORD })
      expect(answer.body).toMatchObject({ state: 'second-factor', person: { userId: user._id, name: user.name } })
      return client
    },
    /** Six digits that the phone does not show now. */
    wrongCode(phone: Authenticator): string {
      const near = [-60, -30, 0, 30, 60].map(seconds => phone.codeAt(now() + seconds * SECOND))
      return ['000000', '111111', '222222', '333333', '444444', '555555'].find(code => !near.includes(code)) ?? ''
    },
  }
}

const give = (client: TestClient, code: string) => client.post('/api/session/second-factor', { code })

describe('a second factor', () => {
  let dure: AppUnderTest
  beforeAll(async () => {
    dure = await startAppUnderTest()
  })
  afterAll(() => dure.close())
  const { now, enrol, enrolled, atTheCode, wrongCode } = language(() => dure)

  async function recordedOf(user: User): Promise<AuditRecord[]> {
    return dure.app.store
      .collection<AuditRecord>('audit')
      .find({ actor: user._id }, { sort: { sequence: 1 } })
      .toArray()
  }

  describe('signing in', () => {
    test('the password alone opens nothing; the code opens everything, under another session', async () => {
      const { user, phone } = await enrolled()
      const client = await atTheCode(user)
      const waiting = client.cookie
      expect(await client.get('/api/agencies')).toMatchObject({ status: 401, reason: 'second-factor-required' })
      const opened = await give(client, phone.codeAt(now()))
      expect(opened.body).toMatchObject({ state: 'signed-in', secondFactor: true, needsSecondFactor: false })
      expect(client.cookie?.split('.')[0]).not.toBe(waiting?.split('.')[0])
      expect((await client.get('/api/agencies')).status).toBe(200)
      const old = dure.stranger()
      old.cookie = waiting
      expect((await old.get('/api/agencies')).reason).toBe('not-signed-in')
    })

    test('[R38] every closed route says what is missing', async () => {
      const { user } = await enrolled()
      const client = await atTheCode(user)
      const closed = dure.app.routes.filter(route => route.policy !== 'public')
      expect(closed.length).toBeGreaterThan(30)
      for (const { method, path, body } of closed) {
        const anywhere = path.replace(/:\w+/g, 'A'.repeat(22))
        const answer = await client.ask(method, anywhere, body ? { body: {} } : {})
        expect([method, path, answer.status, answer.reason]).toEqual([method, path, 401, 'second-factor-required'])
      }
      expect((await client.post('/api/session/unlock', { password: TEST_PASSWORD })).reason).toBe(
        'second-factor-required',
      )
    })

    test('a document’s socket is refused before its 101', async () => {
      const { user } = await enrolled()
      const client = await atTheCode(user)
      const answer = await client.ask('GET', SOME_DOCUMENT, { headers: { ...UPGRADE, origin: dure.origin } })
      expect([answer.status, answer.body]).toEqual([401, { reason: 'second-factor-required' }])
    })

    test('what waits for a code is over after five minutes', async () => {
      const { user, phone } = await enrolled()
      const client = await atTheCode(user)
      dure.advance(5 * MINUTE)
      expect((await give(client, phone.codeAt(now()))).reason).toBe('not-signed-in')
    })

    test('signing out there takes it back', async () => {
      const { user, phone } = await enrolled()
      const client = await atTheCode(user)
      const copy = dure.stranger()
      copy.cookie = client.cookie
      await client.delete('/api/session')
      expect((await give(copy, phone.codeAt(now()))).reason).toBe('not-signed-in')
    })

    test('the idle lock asks the password alone, for the same session', async () => {
      const { client, user } = await enrolled()
      dure.advance(11 * MINUTE)
      expect(await client.session()).toMatchObject({ state: 'locked' })
      const opened = await client.post('/api/session/unlock', { password: TEST_PASSWORD })
      expect(opened.body).toMatchObject({ state: 'signed-in', secondFactor: true, person: { userId: user._id } })
    })

    test('it is asked after a restart of the server too', async () => {
      const { user, phone } = await enrolled({ login: 'restarted' })
      const passed = now() - Date.now()
      dure = await dure.restart()
      dure.advance(passed)
      const client = await atTheCode(user)
      expect((await give(client, phone.codeAt(now()))).status).toBe(200)
    })
  })

  describe('[R21] codes', () => {
    test('one code opens one sign-in, and none of an earlier moment afterwards', async () => {
      const { user, phone } = await enrolled()
      const code = phone.codeAt(now())
      const before = phone.codeAt(now() - 30 * SECOND)
      expect((await give(await atTheCode(user), code)).status).toBe(200)
      expect((await give(await atTheCode(user), code)).reason).toBe('wrong-credentials')
      expect((await give(await atTheCode(user), before)).reason).toBe('wrong-credentials')
      dure.advance(NEXT_CODE)
      expect((await give(await atTheCode(user), code)).reason).toBe('wrong-credentials')
      expect((await give(await atTheCode(user), phone.codeAt(now()))).status).toBe(200)
    })

    test('the code that switched it on opens no sign-in', async () => {
      const { user, client } = await dure.person()
      const { firstCode } = await enrol(client)
      expect((await give(await atTheCode(user), firstCode)).reason).toBe('wrong-credentials')
    })

    test('the same code at once in five browsers opens one', async () => {
      const { user, phone } = await enrolled()
      const clients: TestClient[] = []
      for (let i = 0; i < 5; i += 1) clients.push(await atTheCode(user))
      const code = phone.codeAt(now())
      const answers = await Promise.all(clients.map(client => give(client, code)))
      expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
    })

    test('between look and write nobody slips in: of ten at one moment one is taken', async () => {
      const { user, phone, recoveryCodes } = await enrolled()
      const { secondFactors } = dure.app
      const code = phone.codeAt(now())
      const taken = async (spend: () => Promise<boolean>) =>
        (await Promise.all(Array.from({ length: 10 }, spend))).filter(isTaken => isTaken).length
      expect(await taken(() => secondFactors.spendCode(user._id, code))).toBe(1)
      expect(await taken(() => secondFactors.spendRecoveryCode(user._id, recoveryCodes[0] ?? ''))).toBe(1)
    })

    test('a phone half a minute late or early is followed, five minutes is not', async () => {
      const { user, phone } = await enrolled()
      for (const minutes of [-5, 5]) {
        expect((await give(await atTheCode(user), phone.codeAt(now() + minutes * MINUTE))).reason).toBe(
          'wrong-credentials',
        )
      }
      dure.advance(NEXT_CODE)
      for (const seconds of [-30, 30]) {
        expect((await give(await atTheCode(user), phone.codeAt(now() + seconds * SECOND))).status).toBe(200)
      }
    })

    test('spaces in between are no difference, other people’s codes are', async () => {
      const { user, phone } = await enrolled()
      const other = await enrolled()
      const client = await atTheCode(user)
      expect((await give(client, other.phone.codeAt(now()))).reason).toBe('wrong-credentials')
      const code = phone.codeAt(now())
      expect((await give(client, ` ${code.slice(0, 3)} ${code.slice(3)} `)).status).toBe(200)
    })
  })

  describe('recovery codes', () => {
    test('eight, and each opens one sign-in, however it is typed', async () => {
      const { user, recoveryCodes, client } = await enrolled()
      expect(new Set(recoveryCodes).size).toBe(8)
      const [first = '', second = ''] = recoveryCodes
      expect(first).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/)
      expect((await give(await atTheCode(user), first)).status).toBe(200)
      expect((await give(await atTheCode(user), first)).reason).toBe('wrong-credentials')
      expect((await give(await atTheCode(user), second.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
      expect((await client.get('/api/second-factor')).body).toMatchObject({ on: true, recoveryCodesLeft: 6 })
    })

    test('the same one at once in four browsers opens one', async () => {
      const { user, recoveryCodes } = await enrolled()
      const clients: TestClient[] = []
      for (let i = 0; i < 4; i += 1) clients.push(await atTheCode(user))
      const answers = await Promise.all(clients.map(client => give(client, recoveryCodes[0] ?? '')))
      expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
    })

    test('new ones end the old ones', async () => {
      const { user, client, phone, recoveryCodes } = await enrolled()
      const body = { password: TEST_PASSWORD, code: phone.codeAt(now()) }
      const renewed = (await client.post('/api/second-factor/recovery-codes', body)).body as RecoveryCodesView
      expect((await give(await atTheCode(user), recoveryCodes[0] ?? '')).reason).toBe('wrong-credentials')
      expect((await give(await atTheCode(user), renewed.recoveryCodes[0] ?? '')).status).toBe(200)
    })

    test('somebody else’s opens nothing', async () => {
      const { user } = await enrolled()
      const other = await enrolled()
      expect((await give(await atTheCode(user), other.recoveryCodes[0] ?? '')).reason).toBe('wrong-credentials')
    })
  })

  describe('[R19] guessing', () => {
    test('the fifth wrong code locks the account, against the right code and the password as well', async () => {
      const { user, phone, client: open } = await enrolled()
      const client = await atTheCode(user)
      for (let i = 0; i < 5; i += 1) expect((await give(client, wrongCode(phone))).reason).toBe('wrong-credentials')
      expect(await give(client, phone.codeAt(now()))).toMatchObject({ status: 429, reason: 'account-locked' })
      const again = await dure.stranger().post('/api/session', { login: user.login, password: TEST_PASSWORD })
      expect(again.reason).toBe('account-locked')
      // Who is signed in stays so: a guesser must not throw people out of their meeting.
      expect((await open.get('/api/agencies')).status).toBe(200)
      dure.advance(16 * MINUTE)
      expect((await give(await atTheCode(user), phone.codeAt(now()))).status).toBe(200)
    })

    test('giving the right password again and again wins no more tries', async () => {
      const { user, phone } = await enrolled()
      const reasons: (string | undefined)[] = []
      for (let i = 0; i < 6; i += 1) {
        const client = dure.stranger()
        const password = await client.post('/api/session', { login: user.login, password: TEST_PASSWORD })
        reasons.push(password.reason ?? (await give(client, wrongCode(phone))).reason)
      }
      expect(reasons).toEqual([...Array.from({ length: 5 }, () => 'wrong-credentials'), 'account-locked'])
    })

    test('twenty at once get no more tries than five', async () => {
      const { user, phone } = await enrolled()
      const client = await atTheCode(user)
      const answers = await Promise.all(Array.from({ length: 20 }, () => give(client, wrongCode(phone))))
      const looked = answers.filter(answer => answer.reason === 'wrong-credentials').length
      expect(looked).toBeGreaterThan(0)
      expect(looked).toBeLessThanOrEqual(5)
    })

    test('an open screen does not help to guess the code that switches it off', async () => {
      const { client, phone } = await enrolled()
      const off = () => client.post('/api/second-factor/off', { password: TEST_PASSWORD, code: wrongCode(phone) })
      for (let i = 0; i < 5; i += 1) expect((await off()).reason).toBe('wrong-credentials')
      expect((await off()).reason).toBe('account-locked')
      expect((await client.get('/api/second-factor')).body).toMatchObject({ on: true })
    })

    test('who does not know the password does not learn that there is a second factor', async () => {
      const { user } = await enrolled()
      const { user: plain } = await dure.person()
      const answers = await Promise.all(
        [user.login, plain.login, 'nobody-here'].map(login =>
          dure.stranger().post('/api/session', { login, password: 'x' }),
        ),
      )
      const shapes = answers.map(({ status, text }) => [status, text.replace(/"requestId":"[\w-]{12}"/, '')])
      expect(new Set(shapes.map(one => JSON.stringify(one))).size).toBe(1)
    })

    test('without a password given before there is nothing to try a code at', async () => {
      const { phone, client } = await enrolled()
      expect((await give(dure.stranger(), phone.codeAt(now()))).reason).toBe('not-signed-in')
      const { client: plain } = await dure.person()
      expect((await give(plain, '123456')).body).toMatchObject({ state: 'signed-in', secondFactor: false })
      // Given in another tab already: the answer is how the session stands.
      expect((await give(client, '000000')).body).toMatchObject({ state: 'signed-in', secondFactor: true })
    })

    test('every try is on record, and never what was typed', async () => {
      const { user, phone, recoveryCodes, secret } = await enrolled()
      const wrong = wrongCode(phone)
      const client = await atTheCode(user)
      await give(client, wrong)
      await give(client, recoveryCodes[0] ?? '')
      const entries = (await recordedOf(user)).map(({ action, outcome, reason }) => [action, outcome, reason])
      expect(entries.slice(-4)).toEqual([
        ['session.code-awaited', 'ok', undefined],
        ['session.sign-in', 'denied', 'wrong-credentials:code'],
        ['second-factor.recovery-code-used', 'ok', undefined],
        ['session.sign-in', 'ok', 'open-elsewhere'],
      ])
      const said = JSON.stringify(await recordedOf(user)) + dure.logged()
      for (const secretWord of [wrong, recoveryCodes[0] ?? '', secret]) expect(said).not.toContain(secretWord)
    })
  })

  describe('setting it up', () => {
    test('asks the password, and is nothing until a code was given', async () => {
      const { user, client } = await dure.person()
      expect((await client.post('/api/second-factor/begin', { password: 'not mine' })).reason).toBe('wrong-credentials')
      await client.post('/api/second-factor/begin', { password: TEST_PASSWORD })
      expect((await client.get('/api/second-factor')).body).toMatchObject({ on: false })
      const elsewhere = await dure.signIn(user.login)
      expect(await elsewhere.session()).toMatchObject({ state: 'signed-in', secondFactor: false })
    })

    test('goes on under another session and ends the others', async () => {
      const { user, client } = await dure.person()
      const elsewhere = await dure.signIn(user.login)
      const before = dure.stranger()
      before.cookie = client.cookie
      await enrol(client)
      expect(await client.session()).toMatchObject({ state: 'signed-in', secondFactor: true })
      expect((await before.get('/api/agencies')).reason).toBe('not-signed-in')
      expect((await elsewhere.get('/api/agencies')).reason).toBe('not-signed-in')
    })

    test('a wrong first code changes nothing, and the right one still does', async () => {
      const { client } = await dure.person()
      const begun = await client.post('/api/second-factor/begin', { password: TEST_PASSWORD })
      const phone = createAuthenticator((begun.body as SecondFactorSecretView).secret)
      expect((await client.post('/api/second-factor/confirm', { code: wrongCode(phone) })).reason).toBe(
        'wrong-credentials',
      )
      expect((await client.post('/api/second-factor/confirm', { code: phone.codeAt(now()) })).status).toBe(200)
    })

    test('the last secret shown counts, for a quarter of an hour', async () => {
      const { client } = await dure.person()
      const begin = async () => {
        const answer = await client.post('/api/second-factor/begin', { password: TEST_PASSWORD })
        return createAuthenticator((answer.body as SecondFactorSecretView).secret)
      }
      const first = await begin()
      const second = await begin()
      const confirm = (phone: Authenticator) => client.post('/api/second-factor/confirm', { code: phone.codeAt(now()) })
      expect((await confirm(first)).reason).toBe('wrong-credentials')
      for (let passed = 0; passed < 16; passed += 4) {
        dure.advance(4 * MINUTE)
        await client.post('/api/session/activity')
      }
      expect((await confirm(second)).reason).toBe('conflict')
      expect((await confirm(await begin())).status).toBe(200)
    })

    test('cannot be done twice, nor confirmed without having begun', async () => {
      const { client } = await enrolled()
      expect((await client.post('/api/second-factor/begin', { password: TEST_PASSWORD })).reason).toBe('conflict')
      const { client: other } = await dure.person()
      expect((await other.post('/api/second-factor/confirm', { code: '123456' })).reason).toBe('conflict')
      expect((await other.post('/api/second-factor/off', { password: TEST_PASSWORD, code: '123456' })).reason).toBe(
        'conflict',
      )
    })

    test('at rest neither secret nor recovery codes are to be found', async () => {
      const { user, secret, recoveryCodes } = await enrolled()
      const record = await dure.app.store.collection('secondFactors').findOne({ _id: user._id })
      const stored = JSON.stringify(record, (_, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      )
      expect(stored).toContain('recoveryMarks')
      const bare = recoveryCodes.map(code => code.replaceAll('-', ''))
      for (const clear of [secret, ...recoveryCodes, ...bare]) expect(stored).not.toContain(clear)
    })
  })

  describe('taking it away', () => {
    test('asks password and code, and says which was wrong', async () => {
      const { user, client, phone } = await enrolled()
      const off = (password: string, code: string) => client.post('/api/second-factor/off', { password, code })
      const right = phone.codeAt(now())
      expect(await off('not mine', right)).toMatchObject({ reason: 'wrong-credentials', detail: 'password' })
      expect(await off(TEST_PASSWORD, wrongCode(phone))).toMatchObject({ reason: 'wrong-credentials', detail: 'code' })
      const before = client.cookie
      expect((await off(TEST_PASSWORD, right)).status).toBe(200)
      expect(client.cookie?.split('.')[0]).not.toBe(before?.split('.')[0])
      expect(await client.session()).toMatchObject({ state: 'signed-in', secondFactor: false })
      expect(await (await dure.signIn(user.login)).session()).toMatchObject({ state: 'signed-in' })
    })

    test('an administrator does it for somebody whose phone is gone, on record, and everything of theirs ends', async () => {
      const agency = await dure.agency()
      const { user, client } = await enrolled({ agencyId: agency._id })
      const waiting = await atTheCode(user)
      const { user: chief, client: admin } = await dure.person({ agencyId: agency._id, role: 'agency_administrator' })
      const path = `/api/agencies/${agency._id}/staff/${user._id}/reset-second-factor`
      expect((await admin.post(path)).body).toMatchObject({ userId: user._id, secondFactor: false })
      expect((await client.get('/api/agencies')).reason).toBe('not-signed-in')
      expect((await waiting.session()).state).toBe('signed-out')
      expect(await (await dure.signIn(user.login)).session()).toMatchObject({ state: 'signed-in', secondFactor: false })
      expect((await admin.post(path)).reason).toBe('conflict')
      const entry = (await recordedOf(chief)).find(({ action }) => action === 'second-factor.reset')
      expect(entry).toMatchObject({ object: user._id, outcome: 'ok' })
    })

    test('nobody does it for themselves without the code', async () => {
      const agency = await dure.agency()
      const { user, client } = await enrolled({ agencyId: agency._id, role: 'agency_administrator' })
      const answer = await client.post(`/api/agencies/${agency._id}/staff/${user._id}/reset-second-factor`)
      expect(answer).toMatchObject({ reason: 'not-allowed', detail: 'own-second-factor' })
    })

    test('resetting the password leaves it on, and ends a lock by wrong codes', async () => {
      const agency = await dure.agency()
      const { user, phone } = await enrolled({ agencyId: agency._id })
      const client = await atTheCode(user)
      for (let i = 0; i < 5; i += 1) await give(client, wrongCode(phone))
      const { client: admin } = await dure.person({ agencyId: agency._id, role: 'agency_administrator' })
      const staff = await admin.get(`/api/agencies/${agency._id}/staff`)
      const { staff: rows } = staff.body as { staff: { userId: string; secondFactor: boolean; lockedUntil: string }[] }
      const row = rows.find(one => one.userId === user._id)
      expect(row).toMatchObject({ secondFactor: true, lockedUntil: expect.any(String) })
      const reset = await admin.post(`/api/agencies/${agency._id}/staff/${user._id}/reset-password`)
      const { temporaryPassword } = reset.body as { temporaryPassword: string }
      const again = dure.stranger()
      const answer = await again.post('/api/session', { login: user.login, password: temporaryPassword })
      expect(answer.body).toMatchObject({ state: 'second-factor' })
      expect((await give(again, phone.codeAt(now()))).body).toMatchObject({ mustChangePassword: true })
    })
  })
})

describe('[LR-08] where a second factor is demanded', () => {
  const OUTSIDE = '203.0.113.7'
  let dure: AppUnderTest
  beforeAll(async () => {
    dure = await startAppUnderTest({ environment: { DURE_TRUSTED_PROXIES: '127.0.0.1' } })
  })
  afterAll(() => dure.close())
  const { now } = language(() => dure)

  /** The same browser, carried somewhere else. */
  function at(address: string, client: TestClient): TestClient {
    const ask: TestClient['ask'] = (method, path, asking = {}) =>
      client.ask(method, path, { ...asking, headers: { ...asking.headers, 'x-forwarded-for': address } })
    return {
      ...client,
      ask,
      get: path => ask('GET', path),
      post: (path, body) => ask('POST', path, body === undefined ? {} : { body }),
      session: async () => (await ask('GET', '/api/session')).body as Awaited<ReturnType<TestClient['session']>>,
    }
  }

  test('inside nothing is demanded; carried outside the same session opens nothing but setting one up', async () => {
    const { client } = await dure.person()
    const inside = at('10.1.2.3', client)
    expect((await inside.get('/api/agencies')).status).toBe(200)
    const outside = at(OUTSIDE, client)
    expect(await outside.get('/api/agencies')).toMatchObject({ status: 401, reason: 'second-factor-required' })
    expect(await outside.session()).toMatchObject({ state: 'signed-in', needsSecondFactor: true })
    expect(await inside.session()).toMatchObject({ state: 'signed-in', needsSecondFactor: false })

    const begun = await outside.post('/api/second-factor/begin', { password: TEST_PASSWORD })
    const phone = createAuthenticator((begun.body as SecondFactorSecretView).secret)
    expect((await outside.post('/api/second-factor/confirm', { code: phone.codeAt(now()) })).status).toBe(200)
    expect((await outside.get('/api/agencies')).status).toBe(200)
    expect(await outside.session()).toMatchObject({ secondFactor: true, needsSecondFactor: false })
  })

  test('[R38] every route but the way to one is closed, and so are documents', async () => {
    const { client } = await dure.person()
    const outside = at(OUTSIDE, client)
    const closed = dure.app.routes.filter(route => route.policy !== 'public')
    const open = closed.filter(route => route.evenWithoutSecondFactor).map(({ method, path }) => `${method} ${path}`)
    expect(open.sort()).toEqual([
      'GET /api/second-factor',
      'POST /api/password',
      'POST /api/second-factor/begin',
      'POST /api/second-factor/confirm',
      'POST /api/second-factor/passkeys',
      'POST /api/second-factor/passkeys/begin',
      'POST /api/session/activity',
      'POST /api/session/sign-out-everywhere',
    ])
    for (const { method, path, body, evenWithoutSecondFactor } of closed) {
      if (evenWithoutSecondFactor) continue
      const answer = await outside.ask(method, path.replace(/:\w+/g, 'A'.repeat(22)), body ? { body: {} } : {})
      expect([path, answer.reason]).toEqual([path, 'second-factor-required'])
    }
    const upgrade = await outside.ask('GET', SOME_DOCUMENT, { headers: { ...UPGRADE, origin: dure.origin } })
    expect([upgrade.status, upgrade.body]).toEqual([401, { reason: 'second-factor-required' }])
  })

  test('a temporary password is changed first', async () => {
    const { client } = await dure.person({ mustChangePassword: true })
    const outside = at(OUTSIDE, client)
    expect((await outside.get('/api/agencies')).reason).toBe('password-change-required')
    expect((await outside.post('/api/second-factor/begin', { password: TEST_PASSWORD })).reason).toBe(
      'password-change-required',
    )
    await outside.post('/api/password', { current: TEST_PASSWORD, next: 'my own words 7' })
    expect((await outside.get('/api/agencies')).reason).toBe('second-factor-required')
  })

  const about = (change: Partial<DemandConfig>): DemandConfig => ({
    demo: false,
    secondFactor: 'outside',
    insideNetworks: INSIDE_NETWORKS,
    publicUrl: undefined,
    trustedProxies: [],
    ...change,
  })
  const ADDRESSES = [
    '127.0.0.1',
    '::1',
    '10.0.0.8',
    '172.31.0.1',
    '192.168.1.9',
    'fd00::1',
    '203.0.113.7',
    '2001:db8::1',
    '',
  ]

  test.each<[string, Partial<DemandConfig>, string[]]>([
    ['by default, of everybody who is not in a private network', {}, ['203.0.113.7', '2001:db8::1', '']],
    ['of nobody when it is off', { secondFactor: 'off' }, []],
    ['of everybody always', { secondFactor: 'always' }, ADDRESSES],
    ['of nobody in the demo', { demo: true, secondFactor: 'always' }, []],
    [
      'outside the networks that were named',
      { insideNetworks: ['203.0.113.0/24'] },
      ADDRESSES.filter(address => address !== '203.0.113.7'),
    ],
    ['of everybody behind a proxy that nobody named', { publicUrl: new URL('https://dure.example.go.kr') }, ADDRESSES],
    [
      'by address behind a proxy that was named',
      { publicUrl: new URL('https://dure.example.go.kr'), trustedProxies: ['127.0.0.1'] },
      ['203.0.113.7', '2001:db8::1', ''],
    ],
  ])('it is demanded %s', (_, change, expected) => {
    const demands = createSecondFactorDemand(about(change))
    expect(ADDRESSES.filter(demands)).toEqual(expected)
  })
})
