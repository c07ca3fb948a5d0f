/**
 * The whole application with its demo: every command by everybody's relation to the conference, over the real channel and the real meetings.
 * What is refused changes nothing that the leader sees, and is on record.
 */
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../../server/audit/audit.ts'
import { DEMO_PASSWORD } from '../../../../server/demo/community.ts'
import { fixedId } from '../../../../server/demo/fixed-ids.ts'
import { LIVE_CONFERENCE } from '../../../../server/demo/integrated-conference.ts'
import { COMMAND_RULES } from '../../../../server/meetings/commands.ts'
import type { ConferenceId } from '../../../../shared/ids.ts'
import type { MeetingView } from '../../../../shared/meeting/meeting-view.ts'
import { COMMANDS, type CommandName, LIVE_PATH } from '../../../../shared/protocol/live-channel.ts'
import { type AppUnderTest, startAppUnderTest } from '../../../support/app-under-test.ts'
import { WITHIN_A_SECOND_MS } from '../../../support/promised-times.ts'
import { until } from '../../../support/sync-server.ts'
import { TRANSPORTS, type Transport } from './live-under-test.ts'
import { bodyOf } from './sample-commands.ts'

const CONFERENCE = fixedId<ConferenceId>('conference', LIVE_CONFERENCE)
const NAMES = Object.keys(COMMANDS) as CommandName[]

const INSIDERS = ['muhan.team', 'saengyeon.case', 'council.case', 'mind.observer'] as const
const OUTSIDERS = ['saengyeon.admin', 'operator'] as const
/** Neither leads, deputises nor takes the minutes. */
const WITHOUT_THE_SAY = ['council.case', 'mind.observer'] as const

/** Bodies that no command takes. */
const WRONG: readonly unknown[] = [
  null,
  undefined,
  0,
  1e308,
  '',
  'x'.repeat(100_000),
  [],
  {},
  [{}],
  true,
  { conferenceId: CONFERENCE },
  { conferenceId: [CONFERENCE], commandId: {} },
  Buffer.from('x'),
]

let dure: AppUnderTest
let leader: Socket
const sockets: Socket[] = []

beforeAll(async () => {
  dure = await startAppUnderTest({ environment: { DURE_DEMO: 'on' } })
  leader = await enter('saengyeon.team')
}, 120_000)
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await dure.close()
})

/** Somebody signed in, in the namespace; joined when it is for them. */
async function enter(login: string, transport: Transport = 'websocket'): Promise<Socket> {
  const { cookie = '' } = await dure.signIn(login, DEMO_PASSWORD)
  const origin = dure.url.replace('localhost', '127.0.0.1')
  const socket = io(`${origin}/meeting`, {
    path: LIVE_PATH,
    transports: [transport],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin, cookie },
  })
  sockets.push(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  await socket.emitWithAck('meeting.join', { conferenceId: CONFERENCE })
  return socket
}

async function fresh(): Promise<MeetingView> {
  const answer = await leader.emitWithAck('meeting.join', { conferenceId: CONFERENCE })
  expect(answer.ok).toBe(true)
  return answer.value.view
}

const denials = async () =>
  (await dure.app.store.collection<AuditRecord>('audit').find({ action: 'authz.deny' }).toArray()).length

const body = (name: CommandName) => ({ ...bodyOf(name), conferenceId: CONFERENCE })

/** One's allowance fills again with the application's time. */
const rest = () => dure.advance(3_000)

describe('every command', () => {
  test.each([...INSIDERS, ...OUTSIDERS])('by %s with what it does not take is answered bad-request', async login => {
    const socket = await enter(login)
    const before = await fresh()
    for (const name of NAMES) {
      rest()
      const answers = await Promise.all(WRONG.map(wrong => socket.emitWithAck('command', name, wrong)))
      const more = await socket.emitWithAck('command', name, { ...body(name), userId2: 'x' })
      expect(new Set([...answers, more].map(({ reason }) => reason)), name).toEqual(new Set(['bad-request']))
    }
    expect(await fresh()).toEqual(before)
    socket.disconnect()
  })

  test.each(OUTSIDERS)('by %s, who is not part of it, is answered as if there were no such conference', async login => {
    const socket = await enter(login)
    const [before, recorded] = [await fresh(), await denials()]
    const nothing = 'x'.repeat(22)
    const join = (conferenceId: string) => socket.emitWithAck('meeting.join', { conferenceId })
    expect(await join(CONFERENCE)).toEqual({ ok: false, reason: 'not-found', message: '' })
    expect(await join(nothing)).toEqual({ ok: false, reason: 'not-found', message: '' })
    for (const name of NAMES) {
      rest()
      for (const conferenceId of [CONFERENCE, nothing]) {
        const answer = await socket.emitWithAck('command', name, { ...body(name), conferenceId })
        expect(answer, name).toEqual({ ok: false, reason: 'not-found', message: '' })
      }
    }
    expect(await denials()).toBe(recorded + 2 + 2 * NAMES.length)
    expect(await fresh()).toEqual(before)
    expect(dure.app.meetings.counts().meetings).toBe(1)
    socket.disconnect()
  })

  test.each(WITHOUT_THE_SAY)('S08 S17 that only who conducts may give is refused to %s, and on record', async login => {
    const socket = await enter(login)
    const [before, recorded] = [await fresh(), await denials()]
    const reserved = NAMES.filter(name => COMMAND_RULES[name].policy === 'canWriteForOthers')
    expect(reserved.length).toBeGreaterThan(10)
    for (const name of reserved) {
      rest()
      const answer = await socket.emitWithAck('command', name, body(name))
      expect(['not-allowed', 'not-found'], name).toContain(answer.reason)
    }
    expect(await denials()).toBe(recorded + reserved.length)
    expect(await fresh()).toEqual(before)
    socket.disconnect()
  })
})

describe.each(TRANSPORTS)('over %s', transport => {
  test('what the leader does reaches the others as a change, and a repeated command is done once', async () => {
    rest()
    const council = await enter('council.case', transport)
    // The place inside an item is for who may open it: the statement first.
    for (const person of [leader, council]) {
      const announced = await person.emitWithAck('command', 'attendance.announce', body('attendance.announce'))
      expect(announced).toEqual({ ok: true, value: null })
    }
    const itemId = fixedId('item', `${LIVE_CONFERENCE}-opening`)
    const places: (string | null | undefined)[] = []
    council.on('meeting.change', (_id, change) => places.push(change.set.pointer?.place))
    const move = { ...body('pointer.move'), itemId, place: `notes-${transport}` }
    for (let time = 0; time < 2; time++) {
      expect(await leader.emitWithAck('command', 'pointer.move', move)).toEqual({ ok: true, value: null })
    }
    await until(() => places.includes(`notes-${transport}`), 'the move')
    expect(places.filter(place => place === `notes-${transport}`)).toHaveLength(1)
    council.disconnect()
  })

  test('S07 who signs out on this browser is told so and closed within a second', async () => {
    rest()
    const mind = await enter('mind.observer', transport)
    const closed: unknown[] = []
    mind.on('closed', (...args: unknown[]) => closed.push(args))
    const user = await dure.app.users.findByLogin('mind.observer')
    const at = Date.now()
    if (user) await dure.app.sessions.endAll(user._id)
    await until(() => mind.disconnected, 'the end')
    expect(Date.now() - at).toBeLessThan(WITHIN_A_SECOND_MS)
    expect(closed).toEqual([['not-signed-in', null]])
  })
})

test('S23 a person who asks for a thousand conferences that do not exist leaves none', async () => {
  const council = await enter('council.case')
  for (let round = 0; round < 20; round++) {
    rest()
    const ids = Array.from({ length: 50 }, (_, at) => `nothing${String(round * 50 + at).padStart(15, '0')}`)
    const answers = await Promise.all(ids.map(conferenceId => council.emitWithAck('meeting.join', { conferenceId })))
    expect(new Set(answers.map(({ reason }) => reason))).toEqual(new Set(['not-found']))
  }
  expect(dure.app.meetings.counts().meetings).toBe(1)
  council.disconnect()
})
