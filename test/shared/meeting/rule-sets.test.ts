import { describe, expect, test } from 'vitest'
import { CONFERENCE_TYPES, type ConferenceRole, codesOf } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { isMet, quorumOf, type Seat } from '../../../shared/meeting/quorum.ts'
import { featuresOf, ruleSetOf } from '../../../shared/meeting/rule-sets.ts'

const BODY = ruleSetOf('statutory_body')

const member = (number: number, extra: Partial<Seat> = {}): Seat => ({
  userId: `member${number}` as UserId,
  agencyId: `agency${number % 3}` as AgencyId,
  role: 'attendee',
  standing: 'confirmed',
  mode: 'in_person',
  deputyFor: '',
  ...extra,
})
const members = (count: number, extra: Partial<Seat> = {}, from = 1) =>
  Array.from({ length: count }, (_, index) => member(from + index, extra))
const missing = (count: number) => members(count, { standing: 'expected', mode: null }, 50)

describe('what a kind of meeting brings', () => {
  test('[MQ1] quorum and votes for a body under an ordinance, ideas for an internal meeting, nothing for the others', () => {
    const on = codesOf(CONFERENCE_TYPES).map(type => {
      const features = featuresOf(type, {})
      return [type, codesOf(features).filter(feature => features[feature])]
    })
    expect(Object.fromEntries(on.filter(([, features]) => features?.length !== 0))).toEqual({
      internal: ['brainstorming'],
      statutory_body: ['voting', 'quorum'],
    })
  })

  test('[MQ1] what the leader chose goes before it, also off', () => {
    expect(featuresOf('internal', { brainstorming: false, timer: true })).toMatchObject({
      brainstorming: false,
      timer: true,
    })
    expect(featuresOf('integrated', { quorum: true })).toMatchObject({ quorum: true })
  })

  test('[MQ1] the quorum of a body that decides nothing below it is nobody’s to switch off', () => {
    expect(featuresOf('statutory_body', { quorum: false, voting: false })).toMatchObject({
      quorum: true,
      voting: false,
    })
  })
})

describe('a body under an ordinance', () => {
  test('[MQ2] with 4 of 9 members it may not decide, with 5 of 9 it may', () => {
    const four = quorumOf(BODY.quorum, [...members(4), ...missing(5)])
    expect(four).toEqual({ counts: 'people', here: 4, of: 9, needed: 5 })
    expect(isMet(four)).toBe(false)
    const five = quorumOf(BODY.quorum, [...members(5), ...missing(4)])
    expect(five).toEqual({ counts: 'people', here: 5, of: 9, needed: 5 })
    expect(isMet(five)).toBe(true)
    expect(BODY.quorum.mayDecideBelow).toBe(false)
  })

  test('[MQ2] nobody is counted in another’s place, nor somebody without a seat, nor an observer', () => {
    const observer: ConferenceRole = 'observer'
    const all = [
      ...members(4),
      member(5, { deputyFor: '위원장' }),
      member(6, { role: observer }),
      member(7, { userId: null }),
      ...missing(4),
    ]
    expect(quorumOf(BODY.quorum, all)).toEqual({ counts: 'people', here: 4, of: 9, needed: 5 })
  })

  test('[MQ2] a member who withdrew from the item is neither there nor missing', () => {
    const all = [...members(5), ...missing(4)]
    const item = { agencies: [], recused: [member(1).userId].filter(id => id !== null) }
    expect(quorumOf(BODY.quorum, all, item)).toEqual({ counts: 'people', here: 4, of: 8, needed: 5 })
  })

  test('[MQ2] a rule may name a number of agencies', () => {
    const rule = { ...ruleSetOf('integrated').quorum, atLeast: 3 }
    const two = [member(1), member(2), member(4), ...missing(2)]
    expect(quorumOf(rule, two)).toEqual({ counts: 'agencies', here: 2, of: 3, needed: 3 })
  })
})
