/** Votes and deferrals: who has a vote, what is counted, and who is told why something waits. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import type { VoteChoice } from '../../../shared/codes.ts'
import { attendeeKeyOf, type UserId } from '../../../shared/ids.ts'
import { ruleSetOf } from '../../../shared/meeting/rule-sets.ts'
import { countOf } from '../../../shared/meeting/votes.ts'
import { type Household, householdUnderTest } from './household.ts'
import type { MeetingUnderTest, Seat } from './meeting-under-test.ts'

/** A question that only the cleared may hear. */
const QUESTION = '검사비 육십만 원을 지원한다'

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

const enter = (mode: 'in_person' | 'absent', ...people: UserId[]) =>
  chair.does('attendance.enter', { entries: people.map(one => ({ key: attendeeKeyOf(one), mode })), statement: true })
const votesOf = (seat: Seat) => seat.sees.hearings[m.itemId]?.votes ?? []

async function opened() {
  await chair.does('feature.switch', { feature: 'voting', on: true })
  await enter('in_person', m.town.leader, m.town.co, m.town.partner)
  await chair.does('vote.open', { itemId: m.itemId, question: QUESTION })
  const { voteId } = must(votesOf(chair)[0], 'the vote')
  const about = { itemId: m.itemId, voteId }
  const casts = (seat: Seat, voter: typeof m.town.dong, choice: VoteChoice) =>
    seat.does('vote.cast', { ...about, voter, choice })
  return { about, casts }
}

describe('a vote on an item', () => {
  test('[MW1] only where the meeting uses votes, by whoever leads, one at a time', async () => {
    const ask = (seat: Seat) => seat.does('vote.open', { itemId: m.itemId, question: QUESTION })
    await expect(ask(chair)).rejects.toMatchObject({ detail: 'feature-off' })
    await opened()
    await expect(ask(chair)).rejects.toMatchObject({ detail: 'vote-open' })
    await expect(ask(co)).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(ask(partner)).rejects.toMatchObject({ reason: 'not-found' })
    expect(votesOf(co)).toMatchObject([{ question: QUESTION, voters: [m.town.dong, m.town.muhan], openedBy: 'leader' }])
    expect(partner.heard).not.toContain(QUESTION)
  })

  test('[MW1] below the quorum none is opened without the chair’s reason', async () => {
    await chair.does('feature.switch', { feature: 'voting', on: true })
    await chair.does('feature.switch', { feature: 'quorum', on: true })
    await enter('in_person', m.town.leader)
    const ask = () => chair.does('vote.open', { itemId: m.itemId, question: QUESTION })
    await expect(ask()).rejects.toMatchObject({ detail: 'below-quorum' })
    await chair.does('quorum.go-on', { itemId: m.itemId, reason: '한 기관만 왔다' })
    await ask()
    expect(votesOf(chair)).toMatchObject([{ voters: [m.town.dong] }])
  })

  test('[MW2] each its own, changed until the close; entered for others and marked so, never over their own', async () => {
    const { casts } = await opened()
    await expect(casts(co, m.town.dong, 'for')).rejects.toMatchObject({ detail: 'not-your-vote' })
    await expect(casts(chair, m.town.council, 'for')).rejects.toMatchObject({ detail: 'no-vote' })
    await casts(chair, m.town.muhan, 'against')
    expect(votesOf(co)[0]?.cast).toMatchObject([
      { voter: m.town.muhan, choice: 'against', by: 'leader', byMinuteTaker: true },
    ])
    await casts(co, m.town.muhan, 'abstain')
    await casts(co, m.town.muhan, 'for')
    expect(votesOf(chair)[0]?.cast).toMatchObject([
      { voter: m.town.muhan, choice: 'for', by: 'co', byMinuteTaker: false },
    ])
    await expect(casts(chair, m.town.muhan, 'against')).rejects.toMatchObject({ detail: 'voted-itself' })
  })

  test('[MW2] after the close nothing is cast, [MW3] and two who close it have one count', async () => {
    const { about, casts } = await opened()
    await casts(co, m.town.muhan, 'for')
    await chair.does('vote.close', about)
    const count = { for: 1, against: 0, abstain: 0, silent: 1, needed: 2, isCarried: false }
    expect(votesOf(co)[0]?.count).toEqual(count)
    await expect(casts(chair, m.town.dong, 'for')).rejects.toMatchObject({ detail: 'vote-over' })
    const minutes = await m.comes(household.minuteTaker)
    await minutes.does('vote.close', about)
    expect(votesOf(co)[0]).toMatchObject({ count, cast: [{ voter: m.town.muhan }] })
    // Another question may follow.
    await chair.does('vote.open', { itemId: m.itemId, question: QUESTION })
    expect(votesOf(co)).toHaveLength(2)
  })

  test('[MW3] an agency whose people stepped out of the item meanwhile is not counted, nor what they said for it', async () => {
    const { about, casts } = await opened()
    await casts(co, m.town.muhan, 'against')
    await casts(chair, m.town.dong, 'for')
    await chair.does('recusal.begin', { itemId: m.itemId, userId: m.town.co, kind: 'exclusion' })
    await chair.does('vote.close', about)
    expect(votesOf(chair)[0]).toMatchObject({
      voters: [m.town.dong],
      cast: [{ voter: m.town.dong }],
      count: { for: 1, against: 0, silent: 0, needed: 1, isCarried: true },
    })
  })

  test('[MW3] what one of an agency said and then stepped out is not counted for those who stay', async () => {
    const minutes = await m.comes(household.minuteTaker)
    const { about, casts } = await opened()
    await casts(minutes, m.town.dong, 'for')
    await casts(co, m.town.muhan, 'for')
    await minutes.does('recusal.begin', { itemId: m.itemId, userId: household.minuteTaker, kind: 'withdrawal' })
    await chair.does('vote.close', about)
    expect(votesOf(chair)[0]).toMatchObject({
      voters: [m.town.dong, m.town.muhan],
      cast: [{ voter: m.town.muhan }],
      count: { for: 1, silent: 1, needed: 2, isCarried: false },
    })
  })

  test('[MW3] more than half of those who have a vote carry it, silent ones included in the number', () => {
    const five = ['a', 'b', 'c', 'd', 'e']
    const cast = (...choices: VoteChoice[]) => choices.map(choice => ({ choice }))
    expect(countOf(five, cast('for', 'for', 'for'))).toMatchObject({ silent: 2, needed: 3, isCarried: true })
    expect(countOf(five, cast('for', 'for', 'against'))).toMatchObject({ needed: 3, isCarried: false })
    expect(countOf(five.slice(1), cast('for', 'for', 'abstain', 'against'))).toMatchObject({
      needed: 3,
      isCarried: false,
    })
    expect(ruleSetOf('statutory_body').vote).toEqual({ by: 'people', deputiesVote: false })
  })
})

describe('a deferred item', () => {
  test('[MD1] all see that it waits; why it does only those who may open it', async () => {
    const note = { itemId: m.itemId, kind: 'agency_missing', reason: '병원이 오지 못했다', retable: true } as const
    await expect(chair.does('deferral.note', note)).rejects.toMatchObject({ detail: 'not-deferred' })
    await chair.does('item.defer', { itemId: m.itemId })
    await expect(co.does('deferral.note', note)).rejects.toMatchObject({ reason: 'not-allowed' })
    await chair.does('deferral.note', note)
    const { itemId: _, ...said } = note
    expect(co.sees.hearings[m.itemId]?.deferral).toMatchObject({ ...said, by: 'leader' })
    expect(partner.sees.progress[m.itemId]?.state).toBe('deferred')
    expect(partner.heard).not.toContain('병원이')
  })
})
