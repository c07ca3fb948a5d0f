import { afterEach, describe, expect, test } from 'vitest'
import { must } from '../../../../shared/assert.ts'
import { LIVE_PATH } from '../../../../shared/protocol/live-channel.ts'
import type { RefusalReason } from '../../../../shared/protocol/refusals.ts'
import { WITHIN_A_SECOND_MS } from '../../../support/promised-times.ts'
import { type RawSocket, rawFrame, upgradeByHand } from '../../../support/raw-socket.ts'
import { ORIGIN, until } from '../../../support/sync-server.ts'
import { ask, come, entered, type LiveUnderTest, openLive, TRANSPORTS } from './live-under-test.ts'
import { type MeetingUnderTest, openMeeting } from './meeting-under-test.ts'
import { CONFERENCE, changeOf } from './meetings-double.ts'
import { bodyOf } from './sample-commands.ts'

const WEBSOCKET = `${LIVE_PATH}?EIO=4&transport=websocket`
const POLLING = `${LIVE_PATH}?EIO=4&transport=polling`
const headersOf = (person: string) => ({ origin: ORIGIN, cookie: `person=${person}` })

const toClose: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const open of toClose.splice(0)) await open.close()
})

async function opened<Server extends { close(): Promise<void> }>(server: Promise<Server>): Promise<Server> {
  const open = await server
  toClose.push(open)
  return open
}

const text = (packet: string) => rawFrame(0x81, Buffer.from(packet))

/** A WebSocket by hand, answered with its `open` packet. */
async function handshake(server: Pick<LiveUnderTest, 'port'>, person: string): Promise<RawSocket> {
  const raw = await upgradeByHand({
    port: server.port,
    path: WEBSOCKET,
    headers: [`Origin: ${ORIGIN}`, `Cookie: person=${person}`],
  })
  await until(() => raw.received().includes('"sid"'), 'the open packet')
  return raw
}

/** Polling by hand: who never asks again reads nothing. */
async function pollingSid(server: Pick<LiveUnderTest, 'port'>, person: string): Promise<string> {
  const answer = await ask(server, POLLING, { headers: headersOf(person) })
  return JSON.parse(answer.body.slice(1)).sid
}

const post = (server: Pick<LiveUnderTest, 'port'>, person: string, sid: string, body: string) =>
  ask(server, `${POLLING}&sid=${sid}`, { method: 'POST', headers: headersOf(person), body })

describe('a connection that goes nowhere', () => {
  const limits = { connectTimeoutMs: 150 }

  test('S15 is closed after its time, also when it knocks at fifty namespaces meanwhile', async () => {
    const server = await opened(openLive({ limits, prepare: live => live.namespace('/meeting') }))
    const silent = await handshake(server, 'housing')
    const knocking = await handshake(server, 'health')
    const at = Date.now()
    for (let n = 0; n < 50; n++) knocking.write(text(`40/other${n},`))
    await until(() => server.live.counts().connections === 0, 'the lines to be closed')
    expect(Date.now() - at).toBeLessThan(WITHIN_A_SECOND_MS)
    await Promise.all([silent.closed(), knocking.closed()])
    expect(knocking.received().toString()).toContain('44/other49,')
  })

  test('S15 over polling it keeps no place either', async () => {
    const server = await opened(openLive({ limits, prepare: live => live.namespace('/meeting') }))
    await pollingSid(server, 'housing')
    expect(server.live.counts().connections).toBe(1)
    await until(() => server.live.counts().connections === 0, 'the line to be closed', 2_000)
  })

  test('S15 nor does one that has left the last namespace', async () => {
    const server = await opened(openLive({ limits, prepare: live => live.namespace('/meeting') }))
    const raw = await handshake(server, 'housing')
    raw.write(text('40/meeting,'))
    await until(() => raw.received().includes('40/meeting,'), 'the way in')
    raw.write(text('41/meeting,'))
    await raw.closed()
    expect(server.live.counts().connections).toBe(0)
  })

  test('S15 an auth packet of ten thousand levels is refused like any other', async () => {
    const server = await opened(openLive({ prepare: live => live.namespace('/meeting') }))
    const raw = await handshake(server, 'housing')
    raw.write(text(`40/meeting,${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`))
    await until(() => raw.received().includes('bad-request'), 'the refusal')
    raw.socket.destroy()
  })
})

describe('S17 a reader that does not read', () => {
  async function tellUntilCut(server: MeetingUnderTest, isThere: () => boolean): Promise<number> {
    let told = 0
    while (isThere() && told < 400) {
      server.meetings.tell(changeOf(++told, 100_000))
      await new Promise(resolve => setImmediate(resolve))
    }
    return told
  }

  test('over WebSocket is cut, before it costs much, and the others hear everything', async () => {
    const server = await opened(openMeeting())
    const health = await server.enter('health')
    const heard: number[] = []
    health.on('meeting.change', (_id, change) => heard.push(change.n))
    const slow = await handshake(server, 'slow')
    slow.write(text('40/meeting,'))
    slow.write(text(`42/meeting,1["meeting.join",{"conferenceId":"${CONFERENCE}"}]`))
    await until(() => server.meetings.listeners.size === 2, 'the joining')
    slow.socket.pause()
    const told = await tellUntilCut(server, () => server.meetings.listeners.size === 2)
    expect(server.meetings.listeners.size).toBe(1)
    // What the kernel takes in, and one megabyte of ours.
    expect(told * 100_000).toBeLessThan(20 << 20)
    await until(() => heard.length === told, 'the others')
    slow.socket.destroy()
    health.disconnect()
  })

  test('over polling is cut after a megabyte', async () => {
    const server = await opened(openMeeting())
    const sid = await pollingSid(server, 'slow')
    await post(server, 'slow', sid, '40/meeting,')
    await post(server, 'slow', sid, `42/meeting,1["meeting.join",{"conferenceId":"${CONFERENCE}"}]`)
    await until(() => server.meetings.listeners.size === 1, 'the joining')
    const [socket] = server.live.namespace('/meeting').sockets.values()
    const line = server.live.connectionOf(must(socket, 'the socket'))
    let most = 0
    await tellUntilCut(server, () => {
      most = Math.max(most, line.bufferedBytes)
      return server.meetings.listeners.size === 1
    })
    expect(most).toBeLessThan(1_200_000)
    expect(server.meetings.listeners.size).toBe(0)
    await until(() => server.live.counts().connections === 0, 'the line to be gone')
  })
})

describe('who sends too much', () => {
  test.each(TRANSPORTS)('in packets over %s is closed', async transport => {
    const server = await opened(openMeeting({ liveLimits: { packetBurst: 30, packetsPerSecond: 1 } }))
    const bad = await server.enter('bad', { transport })
    for (let n = 0; n < 60; n++) bad.emit('x')
    await until(() => server.live.counts().connections === 0, 'the line to be closed')
    bad.disconnect()
  })

  test('in pings is cut; one that asks now and then is answered', async () => {
    const server = await opened(openLive({ prepare: live => live.namespace('/meeting') }))
    const raw = await handshake(server, 'housing')
    const before = raw.received().length
    raw.write(rawFrame(0x89, Buffer.from('hello')))
    await until(() => raw.received().subarray(before).includes('hello'), 'the pong')
    for (let n = 0; n < 100; n++) raw.write(rawFrame(0x89, Buffer.alloc(125)))
    await raw.closed()
    expect(server.live.counts().connections).toBe(0)
  })

  test.each([
    { what: 'an RSV2 bit', frame: rawFrame(0xa1, Buffer.from('x')) },
    { what: 'a close frame of 126 bytes', frame: rawFrame(0x88, Buffer.alloc(126)) },
    { what: 'an unmasked frame', frame: rawFrame(0x81, Buffer.from('2'), { masked: false }) },
    { what: 'text that is not UTF-8', frame: rawFrame(0x81, Buffer.from([0xff, 0xfe])) },
    { what: 'two megabytes by its header', frame: rawFrame(0x81, Buffer.alloc(4), { claimed: 2 << 20 }) },
    {
      what: 'a message in a thousand fragments',
      frame: Buffer.concat([
        rawFrame(0x01, Buffer.from('2')),
        ...Array.from({ length: 1000 }, () => rawFrame(0, Buffer.from('x'))),
      ]),
    },
  ])('in $what costs its own line', async ({ frame }) => {
    const server = await opened(openMeeting())
    const honest = await server.enter('honest')
    const raw = await handshake(server, 'bad')
    raw.write(frame)
    await raw.closed()
    expect(await honest.emitWithAck('command', 'chair.take', bodyOf('chair.take'))).toEqual({ ok: true, value: null })
    expect(server.live.counts().connections).toBe(1)
    honest.disconnect()
  })
})

test('a connection has one WebSocket, open or opening, and no more', async () => {
  const server = await opened(openLive({ prepare: live => live.namespace('/meeting') }))
  const sid = await pollingSid(server, 'housing')
  const upgrade = () =>
    upgradeByHand({
      port: server.port,
      path: `${WEBSOCKET}&sid=${sid}`,
      headers: [`Origin: ${ORIGIN}`, 'Cookie: person=housing'],
    })
  const all = await Promise.all([upgrade(), upgrade(), upgrade()])
  expect(all.map(({ status }) => status).sort()).toEqual([101, 400, 400])
  for (const { socket } of all) socket.destroy()
  await until(() => server.live.counts().pending === 0, 'nothing to wait')
})

describe('the end', () => {
  test.each(TRANSPORTS)('a server that stops says so over %s and is gone within two seconds', async transport => {
    const server = await openMeeting()
    const housing = await server.enter('housing', { transport })
    const closed: RefusalReason[] = []
    housing.on('closed', (reason: RefusalReason) => closed.push(reason))
    // One that never answers, and one that never asks.
    const raw = await handshake(server, 'silent')
    raw.socket.pause()
    await pollingSid(server, 'sleeping')
    const at = Date.now()
    await server.close()
    expect(Date.now() - at).toBeLessThan(2 * WITHIN_A_SECOND_MS)
    await until(() => housing.disconnected, 'the client to hear of it')
    expect(closed).toEqual(['server-restarting'])
    raw.socket.destroy()
  })

  test('whoever comes while it stops is told to come back', async () => {
    const server = await openLive({ prepare: live => live.namespace('/meeting') })
    server.answers.areHeld = true
    const early = ask(server, POLLING, { headers: headersOf('housing') })
    await until(() => server.live.counts().pending === 1, 'the question')
    const stopping = server.live.close()
    const late = await ask(server, POLLING, { headers: headersOf('housing') })
    server.answers.release()
    for (const answer of [late, await early]) {
      expect([answer.status, JSON.parse(answer.body)]).toEqual([503, { reason: 'server-restarting' }])
    }
    await stopping
    await server.close()
  })

  test('a sign-in that ends between its question and the handshake leaves nothing open', async () => {
    const server = await opened(openLive({ prepare: live => live.namespace('/meeting') }))
    server.answers.areHeld = true
    const socket = come(server, 'housing')
    await until(() => server.live.counts().pending === 1, 'the question')
    // Answered as it was; the change is announced before the handshake goes on.
    server.answers.release()
    queueMicrotask(() => server.setStanding('housing', 'not-signed-in'))
    await Promise.race([entered(socket), new Promise(resolve => socket.once('disconnect', resolve))])
    await until(() => server.live.counts().connections === 0, 'the line to be gone')
    socket.disconnect()
  })
})

test('S24 an upgrade of another path whose answer takes longer than a second goes through', async () => {
  let go = () => {}
  const server = await opened(
    openLive({
      upgrades: {
        '/slow/': (_request, socket) => {
          go = () => void socket.end('HTTP/1.1 418 Late\r\nContent-Length: 2\r\n\r\n{}')
        },
      },
    }),
  )
  const answer = upgradeByHand({ port: server.port, path: '/slow/x' })
  const asked = Date.now()
  await until(() => Date.now() - asked > 1_200, 'longer than the engine leaves foreign upgrades alone')
  go()
  expect((await answer).status).toBe(418)
})
