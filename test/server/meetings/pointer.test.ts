/** The one pointer, the agenda's progress and its time (SPEC MP), on real records and in virtual time. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { createItem, deleteItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import type { CommandId, ItemId, UserId } from '../../../shared/ids.ts'
import { meet, moveTo } from '../conferences/world.ts'
import { type MeetingUnderTest, meetingUnderTest, type Seat } from './meeting-under-test.ts'

const MINUTE = 60_000

let room: MeetingUnderTest
let minutes: UserId
let deputy: UserId
let chair: Seat
let first: ItemId
let second: ItemId

beforeEach(async () => {
  room = await meetingUnderTest('live')
  const { world, town } = room
  minutes = world.person('minute-taker', [town.dong, 'case_worker'])
  deputy = world.person('deputy', [town.dong, 'case_worker'])
  const admitted = await world.toChange(town.leader, room.conferenceId)
  await changeConference(world.parts, world.by(town.leader), admitted, {
    _v: admitted.conference._v,
    participants: [
      ...admitted.conference.participants,
      { userId: minutes, agencyId: town.dong, role: 'minute_taker' },
      { userId: deputy, agencyId: town.dong, role: 'deputy' },
    ],
  })
  chair = await room.comes(town.leader)
  first = room.itemId
  second = room.generalId
})
afterEach(() => room.close())

const leadsTo = (seat: Seat, itemId: ItemId, place: string | null = null) =>
  seat.does('pointer.move', { itemId, place })

test('[MP1] the chair and the minute-taker move the pointer for everybody, and nobody else moves it', async () => {
  const { town } = room
  const co = await room.comes(town.co)
  const others = [await room.comes(deputy), co, await room.comes(town.watcher), await room.comes(town.partner)]
  await leadsTo(chair, first, 'decisions')
  expect(co.sees.pointer).toMatchObject({ itemId: first, place: 'decisions', by: town.leader })
  await leadsTo(await room.comes(minutes), second)
  expect(co.sees.pointer).toMatchObject({ itemId: second, place: null, by: minutes })
  for (const seat of others) await expect(leadsTo(seat, first)).rejects.toMatchObject({ reason: 'not-allowed' })
  expect(chair.sees.pointer?.itemId).toBe(second)
  const denied = await room.world.records({ action: 'authz.deny' })
  expect(denied).toHaveLength(others.length)
})

test('[MP1] an item of another conference is not found', async () => {
  const other = await meet(room.world, room.town, 'live')
  await expect(leadsTo(chair, other.itemId)).rejects.toMatchObject({ reason: 'not-found' })
  expect(chair.sees.pointer).toBeNull()
})

test('[MP1] an item that was added while the meeting runs can be led to', async () => {
  const { world, town } = room
  const co = await room.comes(town.co)
  const admitted = await world.toChange(town.leader, room.conferenceId)
  const urgent = { kind: 'general' as const, label: '긴급 안건', minutes: 5 }
  const { _id } = await createItem(world.parts, world.by(town.leader), admitted, urgent)
  await leadsTo(chair, _id, 'notes')
  expect(co.sees.pointer).toMatchObject({ itemId: _id, place: 'notes' })
})

test('[MP4] who may not open the item learns nothing of the places that the meeting goes to in it', async () => {
  const co = await room.comes(room.town.co)
  await leadsTo(chair, first, 'decisions')
  const partner = await room.comes(room.town.partner)
  const seen = partner.sees.pointer
  expect(seen).toMatchObject({ itemId: first, place: null, by: room.town.leader })
  const taker = await room.comes(minutes)
  await room.settled()
  const told = partner.changes.length
  await room.pass(MINUTE)
  await leadsTo(taker, first, 'summary')
  await leadsTo(chair, first, 'opinions')
  expect(co.sees.pointer?.place).toBe('opinions')
  expect(partner.sees.pointer).toEqual(seen)
  expect(partner.changes).toHaveLength(told)
})

test('[MP2] the item that the pointer comes to is open, the one it leaves waits or stays finished', async () => {
  await leadsTo(chair, first)
  expect(chair.sees.progress[first]?.state).toBe('open')
  await leadsTo(chair, second)
  expect(chair.sees.progress).toMatchObject({ [first]: { state: 'waiting' }, [second]: { state: 'open' } })
  await chair.does('item.finish', { itemId: second })
  await leadsTo(chair, first)
  expect(chair.sees.progress).toMatchObject({ [first]: { state: 'open' }, [second]: { state: 'done' } })
  // Looking at a finished item does not open it; reopening does.
  await leadsTo(chair, second)
  expect(chair.sees.progress).toMatchObject({ [first]: { state: 'waiting' }, [second]: { state: 'done' } })
  await chair.does('item.reopen', { itemId: second })
  expect(chair.sees.progress[second]?.state).toBe('open')
  await chair.does('item.defer', { itemId: first })
  expect(chair.sees.progress[first]?.state).toBe('deferred')
  await chair.does('item.reopen', { itemId: first })
  expect(chair.sees.progress[first]?.state).toBe('waiting')
  await chair.does('item.defer', { itemId: first })
  await leadsTo(chair, first)
  expect(chair.sees.progress).toMatchObject({ [first]: { state: 'open' }, [second]: { state: 'waiting' } })
})

test('[MP2] a closed conference has no pointer, keeps the time of what was open and does nothing any more', async () => {
  const { town, world } = room
  await leadsTo(chair, first)
  await chair.does('feature.switch', { feature: 'requests', on: true })
  await chair.does('speech.request', { key: chair.sees.attendance[0]?.key ?? ('' as never) })
  await room.pass(7 * MINUTE)
  world.pass(7 * MINUTE)
  await moveTo(world, town, room.conferenceId, 'closed')
  await room.pass(5 * MINUTE)
  expect(chair.sees.pointer).toBeNull()
  expect(chair.sees.progress[first]).toEqual({ state: 'waiting', openedAt: null, spentMs: 7 * MINUTE })
  expect(chair.sees.speaking).toEqual({ now: null, since: null, queue: [] })
  expect(chair.sees.chair.userId).toBe(town.leader)
  await expect(leadsTo(chair, second)).rejects.toMatchObject({ detail: 'conference-not-live' })
  await expect(chair.does('feature.switch', { feature: 'timer', on: true })).rejects.toMatchObject({
    detail: 'conference-closed',
  })
})

test('[MP2] an item that is taken off takes the pointer with it', async () => {
  const { town, world } = room
  await leadsTo(chair, second)
  await deleteItem(world.parts, world.by(town.leader), await world.toChangeItem(town.leader, room.conferenceId, second))
  await room.settled()
  expect(chair.sees.pointer).toBeNull()
  expect(chair.sees.progress[second]).toBeUndefined()
  expect((await room.repositories.meetings.find(room.conferenceId)).state.pointer).toBeNull()
})

test('[MP3] time is what the item was open for, over breaks and restarts', async () => {
  await leadsTo(chair, first)
  await room.pass(4 * MINUTE)
  await leadsTo(chair, second)
  await room.pass(10 * MINUTE)
  await leadsTo(chair, first, 'decisions')
  await room.pass(1 * MINUTE)
  // A place in the same item is no new beginning.
  await leadsTo(chair, first, 'opinions')
  chair.leaves()
  await room.restart()
  await room.pass(2 * MINUTE)
  chair = await room.comes(room.town.leader)
  await chair.does('item.finish', { itemId: first })
  expect(chair.sees.progress[first]).toEqual({ state: 'done', openedAt: null, spentMs: 7 * MINUTE })
  await room.pass(3 * MINUTE)
  await chair.does('item.finish', { itemId: first })
  expect(chair.sees.progress[first]?.spentMs).toBe(7 * MINUTE)
  expect(chair.sees.progress[second]?.spentMs).toBe(10 * MINUTE)
})

test('[MP4] the place inside an item is told only to those who may open it', async () => {
  const { town } = room
  const partner = await room.comes(town.partner)
  const co = await room.comes(town.co)
  await leadsTo(chair, first, 'opinion-health-here')
  expect(co.sees.pointer?.place).toBe('opinion-health-here')
  expect(partner.sees.pointer).toMatchObject({ itemId: first, place: null })
  const late = await room.comes(town.partner)
  for (const seat of [partner, late]) expect(seat.heard).not.toContain('opinion-health-here')
  // Moves inside it are none for who is outside.
  const told = partner.changes.length
  await leadsTo(chair, first, 'decisions')
  expect(partner.changes.slice(told).every(change => change.set.pointer?.place === null)).toBe(true)
})

test('[MP5] a command repeated with its id is done once and answered alike', async () => {
  const commandId = newId<CommandId>()
  const said = { itemId: first, place: null }
  await chair.does('pointer.move', said, commandId)
  await leadsTo(chair, second)
  await chair.does('pointer.move', said, commandId)
  expect(chair.sees.pointer?.itemId).toBe(second)
  await room.restart()
  chair = await room.comes(room.town.leader)
  await chair.does('pointer.move', said, commandId)
  expect(chair.sees.pointer?.itemId).toBe(second)
  // Also one that changed nothing when it came, and one whose chair is somebody else's by now.
  const handOver = newId<CommandId>()
  await room.comes(deputy)
  await chair.does('chair.hand-over', { to: deputy }, handOver)
  await chair.does('chair.hand-over', { to: deputy }, handOver)
  const records = await room.world.records({ action: 'chair.hand-over' })
  expect(records).toHaveLength(1)
})

test('[MP5] a refused command is not taken for done', async () => {
  const commandId = newId<CommandId>()
  const stands = await room.comes(deputy)
  await expect(stands.does('pointer.move', { itemId: first, place: null }, commandId)).rejects.toThrow()
  await chair.does('chair.hand-over', { to: deputy })
  await stands.does('pointer.move', { itemId: first, place: null }, commandId)
  expect(chair.sees.pointer?.itemId).toBe(first)
})
