import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COMMAND_KEPT_MS, MeetingLink, type Outcome } from '../../../client/meeting/meeting-link.ts'
import type { ItemId } from '../../../shared/ids.ts'
import type { RefusalReason } from '../../../shared/protocol/refusals.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { CONFERENCE, emptyView, FakeMeetingServer } from './fake-meeting-server.ts'

const ITEM = 'item-0123456789abcdefg' as ItemId

let server: FakeMeetingServer
let clock: FakeClock
let link: MeetingLink
let why: RefusalReason | 'admitted' | 'unknown'

/** Everything that was put off to the end of a turn has happened. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
const pass = (ms: number) => clock.advance(ms, settle)

beforeEach(() => {
  server = new FakeMeetingServer()
  clock = new FakeClock()
  why = 'unknown'
  let count = 0
  link = new MeetingLink({
    conferenceId: CONFERENCE,
    openLine: server.openLine,
    askWhyRefused: async () => why,
    now: () => clock.now(),
    after: (ms, action) => clock.after(ms, action),
    random: () => 0.5,
    randomBytes: () => new Uint8Array(16).fill(++count),
  })
})
afterEach(() => link.close())

async function joined() {
  link.start()
  await settle()
  expect(link.getState().line).toEqual({ phase: 'live', transport: 'websocket' })
}

describe('the picture', () => {
  test('before the first snapshot the line is connecting and there is no view', () => {
    server.opening = 'hangs'
    link.start()
    expect(link.getState()).toMatchObject({ line: { phase: 'connecting' }, view: null })
  })

  test('the snapshot and every change after it give what the server holds', async () => {
    await joined()
    expect(link.getState().view).toEqual(emptyView())
    server.pointTo(ITEM)
    server.set({ online: [] })
    expect(link.getState().view).toEqual(server.view)
    expect(server.joins).toBe(1)
  })

  test('after a gap it joins again and shows what holds now', async () => {
    await joined()
    server.set({ online: [] }, { lost: true })
    server.pointTo(ITEM)
    await settle()
    expect(server.joins).toBe(2)
    expect(link.getState().view).toEqual(server.view)
    server.set({ features: { ...server.view.features, timer: true } })
    expect(link.getState().view).toEqual(server.view)
  })

  test('changes of another conference are not taken', async () => {
    await joined()
    const before = link.getState().view
    server.sayClosed('not-found', 'another-0123456789abcd' as typeof CONFERENCE)
    expect(link.getState().view).toBe(before)
    expect(link.getState().line.phase).toBe('live')
  })

  test('time is the server’s, however wrong this machine’s clock is', async () => {
    server.nowMs = clock.now() + 3_600_000
    await joined()
    expect(link.serverNow()).toBe(server.nowMs)
    await pass(5_000)
    expect(link.serverNow()).toBe(server.nowMs + 5_000)
  })
})

describe('coming back', () => {
  test('a first line that is still opening is not begun twice', async () => {
    link.start()
    link.resume()
    await settle()
    link.resume()
    expect(server.tried).toHaveLength(1)
    expect(server.joins).toBe(1)
  })

  test('a broken line comes back by itself, with jitter, and keeps the view meanwhile', async () => {
    await joined()
    server.breakLines()
    expect(link.getState()).toMatchObject({ line: { phase: 'lost', reason: null }, view: server.view })
    server.pointTo(ITEM)
    await pass(300)
    expect(link.getState()).toMatchObject({ line: { phase: 'live' }, view: { pointer: { itemId: ITEM } } })
  })

  test('tries grow further apart, up to five seconds', async () => {
    await joined()
    server.opening = 'refused'
    server.breakLines()
    await pass(60_000)
    const tries = server.tried.length - 1
    expect(tries).toBeGreaterThan(12)
    expect(tries).toBeLessThan(30)
    server.opening = 'opens'
    await pass(5_000)
    expect(link.getState().line.phase).toBe('live')
  })

  test('a restart that was announced says so until the line is back', async () => {
    await joined()
    server.opening = 'refused'
    server.sayClosed('server-restarting', null)
    server.breakLines()
    expect(link.getState().line).toEqual({ phase: 'lost', reason: 'server-restarting' })
    server.opening = 'opens'
    await pass(5_000)
    expect(link.getState().line.phase).toBe('live')
  })

  test('when the session ended it waits for the sign-in, and goes on with what was pressed', async () => {
    await joined()
    server.sayClosed('session-locked', null)
    server.breakLines()
    expect(link.getState().line).toEqual({ phase: 'signed-out' })
    const outcome = link.send('pointer.move', { itemId: ITEM, place: null })
    await pass(20_000)
    expect(server.tried).toHaveLength(1)
    link.resume()
    await settle()
    expect(await outcome).toEqual({ ok: true })
  })

  test('a refused handshake is explained over HTTP', async () => {
    await joined()
    server.opening = 'refused'
    why = 'not-signed-in'
    server.breakLines()
    await pass(1_000)
    expect(link.getState().line).toEqual({ phase: 'signed-out' })
  })

  test('when the meeting is no longer for me nothing of it stays, and it is not asked for again', async () => {
    await joined()
    server.sayClosed('not-found', CONFERENCE)
    expect(link.getState()).toMatchObject({ line: { phase: 'over', reason: 'not-found' }, view: null })
    await pass(120_000)
    expect(server.tried).toHaveLength(1)
    expect(server.openLines).toBe(0)
    expect(await link.send('chair.take', {})).toEqual({ ok: false, reason: 'not-found', message: '' })
    link.resume()
    await settle()
    expect(link.getState().line.phase).toBe('live')
  })

  test('a join that is refused for want of patience is asked again, slowly', async () => {
    server.joinAnswer = 'too-fast'
    link.start()
    await settle()
    await pass(25_000)
    expect(server.joins).toBe(1)
    server.joinAnswer = null
    await pass(10_000)
    expect(link.getState().line.phase).toBe('live')
  })
})

describe('networks that block WebSockets', () => {
  test('a line that came about by polling only begins with polling the next time', async () => {
    server.transport = 'polling'
    link.start()
    await settle()
    expect(link.getState().line).toEqual({ phase: 'live', transport: 'polling' })
    server.breakLines()
    await pass(1_000)
    expect(server.tried.map(transports => transports[0])).toEqual(['websocket', 'polling'])
  })

  test('a WebSocket that dies young twice is not tried first a third time', async () => {
    await joined()
    server.breakLines()
    await pass(1_000)
    server.breakLines()
    await pass(2_000)
    expect(server.tried.map(transports => transports[0])).toEqual(['websocket', 'websocket', 'polling'])
  })

  test('a line that lived for long and broke says nothing against WebSockets', async () => {
    await joined()
    for (let round = 0; round < 3; round++) {
      await pass(60_000)
      server.breakLines()
      await pass(5_000)
    }
    expect(server.tried.every(transports => transports[0] === 'websocket')).toBe(true)
  })
})

describe('commands', () => {
  const press = () => link.send('pointer.move', { itemId: ITEM, place: null })

  test('[MP5] a command whose answer was lost is sent again with its id and has one effect', async () => {
    await joined()
    server.losesAcks = true
    const outcome = press()
    await settle()
    server.losesAcks = false
    server.breakLines()
    await pass(2_000)
    expect(await outcome).toEqual({ ok: true })
    expect(server.heard).toHaveLength(2)
    expect(server.done).toHaveLength(1)
  })

  test('one pressed while the line is lost goes out when it is back, in the order of pressing', async () => {
    await joined()
    server.opening = 'refused'
    server.breakLines()
    const outcomes = [press(), link.send('item.finish', { itemId: ITEM }), link.send('chair.take', {})]
    await pass(10_000)
    expect(server.heard).toHaveLength(0)
    server.opening = 'opens'
    await pass(5_000)
    expect(await Promise.all(outcomes)).toEqual([{ ok: true }, { ok: true }, { ok: true }])
    expect(server.done.map(one => one.name)).toEqual(['pointer.move', 'item.finish', 'chair.take'])
  })

  test('after a minute without a line the person is told, and nothing goes out later', async () => {
    await joined()
    server.opening = 'refused'
    server.breakLines()
    let outcome: Outcome | undefined
    void press().then(told => {
      outcome = told
    })
    await pass(COMMAND_KEPT_MS - 1)
    expect(outcome).toBeUndefined()
    await pass(1)
    expect(outcome).toEqual({ ok: false, reason: 'unreachable', message: '' })
    server.opening = 'opens'
    await pass(10_000)
    expect(server.heard).toHaveLength(0)
  })

  test('a server that never answers on an open line is left for a new line', async () => {
    await joined()
    server.losesAcks = true
    const outcome = press()
    await pass(9_999)
    expect(link.getState().line.phase).toBe('live')
    await pass(1)
    expect(link.getState().line.phase).toBe('lost')
    server.losesAcks = false
    await pass(5_000)
    expect(await outcome).toEqual({ ok: true })
    expect(server.done).toHaveLength(1)
  })

  test('a refusal is the answer; a restart is not', async () => {
    await joined()
    server.commandAnswer = 'not-allowed'
    expect(await press()).toEqual({ ok: false, reason: 'not-allowed', message: '' })
    server.commandAnswer = 'server-restarting'
    const outcome = press()
    await settle()
    expect(link.getState().line).toEqual({ phase: 'lost', reason: 'server-restarting' })
    server.commandAnswer = null
    await pass(5_000)
    expect(await outcome).toEqual({ ok: true })
  })

  test('closing answers everything that waits', async () => {
    await joined()
    server.losesAcks = true
    const outcome = press()
    link.close()
    expect(await outcome).toEqual({ ok: false, reason: 'unreachable', message: '' })
    expect(clock.pendingTimers).toBe(0)
  })
})
