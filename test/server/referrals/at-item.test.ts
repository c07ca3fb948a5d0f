import { afterEach, beforeEach, expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import { type Meeting, meet, moveTo } from '../conferences/world.ts'
import { DAY_MS, openReferralTown, type ReferralTown } from './town.ts'

let town: ReferralTown
beforeEach(async () => {
  town = await openReferralTown()
})
afterEach(() => town.world.close())

/** Of a meeting of the case with the 노인복지관 at its table and cleared for the item, in this state. */
async function meetWithCentre(state: Parameters<typeof meet>[2]): Promise<Meeting> {
  const meeting = await meet(town.world, town, 'scheduled', {
    more: [
      [town.taker, town.centre, 'attendee'],
      [town.other, town.charity, 'attendee'],
    ],
  })
  const item = must(await town.world.parts.items.find(meeting.itemId), 'the item')
  await town.world.parts.items.clearAgency(item._id, town.centre)
  await town.world.parts.items.clearAgency(item._id, town.charity)
  await moveTo(town.world, town, meeting.conferenceId, must(state, 'a state'))
  return meeting
}

test('[RF17] the answer stands in the item: who accepted and from when, who declined and why, who has not answered', async () => {
  const asked = [town.centre, town.charity, town.city]
  const [toCentre, toCharity] = await Promise.all(asked.slice(0, 2).map(one => town.sent(one)))
  await town.sent(town.city)
  await town.move(town.taker, must(toCentre, 'one'), { move: 'accept', plannedOn: '2026-12-01', note: '월·목 배달' })
  await town.move(town.other, must(toCharity, 'one'), {
    move: 'decline',
    declined: 'no_capacity',
    note: '올해는 끝났습니다',
  })
  const meeting = await meetWithCentre('live')
  const rows = await town.atItem(town.leader, meeting)
  expect(rows.map(({ to, status, plannedOn, declined, note }) => [to.name, status, plannedOn, declined, note])).toEqual(
    expect.arrayContaining([
      ['노인복지관', 'accepted', '2026-12-01', null, '월·목 배달'],
      ['희망지킴이', 'declined', '', 'no_capacity', '올해는 끝났습니다'],
      ['희망복지지원단', 'sent', '', null, ''],
    ]),
  )
  expect(rows).toHaveLength(3)
  expect(await town.world.records({ action: 'referral.list', subject: town.caseId })).not.toEqual([])
})

test('[RF17] [RF12] who was asked sees its own there and learns of no other; who sits there without either sees nothing', async () => {
  await town.sent(town.centre)
  await town.sent(town.charity)
  await town.write([town.city], { request: '초안 카나리아' })
  const meeting = await meetWithCentre('live')
  expect((await town.atItem(town.taker, meeting)).map(row => row.to.name)).toEqual(['노인복지관'])
  expect((await town.atItem(town.other, meeting)).map(row => row.to.name)).toEqual(['희망지킴이'])
  // At the table for 무한돌봄 and cleared, but not of those who work on the case.
  expect(await town.atItem(town.watcher, meeting)).toEqual([])
  expect(JSON.stringify(await town.atItem(town.co, meeting))).not.toContain('카나리아')
  // The draft is its agency's own and no material.
  expect(await town.atItem(town.leader, meeting)).toHaveLength(2)
  await expect(town.atItem(town.partner, meeting)).rejects.toMatchObject({ reason: 'not-found' })
})

test('[RF17] the next conference shows what moved since the case was last heard, and what is still under way', async () => {
  const old = await town.sent(town.centre)
  await town.move(town.taker, old, { move: 'decline', declined: 'not_eligible', note: '기준에 맞지 않습니다' })
  const under = await town.sent(town.charity)
  await town.move(town.other, under, { move: 'accept', plannedOn: '2026-12-01' })
  const first = await meetWithCentre('live')
  expect(await town.atItem(town.leader, first)).toHaveLength(2)
  town.world.pass(3_600_000)
  await moveTo(town.world, town, first.conferenceId, 'closed')
  town.world.pass(DAY_MS)
  const second = await meetWithCentre('live')
  expect((await town.atItem(town.leader, second)).map(row => row.referralId)).toEqual([under])
  await town.move(town.other, under, { move: 'complete', note: '열두 번 드렸습니다' })
  expect((await town.atItem(town.leader, second)).map(row => [row.status, row.note])).toEqual([
    ['completed', '열두 번 드렸습니다'],
  ])
  // The first is over: it stays as it was when it was closed.
  expect((await town.atItem(town.leader, first)).map(row => row.status).sort()).toEqual(['accepted', 'declined'])
})

test('[RF9] [RF17] an answer that comes during the conference tells the room', async () => {
  const referralId = await town.sent(town.centre)
  const meeting = await meetWithCentre('live')
  town.world.shelf.notices.length = 0
  await town.move(town.taker, referralId, { move: 'accept', plannedOn: '2026-12-01' })
  expect(town.world.shelf.notices).toContainEqual({ document: `item.${meeting.itemId}`, topic: 'item' })
})
