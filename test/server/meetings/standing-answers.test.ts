/** Answers and attendance after the fact: who stepped out of an item, and who was there when something was confirmed (SPEC MH8, MA5). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { must } from '../../../shared/assert.ts'
import type { AttendanceMode, PositionKind } from '../../../shared/codes.ts'
import { type AgencyId, attendeeKeyOf, type UserId } from '../../../shared/ids.ts'
import { type Household, householdUnderTest } from './household.ts'
import type { MeetingUnderTest, Seat } from './meeting-under-test.ts'

let household: Household
let m: MeetingUnderTest
let colleagueId: UserId
let chair: Seat
let co: Seat
let colleague: Seat

beforeEach(async () => {
  household = await householdUnderTest()
  m = household.m
  const { world, town } = m
  colleagueId = world.person('colleague', [town.muhan, 'case_worker'])
  const admitted = await world.toChange(town.leader, m.conferenceId)
  const part = { userId: colleagueId, agencyId: town.muhan, role: 'attendee' as const }
  const participants = [...admitted.conference.participants, part]
  await changeConference(world.parts, m.by(town.leader), admitted, { _v: admitted.conference._v, participants })
  await world.parts.conferences.accept(m.conferenceId, [colleagueId])
  chair = await m.comes(town.leader)
  co = await m.comes(town.co)
  colleague = await m.comes(colleagueId)
  await chair.does('read-back.open', { itemId: m.itemId })
})
afterEach(() => m.close())

const hearing = (seat: Seat) => must(seat.sees.hearings[m.itemId], 'the hearing')
const reading = () => must(hearing(chair).readBack, 'the reading')
const says = (seat: Seat, agencyId: AgencyId, position: PositionKind, words = '') => {
  const { readBackId, hash } = reading()
  return seat.does('read-back.answer', { itemId: m.itemId, readBackId, hash, agencyId, position, words })
}
const confirm = () => {
  const { readBackId, hash } = reading()
  return chair.does('read-back.confirm', { itemId: m.itemId, readBackId, hash })
}
const stepsOut = (userId: UserId) => chair.does('recusal.begin', { itemId: m.itemId, userId, kind: 'exclusion' })
const shown = (seat: Seat) => reading() && hearing(seat).readBack?.answers.map(one => [one.agencyId, one.position])
const confirmed = () =>
  must(hearing(chair).confirmed, 'the record').answers.map(one => [one.agencyId, one.position, one.words])

test('[MH8] what somebody said who steps out before it is confirmed is neither shown nor counted any more', async () => {
  await says(co, m.town.muhan, 'objects', '검사 결과를 먼저 본다')
  expect(shown(chair)).toEqual([[m.town.muhan, 'objects']])
  await stepsOut(m.town.co)
  await m.settled()
  expect(shown(chair)).toEqual([])
  expect(shown(colleague)).toEqual([])
  await confirm()
  // The agency is still there, through somebody who did not differ.
  expect(confirmed()).toEqual([
    [m.town.dong, 'agrees', ''],
    [m.town.muhan, 'agrees', ''],
  ])
})

test('[MH8] whoever is still there for the agency answers anew, and so does who conducts for them', async () => {
  await says(co, m.town.muhan, 'objects', '검사 결과를 먼저 본다')
  await expect(says(chair, m.town.muhan, 'agrees')).rejects.toMatchObject({ detail: 'agency-answered-itself' })
  await stepsOut(m.town.co)
  await says(chair, m.town.muhan, 'abstains')
  await says(colleague, m.town.muhan, 'conditional', '본인이 동의하면')
  await confirm()
  expect(confirmed()).toContainEqual([m.town.muhan, 'conditional', '본인이 동의하면'])
})

test('[MH8] of an agency that has nobody left in the item no answer stands, also none that was entered for it', async () => {
  await says(chair, m.town.muhan, 'conditional', '본인이 동의하면')
  await stepsOut(m.town.co)
  expect(shown(chair)).toEqual([[m.town.muhan, 'conditional']])
  await stepsOut(colleagueId)
  await m.settled()
  expect(shown(chair)).toEqual([])
  await confirm()
  expect(confirmed()).toEqual([[m.town.dong, 'agrees', '']])
})

test('[MH8] who comes back before it is confirmed has said what they said', async () => {
  await says(co, m.town.muhan, 'objects', '검사 결과를 먼저 본다')
  await stepsOut(m.town.co)
  await chair.does('recusal.end', { itemId: m.itemId, userId: m.town.co })
  await confirm()
  expect(confirmed()).toContainEqual([m.town.muhan, 'objects', '검사 결과를 먼저 본다'])
})

test('[MH8] it is the same when who may open the item is changed beside the meeting', async () => {
  await says(co, m.town.muhan, 'objects', '검사 결과를 먼저 본다')
  const admitted = await m.world.toChangeItem(m.town.leader, m.conferenceId, m.itemId)
  await changeItem(m.world.parts, m.by(m.town.leader), admitted, { _v: admitted.item._v, recused: [m.town.co] })
  await m.settled()
  expect(shown(chair)).toEqual([])
  await confirm()
  expect(confirmed()).toContainEqual([m.town.muhan, 'agrees', ''])
})

const enter = (userId: UserId, mode: AttendanceMode) =>
  chair.does('attendance.enter', { entries: [{ key: attendeeKeyOf(userId), mode }], statement: false })
const standing = (userId: UserId) => chair.sees.attendance.find(one => one.userId === userId)?.standing

test('[MA5] who was there when something was confirmed leaves, and is not made absent afterwards', async () => {
  for (const userId of [m.town.leader, m.town.co]) await enter(userId, 'in_person')
  await m.pass(1_000)
  await confirm()
  for (const mode of ['absent', 'absent_with_report', 'written_submission'] as const) {
    await expect(enter(m.town.co, mode)).rejects.toMatchObject({ reason: 'not-allowed', detail: 'was-there' })
  }
  expect(standing(m.town.co)).toBe('confirmed')
  await chair.does('attendance.depart', { key: attendeeKeyOf(m.town.co) })
  await expect(enter(m.town.co, 'absent')).rejects.toMatchObject({ detail: 'was-there' })
  expect(standing(m.town.co)).toBe('left')
  // In which way they were there may still be put right; who came later, or never, was counted nowhere.
  await enter(m.town.co, 'remote')
  await enter(colleagueId, 'absent')
  await m.pass(1_000)
  await enter(colleagueId, 'in_person')
  await enter(colleagueId, 'absent')
  expect(standing(colleagueId)).toBe('absent')
})

test('[MA5] somebody without an account is not made absent in order to be removed', async () => {
  const person = { name: '이웃', agencyId: m.town.muhan, title: '통장', role: 'attendee', mode: 'in_person' } as const
  await chair.does('attendance.add', { ...person, statement: true })
  await m.pass(1_000)
  await confirm()
  const { key } = must(
    chair.sees.attendance.find(one => one.userId === null),
    'the neighbour',
  )
  const absent = chair.does('attendance.enter', { entries: [{ key, mode: 'absent' }], statement: false })
  await expect(absent).rejects.toMatchObject({ detail: 'was-there' })
  await expect(chair.does('attendance.remove', { key })).rejects.toMatchObject({ detail: 'was-there' })
})
