/**
 * SECURITY §8.2: everything that a client can put into an event, on a real server with real sockets, over both transports. Nothing has an
 * effect, everything that asks for an answer gets exactly one, nothing comes up as an unhandled rejection, and whoever sits beside goes on.
 */
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS, type CommandName } from '../../../../shared/protocol/live-channel.ts'
import { until } from '../../../support/sync-server.ts'
import { come, TRANSPORTS } from './live-under-test.ts'
import { type MeetingUnderTest, openMeeting, rawPackets } from './meeting-under-test.ts'
import { CONFERENCE } from './meetings-double.ts'
import { bodyOf } from './sample-commands.ts'

const MEGABYTE = JSON.stringify('x'.repeat(1 << 20))
const DEEP = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
const DEEP_LIST = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
const MANY = JSON.stringify(Array.from({ length: 20_000 }, () => 0))

/** Values as JSON, to stand in place of a body and of each field in it. No field takes any of them. */
const KINDS: Readonly<Record<string, string>> = {
  null: 'null',
  'a number': '7',
  'a huge number': '1e308',
  'a number beyond all': '1e999',
  'a string': '"\\u0000x"',
  'a megabyte of text': MEGABYTE,
  'a list': '[1,"2",null]',
  'twenty thousand values': MANY,
  'an object ten thousand levels deep': DEEP,
  'a list ten thousand levels deep': DEEP_LIST,
  'an empty object': '{}',
  'a key that reaches the prototype': '{"__proto__":{"conferenceId":"x"},"constructor":{"prototype":{}}}',
  'functions by name': '{"toString":"x","valueOf":"y","then":"z","toJSON":"t"}',
}

const EVENTS = ['meeting.join', 'meeting.leave', ...(Object.keys(COMMANDS) as CommandName[])] as const
type EventName = (typeof EVENTS)[number]

const isCommand = (name: EventName): name is CommandName => name in COMMANDS
const valid = (name: EventName): Record<string, unknown> =>
  isCommand(name) ? bodyOf(name) : { conferenceId: CONFERENCE }
/** What stands between the brackets of an event's packet. */
const packet = (name: EventName, body: string) =>
  isCommand(name) ? `"command","${name}",${body}` : `"${name}",${body}`

/** The arguments that one event is sent with: each of them wrong. */
function* wrongArguments(name: EventName): Generator<string> {
  const body = valid(name)
  const whole = JSON.stringify(body)
  for (const value of Object.values(KINDS)) {
    yield packet(name, value)
    if (value.length < 1000) yield packet(name, `[${whole},${value}]`)
    for (const field of Object.keys(body)) {
      // The one field that may be null. A megabyte in each field of each command would only take time.
      const isAllowed = field === 'place' && value === 'null'
      if (value.length < 1000 && !isAllowed) yield packet(name, whole.replace(JSON.stringify(body[field]), value))
    }
  }
  const inner = whole.slice(1, -1)
  for (const more of ['"userId":"x"', '"agencyId2":"x"', '"name2":"x"', '"at2":0', '"by":{}', '"__proto__":{"ok":1}']) {
    yield packet(name, `{${inner},${more}}`)
  }
  yield packet(name, `${whole},${whole}`)
  yield packet(name, `${whole},null,null,null`)
  yield packet(name, 'null').replace(',null', '')
}

let server: MeetingUnderTest
/** Wrong events that were sent, over all. */
let sent = 0
const troubles: unknown[] = []
const onTrouble = (trouble: unknown) => void troubles.push(trouble)

beforeAll(async () => {
  process.on('unhandledRejection', onTrouble)
  process.on('uncaughtExceptionMonitor', onTrouble)
  server = await openMeeting({
    limits: { socketBurst: 1e6, userBurst: 1e6, maxWaiting: 1e6 },
    liveLimits: { packetBurst: 1e6 },
  })
})
afterAll(async () => {
  process.off('unhandledRejection', onTrouble)
  process.off('uncaughtExceptionMonitor', onTrouble)
  expect(troubles).toEqual([])
  await server.close()
})

const refused = { ok: false, reason: 'bad-request', message: '' }

describe.each(TRANSPORTS)('over %s', transport => {
  let honest: Socket
  let bad: Socket
  let raw: ReturnType<typeof rawPackets>
  let nextId = 1000

  beforeAll(async () => {
    honest = await server.enter('honest', { transport })
    bad = await server.enter('bad', { transport })
    raw = rawPackets(bad)
  })
  afterAll(() => {
    honest.disconnect()
    bad.disconnect()
  })

  async function honestGoesOn(): Promise<void> {
    const before = server.meetings.commands.length
    expect(await honest.emitWithAck('command', 'speech.end', bodyOf('speech.end'))).toEqual({ ok: true, value: null })
    expect(server.meetings.commands).toHaveLength(before + 1)
    expect(server.meetings.commands.at(-1)?.connection.person.userId).toBe('honest')
  }

  test.each(EVENTS)(
    'S01 %s: every kind of value in every place is answered bad-request once, and nothing is done',
    async name => {
      const effects = server.meetings.commands.length
      const joins = server.meetings.joins
      const asked = new Map<number, string>()
      for (const args of wrongArguments(name)) {
        asked.set(nextId, args)
        raw.send(args, nextId++)
        // No acknowledgement: neither done nor answered.
        if (args.length < 1000) raw.send(args)
      }
      raw.send(packet(name, JSON.stringify(valid(name))))
      await until(() => [...asked.keys()].every(id => raw.answers.has(id)), 'every answer', 30_000)
      const others = [...asked].filter(([id]) => JSON.stringify(raw.answers.get(id)) !== JSON.stringify([refused]))
      expect(others).toEqual([])
      expect(asked.size).toBeGreaterThanOrEqual(40)
      sent += asked.size
      expect([server.meetings.commands.length, server.meetings.joins]).toEqual([effects, joins])
      await honestGoesOn()
      expect(bad.connected).toBe(true)
    },
  )

  test.each(EVENTS)('S01 %s with bytes in it', async name => {
    const effects = server.meetings.commands.length
    const body = valid(name)
    const bodies: unknown[] = [Buffer.from('x'), new Uint8Array(0), [Buffer.from('x')]]
    for (const field of Object.keys(body)) bodies.push({ ...body, [field]: Buffer.from('x') })
    for (const asked of bodies) {
      const args = isCommand(name) ? ['command', name, asked] : [name, asked]
      const [event = '', ...rest] = args as [string, ...unknown[]]
      expect(await bad.emitWithAck(event, ...rest)).toEqual(refused)
    }
    expect(server.meetings.commands).toHaveLength(effects)
  })

  test('S01 an event that is not declared is answered, and nothing listens to it', async () => {
    for (const name of [
      'room:join',
      'error',
      'toString',
      '__proto__',
      'constructor',
      'message',
      'command.x',
      '',
      '*',
    ]) {
      expect(await bad.emitWithAck(name, { conferenceId: CONFERENCE })).toEqual(refused)
    }
    for (const [at, first] of ['7', '"command"', '"meeting.join"'].entries()) {
      raw.send(first, 900_050 + at)
      await until(() => raw.answers.has(900_050 + at), 'the answer')
      expect(raw.answers.get(900_050 + at)).toEqual([refused])
    }
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      'pointer',
      '*',
      ['pointer.move'],
      { name: 'x' },
      null,
    ]) {
      expect(await bad.emitWithAck('command', name, bodyOf('chair.take'))).toEqual(refused)
    }
    await honestGoesOn()
  })

  test('S02 one acknowledgement id for two events: both are done and answered, each once', async () => {
    const effects = server.meetings.commands.length
    for (let at = 0; at < 2; at++) raw.send(packet('chair.take', JSON.stringify(bodyOf('chair.take'))), 900_077)
    await until(() => raw.answers.get(900_077)?.length === 2, 'both answers')
    expect(raw.answers.get(900_077)).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ])
    expect(server.meetings.commands).toHaveLength(effects + 2)
    // Acknowledgements of events that the server never sent.
    raw.sendText('3/meeting,5["x"]')
    raw.sendText('3/meeting,99999999999999999999["x"]')
    await honestGoesOn()
  })

  test('S11 who, for whom and when is the session’s, whatever a body says', async () => {
    const { length } = server.meetings.commands
    await bad.emitWithAck('command', 'chair.take', { ...bodyOf('chair.take'), userId: 'honest' })
    await bad.emitWithAck('command', 'chair.take', { ...bodyOf('chair.take'), at: '2000-01-01T00:00:00Z' })
    expect(server.meetings.commands).toHaveLength(length)
    await bad.emitWithAck('command', 'chair.take', bodyOf('chair.take'))
    expect(server.meetings.commands.at(-1)?.connection).toMatchObject({
      person: { userId: 'bad', sessionId: 'session-of-bad' },
      address: '127.0.0.1',
    })
  })

  test('S09 names of rooms, other people’s and one’s own socket id join nothing, and no room of the transport is entered', async () => {
    const joined = server.meetings.listeners.size
    const asked = [
      '*',
      '',
      honest.id,
      bad.id,
      '/meeting',
      [CONFERENCE],
      { $ne: null },
      `${CONFERENCE}\n`,
      'x'.repeat(22),
    ]
    for (const conferenceId of asked) {
      const answer = await bad.emitWithAck('meeting.join', { conferenceId })
      const reason = conferenceId === 'x'.repeat(22) ? 'not-found' : 'bad-request'
      expect(answer).toEqual({ ok: false, reason, message: '' })
    }
    expect(server.meetings.listeners.size).toBe(joined)
    const rooms = [...server.live.namespace('/meeting').adapter.rooms.keys()]
    const sockets = [...server.live.namespace('/meeting').sockets.keys()]
    expect(rooms.sort()).toEqual(sockets.sort())
  })

  test.each([
    '42/meeting,["disconnect"]',
    '2/meeting,["disconnect"]',
    '2/meeting,["connect_error"]',
    '2/meeting,[{"toString":"x"}]',
    '2/meeting,[["a"]]',
    '2/meeting,[]',
    '2/meeting,{}',
    '2/meeting,',
    '2/meeting,["x"',
    '2["no namespace"]',
    '2/other,["x"]',
    '0/meeting,null',
    '0/meeting,{"pid":"x","offset":"y"}',
    '51-/meeting,["x",{"_placeholder":true,"num":0}]',
    '511-/meeting,["x",{"_placeholder":true,"num":0}]',
    '5-/meeting,[]',
    '51-/meeting,["x",{"_placeholder":true,"num":"splice"}]',
    '4/meeting,{}',
    '9',
    '',
    'x'.repeat(100_000),
  ])('S12 the packet %.60s closes its own line at most', async text => {
    const own = await server.enter('own', { transport })
    const lines = server.live.counts().connections
    own.io.engine.write(text)
    // Bytes that belong to nothing, or to the announced attachment: after them the line is closed whatever came before.
    own.io.engine.write(Buffer.from('x') as never)
    own.io.engine.write('2/meeting,["disconnect"]')
    await until(() => server.live.counts().connections === lines - 1, 'the line to be closed')
    await honestGoesOn()
    own.disconnect()
  })

  test('S13 a message beyond the limit closes its own line', async () => {
    const own = await server.enter('own', { transport })
    const lines = server.live.counts().connections
    own.emit('command', 'chair.take', 'x'.repeat(1_600_000))
    await until(() => server.live.counts().connections < lines, 'the line to be closed')
    await honestGoesOn()
    own.disconnect()
  })
})

test('S06 what a connection was is not taken up again: who comes back is let in anew', async () => {
  const first = await server.enter('housing')
  const told = server.meetings.listeners.size
  const { id } = first
  first.io.engine.close()
  await until(() => server.meetings.listeners.size === told - 1, 'the meeting to hear of it')
  const again = come(server, 'housing', { auth: { pid: id, offset: '1' } })
  await until(() => again.connected, 'the way back')
  expect([again.recovered ?? false, again.id === id]).toEqual([false, false])
  expect(server.meetings.listeners.size).toBe(told - 1)
  server.setStanding('housing', 'not-signed-in')
  await until(() => !again.connected, 'the end')
  const late = come(server, 'housing', { auth: { pid: id, offset: '1' } })
  await new Promise(resolve => late.once('connect_error', resolve))
  expect(late.connected).toBe(false)
})

test('nothing came up that nobody caught', () => {
  expect(sent).toBeGreaterThan(2 * 27 * 40)
  console.info(`${sent} wrong events of ${EVENTS.length} kinds over two transports: each answered once, none done`)
  expect(troubles).toEqual([])
  expect(server.log.lines.filter(({ level }) => level === 'error')).toEqual([])
})
