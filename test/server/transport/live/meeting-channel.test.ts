import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { RecordedRefusal } from '../../../../server/auth/recorded-refusal.ts'
import { StoreUnavailable } from '../../../../server/storage/port.ts'
import type { ConferenceId } from '../../../../shared/ids.ts'
import type { MeetingChange } from '../../../../shared/meeting/meeting-view.ts'
import { Refusal, type RefusalReason } from '../../../../shared/protocol/refusals.ts'
import { WITHIN_A_SECOND_MS } from '../../../support/promised-times.ts'
import { until } from '../../../support/sync-server.ts'
import { ask, TRANSPORTS } from './live-under-test.ts'
import { type MeetingUnderTest, openMeeting } from './meeting-under-test.ts'
import { CONFERENCE, changeOf, VIEW } from './meetings-double.ts'
import { bodyOf } from './sample-commands.ts'

let server: MeetingUnderTest
let people: Socket[] = []

beforeAll(async () => {
  server = await openMeeting()
})
afterEach(async () => {
  for (const person of people) person.disconnect()
  people = []
  server.meetings.onCommand = async () => {}
  server.meetings.onJoin = () => {}
  await until(() => server.live.counts().connections === 0, 'everybody to be gone')
  for (const person of ['housing', 'health']) server.setStanding(person, undefined)
})
afterAll(() => server.close())

async function enter(...[person, about]: Parameters<MeetingUnderTest['enter']>): Promise<Socket> {
  const socket = await server.enter(person, about)
  people.push(socket)
  return socket
}

/** Everything that a person is told, in order. */
function heardBy(socket: Socket) {
  const changes: number[] = []
  const closed: { reason: RefusalReason; conferenceId: ConferenceId | null; at: number }[] = []
  socket.on('meeting.change', (_id: ConferenceId, change: MeetingChange) => changes.push(change.n))
  socket.on('closed', (reason: RefusalReason, conferenceId: ConferenceId | null) =>
    closed.push({ reason, conferenceId, at: Date.now() }),
  )
  return { changes, closed }
}

const press = (socket: Socket) => socket.emitWithAck('command', 'chair.take', bodyOf('chair.take'))

describe.each(TRANSPORTS)('in a meeting over %s', transport => {
  test('whoever joins gets the snapshot, then the changes, also those that come before the answer has left', async () => {
    const housing = await enter('housing', { transport, joins: false })
    const heard = heardBy(housing)
    server.meetings.onJoin = listener => {
      listener.change(changeOf(1))
      listener.change(changeOf(2))
    }
    const answer = await new Promise(resolve => {
      housing.emit('meeting.join', { conferenceId: CONFERENCE }, (value: unknown) => {
        expect(heard.changes).toEqual([])
        resolve(value)
      })
    })
    expect(answer).toMatchObject({ ok: true, value: { view: VIEW } })
    server.meetings.tell(changeOf(3))
    await until(() => heard.changes.length === 3, 'the changes')
    expect(heard.changes).toEqual([1, 2, 3])
  })

  test('whoever left, or joined anew, hears nothing more of the old', async () => {
    const housing = await enter('housing', { transport })
    const heard = heardBy(housing)
    const [old] = server.meetings.listeners.values()
    await housing.emitWithAck('meeting.join', { conferenceId: CONFERENCE })
    old?.change(changeOf(8))
    server.meetings.tell(changeOf(1))
    await until(() => heard.changes.length > 0, 'a change')
    expect(await housing.emitWithAck('meeting.leave', { conferenceId: CONFERENCE })).toEqual({ ok: true, value: null })
    expect(server.meetings.listeners.size).toBe(0)
    old?.change(changeOf(9))
    await press(housing)
    expect(heard.changes).toEqual([1])
  })

  test('events are done in the order sent, one after another', async () => {
    const housing = await enter('housing', { transport })
    const order: string[] = []
    const go: (() => void)[] = []
    server.meetings.onCommand = name => new Promise<void>(resolve => go.push(() => resolve(void order.push(name))))
    const names = ['chair.take', 'speech.end', 'attendance.leave'] as const
    const answers = Promise.all(names.map(name => housing.emitWithAck('command', name, bodyOf(name))))
    for (let at = 0; at < 3; at++) {
      await until(() => go.length === at + 1, 'the next one')
      go[at]?.()
    }
    expect(await answers).toEqual(Array(3).fill({ ok: true, value: null }))
    expect(order).toEqual(names)
  })

  test.each([
    {
      what: 'a refusal',
      error: new Refusal('conflict', 'moved-on'),
      reason: 'conflict',
      message: 'moved-on',
      level: undefined,
    },
    {
      what: 'a store that is away',
      error: new StoreUnavailable('away'),
      reason: 'store-unavailable',
      message: '',
      level: 'warn',
    },
    { what: 'a bug', error: new TypeError('x of undefined'), reason: 'internal', message: '', level: 'error' },
    { what: 'something that is no error', error: 'a string', reason: 'internal', message: '', level: 'error' },
  ])(
    'S03 $what in a handler is answered $reason, and the next command is done',
    async ({ error, reason, message, level }) => {
      const housing = await enter('housing', { transport })
      const lines = server.log.lines.length
      server.meetings.onCommand = async () => {
        throw error
      }
      expect(await press(housing)).toEqual({ ok: false, reason, message })
      expect(server.log.lines.slice(lines).map(line => line.level)).toEqual(level === undefined ? [] : [level])
      server.meetings.onCommand = async () => {}
      expect(await press(housing)).toEqual({ ok: true, value: null })
    },
  )

  test('S08 S17 every command is asked of the meetings, and a denial is on record once', async () => {
    const housing = await enter('housing', { transport })
    const before = server.audited.length
    server.meetings.onCommand = async () => {
      throw new Refusal('not-allowed')
    }
    const body = bodyOf('read-back.confirm')
    expect(await housing.emitWithAck('command', 'read-back.confirm', body)).toMatchObject({ reason: 'not-allowed' })
    server.meetings.onCommand = async () => {
      throw new RecordedRefusal('not-found')
    }
    expect(await press(housing)).toMatchObject({ reason: 'not-found' })
    expect(server.audited.slice(before)).toEqual([
      {
        actor: 'housing',
        sessionId: 'session-of-housing',
        address: '127.0.0.1',
        action: 'authz.deny',
        object: `read-back.confirm ${body.conferenceId} ${body.itemId}`,
        outcome: 'denied',
        reason: 'not-allowed',
      },
    ])
  })

  test.each(['session-locked', 'not-signed-in', 'password-change-required'] as const)(
    'S07 once the sign-in is %s, the person is told why and closed within a second, and nothing passes any more',
    async standing => {
      const housing = await enter('housing', { transport })
      const health = await enter('health', { transport })
      const [heard, others] = [heardBy(housing), heardBy(health)]
      const done = server.meetings.commands.length
      const at = Date.now()
      server.setStanding('housing', standing)
      server.meetings.tell(changeOf(1))
      housing.emit('command', 'chair.take', bodyOf('chair.take'), () => undefined)
      await until(() => housing.disconnected, 'the end')
      expect(Date.now() - at).toBeLessThan(WITHIN_A_SECOND_MS)
      expect(heard).toEqual({ changes: [], closed: [{ reason: standing, conferenceId: null, at: expect.any(Number) }] })
      expect(server.meetings.commands).toHaveLength(done)
      await until(() => others.changes.length === 1, 'the others to go on')
      expect(await press(health)).toEqual({ ok: true, value: null })
    },
  )

  test('S07 what is said while the sign-in is being asked again waits, and comes in order when it stands', async () => {
    const housing = await enter('housing', { transport })
    const heard = heardBy(housing)
    server.answers.areHeld = true
    server.changes.announce(['user:housing' as never])
    server.meetings.tell(changeOf(1))
    server.meetings.tell(changeOf(2))
    await ask(server, '/anything')
    expect(heard.changes).toEqual([])
    server.answers.release()
    await until(() => heard.changes.length === 2, 'what waited')
    expect(heard.changes).toEqual([1, 2])
  })

  test('S07 when nobody can say how the sign-in stands, the line is closed within a second, to come back later', async () => {
    const housing = await enter('housing', { transport })
    const heard = heardBy(housing)
    server.answers.areHeld = true
    const at = Date.now()
    // Further changes while asking do not put it off.
    for (let round = 0; round < 20; round++) server.changes.announce(['session:session-of-housing' as never])
    await until(() => server.live.counts().connections === 0, 'the end')
    expect(Date.now() - at).toBeLessThan(WITHIN_A_SECOND_MS)
    server.answers.release()
    await until(() => housing.disconnected, 'the client to hear of it')
    // Over polling the word would leave with the next poll, which itself waits for the store.
    if (transport === 'websocket') expect(heard.closed).toMatchObject([{ reason: 'store-unavailable' }])
  })

  test('a conference that is over for a person is said to be, and the line stays', async () => {
    const housing = await enter('housing', { transport })
    const heard = heardBy(housing)
    const [listener] = server.meetings.listeners.values()
    listener?.closed('not-found')
    listener?.change(changeOf(1))
    await until(() => heard.closed.length === 1, 'the word')
    expect(heard.closed).toMatchObject([{ reason: 'not-found', conferenceId: CONFERENCE }])
    expect(await press(housing)).toEqual({ ok: true, value: null })
    expect(heard.changes).toEqual([])
  })

  test('commands count as activity, wrong ones do not', async () => {
    const housing = await enter('housing', { transport })
    const before = server.active.length
    await housing.emitWithAck('command', 'chair.take', {})
    expect(server.active).toHaveLength(before)
    await press(housing)
    expect(server.active.slice(before)).toEqual([{ userId: 'housing', sessionId: 'session-of-housing' }])
  })

  test('when a line is gone the meetings hear of it once, and what was asked last is not answered into nothing', async () => {
    const housing = await enter('housing', { transport })
    const before = server.meetings.gone.length
    let finish = () => {}
    server.meetings.onCommand = () => new Promise(resolve => (finish = resolve))
    housing.emit('command', 'chair.take', bodyOf('chair.take'), () => undefined)
    await until(() => server.meetings.commands.at(-1)?.connection.person.userId === 'housing', 'the command')
    housing.disconnect()
    await until(() => server.meetings.gone.length === before + 1, 'the meetings to hear of it')
    finish()
    await until(() => server.channel.counts().sockets === 0, 'nothing to be left')
    expect(server.meetings.listeners.size).toBe(0)
  })
})

describe('how much', () => {
  test('S14 whoever sends too fast is told so, and the next sockets of the same person have no more', async () => {
    const small = await openMeeting({
      limits: { socketBurst: 5, socketPerSecond: 0.001, userBurst: 8, userPerSecond: 0.001 },
    })
    const housing = await small.enter('housing', { joins: false })
    const reasons = async (socket: Socket) =>
      (await Promise.all(Array.from({ length: 7 }, () => press(socket)))).map(({ reason }) => reason ?? 'done').sort()
    expect(await reasons(housing)).toEqual([...Array(5).fill('done'), 'too-fast', 'too-fast'])
    const second = await small.enter('housing', { joins: false })
    expect(await reasons(second)).toEqual(['done', ...Array(6).fill('too-fast')])
    const health = await small.enter('health', { joins: false })
    expect((await reasons(health))[0]).toBe('done')
    for (const socket of [housing, second, health]) socket.disconnect()
    await small.close()
  })

  test('S14 events that are unknown, or ask for no answer, are counted as well; who goes on and on is closed', async () => {
    const small = await openMeeting({ limits: { socketBurst: 4, socketPerSecond: 0.001, maxTooFast: 10 } })
    const housing = await small.enter('housing', { joins: false })
    const heard = heardBy(housing)
    housing.emit('unknown')
    housing.emit('unknown')
    await housing.emitWithAck('unknown', 1)
    await housing.emitWithAck('unknown', 1)
    expect(await press(housing)).toMatchObject({ reason: 'too-fast' })
    for (let at = 0; at < 9; at++) housing.emit('unknown')
    await until(() => housing.disconnected, 'the end')
    expect(heard.closed).toMatchObject([{ reason: 'too-fast', conferenceId: null }])
    await small.close()
  })

  test('no more than so many events wait, and no more than so many conferences are joined', async () => {
    const small = await openMeeting({ limits: { maxWaiting: 3, maxJoined: 1 } })
    const housing = await small.enter('housing', { joins: true })
    const other = 'x'.repeat(22)
    expect(await housing.emitWithAck('meeting.join', { conferenceId: other })).toMatchObject({
      reason: 'too-many-connections',
    })
    const waiting: (() => void)[] = []
    small.meetings.onCommand = () => new Promise<void>(resolve => waiting.push(resolve))
    const three = Promise.all([press(housing), press(housing), press(housing)])
    expect(await press(housing)).toMatchObject({ reason: 'too-fast' })
    small.meetings.onCommand = async () => {}
    waiting[0]?.()
    expect(await three).toEqual(Array(3).fill({ ok: true, value: null }))
    housing.disconnect()
    await small.close()
  })

  test('S03 what takes too long is answered store-unavailable, once, and a late join is not followed', async () => {
    const small = await openMeeting({ limits: { deadlineMs: 30 } })
    const housing = await small.enter('housing', { joins: false })
    const heard = heardBy(housing)
    let finish = () => {}
    small.meetings.onCommand = () => new Promise<void>(resolve => (finish = resolve))
    expect(await press(housing)).toEqual({ ok: false, reason: 'store-unavailable', message: 'deadline' })
    finish()
    small.meetings.onJoin = () => new Promise<void>(resolve => (finish = resolve))
    const answer = await housing.emitWithAck('meeting.join', { conferenceId: CONFERENCE })
    expect(answer).toMatchObject({ reason: 'store-unavailable' })
    finish()
    small.meetings.onCommand = async () => {}
    expect(await press(housing)).toEqual({ ok: true, value: null })
    small.meetings.tell(changeOf(1))
    expect(small.meetings.listeners.size).toBe(0)
    expect(heard.changes).toEqual([])
    housing.disconnect()
    await small.close()
  })

  test('S23 a thousand joins to what does not exist leave nothing', async () => {
    const small = await openMeeting({ limits: { socketBurst: 1e4, userBurst: 1e4, maxWaiting: 1e4 } })
    const housing = await small.enter('housing', { joins: false })
    const ids = Array.from({ length: 1000 }, (_, at) => `nothing${String(at).padStart(15, '0')}`)
    const answers = await Promise.all(ids.map(conferenceId => housing.emitWithAck('meeting.join', { conferenceId })))
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toEqual(
      new Set(['{"ok":false,"reason":"not-found","message":""}']),
    )
    expect(small.meetings.listeners.size).toBe(0)
    // It may still join as many as anybody.
    expect(await housing.emitWithAck('meeting.join', { conferenceId: CONFERENCE })).toMatchObject({ ok: true })
    housing.disconnect()
    await small.close()
  })
})
