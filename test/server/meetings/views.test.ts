/** What each person is told of a running meeting, and when (SPEC MV, MH1). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { noHearing } from '../../../server/meetings/hearing-repository.ts'
import type { HearingState } from '../../../server/meetings/meeting-state.ts'
import type { AgencyId, ConferenceId, DecisionId, ReadBackId } from '../../../shared/ids.ts'
import { uninvite } from '../conferences/world.ts'
import { type MeetingUnderTest, meetingUnderTest, Seat } from './meeting-under-test.ts'

const CANARY = '체납액은 삼백이십만원'

let room: MeetingUnderTest
beforeEach(async () => {
  room = await meetingUnderTest('live')
})
afterEach(() => room.close())

/** A read-back of the restricted item is open, as it is stored. */
async function beingRead(): Promise<void> {
  const { itemId, conferenceId, town } = room
  const decision = {
    decisionId: newId<DecisionId>(),
    kind: '',
    need: '',
    text: CANARY,
    reason: '',
    condition: '',
  } as const
  const readBack: HearingState['readBack'] = {
    readBackId: newId<ReadBackId>(),
    content: { itemId, decisions: [decision], actions: [] },
    hash: 'a'.repeat(64),
    openedAt: new Date(room.clock.now()).toISOString(),
    openedBy: town.leader,
    asked: [town.dong, town.muhan],
    answers: [],
  }
  await room.repositories.hearings.store({ conferenceId, itemId }, noHearing(), { ...noHearing().state, readBack })
}

test('[MV1] two tabs of one person are told the same, and leaving one leaves the other', async () => {
  const one = await room.comes(room.town.co)
  const two = await room.comes(room.town.co)
  const chair = await room.comes(room.town.leader)
  await chair.does('pointer.move', { itemId: room.itemId, place: null })
  expect(one.sees).toEqual(two.sees)
  expect(one.sees.online).toEqual([room.town.leader, room.town.co])
  two.leaves()
  await room.settled()
  expect(chair.sees.online).toEqual([room.town.leader, room.town.co])
  one.leaves()
  await room.settled()
  expect(chair.sees.online).toEqual([room.town.leader])
})

test('[MV1] joining again begins anew, and the fresh snapshot is what had been put together', async () => {
  const co = await room.comes(room.town.co)
  const chair = await room.comes(room.town.leader)
  await chair.does('pointer.move', { itemId: room.itemId, place: 'decisions' })
  const together = co.sees
  await co.comes()
  expect(co.sees).toEqual(together)
  await chair.does('item.finish', { itemId: room.itemId })
  expect(co.changes.map(({ n }) => n)).toEqual([1])
})

test('[MV1] nobody is told of what was not stored; what was stored although the answer was lost is told', async () => {
  const chair = await room.comes(room.town.leader)
  const co = await room.comes(room.town.co)
  const { store } = room.repositories.meetings
  room.repositories.meetings.store = () => Promise.reject(new Error('The disk is full'))
  await expect(chair.does('pointer.move', { itemId: room.itemId, place: null })).rejects.toThrow('The disk is full')
  await room.settled()
  expect(co.sees.pointer).toBeNull()
  room.repositories.meetings.store = async (...args) => {
    await store(...args)
    throw new Error('The answer was lost')
  }
  await expect(chair.does('pointer.move', { itemId: room.itemId, place: null })).rejects.toThrow('The answer was lost')
  room.repositories.meetings.store = store
  await room.settled()
  expect(co.sees.pointer?.itemId).toBe(room.itemId)
  expect(chair.sees).toEqual(co.sees)
})

test('[MV1] another node that wrote first is read, and the step made on what it wrote', async () => {
  const chair = await room.comes(room.town.leader)
  await chair.does('feature.switch', { feature: 'timer', on: true })
  const kept = await room.repositories.meetings.find(room.conferenceId)
  const features = { ...kept.state.features, quorum: true }
  await room.repositories.meetings.store(room.conferenceId, kept, { ...kept.state, features })
  await chair.does('pointer.move', { itemId: room.itemId, place: null })
  expect(chair.sees).toMatchObject({ features: { timer: true, quorum: true }, pointer: { itemId: room.itemId } })
})

test('[MV2] a hearing is told to who may open the item, each showing on record; it is taken back with the access', async () => {
  await beingRead()
  const { world, town, conferenceId, itemId } = room
  const co = await room.comes(town.co)
  const partner = await room.comes(town.partner)
  const chair = await room.comes(town.leader)
  expect(co.sees.hearings[itemId]?.readBack?.content.decisions[0]?.text).toBe(CANARY)
  expect(partner.heard).not.toContain(CANARY)
  const shown = await world.records({ action: 'hearing.read' })
  expect(shown.map(({ actor, subject }) => [actor, subject])).toEqual([
    [town.co, town.caseId],
    [town.leader, town.caseId],
  ])

  const admitted = await world.toChangeItem(town.leader, conferenceId, itemId)
  co.heard = ''
  await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, agencies: [town.dong] })
  await room.settled()
  expect(co.changes.at(-1)?.hearings).toEqual({ [itemId]: null })
  expect(co.sees.hearings).toEqual({})
  await chair.does('pointer.move', { itemId, place: 'decisions' })
  expect(co.heard).not.toContain(CANARY)
  expect(co.heard).not.toContain('decisions')
  expect(chair.sees.hearings[itemId]).toBeDefined()
})

test('[MV2] between the announcement and the answer of who may, nothing is told', async () => {
  await beingRead()
  const { world, town, itemId } = room
  const chair = await room.comes(town.leader)
  const co = await room.comes(town.co)
  co.heard = ''
  // The command is under way when access is withdrawn: whatever it brings is told after access was asked anew.
  const { reached, goOn } = holdRecords('pointer.move')
  const moved = chair.does('pointer.move', { itemId, place: 'decisions' })
  await reached.promise
  await uninvite(world, town, room.conferenceId, town.muhan)
  goOn.resolve()
  await moved
  await room.settled()
  expect(co.closed).toBe('not-found')
  expect(co.heard).not.toContain('decisions')
  expect(chair.sees.online).toEqual([town.leader])
})

test('[MV2] access withdrawn while the showing is being recorded is not shown', async () => {
  await beingRead()
  const { world, town, itemId, conferenceId } = room
  const clears = async (...agencies: AgencyId[]) => {
    const admitted = await world.toChangeItem(town.leader, conferenceId, itemId)
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, agencies })
  }
  await clears(town.dong)
  const co = await room.comes(town.co)
  const chair = await room.comes(town.leader)
  const { reached, goOn } = holdShowings()
  await clears(town.dong, town.muhan)
  await reached.promise
  await clears(town.dong)
  goOn.resolve()
  await room.settled()
  expect(co.heard).not.toContain(CANARY)
  expect(chair.sees.hearings[itemId]).toBeDefined()
})

test('[MV1] who leaves while a change is being prepared is told of in the next one', async () => {
  await beingRead()
  const { town } = room
  const chair = await room.comes(town.leader)
  const partner = await room.comes(town.partner)
  const { reached, goOn } = holdShowings()
  const coming = room.comes(town.co)
  await reached.promise
  partner.leaves()
  goOn.resolve()
  await coming
  await room.settled()
  expect(chair.sees.online).toEqual([town.leader, town.co])
})

test('[MV2] access that cannot be told within a second closes', async () => {
  const { world, town } = room
  const co = await room.comes(town.co)
  const { find } = world.parts.conferences
  world.parts.conferences.find = () => new Promise(() => {})
  world.parts.changes.announce([`conference:${room.conferenceId}`])
  // Not `pass`: what is asked now is never answered.
  await room.clock.advance(1000)
  expect(co.closed).toBe('store-unavailable')
  world.parts.conferences.find = find
})

test('[MV2] whose sign-in ends is told nothing more', async () => {
  const { world, town } = room
  const chair = await room.comes(town.leader)
  const co = await room.comes(town.co)
  const person = world.people.get(town.co)
  if (person) person.active = false
  world.parts.changes.announce([`user:${town.co}`])
  await room.settled()
  expect(co.closed).toBe('not-found')
  await expect(co.does('speech.end', {})).rejects.toMatchObject({ reason: 'not-signed-in' })
  expect(chair.sees.online).toEqual([town.leader])
})

test('[MV2] a conference that is not there and one that is not for the person are one answer, and nothing is made', async () => {
  const { town, world } = room
  const unknown = new Seat(town.co, newId<ConferenceId>(), () => room.meetings)
  await expect(unknown.comes()).rejects.toMatchObject({ reason: 'not-found' })
  await expect(room.comes(town.stranger)).rejects.toMatchObject({ reason: 'not-found' })
  await expect(unknown.does('chair.take', {})).rejects.toMatchObject({ reason: 'not-found' })
  expect(room.meetings.counts()).toEqual({ meetings: 0, connections: 0 })
  await room.comes(town.leader)
  await expect(room.comes(town.stranger)).rejects.toMatchObject({ reason: 'not-found' })
  expect(room.meetings.counts()).toEqual({ meetings: 1, connections: 1 })
  expect(await world.records({ action: 'authz.deny' })).toHaveLength(4)
})

test('[MV2] a connection that is gone before it is let in is not in', async () => {
  const seat = room.seat(room.town.co)
  const coming = seat.comes()
  seat.leaves()
  await expect(coming).rejects.toMatchObject({ reason: 'not-found' })
  const chair = await room.comes(room.town.leader)
  const late = room.seat(room.town.co)
  const comingLate = late.comes()
  // Past the door, in the queue.
  await room.settled()
  late.leaves()
  await comingLate.catch(() => undefined)
  await room.settled()
  expect(chair.sees.online).toEqual([room.town.leader])
  chair.leaves()
  await room.settled()
  expect(room.meetings.counts()).toEqual({ meetings: 0, connections: 0 })
})

/** The next showing of a hearing waits while it is being put on record. */
const holdShowings = () => holdRecords('hearing.read')

/** The next of these actions waits while it is being put on record. */
function holdRecords(action: string) {
  const { audit } = room.world.parts
  const { record } = audit
  const reached = deferred()
  const goOn = deferred()
  audit.record = async entry => {
    if (entry.action === action) {
      reached.resolve()
      await goOn.promise
    }
    return record(entry)
  }
  return { reached, goOn }
}

function deferred() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>(done => {
    resolve = done
  })
  return { promise, resolve }
}
