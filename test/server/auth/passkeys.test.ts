/** Passkeys as a second factor: made, proved, named and taken away, over real HTTP, by a key in software. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { relyingPartyAt } from '../../../server/auth/relying-party.ts'
import type { User } from '../../../server/people/user-repository.ts'
import { must } from '../../../shared/assert.ts'
import type { RecoveryCodesView, SecondFactorSecretView, SecondFactorView } from '../../../shared/protocol/http-api.ts'
import type { NewPasskeyQuestion, PasskeyQuestion } from '../../../shared/protocol/passkeys.ts'
import { type Answer, type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { createAuthenticator } from '../../support/authenticator.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'
import { createSoftwareKey, type Lies, type SoftwareKey } from '../../support/passkey.ts'

const MINUTE = 60_000
let dure: AppUnderTest
beforeAll(async () => {
  dure = await startAppUnderTest()
})
afterAll(() => dure.close())

const PASSKEYS = '/api/second-factor/passkeys'
const done = (answer: Answer) => {
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}
const begin = async (client: TestClient) =>
  done(await client.post(`${PASSKEYS}/begin`, { password: TEST_PASSWORD })) as NewPasskeyQuestion

async function add(client: TestClient, key: SoftwareKey, name = '업무용 노트북'): Promise<string[]> {
  const answer = await client.post(PASSKEYS, key.make(await begin(client), name))
  return (done(answer) as RecoveryCodesView).recoveryCodes
}

const view = async (client: TestClient) => done(await client.get('/api/second-factor')) as SecondFactorView
const passkeysOf = async (client: TestClient) => {
  const seen = await view(client)
  return seen.on ? seen.passkeys : []
}

interface Enrolled {
  user: User
  client: TestClient
  key: SoftwareKey
  recoveryCodes: string[]
}

/** Somebody whose only second factor is one passkey. */
async function enrolled(options: { keepsCount?: boolean } = {}): Promise<Enrolled> {
  const { user, client } = await dure.person()
  const key = createSoftwareKey(dure.origin, options)
  return { user, client, key, recoveryCodes: await add(client, key) }
}

/** A browser in which the right password was given and nothing else. */
async function atTheQuestion(user: User): Promise<TestClient> {
  const client = dure.stranger()
  const answer = await client.post('/api/session', { login: user.login, password: TEST_PASSWORD })
  expect(answer.body).toMatchObject({ state: 'second-factor', passkey: true })
  return client
}

const question = async (client: TestClient) => done(await client.post('/api/session/passkey')) as PasskeyQuestion
const give = (client: TestClient, body: object) => client.post('/api/session/second-factor', body)
const prove = async (client: TestClient, key: SoftwareKey, lies?: Lies) =>
  give(client, { passkey: key.prove(await question(client), lies) })

const recordedOf = (user: User, action: string): Promise<AuditRecord[]> =>
  dure.app.store
    .collection<AuditRecord>('audit')
    .find({ actor: user._id, action }, { sort: { sequence: 1 } })
    .toArray()

describe('making one', () => {
  test('the first switches the second factor on, with recovery codes, under another session', async () => {
    const { user, client } = await dure.person()
    const before = client.cookie
    expect(await view(client)).toEqual({ on: false, passkeyPossible: true })
    const codes = await add(client, createSoftwareKey(dure.origin))
    expect(codes).toHaveLength(8)
    expect(client.cookie).not.toBe(before)
    expect(await view(client)).toMatchObject({
      on: true,
      app: false,
      recoveryCodesLeft: 8,
      passkeys: [{ name: '업무용 노트북', here: true, lastUsedAt: null }],
    })
    const old = dure.stranger()
    old.cookie = before
    expect((await old.get('/api/agencies')).reason).toBe('not-signed-in')
    expect(await recordedOf(user, 'second-factor.on')).toHaveLength(1)
    expect(await recordedOf(user, 'passkey.add')).toHaveLength(1)
  })

  test('more of them beside an app: no new recovery codes, the session goes on, and an app beside passkeys likewise', async () => {
    const { client } = await enrolled()
    const before = client.cookie
    expect(await add(client, createSoftwareKey(dure.origin), '보안 키')).toEqual([])
    expect(client.cookie).toBe(before)
    const { secret } = done(
      await client.post('/api/second-factor/begin', { password: TEST_PASSWORD }),
    ) as SecondFactorSecretView
    const phone = createAuthenticator(secret)
    expect(done(await client.post('/api/second-factor/confirm', { code: phone.codeAt(dure.app.clock.now()) }))).toEqual(
      { recoveryCodes: [] },
    )
    expect(client.cookie).toBe(before)
    expect(await view(client)).toMatchObject({ app: true, recoveryCodesLeft: 8, passkeys: [{}, { name: '보안 키' }] })
    expect((await client.post('/api/second-factor/begin', { password: TEST_PASSWORD })).detail).toBe('second-factor-on')
  })

  test('asks for the password, and for an answer to this session’s question, once', async () => {
    const { client } = await dure.person()
    expect((await client.post(`${PASSKEYS}/begin`, { password: 'wrong-wrong-1' })).reason).toBe('wrong-credentials')
    const key = createSoftwareKey(dure.origin)
    const asked = await begin(client)
    const other = (await dure.person()).client
    expect((await other.post(PASSKEYS, key.make(asked, '남의 것'))).detail).toBe('passkey-stale')
    const body = key.make(asked, '내 것')
    done(await client.post(PASSKEYS, body))
    expect((await client.post(PASSKEYS, body)).detail).toBe('passkey-stale')
    // The same key once more: a browser would have said so itself.
    expect((await client.post(PASSKEYS, key.make(await begin(client), '또'))).detail).toBe('passkey-known')
    const late = await begin(client)
    dure.advance(5 * MINUTE)
    expect((await client.post(PASSKEYS, createSoftwareKey(dure.origin).make(late, '늦음'))).detail).toBe(
      'passkey-stale',
    )
    expect(await passkeysOf(client)).toHaveLength(1)
  })

  test.each<[string, Lies]>([
    ['a forged page', { origin: 'https://dure.example.evil' }],
    ['a page of the same host on another port', { origin: 'http://localhost:1' }],
    ['another relying party', { relyingPartyId: 'example.org' }],
    ['another question', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['a proof instead of a making', { type: 'webauthn.get' }],
    ['nobody at the key', { absent: true }],
  ])('what comes of %s is none', async (_, lies) => {
    const { user, client } = await dure.person()
    const body = createSoftwareKey(dure.origin).make(await begin(client), '가짜', lies)
    expect((await client.post(PASSKEYS, body)).detail).toBe('passkey-refused')
    expect(await view(client)).toMatchObject({ on: false })
    expect((await recordedOf(user, 'passkey.add')).map(one => one.outcome)).toEqual(['denied'])
  })

  test('ten at most', async () => {
    const { client } = await enrolled()
    for (let n = 2; n <= 10; n++) await add(client, createSoftwareKey(dure.origin), `열쇠 ${n}`)
    expect((await client.post(`${PASSKEYS}/begin`, { password: TEST_PASSWORD })).detail).toBe('passkeys-full')
  })
})

describe('signing in', () => {
  test('the password alone opens nothing; the passkey opens everything, under another session, and is written down', async () => {
    const { user, key } = await enrolled()
    const client = await atTheQuestion(user)
    expect((await client.get('/api/agencies')).reason).toBe('second-factor-required')
    const opened = await prove(client, key)
    expect(opened.body).toMatchObject({ state: 'signed-in', secondFactor: true })
    expect((await client.get('/api/agencies')).status).toBe(200)
    expect((await passkeysOf(client))[0]?.lastUsedAt).not.toBeNull()
    expect(await recordedOf(user, 'passkey.used')).toHaveLength(1)
  })

  test('a question is answered once, by the session that asked it', async () => {
    const { user, key } = await enrolled()
    const client = await atTheQuestion(user)
    const proof = key.prove(await question(client))
    const elsewhere = await atTheQuestion(user)
    await question(elsewhere)
    expect((await give(elsewhere, { passkey: proof })).reason).toBe('wrong-credentials')
    expect((await give(client, { passkey: proof })).status).toBe(200)
    const again = await atTheQuestion(user)
    expect((await give(again, { passkey: proof })).reason).toBe('wrong-credentials')
  })

  test('a question for something else is no question for the sign-in', async () => {
    const { user, client, key } = await enrolled()
    const asked = done(await client.post(`${PASSKEYS}/question`)) as PasskeyQuestion
    const waiting = await atTheQuestion(user)
    expect((await give(waiting, { passkey: key.prove(asked) })).reason).toBe('wrong-credentials')
  })

  test.each<[string, Lies]>([
    ['a forged page', { origin: 'https://dure.example.evil' }],
    ['another relying party', { relyingPartyId: 'example.org' }],
    ['another question', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['a making instead of a proof', { type: 'webauthn.create' }],
    ['nobody at the key', { absent: true }],
    ['another key', { otherKey: true }],
  ])('what comes of %s proves nothing, and is on record', async (_, lies) => {
    const { user, key } = await enrolled()
    const client = await atTheQuestion(user)
    expect((await prove(client, key, lies)).reason).toBe('wrong-credentials')
    expect((await client.get('/api/agencies')).reason).toBe('second-factor-required')
    const denied = (await recordedOf(user, 'session.sign-in')).filter(one => one.outcome === 'denied')
    expect(denied.map(one => one.reason)).toEqual(['wrong-credentials:passkey'])
    // The honest one still opens.
    expect((await prove(client, key)).status).toBe(200)
  })

  test('a key whose count does not grow is a copy; one that keeps none is taken', async () => {
    const { user, key } = await enrolled()
    expect((await prove(await atTheQuestion(user), key)).status).toBe(200)
    key.counter -= 1
    expect((await prove(await atTheQuestion(user), key)).reason).toBe('wrong-credentials')
    const synced = await enrolled({ keepsCount: false })
    expect((await prove(await atTheQuestion(synced.user), synced.key)).status).toBe(200)
    expect((await prove(await atTheQuestion(synced.user), synced.key)).status).toBe(200)
  })

  test('somebody else’s passkey proves nothing', async () => {
    const [one, two] = [await enrolled(), await enrolled()]
    const client = await atTheQuestion(one.user)
    expect((await prove(client, two.key)).reason).toBe('wrong-credentials')
  })

  test('tries lock the account like wrong codes', async () => {
    const { user, key } = await enrolled()
    const client = await atTheQuestion(user)
    for (let n = 0; n < 5; n++) await prove(client, key, { otherKey: true })
    expect((await prove(client, key)).reason).toBe('account-locked')
  })

  test('recovery codes stay: each opens once without the passkey', async () => {
    const { user, recoveryCodes } = await enrolled()
    const code = must(recoveryCodes[0], 'a code')
    expect((await give(await atTheQuestion(user), { code })).status).toBe(200)
    expect((await give(await atTheQuestion(user), { code })).reason).toBe('wrong-credentials')
    // Six digits are no code where there is no app.
    expect((await give(await atTheQuestion(user), { code: '123456' })).reason).toBe('wrong-credentials')
  })

  test('nobody hears of passkeys before the password was given', async () => {
    const { client } = await enrolled()
    expect((await dure.stranger().post('/api/session/passkey')).reason).toBe('not-signed-in')
    expect((await client.post('/api/session/passkey')).reason).toBe('not-signed-in')
  })
})

describe('afterwards', () => {
  test('named anew and taken away with the password; the last one only where an app is left', async () => {
    const { user, client } = await enrolled()
    await add(client, createSoftwareKey(dure.origin), '보안 키')
    const [first, second] = await passkeysOf(client)
    const path = (id: string | undefined) => `${PASSKEYS}/${id}`
    done(await client.patch(path(first?.passkeyId), { name: '집 노트북' }))
    expect((await passkeysOf(client)).map(one => one.name)).toEqual(['집 노트북', '보안 키'])
    expect((await client.post(`${path(second?.passkeyId)}/remove`, { password: 'wrong-wrong-1' })).reason).toBe(
      'wrong-credentials',
    )
    done(await client.post(`${path(second?.passkeyId)}/remove`, { password: TEST_PASSWORD }))
    expect((await client.post(`${path(first?.passkeyId)}/remove`, { password: TEST_PASSWORD })).detail).toBe(
      'last-factor',
    )
    expect(await passkeysOf(client)).toHaveLength(1)
    expect((await recordedOf(user, 'passkey.remove')).map(one => one.outcome)).toEqual(['denied', 'ok'])
    // Another's is not there.
    const other = (await enrolled()).client
    expect((await other.patch(path(first?.passkeyId), { name: '내 것' })).status).toBe(404)
    expect((await other.post(`${path(first?.passkeyId)}/remove`, { password: TEST_PASSWORD })).status).toBe(404)
  })

  test('a proof is as good as a code for turning it off, and nothing of it is left', async () => {
    const { user, client, key } = await enrolled()
    const asked = done(await client.post(`${PASSKEYS}/question`)) as PasskeyQuestion
    const off = '/api/second-factor/off'
    expect(
      (await client.post(off, { password: TEST_PASSWORD, passkey: key.prove(asked, { otherKey: true }) })).detail,
    ).toBe('code')
    const again = done(await client.post(`${PASSKEYS}/question`)) as PasskeyQuestion
    done(await client.post(off, { password: TEST_PASSWORD, passkey: key.prove(again) }))
    expect(await view(client)).toEqual({ on: false, passkeyPossible: true })
    expect(await dure.app.passkeys.ofUser(user._id)).toEqual([])
  })

  test('an administrator’s reset takes the passkeys along', async () => {
    const { user } = await enrolled()
    await dure.app.secondFactors.remove(user._id)
    expect(await dure.app.passkeys.ofUser(user._id)).toEqual([])
    const answer = await dure.stranger().post('/api/session', { login: user.login, password: TEST_PASSWORD })
    expect(answer.body).toMatchObject({ state: 'signed-in' })
  })

  test('at rest neither its name nor its id is readable', async () => {
    const { user, key } = await enrolled()
    const stored = await dure.app.store.collection<{ _id: string; userId: string }>('passkeys').find({}).toArray()
    const own = stored.filter(one => one.userId === user._id)
    expect(own).toHaveLength(1)
    const text = JSON.stringify(own, (_, value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value))
    expect(text).not.toContain(key.id)
    expect(text).not.toContain('노트북')
  })
})

test('where a second factor is demanded, a passkey is one, and nothing opens before it', async () => {
  const strict = await startAppUnderTest({ environment: { DURE_SECOND_FACTOR: 'always' } })
  try {
    const { client } = await strict.person()
    expect((await client.get('/api/agencies')).reason).toBe('second-factor-required')
    expect((await client.post(`${PASSKEYS}/question`)).reason).toBe('second-factor-required')
    const key = createSoftwareKey(strict.origin)
    expect(await add(client, key)).toHaveLength(8)
    expect((await client.get('/api/agencies')).status).toBe(200)
    expect(await client.session()).toMatchObject({ secondFactor: true, needsSecondFactor: false })
  } finally {
    await strict.close()
  }
})

describe('whose address it is', () => {
  const at = (host: string, https: boolean, ours = true) => relyingPartyAt(host, { https, isOurHost: () => ours })

  test.each([
    ['dure.example.kr', true, { id: 'dure.example.kr', origin: 'https://dure.example.kr' }],
    ['dure.example.kr:8443', true, { id: 'dure.example.kr', origin: 'https://dure.example.kr:8443' }],
    ['saengyeon.localhost:3000', false, { id: 'saengyeon.localhost', origin: 'http://saengyeon.localhost:3000' }],
    ['dure.example.kr', false, undefined],
    ['127.0.0.1:3000', false, undefined],
    ['[::1]:3000', true, undefined],
  ] as const)('%s (https: %s)', (host, https, expected) => {
    expect(at(host, https)).toEqual(expected)
    expect(at(host, https, false)).toBeUndefined()
  })

  test('one of another agency’s host is of no use here, and is not offered', async () => {
    const { user, client } = await dure.person()
    const host = `angel.${dure.host}`
    const key = createSoftwareKey(`http://${host}`)
    const ask = async (path: string, body?: object) => client.ask('POST', path, { host, ...(body && { body }) })
    const asked = done(await ask(`${PASSKEYS}/begin`, { password: TEST_PASSWORD })) as NewPasskeyQuestion
    expect(asked.options.rp.id).toBe('angel.localhost')
    done(await ask(PASSKEYS, key.make(asked, '천사 주소')))
    expect((await passkeysOf(client)).map(one => one.here)).toEqual([false])
    const elsewhere = dure.stranger()
    const signedIn = await elsewhere.post('/api/session', { login: user.login, password: TEST_PASSWORD })
    expect(signedIn.body).toMatchObject({ state: 'second-factor', app: false, passkey: false })
    expect((await elsewhere.post('/api/session/passkey')).detail).toBe('passkey-address')
  })
})
