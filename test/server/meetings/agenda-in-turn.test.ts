/** What comes over HTTP stands in the order of the meeting's own commands, and what is on the agenda of a running one whoever leads decides (SPEC MI). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCommandsInTurn } from '../../../server/conferences/commands-in-turn.ts'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { openConference } from '../../../server/conferences/conference-views.ts'
import { must } from '../../../shared/assert.ts'
import { agendaOf } from '../../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ConferenceId, UserId } from '../../../shared/ids.ts'
import { meet, moveTo } from '../conferences/world.ts'
import { type MeetingUnderTest, meetingUnderTest } from './meeting-under-test.ts'

let room: MeetingUnderTest
let minutes: UserId
let deputy: UserId
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
  await world.parts.conferences.accept(room.conferenceId, [minutes, deputy])
})
afterEach(() => room.close())

const commands = () => createCommandsInTurn(room.world.parts, room.meetings)
const add = (who: UserId, label: string, urgent?: boolean, conferenceId: ConferenceId = room.conferenceId) =>
  commands().createItem(room.by(who), conferenceId, {
    kind: 'general',
    label,
    minutes: 5,
    ...(urgent !== undefined && { urgent }),
  })
const order = () =>
  room.world.shelf.read(documentNameOf({ kind: 'conference', conferenceId: room.conferenceId }), doc =>
    agendaOf(doc).map(line => line.id),
  )

test('[MI1] nothing of the meeting happens while something about its conference is being done, nor the other way round', async () => {
  const chair = await room.comes(room.town.leader)
  const happened: string[] = []
  let finish: () => void = () => undefined
  const gate = new Promise<void>(resolve => {
    finish = resolve
  })
  const slow = room.meetings.inTurn(room.conferenceId, async () => {
    happened.push('begun')
    await gate
    happened.push('ended')
  })
  const move = chair.does('pointer.move', { itemId: room.itemId, place: null })
  await new Promise(resolve => setImmediate(resolve))
  const next = room.meetings.inTurn(room.conferenceId, async ({ at }) => happened.push(`at ${at}`))
  await new Promise(resolve => setImmediate(resolve))
  expect(happened).toEqual(['begun'])
  expect(chair.sees.pointer).toBeNull()
  finish()
  await Promise.all([slow, move, next])
  // The move, which was asked for before it, was done when its turn came.
  expect(happened).toEqual(['begun', 'ended', `at ${room.itemId}`])
})

test('[MI1] twenty commands from both sides at once are all done, and nobody is told of a conflict', async () => {
  const chair = await room.comes(room.town.leader)
  const taker = await room.comes(minutes)
  const doing = Array.from({ length: 10 }, (_, at) => [
    add(room.town.leader, `안건 ${at}`),
    (at % 2 === 0 ? chair : taker).does('pointer.move', { itemId: at % 3 ? room.itemId : room.generalId, place: null }),
  ]).flat()
  await Promise.all(doing)
  expect(await order()).toHaveLength(12)
  await room.settled()
  expect(taker.sees.pointer).toEqual(chair.sees.pointer)
  // Items that came this way are known to the meeting at once.
  const [, , third] = await order()
  await chair.does('pointer.move', { itemId: must(third, 'the third'), place: null })
  expect(taker.sees.pointer?.itemId).toBe(third)
})

test('[MI1] somebody whose part is taken away while they wait is refused in their turn', async () => {
  await room.comes(room.town.leader)
  const { world, town } = room
  let finish: () => void = () => undefined
  const gate = new Promise<void>(resolve => {
    finish = resolve
  })
  const away = room.meetings.inTurn(room.conferenceId, async () => {
    await gate
    const admitted = await world.toChange(town.leader, room.conferenceId)
    const participants = admitted.conference.participants.filter(one => one.userId !== minutes)
    await changeConference(world.parts, room.by(town.leader), admitted, { _v: admitted.conference._v, participants })
  })
  const adding = add(minutes, '늦은 안건')
  finish()
  await away
  await expect(adding).rejects.toMatchObject({ reason: 'not-found' })
  expect(await order()).toHaveLength(2)
})

test('[MI2] in a running meeting the chair and the minute-taker add and take off; a deputy who does not lead is refused', async () => {
  await room.comes(room.town.leader)
  const { _id } = await add(minutes, '공지')
  await expect(add(deputy, '다른 공지')).rejects.toMatchObject({ reason: 'not-allowed', detail: 'not-leading' })
  const taking = commands().deleteItem(room.by(deputy), room.conferenceId, _id)
  await expect(taking).rejects.toMatchObject({ reason: 'not-allowed', detail: 'not-leading' })
  await commands().deleteItem(room.by(room.town.leader), room.conferenceId, _id)
  expect(await order()).toEqual([room.itemId, room.generalId])
})

test('[MI2] an urgent item goes behind the item where the meeting is, and is marked in its record for those who may open it', async () => {
  const chair = await room.comes(room.town.leader)
  await chair.does('pointer.move', { itemId: room.itemId, place: null })
  const later = await add(minutes, '다음 회의 일정')
  const urgent = await add(minutes, '긴급 지원 요청', true)
  expect(await order()).toEqual([room.itemId, urgent._id, room.generalId, later._id])
  const { world, town } = room
  const conference = must(await world.parts.conferences.find(room.conferenceId), 'conference')
  const seen = await openConference(world.parts, room.by(town.partner), conference)
  const marks = seen.items.flatMap(item => (item.restricted ? [] : [[item.itemId, item.urgent]]))
  expect(Object.fromEntries(marks)).toEqual({ [room.generalId]: false, [urgent._id]: true, [later._id]: false })
  expect((await world.records({ action: 'item.create' })).map(record => record.reason)).toContain('urgent')
})

test('[MI2] before the meeting nothing is urgent', async () => {
  const planned = await meet(room.world, room.town, 'scheduled')
  const adding = add(room.town.leader, '공지', true, planned.conferenceId)
  await expect(adding).rejects.toMatchObject({ reason: 'bad-request', detail: 'urgent-only-live' })
  await add(room.town.leader, '공지', false, planned.conferenceId)
})

test('[MI3] a meeting that began under an ordinance keeps its kind while it runs, and its quorum with it', async () => {
  const { world, town } = room
  const { conferenceId } = await meet(world, town, 'scheduled')
  const retype = async (type: 'integrated' | 'statutory_body') => {
    const { conference } = await world.toChange(town.leader, conferenceId)
    return commands().changeConference(room.by(town.leader), conferenceId, { _v: conference._v, type })
  }
  await retype('statutory_body')
  await retype('integrated')
  await retype('statutory_body')
  await moveTo(world, town, conferenceId, 'live')
  await expect(retype('integrated')).rejects.toMatchObject({ reason: 'not-allowed', detail: 'type-fixed-while-live' })
  // Putting right what began as an ordinary meeting takes nothing away.
  const ordinary = await world.toChange(town.leader, room.conferenceId)
  const changed = await commands().changeConference(room.by(town.leader), room.conferenceId, {
    _v: ordinary.conference._v,
    type: 'statutory_body',
  })
  expect(changed.type).toBe('statutory_body')
})
