/** What is deferred, until when it is to be heard again, and what the next agenda can ask (SPEC MD2, MD3, MQ4). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { createItem } from '../../../server/conferences/item-commands.ts'
import { deferredByHost, deferredIn } from '../../../server/meetings/deferrals.ts'
import { attendeeKeyOf, type ItemId, type UserId } from '../../../shared/ids.ts'
import { proposedReopening, reopenBy } from '../../../shared/meeting/deferral.ts'
import type { CreateItemBody } from '../../../shared/protocol/http-api.ts'
import { addDays, isWorkingDay, workingDaysBetween } from '../../../shared/working-days.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { meet } from '../conferences/world.ts'
import { type MeetingUnderTest, meetingUnderTest, type Seat } from './meeting-under-test.ts'

let room: MeetingUnderTest
let chair: Seat

beforeEach(async () => {
  room = await meetingUnderTest('live')
  chair = await room.comes(room.town.leader)
})
afterEach(() => room.close())

const enter = (mode: 'in_person' | 'absent', ...people: UserId[]) =>
  chair.does('attendance.enter', { entries: people.map(one => ({ key: attendeeKeyOf(one), mode })), statement: true })
const defer = (itemId: ItemId) => chair.does('item.defer', { itemId })
const records = () => ({ ...room.world.parts, ...room.repositories, conferences: room.world.parts.conferences })

describe('the term', () => {
  test('[MD2] below the quorum it is to be heard again within ten working days, and a day in them is proposed', async () => {
    // The world stands on Tuesday 24 November 2026; nothing but weekends lies in the ten days after it.
    await defer(room.itemId)
    const note = { itemId: room.itemId, kind: 'below_quorum', reason: '', retable: true } as const
    await chair.does('deferral.note', { ...note, meetOn: '2026-12-01' })
    expect(chair.sees.hearings[room.itemId]?.deferral).toMatchObject({ reopenBy: '2026-12-08', meetOn: '2026-12-01' })
    await chair.does('deferral.note', { ...note, kind: 'papers_missing' })
    expect(chair.sees.hearings[room.itemId]?.deferral).toMatchObject({ reopenBy: '', meetOn: '' })
  })

  test('[MD2] whatever the day, what is proposed is a working day within the term', () => {
    for (const seed of seedsToRun(500)) {
      const day = addDays('2018-01-01', seededRandom(seed).below(3_500))
      const proposed = proposedReopening(day)
      const term = reopenBy('below_quorum', day)
      expect(isWorkingDay(proposed)).toBe(true)
      expect(proposed <= term).toBe(true)
      expect(workingDaysBetween(day, term)).toBe(10)
    }
  })
})

describe('three agencies', () => {
  const choose = (seat: Seat, choice: 'majority' | 'three_agencies') => seat.does('quorum.choose', { choice })

  test('[MQ4] two of three are enough for a majority and not where three are asked for; the chair gives a reason or defers', async () => {
    const { town } = room
    await chair.does('feature.switch', { feature: 'quorum', on: true })
    await chair.does('pointer.move', { itemId: room.generalId, place: null })
    await enter('in_person', town.leader, town.co)
    expect(chair.sees).toMatchObject({ quorumChoice: 'majority', quorum: { here: 2, of: 3, needed: 2 } })
    await choose(chair, 'three_agencies')
    expect(chair.sees).toMatchObject({ quorumChoice: 'three_agencies', quorum: { here: 2, of: 3, needed: 3 } })
    await chair.does('quorum.go-on', { itemId: room.generalId, reason: '협의회가 늦는다고 알려 왔다' })
    await enter('in_person', town.partner)
    expect(chair.sees.quorum).toMatchObject({ here: 3, needed: 3 })
    // An item that only two may hear has its quorum with both of them.
    await chair.does('pointer.move', { itemId: room.itemId, place: null })
    expect(chair.sees.quorum).toMatchObject({ here: 2, of: 2, needed: 2 })
  })

  test('[MQ4] whoever leads chooses, before the meeting whoever prepares it; a body under an ordinance has no choice', async () => {
    await expect(choose(await room.comes(room.town.co), 'three_agencies')).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    const planned = await meetingUnderTest('scheduled')
    const leader = await planned.comes(planned.town.leader)
    await choose(leader, 'three_agencies')
    expect(leader.sees.quorumChoice).toBe('three_agencies')
    await planned.close()
    const { world, town, conferenceId } = room
    const admitted = await world.toChange(town.leader, conferenceId)
    const { _v } = admitted.conference
    await changeConference(world.parts, room.by(town.leader), admitted, { _v, type: 'statutory_body' })
    await room.settled()
    await expect(choose(chair, 'majority')).rejects.toMatchObject({ detail: 'fixed-quorum' })
    expect(chair.sees.quorum).toMatchObject({ counts: 'people' })
  })
})

describe('what the next agenda asks', () => {
  test('[MD3] by conference and by host: what stands deferred, with why and until when; also what nobody wrote a reason for', async () => {
    const { world, town, conferenceId, itemId, generalId } = room
    await defer(itemId)
    await chair.does('deferral.note', { itemId, kind: 'below_quorum', reason: '카나리아', retable: true, meetOn: '' })
    await defer(generalId)
    const found = await deferredIn(records(), conferenceId)
    expect(found).toHaveLength(2)
    expect(found).toContainEqual({
      conferenceId,
      itemId,
      caseId: town.caseId,
      kind: 'below_quorum',
      retable: true,
      reopenBy: '2026-12-08',
      meetOn: '',
    })
    const unsaid = { kind: '', retable: true, reopenBy: '', meetOn: '' }
    expect(found).toContainEqual({ conferenceId, itemId: generalId, caseId: null, ...unsaid })
    expect(JSON.stringify(found)).not.toContain('카나리아')
    await chair.does('item.reopen', { itemId: generalId })
    await meet(world, town, 'live')
    expect((await deferredByHost(records(), town.dong)).map(one => one.itemId)).toEqual([itemId])
    expect(await deferredByHost(records(), town.muhan)).toEqual([])
  })

  test('[MD3] the item by which it is heard again names it; another household’s, another agency’s and an unknown one are refused alike', async () => {
    const { world, town, itemId, generalId } = room
    await defer(itemId)
    const next = await meet(world, town, 'scheduled')
    const table = async (input: { caseId?: typeof town.caseId; retabledFrom: ItemId }, who = town.leader) => {
      const admitted = await world.toChange(who, next.conferenceId)
      const { caseId, retabledFrom } = input
      const body: CreateItemBody = caseId
        ? { kind: 'case', caseId, agencies: [town.dong], minutes: 10, retabledFrom }
        : { kind: 'general', label: '다시', minutes: 10, retabledFrom }
      return createItem(world.parts, world.by(who), admitted, body)
    }
    expect(await table({ caseId: town.caseId, retabledFrom: itemId })).toMatchObject({ retabledFrom: itemId })
    expect(await table({ retabledFrom: generalId })).toMatchObject({ retabledFrom: generalId })
    const unknown = { reason: 'bad-request', detail: 'retabled-unknown' }
    for (const retabledFrom of [itemId, next.generalId, 'A'.repeat(22) as ItemId]) {
      await expect(table({ retabledFrom })).rejects.toMatchObject(unknown)
    }
    await expect(table({ caseId: town.caseId, retabledFrom: generalId })).rejects.toMatchObject(unknown)
  })
})
