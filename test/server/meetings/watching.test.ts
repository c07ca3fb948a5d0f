/** A screen on the wall is nobody's presence (SPEC MA1), and how somebody attends is what the record says. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDocumentAccess } from '../../../server/conferences/document-access.ts'
import { presentModeIn } from '../../../server/meetings/meeting-state.ts'
import { CHAIR_ABSENCE_MS } from '../../../server/meetings/succession.ts'
import { attendeeKeyOf, type SessionId, type UserId } from '../../../shared/ids.ts'
import { type MeetingUnderTest, meetingUnderTest } from './meeting-under-test.ts'

let room: MeetingUnderTest
beforeEach(async () => {
  room = await meetingUnderTest('live')
})
afterEach(() => room.close())

test('[MA1] a screen that only shows is told everything, and its person is not connected by it', async () => {
  const { town } = room
  const wall = await room.seat(town.leader).comes({ watches: true })
  expect(wall.sees.online).toEqual([])
  const chair = await room.comes(town.leader)
  const co = await room.comes(town.co)
  expect(co.sees.online).toEqual([town.leader, town.co])
  await chair.does('pointer.move', { itemId: room.itemId, place: 'decisions' })
  expect(wall.sees).toEqual(chair.sees)
  chair.leaves()
  await room.settled()
  expect(co.sees.online).toEqual([town.co])
  expect(co.sees.chair.awaySince).not.toBeNull()
  expect(room.gone.map(one => one.userId)).toEqual([town.leader])
  // What hangs on the wall does not keep the chair, and taking it down is nobody's leaving.
  wall.leaves()
  await room.settled()
  expect(room.gone).toHaveLength(1)
})

test('[MA1] nobody leads by a screen on the wall', async () => {
  const { town, conferenceId, world } = room
  await room.seat(town.leader).comes({ watches: true })
  const co = await room.comes(town.co)
  await room.pass(CHAIR_ABSENCE_MS)
  // The order has nobody else who is there: the leader's place is empty, and says so.
  expect(co.sees.chair).toMatchObject({ userId: town.leader, awaySince: expect.any(String) })
  expect((await world.toEnter(town.leader, conferenceId)).conference.state).toBe('live')
})

test('[MA1] how somebody attends is announced when the record says so, and again when they go', async () => {
  const { town, world } = room
  const chair = await room.comes(town.leader)
  const co = await room.comes(town.co)
  const modeNow = async () => presentModeIn((await room.repositories.meetings.find(room.conferenceId)).state, town.co)
  const isAnnounced = () => world.announced.splice(0).includes(`user:${town.co}`)
  expect(await modeNow()).toBeNull()
  isAnnounced()
  await co.does('attendance.announce', { mode: 'remote', statement: true, deputyFor: '' })
  expect([await modeNow(), isAnnounced()]).toEqual(['remote', true])
  await chair.does('attendance.confirm', { keys: [attendeeKeyOf(town.co)] })
  expect([await modeNow(), isAnnounced()]).toEqual(['remote', false])
  await chair.does('attendance.enter', { entries: [{ key: attendeeKeyOf(town.co), mode: 'phone' }], statement: true })
  expect([await modeNow(), isAnnounced()]).toEqual(['phone', true])
  await co.does('attendance.leave', {})
  expect([await modeNow(), isAnnounced()]).toEqual([null, true])
})

test('[MA1] in the documents people are shown as attending in the way that the record says, and in none while it says nothing', async () => {
  const { town, world, conferenceId, itemId } = room
  const access = createDocumentAccess(
    world.parts,
    { actorOf: async ({ userId }) => world.by(userId).actor },
    async (id, userId) => presentModeIn((await room.repositories.meetings.find(id)).state, userId),
  )
  const modesOf = async (userId: UserId) => {
    const person = { userId, sessionId: 'session' as SessionId }
    const refs = [{ kind: 'conference', conferenceId } as const, { kind: 'item', itemId } as const]
    return Promise.all(refs.map(async ref => (await access.grantFor(person, ref))?.identity.mode))
  }
  expect(await modesOf(town.co)).toEqual([null, null])
  await (await room.comes(town.co)).does('attendance.announce', { mode: 'remote', statement: true, deputyFor: '' })
  expect(await modesOf(town.co)).toEqual(['remote', 'remote'])
  // Who opens the ledger as the case's worker alone is at no table.
  const ledger = { kind: 'case', caseId: town.caseId } as const
  const grant = await access.grantFor({ userId: town.co, sessionId: 'session' as SessionId }, ledger)
  expect(grant?.identity.mode).toBeNull()
})
