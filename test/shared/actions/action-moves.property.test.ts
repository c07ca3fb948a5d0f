/** The life of action items as seeds live it: any person tries any move on any day; what the table allows is done, and what must hold holds. */
import { expect, test } from 'vitest'
import { ACCOUNTS, ACTION_MOVES, type ActionMove, EFFECTS } from '../../../shared/actions/action-codes.ts'
import {
  type ActionRelation,
  type ActionStanding,
  isEnteredFor,
  isUnfinished,
  lacking,
  type MoveWords,
  mayMove,
  movesFor,
  newStanding,
  standingAfter,
  statusOn,
} from '../../../shared/actions/action-moves.ts'
import { type ActionStep, asksForDecision, carriesOf, type MeetingHeld } from '../../../shared/actions/carries.ts'
import { ACTION_STATUSES, codesOf } from '../../../shared/codes.ts'
import type { AgencyId, ConferenceId, UserId } from '../../../shared/ids.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const DAY_MS = 86_400_000
const BEGIN = Date.parse('2026-01-05T01:00:00Z')
const MOVES = codesOf(ACTION_MOVES)
const AGENCIES = ['dong', 'muhan', 'council'] as AgencyId[]
const NOBODY: ActionRelation = {
  owes: false,
  takes: false,
  conducts: false,
  conductsTaker: false,
  leads: false,
}

function wordsOf(random: SeededRandom, day: number): MoveWords {
  return {
    note: random.chance(0.7) ? '까닭' : '',
    until: random.chance(0.7) ? dayInSeoul(day + random.below(60) * DAY_MS - 5 * DAY_MS) : undefined,
    effect: random.chance(0.6)
      ? { helped: random.pick(codesOf(EFFECTS)), account: random.pick(codesOf(ACCOUNTS)) }
      : undefined,
    agencyId: random.chance(0.8) ? random.pick(AGENCIES) : undefined,
    userId: random.chance(0.5) ? (`person${random.below(4)}` as UserId) : undefined,
  }
}

test('[AC1] every move that the table allows leads where it says, and nothing else moves anything', () => {
  const done = new Map<string, number>()
  const seeds = seedsToRun(300)
  for (const seed of seeds) {
    const random = seededRandom(seed)
    let standing: ActionStanding = newStanding('dong' as AgencyId)
    let at = BEGIN
    for (let step = 0; step < 60; step++) {
      at += random.below(12) * DAY_MS
      const day = dayInSeoul(at)
      const relation = {
        owes: random.chance(0.5),
        takes: random.chance(0.4),
        conducts: random.chance(0.4),
        conductsTaker: random.chance(0.3),
        leads: random.chance(0.3),
      }
      const move = random.pick(MOVES)
      const words = wordsOf(random, at)
      expect(movesFor(standing, NOBODY, day)).toEqual([])
      const allowed = mayMove(standing, relation, move, day)
      expect(movesFor(standing, relation, day).includes(move)).toBe(allowed)
      if (!allowed || lacking(standing, move, words, day) !== undefined) continue
      const before = standing
      standing = standingAfter(standing, move, words, day)
      done.set(move, (done.get(move) ?? 0) + 1)
      const where = `SEED=${seed} step ${step} ${move}`
      // The agency changes by taking over alone; an offer waits only with what is unfinished.
      if (move !== 'take_over') expect(standing.agencyId, where).toBe(before.agencyId)
      else expect(standing.agencyId, where).toBe(before.offer?.agencyId)
      if (!isUnfinished(standing.status)) expect(standing.offer, where).toBeNull()
      expect(standing.until === '', where).toBe(standing.status !== 'postponed')
      if (standing.status === 'postponed') {
        expect(isUnfinished(standing.before) && standing.before !== 'postponed', where).toBe(true)
      }
      if (standing.status !== 'done') expect(standing.effect, where).toBeNull()
      if (isEnteredFor(relation, move)) {
        expect(relation.conducts || relation.conductsTaker, where).toBe(true)
        expect(move === 'take_over' || move === 'refuse_offer' ? relation.takes : relation.owes, where).toBe(false)
      }
    }
  }
  if (seeds.length < 10) return
  expect(MOVES.filter(move => !done.has(move))).toEqual([])
})

test('[AC2] everything but done, not possible and dropped is unfinished, also what was declined or not done', () => {
  expect(codesOf(ACTION_STATUSES).filter(status => !isUnfinished(status))).toEqual([
    'done',
    'not_possible_circumstances_changed',
    'dropped',
  ])
})

test('postponed twice it returns to what it was before the first time', () => {
  const began = standingAfter(newStanding('dong' as AgencyId), 'start', { note: '' }, '2026-11-24')
  const once = standingAfter(began, 'postpone', { note: '', until: '2026-12-01' }, '2026-11-24')
  const twice = standingAfter(once, 'postpone', { note: '', until: '2026-12-20' }, '2026-11-25')
  expect(statusOn(twice, '2026-12-19')).toBe('postponed')
  expect(statusOn(twice, '2026-12-20')).toBe('in_progress')
})

const step = (at: number, move: ActionMove, status: ActionStep['status'], until = '', before = status): ActionStep => ({
  at,
  move,
  status,
  until,
  before,
})

test('[AC10] after two carries without news it asks; a report is news; what sleeps or is finished asks nothing', () => {
  const made = { at: BEGIN, conferenceId: 'c0' as ConferenceId }
  const held = [1, 2, 3].map(n => ({ conferenceId: `c${n}` as ConferenceId, closedAt: BEGIN + n * 30 * DAY_MS }))
  const asks = (steps: ActionStep[]) =>
    asksForDecision(
      steps.at(-1) ?? { status: 'proposed', until: '', before: 'proposed' },
      carriesOf(made, steps, held),
      dayInSeoul(BEGIN + 91 * DAY_MS),
    )
  expect(asks([])).toBe(true)
  expect(asks([step(BEGIN + 45 * DAY_MS, 'report', 'accepted')])).toBe(true)
  expect(asks([step(BEGIN + 75 * DAY_MS, 'report', 'accepted')])).toBe(false)
  expect(asks([step(BEGIN + 5 * DAY_MS, 'finish', 'done')])).toBe(false)
  const asleep = step(BEGIN + 5 * DAY_MS, 'postpone', 'postponed', dayInSeoul(BEGIN + 200 * DAY_MS), 'accepted')
  expect(asks([asleep])).toBe(false)
})

test('[AC9] the number of carries depends on which meetings were closed, not on how often or in which order it is counted', () => {
  for (const seed of seedsToRun(200)) {
    const random = seededRandom(seed)
    const steps: ActionStep[] = []
    const held: MeetingHeld[] = []
    let at = BEGIN
    let expected = 0
    let status: ActionStep['status'] = 'proposed'
    for (let month = 1; month <= 12; month++) {
      at += 10 * DAY_MS
      if (random.chance(0.4)) {
        status = random.pick(['accepted', 'in_progress', 'done', 'not_done_by_agency', 'dropped'] as const)
        steps.push(step(at, 'report', status))
      }
      at += 15 * DAY_MS
      // The conference that made it is closed like any other, and counts for nothing.
      held.push({ conferenceId: `c${month - 1}` as ConferenceId, closedAt: at })
      if (month > 1 && isUnfinished(status)) expected += 1
    }
    const made = { at: BEGIN, conferenceId: 'c0' as ConferenceId }
    const shuffled = [...held, ...held].sort(() => random.below(3) - 1)
    const { conferences } = carriesOf(made, steps, shuffled)
    expect(conferences.length, `SEED=${seed}`).toBe(expected)
    expect(carriesOf(made, steps, held).conferences, `SEED=${seed}`).toEqual(conferences)
  }
})
