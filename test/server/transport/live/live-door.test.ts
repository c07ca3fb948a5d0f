import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIVE_PATH } from '../../../../shared/protocol/live-channel.ts'
import { upgradeByHand } from '../../../support/raw-socket.ts'
import { ORIGIN, until } from '../../../support/sync-server.ts'
import { ask, come, entered, type LiveUnderTest, openLive, TRANSPORTS } from './live-under-test.ts'

const POLLING = `${LIVE_PATH}?EIO=4&transport=polling`
const WEBSOCKET = `${LIVE_PATH}?EIO=4&transport=websocket`
const OURS = { origin: ORIGIN, cookie: 'person=housing' }

let server: LiveUnderTest
beforeAll(async () => {
  server = await openLive({ limits: { maxPerUser: 5 }, prepare: live => live.namespace('/meeting') })
})
afterAll(() => server.close())

const sidIn = (body: string): string => JSON.parse(body.slice(1)).sid

describe('coming in', () => {
  test.each(TRANSPORTS)('somebody signed in enters a declared namespace over %s', async transport => {
    const housing = come(server, 'housing', { transport })
    expect(await entered(housing)).toBe('entered')
    expect(server.live.counts()).toEqual({ connections: 1, pending: 0 })
    housing.disconnect()
    await until(() => server.live.counts().connections === 0, 'the line to be gone')
  })

  test('a connection that begins with polling goes on over WebSocket', async () => {
    const housing = come(server, 'housing', { upgrades: true })
    expect(await entered(housing)).toBe('entered')
    await until(() => housing.io.engine.transport.name === 'websocket', 'the upgrade')
    expect(server.live.counts().connections).toBe(1)
    housing.disconnect()
    await until(() => server.live.counts().connections === 0, 'the line to be gone')
  })

  test('requests and upgrades of other paths go where they went before', async () => {
    expect((await ask(server, '/anything')).body).toBe('elsewhere')
    expect((await ask(server, '/live')).body).toBe('elsewhere')
  })
})

describe('before the answer', () => {
  const polling = (what: string, change: { path?: string; method?: string; headers?: Record<string, string> }) => ({
    what,
    path: POLLING,
    method: 'GET',
    headers: OURS as Record<string, string>,
    ...change,
  })

  test.each([
    { ...polling('S05 JSONP', { path: `${POLLING}&j=0` }), status: 400, reason: 'bad-request' },
    { ...polling('S05 the old protocol', { path: POLLING.replace('4', '3') }), status: 400, reason: 'bad-request' },
    { ...polling('no protocol', { path: `${LIVE_PATH}?transport=polling` }), status: 400, reason: 'bad-request' },
    { ...polling('one parameter twice', { path: `${POLLING}&EIO=4` }), status: 400, reason: 'bad-request' },
    { ...polling('another parameter', { path: `${POLLING}&__proto__=1` }), status: 400, reason: 'bad-request' },
    {
      ...polling('another transport', { path: POLLING.replace('polling', 'webtransport') }),
      status: 400,
      reason: 'bad-request',
    },
    { ...polling('WebSocket without an upgrade', { path: WEBSOCKET }), status: 400, reason: 'bad-request' },
    { ...polling('a path below', { path: `${LIVE_PATH}socket.io.js` }), status: 400, reason: 'bad-request' },
    { ...polling('a first POST', { method: 'POST' }), status: 400, reason: 'bad-request' },
    { ...polling('a PUT', { method: 'PUT' }), status: 400, reason: 'bad-request' },
    { ...polling('a long address', { path: `${POLLING}&t=${'x'.repeat(300)}` }), status: 400, reason: 'bad-request' },
    { ...polling('a sid that is none', { path: `${POLLING}&sid=__proto__` }), status: 400, reason: 'bad-request' },
    { ...polling('a sid of nobody', { path: `${POLLING}&sid=${'x'.repeat(20)}` }), status: 400, reason: 'bad-request' },
    { ...polling('no cookie', { headers: { origin: ORIGIN } }), status: 401, reason: 'not-signed-in' },
    {
      ...polling('S05 a foreign origin', { headers: { ...OURS, origin: 'http://evil.test' } }),
      status: 403,
      reason: 'wrong-origin',
    },
    { ...polling('the origin null', { headers: { ...OURS, origin: 'null' } }), status: 403, reason: 'wrong-origin' },
    {
      ...polling('neither origin nor site', { headers: { cookie: OURS.cookie } }),
      status: 403,
      reason: 'wrong-origin',
    },
    {
      ...polling('no origin, from another site', { headers: { cookie: OURS.cookie, 'sec-fetch-site': 'same-site' } }),
      status: 403,
      reason: 'wrong-origin',
    },
  ])(
    '$what is answered $status $reason, and makes no connection',
    async ({ path, method, headers, status, reason }) => {
      const answer = await ask(server, path, { method, headers })
      expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { reason }])
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(server.live.counts()).toEqual({ connections: 0, pending: 0 })
    },
  )

  test('a polling GET without an origin is let in when the browser says that it comes from our own page', async () => {
    const headers = { cookie: OURS.cookie, 'sec-fetch-site': 'same-origin' }
    const answer = await ask(server, POLLING, { headers })
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    const again = { headers: { ...headers, origin: ORIGIN }, method: 'POST', body: '1' }
    expect((await ask(server, `${POLLING}&sid=${sidIn(answer.body)}`, again)).status).toBe(200)
    await until(() => server.live.counts().connections === 0, 'the line to be gone')
  })

  test('S04 a WebSocket handshake from a foreign page with a valid cookie is refused before the 101', async () => {
    const cookie = `Cookie: ${OURS.cookie}`
    for (const origins of [
      ['Origin: https://evil.example'],
      [],
      [`Origin: ${ORIGIN}`, 'Origin: https://evil.example'],
    ]) {
      const answer = await upgradeByHand({ port: server.port, path: WEBSOCKET, headers: [...origins, cookie] })
      expect([answer.status, JSON.parse(answer.body)]).toEqual([403, { reason: 'wrong-origin' }])
      await answer.closed()
    }
    const stranger = await upgradeByHand({ port: server.port, path: WEBSOCKET, headers: [`Origin: ${ORIGIN}`] })
    expect([stranger.status, JSON.parse(stranger.body)]).toEqual([401, { reason: 'not-signed-in' }])
  })

  test('S04 the later requests of a connection are looked at like its first', async () => {
    const opened = await ask(server, POLLING, { headers: OURS })
    const path = `&sid=${sidIn(opened.body)}`
    const foreign = { ...OURS, origin: 'http://evil.test' }
    const post = (headers: Record<string, string>) =>
      ask(server, POLLING + path, { method: 'POST', headers, body: '40/meeting,' })
    expect((await post(foreign)).status).toBe(403)
    expect((await post({ cookie: OURS.cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(403)
    expect((await post({ origin: ORIGIN })).status).toBe(401)
    const upgrade = (lines: string[]) => upgradeByHand({ port: server.port, path: WEBSOCKET + path, headers: lines })
    expect((await upgrade(['Origin: http://evil.test', `Cookie: ${OURS.cookie}`])).status).toBe(403)
    // Somebody else's connection is as unknown as none at all.
    expect((await post({ ...OURS, cookie: 'person=health' })).status).toBe(400)
    expect((await upgrade([`Origin: ${ORIGIN}`, 'Cookie: person=health'])).status).toBe(400)
    expect((await post(OURS)).status).toBe(200)
    expect((await ask(server, POLLING + path, { headers: OURS })).body).toContain('/meeting')
    await ask(server, POLLING + path, { method: 'POST', headers: OURS, body: '1' })
    await until(() => server.live.counts().connections === 0, 'the line to be gone')
  })

  test('who breaks off while it is asked who they are leaves nothing behind', async () => {
    server.answers.areHeld = true
    const upgrade = upgradeByHand({
      port: server.port,
      path: WEBSOCKET,
      headers: [`Origin: ${ORIGIN}`, `Cookie: ${OURS.cookie}`],
    })
    await until(() => server.live.counts().pending === 1, 'the question')
    server.answers.release()
    const answered = await upgrade
    expect(answered.status).toBe(101)
    answered.socket.destroy()
    await until(() => server.live.counts().connections === 0, 'the line to be gone')
  })

  test('S03 a store that cannot say who it is refuses one, and nothing else happens', async () => {
    server.answers.fail = true
    const answer = await ask(server, POLLING, { headers: OURS })
    server.answers.fail = false
    expect([answer.status, JSON.parse(answer.body)]).toEqual([500, { reason: 'internal' }])
  })
})

describe('how many', () => {
  test('S16 the newest connection of somebody who has too many is refused, also when all come at once', async () => {
    const lines = [`Origin: ${ORIGIN}`, 'Cookie: person=many']
    const all = await Promise.all(
      Array.from({ length: 9 }, () => upgradeByHand({ port: server.port, path: WEBSOCKET, headers: lines })),
    )
    expect(all.map(({ status }) => status).sort()).toEqual([101, 101, 101, 101, 101, 429, 429, 429, 429])
    const polling = await ask(server, POLLING, { headers: { origin: ORIGIN, cookie: 'person=many' } })
    expect([polling.status, JSON.parse(polling.body)]).toEqual([429, { reason: 'too-many-connections' }])
    for (const { socket } of all) socket.destroy()
    await until(() => server.live.counts().connections === 0, 'all to be gone')
    const again = come(server, 'many')
    expect(await entered(again)).toBe('entered')
    again.disconnect()
    await until(() => server.live.counts().connections === 0, 'all to be gone')
  })

  test('S16 a handshake that breaks off or is malformed keeps no place', async () => {
    const head = `GET ${WEBSOCKET} HTTP/1.1\r\nHost: dure.test\r\nOrigin: ${ORIGIN}\r\nCookie: person=clumsy\r\n`
    for (const key of ['', 'Sec-WebSocket-Key: short\r\n', 'Sec-WebSocket-Version: 7\r\n']) {
      for (let time = 0; time < 4; time++) {
        const socket = connect({ port: server.port, host: '127.0.0.1' })
        socket.on('error', () => {})
        socket.write(`${head}Connection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n`)
        await new Promise(resolve => socket.resume().once('close', resolve))
      }
    }
    const clumsy = come(server, 'clumsy')
    expect(await entered(clumsy)).toBe('entered')
    clumsy.disconnect()
    await until(() => server.live.counts().connections === 0, 'all to be gone')
  })

  test('S16 one address has a limited number of connections and of questions', async () => {
    const small = await openLive({ limits: { maxPerAddress: 3, maxPendingPerAddress: 2 } })
    const from = (address: string, person: string) =>
      ask(small, POLLING, { headers: { origin: ORIGIN, cookie: `person=${person}`, 'x-forwarded-for': address } })
    const statuses: number[] = []
    for (const person of ['a', 'b', 'c', 'd']) statuses.push((await from('10.0.0.1', person)).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await from('10.0.0.2', 'a')).status).toBe(200)
    small.answers.areHeld = true
    const waiting = [from('10.0.0.3', 'a'), from('10.0.0.3', 'b')]
    await until(() => small.live.counts().pending === 2, 'two questions')
    expect((await from('10.0.0.3', 'c')).status).toBe(429)
    small.answers.release()
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200])
    await small.close()
  })
})

describe('namespaces', () => {
  test('S15 what is not declared is refused, the root among it', async () => {
    for (const namespace of ['/', '/other', '/meeting/x', '/__proto__', '/*']) {
      const socket = come(server, 'housing', { namespace })
      expect(await entered(socket)).toBeInstanceOf(Error)
      socket.io.engine.close()
    }
    await until(() => server.live.counts().connections === 0, 'all to be gone')
  })

  test.each([
    { what: 'of many values', auth: { list: Array.from({ length: 5000 }, (_, at) => at) } },
    { what: 'with bytes', auth: { bytes: Buffer.from('x') } },
  ])('S15 an auth packet $what is refused', async ({ auth }) => {
    const socket = come(server, 'housing', { auth })
    const refused = (await entered(socket)) as Error & { data?: unknown }
    expect(refused.data ?? refused.message).toEqual('data' in refused ? { reason: 'bad-request' } : 'bad-request')
    socket.io.engine.close()
    await until(() => server.live.counts().connections === 0, 'all to be gone')
  })
})
