/** The quorum: what counts, what it keeps from being decided, and the chair's reason. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { assertQuorum } from '../../../server/meetings/quorum.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceType } from '../../../shared/codes.ts'
import { attendeeKeyOf, type UserId } from '../../../shared/ids.ts'
import { AT, type Household, householdUnderTest } from './household.ts'
import type { MeetingUnderTest, Seat } from './meeting-under-test.ts'

let household: Household
let m: MeetingUnderTest
let chair: Seat
let co: Seat
let partner: Seat

beforeEach(async () => {
  household = await householdUnderTest()
  m = household.m
  chair = await m.comes(m.town.leader)
  co = await m.comes(m.town.co)
  partner = await m.comes(m.town.partner)
})
afterEach(() => m.close())

const enter = (mode: 'in_person' | 'remote' | 'phone' | 'written_submission' | 'absent', ...people: UserId[]) =>
  chair.does('attendance.enter', { entries: people.map(one => ({ key: attendeeKeyOf(one), mode })), statement: true })
const switchOn = () => chair.does('feature.switch', { feature: 'quorum', on: true })
const move = (itemId = m.itemId) => chair.does('pointer.move', { itemId, place: null })

async function readBack() {
  await chair.does('read-back.open', { itemId: m.itemId })
  const { readBackId, hash } = must(chair.sees.hearings[m.itemId]?.readBack, 'the reading')
  return { itemId: m.itemId, readBackId, hash }
}

describe('what counts', () => {
  test('[MQ1] an ordinary meeting asks for none until whoever leads switches it on', async () => {
    await move()
    expect(chair.sees.quorum).toBeNull()
    await expect(co.does('feature.switch', { feature: 'quorum', on: true })).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    await switchOn()
    expect(co.sees.quorum).toEqual({ counts: 'agencies', here: 0, of: 2, needed: 2, itemId: m.itemId })
    await chair.does('feature.switch', { feature: 'quorum', on: false })
    expect(co.sees.quorum).toBeNull()
  })

  test('[MQ2] confirmed attendance counts, announced, connected, absent and observing do not', async () => {
    await switchOn()
    const whole = { counts: 'agencies', of: 3, needed: 2, itemId: null }
    expect(chair.sees.quorum).toEqual({ ...whole, here: 0 })
    await co.does('attendance.announce', { mode: 'phone', statement: true, deputyFor: '동장' })
    expect(chair.sees.quorum).toEqual({ ...whole, here: 0 })
    await chair.does('attendance.confirm', { keys: [attendeeKeyOf(m.town.co)] })
    expect(chair.sees.quorum).toEqual({ ...whole, here: 1 })
    await enter('in_person', m.town.leader, household.minuteTaker)
    expect(chair.sees.quorum).toEqual({ ...whole, here: 2 })
    await enter('written_submission', m.town.co)
    await enter('in_person', m.town.watcher)
    expect(chair.sees.quorum).toEqual({ ...whole, here: 1 })
  })

  test('[MQ2] an item counts its own agencies less who stepped out; others are told of the whole meeting', async () => {
    await switchOn()
    await enter('in_person', m.town.leader, m.town.co, m.town.partner)
    await move()
    expect(chair.sees.quorum).toEqual({ counts: 'agencies', here: 2, of: 2, needed: 2, itemId: m.itemId })
    // Not cleared: neither how many the item is for nor who is out of it.
    expect(partner.sees.quorum).toEqual({ counts: 'agencies', here: 3, of: 3, needed: 2, itemId: null })
    await chair.does('recusal.begin', { itemId: m.itemId, userId: m.town.co, kind: 'exclusion' })
    expect(chair.sees.quorum).toEqual({ counts: 'agencies', here: 1, of: 1, needed: 1, itemId: m.itemId })
    expect(co.sees.quorum).toEqual({ counts: 'agencies', here: 3, of: 3, needed: 2, itemId: null })
  })
})

describe('below it', () => {
  test('[MQ3] nothing is confirmed until the chair goes on with a reason, which stays with the item', async () => {
    await switchOn()
    await enter('in_person', m.town.leader)
    await move()
    const reading = await readBack()
    await expect(chair.does('read-back.confirm', reading)).rejects.toMatchObject({ detail: 'below-quorum' })
    await expect(co.does('quorum.go-on', { itemId: m.itemId, reason: '급하다' })).rejects.toMatchObject({
      reason: 'not-allowed',
    })
    await expect(partner.does('quorum.go-on', { itemId: m.itemId, reason: '급하다' })).rejects.toMatchObject({
      reason: 'not-found',
    })
    await chair.does('quorum.go-on', { itemId: m.itemId, reason: '무한돌봄팀이 전화로 동의를 알려 왔다' })
    expect(co.sees.hearings[m.itemId]?.goneOn).toMatchObject({
      reason: '무한돌봄팀이 전화로 동의를 알려 왔다',
      here: 1,
      needed: 2,
      by: 'leader',
    })
    expect(partner.heard).not.toContain('전화로 동의')
    await chair.does('read-back.confirm', reading)
    expect(chair.sees.hearings[m.itemId]?.confirmed).toMatchObject({ number: 1 })
    expect(chair.sees.hearings[m.itemId]?.goneOn).toMatchObject({ here: 1 })
  })

  test('[MQ3] a reason holds until fewer are there, and is not needed once enough are', async () => {
    await switchOn()
    await enter('in_person', m.town.leader)
    await move()
    await chair.does('quorum.go-on', { itemId: m.itemId, reason: '한 기관만 왔다' })
    await enter('absent', m.town.leader)
    const open = await readBack()
    await expect(chair.does('read-back.confirm', open)).rejects.toMatchObject({ detail: 'below-quorum' })
    await enter('in_person', m.town.leader, m.town.co)
    await chair.does('quorum.go-on', { itemId: m.itemId, reason: '그 사이 모두 왔다' })
    expect(chair.sees.hearings[m.itemId]?.goneOn?.reason).toBe('한 기관만 왔다')
    await chair.does('read-back.confirm', open)
    expect(chair.sees.hearings[m.itemId]?.confirmed).toMatchObject({ number: 1 })
  })

  test('[MQ3] a body under an ordinance decides nothing below it, whatever the reason', async () => {
    await enter('in_person', m.town.leader)
    const conference = must(await m.world.parts.conferences.find(m.conferenceId), 'conference')
    const item = must(await m.world.parts.items.find(m.generalId), 'item')
    const { state } = await m.repositories.meetings.find(m.conferenceId)
    const goneOn = [{ reason: '급하다', here: 0, needed: 4, at: AT, by: m.town.leader }]
    const confirmIn = (type: ConferenceType) => () =>
      assertQuorum({ goneOn }, { conference: { ...conference, type }, item }, state)
    expect(confirmIn('statutory_body')).toThrow(expect.objectContaining({ detail: 'below-fixed-quorum' }))
    expect(confirmIn('integrated')).not.toThrow()
    await enter('in_person', m.town.co, m.town.partner, household.minuteTaker)
    const { state: all } = await m.repositories.meetings.find(m.conferenceId)
    expect(() =>
      assertQuorum({ goneOn: [] }, { conference: { ...conference, type: 'statutory_body' }, item }, all),
    ).not.toThrow()
  })

  test('[MQ3] nor does it once somebody switched the quorum off: nobody can', async () => {
    const { world, town, conferenceId } = m
    const admitted = await world.toChange(town.leader, conferenceId)
    const { _v } = admitted.conference
    // What was chosen while it was another kind of meeting does not hold either.
    await chair.does('feature.switch', { feature: 'quorum', on: false })
    await changeConference(world.parts, world.by(town.leader), admitted, { _v, type: 'statutory_body' })
    await expect(chair.does('feature.switch', { feature: 'quorum', on: false })).rejects.toMatchObject({
      reason: 'not-allowed',
      detail: 'fixed-quorum',
    })
    await expect.poll(() => chair.sees.features.quorum).toBe(true)
    await enter('in_person', town.leader)
    await expect(chair.does('read-back.confirm', await readBack())).rejects.toMatchObject({
      detail: 'below-fixed-quorum',
    })
  })

  test('[MQ3] a meeting that asks for none has nothing to go on below', async () => {
    await expect(chair.does('quorum.go-on', { itemId: m.itemId, reason: '없어도 된다' })).rejects.toMatchObject({
      detail: 'feature-off',
    })
  })
})
