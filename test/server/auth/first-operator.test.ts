import { afterEach, describe, expect, test } from 'vitest'
import { type AppUnderTest, startAppUnderTest } from '../../support/app-under-test.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'

let dure: AppUnderTest
afterEach(() => dure.close())

const codeIn = (lines: readonly string[]) => /operator: ((?:[a-z0-9]{4}-){3}[a-z0-9]{4})$/m.exec(lines.join('\n'))?.[1]

const form = (code: string | undefined, login = 'the.operator') => ({
  code: code ?? '',
  login,
  name: '운영 담당',
  password: TEST_PASSWORD,
})

describe('the first real start', () => {
  test('the code from the start makes the operator, once, who is signed in with it and sees no case menu to fill', async () => {
    dure = await startAppUnderTest()
    const code = codeIn(dure.app.startLines)
    expect(code).toBeDefined()
    const client = dure.stranger()
    expect(await client.session()).toMatchObject({
      state: 'signed-out',
      installation: { needsOperator: true, demo: false },
    })
    expect((await client.post('/api/operator', form('aaaa-bbbb-cccc-dddd'))).reason).toBe('wrong-credentials')
    expect(await client.post('/api/operator', { ...form(code), password: 'password12' })).toMatchObject({
      reason: 'bad-request',
      detail: 'password-too-common',
    })
    expect((await client.post('/api/operator', form(code?.toUpperCase()))).status).toBe(200)
    expect(await client.session()).toMatchObject({
      state: 'signed-in',
      installation: { needsOperator: false },
      person: { operator: true, memberships: [] },
    })
    expect((await dure.stranger().post('/api/operator', form(code, 'another'))).reason).toBe('wrong-credentials')
    expect(dure.logged()).not.toContain(code)
  })

  test('of two who have the code one becomes operator', async () => {
    dure = await startAppUnderTest()
    const code = codeIn(dure.app.startLines)
    const answers = await Promise.all(
      ['first', 'second', 'third'].map(login => dure.stranger().post('/api/operator', form(code, `${login}.one`))),
    )
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 401, 401])
    expect(await dure.app.users.operators()).toHaveLength(1)
  })

  test('the code is another at each start, until it was used', async () => {
    dure = await startAppUnderTest()
    const first = codeIn(dure.app.startLines)
    dure = await dure.restart()
    const second = codeIn(dure.app.startLines)
    expect(second).toBeDefined()
    expect(second).not.toBe(first)
    expect((await dure.stranger().post('/api/operator', form(first))).reason).toBe('wrong-credentials')
    expect((await dure.stranger().post('/api/operator', form(second))).status).toBe(200)
    dure = await dure.restart()
    expect(codeIn(dure.app.startLines)).toBeUndefined()
    expect(await dure.stranger().session()).toMatchObject({ installation: { needsOperator: false } })
  })

  test('a lost operator is replaced by whoever runs the machine', async () => {
    dure = await startAppUnderTest()
    const lost = (await dure.person({ operator: true, login: 'lost.one' })).client
    const { folder } = dure
    await dure.app.close()
    dure = await startAppUnderTest({ folder, parts: { newOperator: true } })
    expect((await dure.stranger().post('/api/operator', form(codeIn(dure.app.startLines)))).status).toBe(200)
    const old = dure.stranger()
    old.cookie = lost.cookie
    expect((await old.get('/api/agencies')).reason).toBe('not-signed-in')
    expect((await old.post('/api/session', { login: 'lost.one', password: TEST_PASSWORD })).status).toBe(401)
  })

  test('guesses at the code are slowed down per address', async () => {
    dure = await startAppUnderTest({ parts: { rates: { usualPerMinute: 1000, signInPerMinute: 10 } } })
    const answers = []
    for (let i = 0; i < 12; i += 1)
      answers.push(await dure.stranger().post('/api/operator', form(`aaaa-bbbb-cccc-${i}`)))
    expect(answers.slice(0, 10).every(answer => answer.reason === 'wrong-credentials')).toBe(true)
    expect(answers.slice(10).map(answer => answer.reason)).toEqual(['too-fast', 'too-fast'])
  })
})
