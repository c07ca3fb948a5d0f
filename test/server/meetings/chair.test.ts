/** Who leads (SPEC MC), on real records and in virtual time. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { must } from '../../../shared/assert.ts'
import type { UserId } from '../../../shared/ids.ts'
import { moveTo } from '../conferences/world.ts'
import { type MeetingUnderTest, meetingUnderTest } from './meeting-under-test.ts'

let room: MeetingUnderTest
let leader: UserId
let deputy: UserId
let second: UserId
let minutes: UserId
let attendee: UserId

/** leader, two deputies, minute-taker, and somebody who only attends. */
beforeEach(async () => {
  room = await meetingUnderTest('scheduled')
  const { town, world } = room
  leader = town.leader
  attendee = town.co
  deputy = world.person('deputy', [town.dong, 'case_worker'])
  second = world.person('second deputy', [town.council, 'case_worker'])
  minutes = world.person('minute-taker', [town.dong, 'case_worker'])
  const admitted = await world.toChange(leader, room.conferenceId)
  const { conference } = admitted
  await changeConference(world.parts, world.by(leader), admitted, {
    _v: conference._v,
    participants: [
      ...conference.participants,
      { userId: minutes, agencyId: town.dong, role: 'minute_taker' },
      { userId: deputy, agencyId: town.dong, role: 'deputy' },
      { userId: second, agencyId: town.council, role: 'deputy' },
    ],
  })
})
afterEach(() => room.close())

const goesLive = () => moveTo(room.world, room.town, room.conferenceId, 'live')

test('[MC2] a meeting that goes live is led by its leader, and before that by nobody', async () => {
  const one = await room.comes(leader)
  expect(one.sees.chair).toMatchObject({ userId: null, order: [leader, deputy, second, minutes] })
  await goesLive()
  await room.settled()
  expect(one.sees.chair).toMatchObject({ userId: leader, awaySince: null })
})

test('[MC2] a leader who does not come within 20 s of the first person is stood in for', async () => {
  await goesLive()
  const two = await room.comes(second)
  expect(two.sees.chair).toMatchObject({ userId: leader, awaySince: new Date(room.clock.now()).toISOString() })
  await room.pass(19_999)
  expect(two.sees.chair.userId).toBe(leader)
  await room.pass(1)
  expect(two.sees.chair).toMatchObject({ userId: second, awaySince: null })
})

test('[MC3] when the chair has been gone for 20 s the first of the order who is connected leads', async () => {
  await goesLive()
  const chair = await room.comes(leader)
  const taker = await room.comes(minutes)
  const last = await room.comes(second)
  await room.comes(attendee)
  chair.leaves()
  await room.settled()
  expect(taker.sees.chair).toMatchObject({ userId: leader, awaySince: new Date(room.clock.now()).toISOString() })
  await room.pass(20_000)
  expect(taker.sees.chair.userId).toBe(second)
  last.leaves()
  await room.pass(20_000)
  expect(taker.sees.chair.userId).toBe(minutes)
})

test('[MC3] a second tab keeps the chair; coming back in time keeps it, too', async () => {
  await goesLive()
  const chair = await room.comes(leader)
  const secondTab = await room.comes(leader)
  const taker = await room.comes(minutes)
  chair.leaves()
  await room.pass(60_000)
  expect(taker.sees.chair).toMatchObject({ userId: leader, awaySince: null })
  secondTab.leaves()
  await room.pass(19_000)
  await room.comes(leader)
  await room.pass(60_000)
  expect(taker.sees.chair).toMatchObject({ userId: leader, awaySince: null })
})

test('[MC3] while nobody of the order is there nobody else leads; the first who comes does', async () => {
  await goesLive()
  const guest = await room.comes(attendee)
  await room.pass(120_000)
  expect(guest.sees.chair.userId).toBe(leader)
  await room.comes(minutes)
  await room.settled()
  expect(guest.sees.chair.userId).toBe(minutes)
})

test('[MC4] the earlier in the order takes the chair by a press, the later does not', async () => {
  await goesLive()
  const taker = await room.comes(minutes)
  const stands = await room.comes(deputy)
  await room.pass(20_000)
  expect(taker.sees.chair.userId).toBe(deputy)
  const chair = await room.comes(leader)
  await room.pass(60_000)
  // Coming back takes nothing away.
  expect(taker.sees.chair.userId).toBe(deputy)
  await expect(taker.does('chair.take', {})).rejects.toMatchObject({
    reason: 'not-allowed',
    detail: 'not-before-chair',
  })
  await chair.does('chair.take', {})
  expect(stands.sees.chair.userId).toBe(leader)
  const guest = await room.comes(attendee)
  await expect(guest.does('chair.take', {})).rejects.toMatchObject({ reason: 'not-allowed' })
})

test('[MC4] the chair hands over to somebody of the order who is there, and nobody else does', async () => {
  await goesLive()
  const chair = await room.comes(leader)
  const stands = await room.comes(deputy)
  await expect(stands.does('chair.hand-over', { to: deputy })).rejects.toMatchObject({ detail: 'not-chair' })
  await expect(chair.does('chair.hand-over', { to: second })).rejects.toMatchObject({ detail: 'not-connected' })
  await expect(chair.does('chair.hand-over', { to: attendee })).rejects.toMatchObject({ detail: 'not-in-order' })
  await chair.does('chair.hand-over', { to: deputy })
  expect(chair.sees.chair.userId).toBe(deputy)
  await room.pass(60_000)
  expect(chair.sees.chair.userId).toBe(deputy)
})

test('[MC5] a restart changes nothing, and absence is counted anew from then', async () => {
  await goesLive()
  const chair = await room.comes(leader)
  await room.comes(deputy)
  await chair.does('pointer.move', { itemId: room.itemId, place: 'decisions' })
  chair.leaves()
  await room.pass(15_000)
  await room.restart()
  const stands = await room.comes(deputy)
  expect(stands.sees.chair.userId).toBe(leader)
  expect(stands.sees.pointer?.itemId).toBe(room.itemId)
  await room.pass(19_999)
  expect(stands.sees.chair.userId).toBe(leader)
  await room.pass(1)
  expect(stands.sees.chair.userId).toBe(deputy)
})

test('[MC1] two who take the chair at once are two commands one after the other, and the record names one', async () => {
  await goesLive()
  const [taker, stands, chair] = [await room.comes(minutes), await room.comes(deputy), await room.comes(leader)]
  await chair.does('chair.hand-over', { to: minutes })
  await Promise.allSettled([stands.does('chair.take', {}), chair.does('chair.take', {})])
  const kept = await room.repositories.meetings.find(room.conferenceId)
  expect(kept.state.chair.userId).toBe(leader)
  for (const seat of [taker, stands, chair]) expect(seat.sees.chair.userId).toBe(leader)
})

test('[MC1] a chair who takes no part any more leads no more, at once', async () => {
  await goesLive()
  const chair = await room.comes(leader)
  const taker = await room.comes(minutes)
  await chair.does('chair.hand-over', { to: minutes })
  const admitted = await room.world.toChange(leader, room.conferenceId)
  const participants = admitted.conference.participants.filter(({ userId }) => userId !== minutes)
  await changeConference(room.world.parts, room.world.by(leader), admitted, {
    _v: admitted.conference._v,
    participants,
  })
  await room.settled()
  expect(taker.closed).toBe('not-found')
  expect(must(chair.view, 'view').chair.userId).toBe(leader)
})
