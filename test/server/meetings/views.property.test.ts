/** Whatever happens in a meeting: snapshot and changes give what a fresh snapshot gives, and nobody hears what is not for them (SPEC MV). */
import { expect, test } from 'vitest'
import type { HearingState, MeetingState } from '../../../server/meetings/meeting-state.ts'
import { must } from '../../../shared/assert.ts'
import type { ItemId, UserId } from '../../../shared/ids.ts'
import { brainstormOf } from '../../../shared/meeting/meeting-view.ts'
import { seedsToRun } from '../../support/seeded-random.ts'
import type { Seat } from './meeting-under-test.ts'
import { SimMeeting } from './sim-meeting.ts'
import { secretOf } from './sim-records.ts'

const STEPS = Number(process.env.OPERATIONS ?? 40)

const counts = {
  compared: 0,
  changes: 0,
  done: 0,
  refused: 0,
  accessChanges: 0,
  restarts: 0,
  closed: 0,
  hearingsShown: 0,
  hearingsTakenBack: 0,
  failedWrites: 0,
  lostAnswers: 0,
  failedReads: 0,
  secretsHeard: 0,
  cardsShown: 0,
  cardsHidden: 0,
  groupsShown: 0,
}

test('[MV1] snapshot and changes give the same as a fresh snapshot, for every person, at every moment', async () => {
  const seeds = seedsToRun(60)
  const startedAt = performance.now()
  for (const seed of seeds) {
    await run(seed).catch(cause => {
      throw new Error(`SEED=${seed} OPERATIONS=${STEPS}: ${cause instanceof Error ? cause.message : cause}`, { cause })
    })
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.info(`${seeds.length} meetings of ${STEPS} steps in ${seconds} s: ${JSON.stringify(counts)}`)
  if (seeds.length < 10) return
  const never = Object.entries(counts).filter(([, count]) => count === 0)
  expect(never).toEqual([])
})

async function run(seed: number): Promise<void> {
  const sim = new SimMeeting(seed)
  const { random, records } = sim
  for (let step = 0; step < STEPS; step++) {
    // Near the end it is closed; some go on after that.
    if (step === STEPS - 5 && random.chance(0.5)) {
      records.changeConference({ state: 'closed', closedAt: new Date(sim.clock.now()) })
    }
    const isFailing = random.chance(0.15)
    if (isFailing) {
      records.failing = {
        reads: random.pick([0, 0, 0.3]),
        writes: random.pick([0.2, 0.6]),
        audits: random.pick([0, 0.3]),
      }
    }
    const told = new Map(sim.seats.map(seat => [seat, seat.changes.length]))
    for (const seat of sim.seats) seat.heard = ''
    const open = openTo(sim)
    const doings: Promise<unknown>[] = []
    for (let many = 1 + random.below(3); many > 0; many--) {
      doings.push(act(sim, open))
    }
    await Promise.all(doings)
    addOpen(sim, open)
    records.failing = { reads: 0, writes: 0, audits: 0 }
    if (isFailing) await sim.pass(1_000)
    await sim.settle()
    assertNothingElse(sim, open)
    for (const [seat, before] of told) {
      const since = seat.changes.slice(before)
      counts.changes += since.length
      counts.hearingsTakenBack += since
        .flatMap(change => Object.values(change.hearings))
        .filter(one => one === null).length
      if (seat.closed === 'not-found') counts.closed++
    }
    await compare(sim)
    if (random.chance(0.2)) await sim.pass(random.below(30_000))
  }
  expect(sim.faults).toEqual([])
  counts.failedWrites += records.failures.before
  counts.lostAnswers += records.failures.after
  counts.failedReads += records.failures.reads
  for (const seat of sim.seats) sim.leaves(seat)
  await sim.settle()
  expect(sim.counts).toEqual({ meetings: 0, connections: 0 })
}

async function act(sim: SimMeeting, open: Open): Promise<void> {
  const { random } = sim
  // In the middle of what others do.
  for (let turns = random.below(40); turns > 0; turns--) await undefined
  const roll = random.below(100)
  if (sim.seats.length < 3 || roll < 12) return sim.comes(sim.anybody())
  const seat = random.pick(random.chance(0.5) ? sim.conducting() : sim.seats)
  if (roll < 17) return sim.leaves(seat)
  if (roll < 19) {
    counts.restarts++
    return sim.restart()
  }
  if (roll < 34) {
    counts.accessChanges++
    addOpen(sim, open)
    sim.changeAccess()
    return addOpen(sim, open)
  }
  if (await sim.command(seat)) counts.done++
  else counts.refused++
}

type Open = Map<UserId, Set<ItemId>>

const openTo = (sim: SimMeeting): Open => {
  const open: Open = new Map()
  addOpen(sim, open)
  return open
}

/** What somebody may open at any moment of a step may be told in it, also to who only comes in it. */
function addOpen(sim: SimMeeting, open: Open): void {
  for (const { userId } of sim.records.invited) {
    const items = open.get(userId) ?? new Set<ItemId>()
    open.set(userId, items)
    for (const itemId of sim.records.items.keys()) if (sim.mayOpen(userId, itemId)) items.add(itemId)
  }
}

/** [MV2] */
function assertNothingElse(sim: SimMeeting, open: Open): void {
  for (const seat of sim.seats) {
    const items = must(open.get(seat.connection.person.userId), 'somebody invited')
    for (const itemId of sim.records.items.keys()) {
      const isHeard = seat.heard.includes(secretOf(itemId))
      if (isHeard) counts.secretsHeard++
      if (isHeard && !items.has(itemId)) throw new Error(`Told of an item that was not for them: ${seat.heard}`)
    }
  }
}

async function compare(sim: SimMeeting): Promise<void> {
  for (const seat of [...sim.seats]) {
    const { userId } = seat.connection.person
    const together = JSON.stringify(sorted(must(seat.view, 'view')))
    counts.hearingsShown += Object.keys(seat.sees.hearings).length
    const probe = sim.seatOf(userId)
    await probe.comes()
    expect(together).toBe(JSON.stringify(sorted(probe.sees)))
    probe.leaves()
    const shut = (Object.keys(seat.sees.hearings) as ItemId[]).filter(itemId => !sim.mayOpen(userId, itemId))
    expect(shut).toEqual([])
    const opened = Object.values(seat.sees.progress).filter(({ state }) => state === 'open')
    expect(opened.length).toBeLessThanOrEqual(1)
    assertAsStored(sim, seat)
    counts.compared++
  }
}

/** What is told is what is stored: neither more nor older. */
function assertAsStored({ records }: SimMeeting, { sees, connection }: Seat): void {
  const stored = records.stored.get(records.conference._id)
  if (stored === undefined) return
  const { chair, features, speaking, pointer, progress, attendance }: MeetingState = JSON.parse(stored.state)
  expect(sees).toMatchObject({ chair, features, speaking })
  expect(sees.pointer?.itemId).toBe(pointer?.itemId)
  const ofItems = Object.entries(progress).filter(([itemId]) => records.items.has(itemId as ItemId))
  expect(sees.progress).toEqual(Object.fromEntries(ofItems))
  for (const { key, standing, mode } of sees.attendance) {
    const entry = attendance.find(one => one.key === key)
    expect([key, standing, mode]).toEqual([key, entry?.standing ?? 'expected', entry?.mode ?? null])
  }
  for (const [itemId, hearing] of Object.entries(sees.hearings)) {
    const { readBack, confirmations, cards }: HearingState = JSON.parse(
      must(records.stored.get(itemId), 'hearing').state,
    )
    expect(hearing.readBack?.readBackId).toBe(readBack?.readBackId)
    expect(hearing.readBack?.answers.length).toBe(readBack?.answers.length)
    expect(hearing.confirmed?.number).toBe(confirmations.at(-1)?.number)
    // [MB2] Mine and the shown ones, in their order; of the others how many there are.
    const mine = cards.filter(({ isHidden, by }) => !isHidden || by === connection.person.userId)
    const board = brainstormOf(sees, itemId as ItemId)
    expect(board?.cards.map(card => card.text) ?? []).toEqual(mine.map(card => card.text))
    expect(board?.hiddenCards ?? 0).toBe(cards.length - mine.length)
    counts.cardsShown += mine.length
    counts.cardsHidden += cards.length - mine.length
    counts.groupsShown += hearing.brainstorm?.groups.length ?? 0
  }
}

/** Objects whose keys came in another order are the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
