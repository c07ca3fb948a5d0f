/** The order that is proposed when some must leave early, over random agendas (SPEC MI4). */
import { describe, expect, test } from 'vitest'
import type { AttendanceStanding, ConferenceRole } from '../../../shared/codes.ts'
import type { AgencyId, ItemId } from '../../../shared/ids.ts'
import {
  firstLeaving,
  type LeavingAttendee,
  leavingTimes,
  type OrderedItem,
  proposedOrder,
} from '../../../shared/meeting/agenda-order.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const AGENCIES = ['dong', 'muhan', 'council', 'angel', 'mind'] as AgencyId[]
const TIMES = ['14:30', '15:00', '15:10', '16:00', '']

const counts = { moved: 0, stood: 0 }

function randomAgenda(random: SeededRandom) {
  const agenda = Array.from({ length: random.below(10) }, (_, at): OrderedItem => {
    const agencies = random.chance(0.25) ? [] : AGENCIES.filter(() => random.chance(0.4))
    return { id: `item-${at}` as ItemId, agencies, isSettled: random.chance(0.3) }
  })
  const leaving = new Map(AGENCIES.map(one => [one, random.pick(TIMES)] as const).filter(([, time]) => time !== ''))
  return { agenda, leaving }
}

test('[MI4] every item once; what is heard, of everybody or unknown keeps its place; the others stand by who leaves first, stably', () => {
  for (const seed of seedsToRun(2_000)) {
    const { agenda, leaving } = randomAgenda(seededRandom(seed))
    const proposed = proposedOrder(agenda, leaving)
    const order = proposed ?? agenda.map(item => item.id)
    if (proposed) counts.moved++
    else counts.stood++
    expect([...order].sort()).toEqual(agenda.map(item => item.id).sort())
    const byId = new Map(agenda.map(item => [item.id, item]))
    const placed = order.map(id => byId.get(id) as OrderedItem)
    for (const [at, item] of agenda.entries()) {
      if (item.isSettled || item.agencies.length === 0) expect(placed[at]).toBe(item)
    }
    const movable = placed.filter(item => !item.isSettled && item.agencies.length > 0)
    for (const [at, item] of movable.entries()) {
      const before = movable[at - 1]
      if (before === undefined) continue
      expect(firstLeaving(before, leaving) <= firstLeaving(item, leaving)).toBe(true)
      if (firstLeaving(before, leaving) === firstLeaving(item, leaving)) {
        expect(agenda.indexOf(before)).toBeLessThan(agenda.indexOf(item))
      }
    }
    // Once it is taken nothing more is proposed.
    expect(proposedOrder(placed, leaving)).toBeNull()
  }
  expect(counts.moved).toBeGreaterThan(100)
  expect(counts.stood).toBeGreaterThan(100)
})

test('[MI4] no agency misses more by it: with equal lengths the longest anybody stays too long never grows', () => {
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  for (const seed of seedsToRun(2_000)) {
    const { agenda, leaving } = randomAgenda(seededRandom(seed))
    const movable = agenda.filter(item => !item.isSettled && item.agencies.length > 0)
    const order = (proposedOrder(movable, leaving) ?? movable.map(item => item.id)).map(
      id => movable.find(item => item.id === id) as OrderedItem,
    )
    const latest = (items: readonly OrderedItem[]) =>
      Math.max(0, ...items.map((item, at) => 14 * 60 + 20 * (at + 1) - minutesOf(firstLeaving(item, leaving))))
    expect(latest(order)).toBeLessThanOrEqual(latest(movable))
  }
})

describe('when an agency has nobody left', () => {
  const person = (
    agencyId: string,
    leavesAt: string,
    role: ConferenceRole = 'attendee',
    standing: AttendanceStanding = 'confirmed',
  ): LeavingAttendee => ({ agencyId: agencyId as AgencyId, leavesAt, role, standing })

  test('[MI4] with its last person who is there, if all of them must go; observers and who has gone do not count', () => {
    expect(
      Object.fromEntries(
        leavingTimes([
          person('council', '15:00'),
          person('council', '15:30'),
          person('muhan', '15:00'),
          person('muhan', ''),
          person('angel', '14:50', 'attendee', 'announced'),
          person('angel', '', 'observer'),
          person('angel', '', 'attendee', 'left'),
          person('mind', '15:00', 'attendee', 'expected'),
        ]),
      ),
    ).toEqual({ council: '15:30', angel: '14:50' })
  })

  test('[MI4] what stands so already is not proposed', () => {
    const item = (id: string, ...agencies: string[]): OrderedItem => ({
      id: id as ItemId,
      agencies: agencies as AgencyId[],
      isSettled: false,
    })
    const leaving = new Map([['council' as AgencyId, '15:00']])
    expect(proposedOrder([item('a', 'council'), item('b', 'dong')], leaving)).toBeNull()
    expect(proposedOrder([item('b', 'dong'), item('a', 'council')], new Map())).toBeNull()
    expect(proposedOrder([item('b', 'dong'), item('open'), item('a', 'council')], leaving)).toEqual(['a', 'open', 'b'])
  })
})
