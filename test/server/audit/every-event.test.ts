/**
 * [LR-11] proved over the event table: in the demo's live meeting each command that names an item about a household is given by who leads and by somebody
 * of another agency; what was done and what was refused stand in the record of access with that household as its subject, before the answer came.
 */
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { DEMO_PASSWORD } from '../../../server/demo/community.ts'
import { fixedId } from '../../../server/demo/fixed-ids.ts'
import { LIVE_CONFERENCE } from '../../../server/demo/integrated-conference.ts'
import { newId } from '../../../server/lib/random.ts'
import { must } from '../../../shared/assert.ts'
import type { CommandId, ConferenceId, UserId } from '../../../shared/ids.ts'
import { COMMANDS, type CommandName, LIVE_PATH } from '../../../shared/protocol/live-channel.ts'
import { type AppUnderTest, startAppUnderTest } from '../../support/app-under-test.ts'
import { bodyOf } from '../transport/live/sample-commands.ts'

const CONFERENCE = fixedId<ConferenceId>('conference', LIVE_CONFERENCE)
const ABOUT_AN_ITEM = (Object.keys(COMMANDS) as CommandName[]).filter(name => 'itemId' in bodyOf(name))

let dure: AppUnderTest
let itemId: string
let caseId: string
const sockets: Socket[] = []

beforeAll(async () => {
  dure = await startAppUnderTest({ environment: { DURE_DEMO: 'on' } })
  const items = await dure.app.conferences.items.ofConference(CONFERENCE)
  const about = must(
    items.find(item => item.caseId !== null),
    'an item about a household',
  )
  itemId = about._id
  caseId = about.caseId ?? ''
}, 120_000)
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await dure.close()
})

async function enter(login: string): Promise<{ socket: Socket; userId: UserId }> {
  const client = await dure.signIn(login, DEMO_PASSWORD)
  const session = await client.session()
  const socket = io(`${dure.url.replace('localhost', '127.0.0.1')}/meeting`, {
    path: LIVE_PATH,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: dure.url.replace('localhost', '127.0.0.1'), cookie: client.cookie ?? '' },
  })
  sockets.push(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return { socket, userId: session.state === 'signed-in' ? session.person.userId : ('' as UserId) }
}

const recordsOf = (userId: UserId) =>
  dure.app.store
    .collection<AuditRecord>('audit')
    .find({ actor: userId }, { sort: { sequence: 1 } })
    .toArray()

async function give(who: Awaited<ReturnType<typeof enter>>, name: CommandName) {
  const before = (await recordsOf(who.userId)).length
  const body = { ...bodyOf(name), conferenceId: CONFERENCE, itemId, commandId: newId<CommandId>() }
  const answer: { ok: boolean; reason?: string } = await who.socket.emitWithAck('command', name, body)
  dure.advance(3_000)
  return { answer, records: (await recordsOf(who.userId)).slice(before) }
}

test('[AU1] [AU2] [LR-11] [LR-34] each event about an item: refused to who is not of the meeting, with whose data it was about', async () => {
  const outsider = await enter('heungseon.case')
  for (const name of ABOUT_AN_ITEM) {
    const { answer, records } = await give(outsider, name)
    expect(answer, name).toMatchObject({ ok: false, reason: 'not-found' })
    expect(
      records.map(record => [record.outcome, record.subject]),
      name,
    ).toContainEqual(['denied', caseId])
  }
  expect(ABOUT_AN_ITEM.length).toBeGreaterThan(10)
})

test('[AU1] [AU2] [LR-11] each event about an item that is done stands there with whose data it was about', async () => {
  const leader = await enter('saengyeon.team')
  const join = await leader.socket.emitWithAck('meeting.join', { conferenceId: CONFERENCE })
  expect(join.ok).toBe(true)
  await give(leader, 'chair.take')
  await give(leader, 'attendance.announce')
  let done = 0
  for (const name of ABOUT_AN_ITEM) {
    const { answer, records } = await give(leader, name)
    if (!answer.ok) continue
    done += 1
    // The pointer says where the meeting is, and opens nothing to anybody.
    if (name === 'pointer.move') continue
    expect(
      records.map(record => record.subject),
      name,
    ).toContain(caseId)
  }
  expect(done).toBeGreaterThan(2)
})
