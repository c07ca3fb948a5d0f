/** Asking to speak and having the floor (SPEC MS). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { withRecords } from '../../../server/meetings/item-progress.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { attendeeKeyOf, type ItemId, type UserId } from '../../../shared/ids.ts'
import { type MeetingUnderTest, meetingUnderTest, type Seat } from './meeting-under-test.ts'

let room: MeetingUnderTest
let minutes: UserId
let chair: Seat
let taker: Seat
let co: Seat
let partner: Seat

beforeEach(async () => {
  room = await meetingUnderTest('live')
  const { world, town } = room
  minutes = world.person('minute-taker', [town.dong, 'case_worker'])
  const admitted = await world.toChange(town.leader, room.conferenceId)
  const minuteTaker = { userId: minutes, agencyId: town.dong, role: 'minute_taker' as const }
  await changeConference(world.parts, world.by(town.leader), admitted, {
    _v: admitted.conference._v,
    participants: [...admitted.conference.participants, minuteTaker],
  })
  chair = await room.comes(town.leader)
  taker = await room.comes(minutes)
  co = await room.comes(town.co)
  partner = await room.comes(town.partner)
  await chair.does('feature.switch', { feature: 'requests', on: true })
})
afterEach(() => room.close())

const keyOf = (seat: Seat) => attendeeKeyOf(seat.connection.person.userId)
const asks = (seat: Seat, whose = seat) => seat.does('speech.request', { key: keyOf(whose) })
const queue = () => chair.sees.speaking.queue.map(({ key }) => key)

test('[MS1] requests stand in the order of asking, one per person', async () => {
  await asks(partner)
  await room.pass(1000)
  await asks(co)
  await room.pass(1000)
  await asks(partner)
  expect(queue()).toEqual([keyOf(partner), keyOf(co)])
  await partner.does('speech.withdraw', { key: keyOf(partner) })
  await asks(partner)
  expect(queue()).toEqual([keyOf(co), keyOf(partner)])
})

test('[MS1] the chair and the minute-taker give the floor; whoever has it, and they, end it', async () => {
  await asks(co)
  await asks(partner)
  await expect(co.does('speech.give', { key: keyOf(co) })).rejects.toMatchObject({ reason: 'not-allowed' })
  await chair.does('speech.give', { key: keyOf(partner) })
  expect(co.sees.speaking).toMatchObject({ now: keyOf(partner), queue: [{ key: keyOf(co) }] })
  await expect(co.does('speech.end', {})).rejects.toMatchObject({ detail: 'not-speaking' })
  await partner.does('speech.end', {})
  expect(co.sees.speaking.now).toBeNull()
  await taker.does('speech.give', { key: keyOf(co) })
  await taker.does('speech.end', {})
  expect(co.sees.speaking).toEqual({ now: null, since: null, queue: [] })
})

test('[MS2] anybody asks for themselves, who conducts for others at the table, and nobody for who is not there', async () => {
  const watcher = await room.comes(room.town.watcher)
  await asks(watcher)
  await expect(asks(co, partner)).rejects.toMatchObject({ detail: 'not-for-others' })
  await expect(co.does('speech.withdraw', { key: keyOf(watcher) })).rejects.toMatchObject({ detail: 'not-for-others' })
  await asks(taker, partner)
  expect(queue()).toEqual([keyOf(watcher), keyOf(partner)])
  const stranger = attendeeKeyOf(room.town.stranger)
  await expect(taker.does('speech.request', { key: stranger })).rejects.toMatchObject({ reason: 'not-found' })
  await taker.does('attendance.add', {
    name: '박이장',
    agencyId: room.town.council,
    title: '이장',
    role: 'attendee',
    mode: 'in_person',
    statement: true,
  })
  const guest = chair.sees.attendance.find(({ userId }) => userId === null)
  if (guest === undefined) throw new Error('The guest is not at the table')
  await taker.does('speech.request', { key: guest.key })
  expect(queue()).toContain(guest.key)
})

test('[MS3] turns and their length are kept for ways of being there, for no person, and on no screen', async () => {
  const { store, keyring } = room.world
  const spoken = async () => (await createMeetingRepository({ store, keyring }).find(room.conferenceId)).state.spoken
  await taker.does('attendance.enter', { entries: [{ key: keyOf(partner), mode: 'in_person' }], statement: true })
  await taker.does('attendance.enter', { entries: [{ key: keyOf(co), mode: 'remote' }], statement: true })
  const speaks = async (seat: Seat, ms: number) => {
    await chair.does('speech.give', { key: keyOf(seat) })
    await room.pass(ms)
  }
  await speaks(partner, 60_000)
  await speaks(co, 30_000)
  await speaks(partner, 15_000)
  await partner.does('speech.end', {})
  await partner.does('speech.end', {})
  expect(await spoken()).toEqual({ in_person: { turns: 2, ms: 75_000 }, remote: { turns: 1, ms: 30_000 } })
  await speaks(co, 10_000)
  await taker.does('attendance.depart', { key: keyOf(co) })
  await speaks(partner, 5_000)
  await chair.does('feature.switch', { feature: 'requests', on: false })
  expect(await spoken()).toEqual({ in_person: { turns: 3, ms: 80_000 }, remote: { turns: 2, ms: 40_000 } })
  expect(JSON.stringify([chair.sees, co.sees])).not.toContain('turns')
})

test('[MS3] the end of the meeting ends the turn', async () => {
  const { store, keyring } = room.world
  await taker.does('attendance.enter', { entries: [{ key: keyOf(partner), mode: 'in_person' }], statement: true })
  await chair.does('speech.give', { key: keyOf(partner) })
  await room.pass(20_000)
  const { state } = await createMeetingRepository({ store, keyring }).find(room.conferenceId)
  const about = { items: new Set<ItemId>(), now: state.speaking.since ?? '' }
  const closedAt = new Date(Date.parse(state.speaking.since ?? '') + 20_000)
  const over = withRecords(state, { ...about, closedAt })
  expect([over.speaking.now, over.spoken]).toEqual([null, { in_person: { turns: 1, ms: 20_000 } }])
  expect(withRecords(over, { ...about, closedAt })).toBe(over)
})

test('[MS1] while requests are switched off nobody asks, and switching off empties the queue', async () => {
  await asks(co)
  await chair.does('speech.give', { key: keyOf(partner) })
  await expect(co.does('feature.switch', { feature: 'requests', on: false })).rejects.toMatchObject({
    reason: 'not-allowed',
  })
  await chair.does('feature.switch', { feature: 'requests', on: false })
  expect(co.sees.speaking).toEqual({ now: null, since: null, queue: [] })
  await expect(asks(co)).rejects.toMatchObject({ detail: 'feature-off' })
})
