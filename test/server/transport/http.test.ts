import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppUnderTest, send, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'

let dure: AppUnderTest
let operator: TestClient

beforeAll(async () => {
  const clientFolder = await mkdtemp(join(tmpdir(), 'dure-client-'))
  await mkdir(join(clientFolder, 'assets'))
  await writeFile(
    join(clientFolder, 'index.html'),
    '<!doctype html><meta property="csp-nonce" content="__CSP_NONCE__">',
  )
  await writeFile(join(clientFolder, 'assets', 'app-1a2b3c.js'), 'export {}')
  dure = await startAppUnderTest({ parts: { clientFolder } })
  operator = (await dure.person({ operator: true, login: 'operator' })).client
})
afterAll(() => dure.close())

const signInWith = (asking: Parameters<TestClient['ask']>[2]) => dure.stranger().ask('POST', '/api/session', asking)
const good = { login: 'operator', password: TEST_PASSWORD }

describe('what comes in', () => {
  test.each([
    ['operators instead of words', { login: { $ne: null }, password: { $ne: null } }],
    ['a filter', { login: 'operator', password: TEST_PASSWORD, filter: { $expr: { $function: {} } } }],
    ['$where', { login: 'operator', password: TEST_PASSWORD, $where: 'sleep(5000)' }],
    ['a list', [good]],
    ['a number', 7],
    ['null', null],
  ])('[R06] [R07] a sign-in with %s is refused as a bad request', async (_, body) => {
    const begun = performance.now()
    const answer = await signInWith({ body })
    expect([answer.status, answer.reason]).toEqual([400, 'bad-request'])
    expect(performance.now() - begun).toBeLessThan(200)
  })

  test.each([
    ['an operator', '?status[$ne]=closed'],
    ['a repeated parameter', '?a=1&a=2'],
    ['a list', '?a[]=1'],
    ['thousands of parameters', `?${'a=1&'.repeat(3000)}`],
    ['an unknown parameter', '?unknown=1'],
  ])('[R08] a query with %s is refused', async (_, query) => {
    const answer = await operator.get(`/api/agencies${query}`)
    expect([answer.status, answer.reason]).toEqual([400, 'bad-request'])
  })

  test.each([
    '{"login":"operator","password":"x","__proto__":{"polluted":1}}',
    '{"login":"operator","password":"x","constructor":{"prototype":{"polluted":1}}}',
    '{"login":"operator","password":"x","toString":1}',
  ])('[R09] keys of the language itself are unknown keys: %s', async raw => {
    const answer = await signInWith({ raw, headers: { 'content-type': 'application/json' } })
    expect([answer.status, answer.reason, answer.detail]).toEqual([400, 'bad-request', 'unknown-field'])
    expect('polluted' in {}).toBe(false)
  })

  test('[R10] fields that are not a caller’s to set are refused, and nothing changes', async () => {
    const agency = await dure.agency()
    for (const extra of [{ _id: 'x' }, { cityCode: 'x' }, { type: 'city' }, { createdAt: 1 }, { public: true }]) {
      const answer = await operator.patch(`/api/agencies/${agency._id}`, { _v: 1, name: '바뀐 이름', ...extra })
      expect([answer.status, answer.detail]).toEqual([400, 'unknown-field'])
    }
    expect((await dure.app.agencies.find(agency._id))?.name).toBe(agency.name)
  })

  test.each([
    ['no type', {}],
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['parts', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['another charset', { 'content-type': 'application/json; charset=utf-7' }],
    ['another JSON', { 'content-type': 'application/ld+json' }],
    ['packed', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('[R11] a body of another kind is refused: %s', async (_, headers) => {
    const answer = await signInWith({ raw: JSON.stringify(good), headers })
    expect([answer.status, answer.reason]).toEqual([415, 'bad-content-type'])
  })

  test('a body that is no JSON, no UTF-8 or too large is refused, the last also when its length is not said', async () => {
    const headers = { 'content-type': 'application/json' }
    expect((await signInWith({ raw: '{"login":', headers })).status).toBe(400)
    expect((await signInWith({ raw: Buffer.from([0x22, 0xff, 0x22]), headers })).status).toBe(400)
    const large = JSON.stringify({ ...good, password: 'x'.repeat(300_000) })
    expect((await signInWith({ raw: large, headers })).reason).toBe('too-large')
    const chunked = await signInWith({ raw: large, headers: { ...headers, 'transfer-encoding': 'chunked' } })
    expect(chunked.reason).toBe('too-large')
  })

  test('a route without a body takes none', async () => {
    const answer = await operator.post('/api/session/activity', {})
    expect([answer.status, answer.detail]).toEqual([400, 'no-body-here'])
  })
})

describe('[R14] where it comes from', () => {
  const foreign: [string, Record<string, string | undefined>][] = [
    ['a foreign page', { origin: 'https://evil.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['nobody says', { origin: undefined }],
    ['nobody says, but the browser does', { origin: undefined, 'sec-fetch-site': 'cross-site' }],
    ['a sister page', { origin: undefined, 'sec-fetch-site': 'same-site' }],
  ]
  test.each(foreign)('a change is refused when it comes from: %s', async (_, headers) => {
    const before = (await operator.get('/api/agencies')).text
    const body = { name: '가짜 기관', shortName: '가짜', type: 'other', public: false, city: '동두천시' }
    const answer = await operator.ask('POST', '/api/agencies', { body, headers })
    expect([answer.status, answer.reason]).toEqual([403, 'wrong-origin'])
    expect((await operator.get('/api/agencies')).text).toBe(before)
  })

  test('a cross-site form with the session’s cookie changes nothing', async () => {
    const headers = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await operator.ask('POST', '/api/session/sign-out-everywhere', { raw: 'a=1', headers })
    expect(answer.status).toBe(403)
    expect((await operator.session()).state).toBe('signed-in')
  })

  test('a foreign page reads nothing from the interface', async () => {
    const answer = await operator.ask('GET', '/api/agencies', { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(answer.reason).toBe('wrong-origin')
    const withOrigin = await operator.ask('GET', '/api/agencies', { headers: { origin: 'https://evil.example' } })
    expect(withOrigin.reason).toBe('wrong-origin')
  })
})

describe('what goes out', () => {
  test('[R16] the cookie of plain http on this machine is for this host and not for scripts', async () => {
    const [cookie] = (await signInWith({ body: good })).headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^dure=[\w-]{22}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('[R16] on https the cookie is __Host- and Secure, and the browser is told to stay on https', async () => {
    const secure = await startAppUnderTest({ environment: { DURE_PUBLIC_URL: 'https://dure.example.go.kr' } })
    try {
      await secure.person({ login: 'somebody' })
      const answer = await secure.stranger().post('/api/session', { login: 'somebody', password: TEST_PASSWORD })
      expect(answer.headers['set-cookie']).toEqual([
        expect.stringMatching(/^__Host-dure=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
      ])
      expect(answer.headers['strict-transport-security']).toMatch(/^max-age=31536000/)
    } finally {
      await secure.close()
    }
  })

  test('[R37] a refusal is a fixed form with an opaque id: no stack, no version, no server name', async () => {
    const answers = [
      await dure.stranger().get('/api/nothing-here'),
      await dure.stranger().get('/api/agencies'),
      await signInWith({ body: { login: 1 } }),
      await dure.stranger().get('/api/%ff'),
    ]
    for (const { text, headers, body } of answers) {
      expect(body).toEqual({
        error: expect.objectContaining({ reason: expect.any(String), requestId: expect.stringMatching(/^[\w-]{12}$/) }),
      })
      expect(text).not.toMatch(/at .*\.ts|node_modules|express|zod|stack/i)
      expect(headers['x-powered-by']).toBeUndefined()
      expect(headers.server).toBeUndefined()
    }
  })

  test('a failure of our own is `internal`, told to the log and not to the caller', async () => {
    const agencies = dure.app.agencies.all
    dure.app.agencies.all = () => Promise.reject(new Error('secret-of-ours at /somewhere'))
    try {
      const answer = await operator.get('/api/agencies')
      expect([answer.status, answer.reason]).toEqual([500, 'internal'])
      expect(answer.text).not.toContain('secret-of-ours')
      const { requestId } = (answer.body as { error: { requestId: string } }).error
      expect(dure.logged()).toContain(requestId)
      expect(dure.logged()).toContain('secret-of-ours')
    } finally {
      dure.app.agencies.all = agencies
    }
  })

  test('every answer carries the headers, and the interface is never kept by a cache', async () => {
    for (const path of ['/', '/api/session', '/api/nothing', '/assets/app-1a2b3c.js']) {
      const { headers } = await dure.stranger().get(path)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain(`connect-src 'self' ws://${new URL(dure.origin).host}`)
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      if (path.startsWith('/api')) expect(headers['cache-control']).toBe('no-store')
    }
  })
})

describe('the client’s files', () => {
  test('the page answers every address of the client, with a fresh nonce that its policy names', async () => {
    const nonces = new Set<string>()
    for (const path of ['/', '/conferences/abc', '/sign-in']) {
      const answer = await dure.stranger().get(path)
      const nonce = /content="([^"]+)"/.exec(answer.text)?.[1] ?? ''
      expect(answer.status).toBe(200)
      expect(String(answer.headers['content-security-policy'])).toContain(`'nonce-${nonce}'`)
      expect(answer.headers['cache-control']).toBe('no-store')
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  test('files with a hash in their name are kept', async () => {
    const answer = await dure.stranger().get('/assets/app-1a2b3c.js')
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
  })

  test.each([
    '/api',
    '/api/',
    '/api/x/y',
    '/sync/item.x',
    '/assets/gone.js',
    '/robots.txt',
    '/../package.json',
    '/.env',
  ])('%s is not the page', async path => {
    const answer = await dure.stranger().get(path)
    expect([answer.status, answer.reason]).toEqual([404, 'not-found'])
  })
})

describe('ways round', () => {
  test.each(['//evil.example', '//evil.example/..', '/%5cevil.example', '/assets', '/sign-in?next=//evil.example'])(
    '[R29] %s leads nowhere else',
    async path => {
      const answer = await dure.stranger().get(path)
      expect(answer.status < 300 || answer.status >= 400).toBe(true)
      expect(answer.headers.location).toBeUndefined()
    },
  )

  test.each(['PUT', 'TRACE', 'PROPFIND'])('%s is no method of ours', async method => {
    const answer = await operator.ask(method, '/api/agencies')
    expect([answer.status, answer.reason]).toEqual([404, 'not-found'])
  })

  test('[R22] headers that name somebody are nobody', async () => {
    const headers = { 'x-user-id': 'operator', 'x-forwarded-user': 'operator', 'x-forwarded-for': '127.0.0.1' }
    const answer = await dure.stranger().ask('GET', '/api/agencies', { headers })
    expect(answer.reason).toBe('not-signed-in')
  })
})

describe('[R35] too much', () => {
  test.each([
    ['a 20 kB header', { 'x-long': 'x'.repeat(20_000) }, '/api/session', [431]],
    [
      '2,001 headers',
      Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`x-${i}`, '1'])),
      '/api/session',
      [431, 413],
    ],
    ['101 headers', Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`x${i}`, '1'])), '/api/session', [413]],
    ['a 1 MB address', {}, `/api/${'x'.repeat(1_000_000)}`, [431, 414]],
  ])('%s is refused and the server goes on', async (_, headers, path, expected) => {
    const status = await send({ url: dure.url, method: 'GET', path, headers: { host: dure.host, ...headers } }).then(
      answer => answer.status,
      // A server may close a connection that it will not read to the end before the client has sent it all.
      (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 431 : Promise.reject(error),
    )
    expect(expected).toContain(status)
    expect((await dure.stranger().get('/api/health')).status).toBe(200)
  })

  test('a request line that is none is answered and the server goes on', async () => {
    const { port } = new URL(dure.url)
    const heard = await new Promise<string>(resolve => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end('NONSENSE\r\n\r\n'))
      let text = ''
      socket.on('data', chunk => {
        text += chunk.toString()
      })
      socket.on('error', () => resolve(text))
      socket.on('close', () => resolve(text))
    })
    expect(heard).toMatch(/^HTTP\/1\.1 400/)
    expect((await dure.stranger().get('/api/health')).status).toBe(200)
  })
})
