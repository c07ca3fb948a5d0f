/**
 * Many meetings in which two people conduct at once, agencies answer, the text is edited between, and the store fails or loses its answer at any
 * write. Whatever comes of it, each read-back is confirmed everywhere or nowhere, and a confirmed record is what was shown.
 */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import type { HearingState } from '../../../server/meetings/meeting-state.ts'
import { StoreUnavailable } from '../../../server/storage/port.ts'
import { codesOf, POSITION_KINDS } from '../../../shared/codes.ts'
import { addDecision, decisionsOf, removeDecision, setDecisionField } from '../../../shared/documents/item-document.ts'
import type { DecisionId, ReadBackId } from '../../../shared/ids.ts'
import type { ConfirmationView, ReadBackView } from '../../../shared/meeting/meeting-view.ts'
import { canonicalText } from '../../../shared/meeting/read-back.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { AT, type Household, householdUnderTest } from './household.ts'
import type { Seat } from './meeting-under-test.ts'

const STEPS = 40
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** What a run has to have gone through to say anything. */
const counts = {
  confirmed: 0,
  cancelled: 0,
  refused: 0,
  failedBefore: 0,
  failedAfter: 0,
  stale: 0,
  twice: 0,
  restarts: 0,
}

test('[MH4] confirmed everywhere or nowhere, whatever fails and whoever presses', async () => {
  for (const seed of seedsToRun(8)) {
    await run(seed).catch(cause => {
      throw new Error(`SEED=${seed}`, { cause })
    })
  }
  if (process.env.SEED === undefined) {
    for (const [what, count] of Object.entries(counts)) expect([what, count > 0]).toEqual([what, true])
  }
})

async function run(seed: number): Promise<void> {
  const random = seededRandom(seed)
  const household = await householdUnderTest()
  const { m, minuteTaker } = household
  try {
    const failures = failAtRandom(household, random)
    let seats = await Promise.all([m.town.leader, minuteTaker, m.town.co].map(person => m.comes(person)))
    const known: ConfirmationView[] = []
    let shown: { readBackId: ReadBackId; hash: string } | undefined
    for (let step = 0; step < STEPS; step++) {
      const reading = seats[0]?.sees.hearings[m.itemId]?.readBack
      if (reading) shown = reading
      const commands = Array.from({ length: 1 + random.below(2) }, () =>
        press(household, seats, random, reading, shown),
      )
      const outcomes = await Promise.allSettled(commands)
      for (const outcome of outcomes) noteRefusal(outcome)
      if (random.chance(0.4)) await editSomething(household, random)
      failures.stop()
      if (random.chance(0.05)) {
        counts.restarts += 1
        await m.restart()
        seats = await Promise.all(seats.map(seat => m.comes(seat.connection.person.userId)))
      }
      await m.pass(1_500)
      await check(household, seats, known)
      failures.start()
    }
    failures.stop()
    counts.confirmed += known.length
    expect(new Set(known.map(one => one.readBackId)).size).toBe(known.length)
  } finally {
    await m.close()
  }
}

function noteRefusal(outcome: PromiseSettledResult<void>): void {
  if (outcome.status === 'fulfilled') return
  const { reason } = outcome as { reason: unknown }
  if (reason instanceof StoreUnavailable) return
  if (!(reason instanceof Refusal)) throw reason
  counts.refused += 1
  if (reason.detail === 'read-back-changed') counts.stale += 1
}

function press(
  { m }: Household,
  seats: readonly Seat[],
  random: SeededRandom,
  reading: ReadBackView | null | undefined,
  shown: { readBackId: ReadBackId; hash: string } | undefined,
): Promise<void> {
  const { itemId } = m
  const [leader, minutes, co] = seats as [Seat, Seat, Seat]
  const conducting = random.pick([leader, minutes])
  const { readBackId, hash } = reading ?? shown ?? { readBackId: newId<ReadBackId>(), hash: '0'.repeat(64) }
  const given = random.chance(0.1) ? 'f'.repeat(64) : hash
  switch (random.below(6)) {
    case 0:
    case 1:
      return conducting.does('read-back.open', { itemId })
    case 2:
      if (random.chance(0.6)) return conducting.does('read-back.open', { itemId })
      counts.cancelled += 1
      return conducting.does('read-back.cancel', { itemId, readBackId })
    case 3: {
      const position = random.pick(codesOf(POSITION_KINDS))
      const words = position === 'agrees' ? '' : random.pick(['검사 뒤에', '다르게 본다'])
      return co.does('read-back.answer', { itemId, readBackId, hash: given, agencyId: m.town.muhan, position, words })
    }
    case 4: {
      counts.twice += 1
      return pressBoth(
        [leader, minutes].map(seat => seat.does('read-back.confirm', { itemId, readBackId, hash: given })),
      )
    }
    default:
      return conducting.does('read-back.confirm', { itemId, readBackId, hash: given })
  }
}

/** Done when either is, as the people at the table would see it. */
async function pressBoth(both: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(both)
  const refused = outcomes.find(outcome => outcome.status === 'rejected')
  if (refused && outcomes.every(outcome => outcome.status === 'rejected')) throw refused.reason
}

async function editSomething({ m, item }: Household, random: SeededRandom): Promise<void> {
  const by = m.town.leader
  await m.world.shelf.edit(item, { behalfOf: by }, doc => {
    const decisions = decisionsOf(doc)
    const one = random.pick(decisions)
    if (random.chance(0.3) && decisions.length < 5) {
      addDecision(doc, { id: newId<DecisionId>(), kind: 'reassess', by, at: AT, text: `글 ${random.below(1_000)}` })
    } else if (random.chance(0.3) && decisions.length > 1) removeDecision(doc, one.id)
    else setDecisionField(doc, one.id, 'kind', random.pick(['close', 'transfer', 'deferred'] as const))
  })
}

/** Every picture shows what is stored, and what was confirmed before is there unchanged. */
async function check({ m }: Household, seats: readonly Seat[], known: ConfirmationView[]): Promise<void> {
  const stored: HearingState = (await m.repositories.hearings.find(m.itemId)).state
  for (const seat of seats) {
    const view = seat.sees.hearings[m.itemId]
    expect(view?.confirmed?.number ?? 0).toBe(stored.confirmations.length)
    expect(view?.confirmed?.content).toEqual(stored.confirmations.at(-1)?.content)
    expect(view?.readBack?.readBackId ?? null).toBe(stored.readBack?.readBackId ?? null)
    expect(view?.readBack?.answers.length ?? 0).toBe(stored.readBack?.answers.length ?? 0)
  }
  expect(stored.confirmations.slice(0, known.length)).toEqual(known)
  stored.confirmations.slice(known.length).forEach((record, at) => {
    expect(record.number).toBe(known.length + 1)
    expect(record.hash, `record ${at}`).toBe(sha256(canonicalText(record.content)))
    expect(record.answers.map(one => one.agencyId)).toEqual([m.town.dong, m.town.muhan])
    known.push(record)
  })
  // Both at once would say that it is asked and answered.
  expect(known.some(record => record.readBackId === stored.readBack?.readBackId)).toBe(false)
}

/** The hearing's record, and the record of access before it, fail now and then: before the write, or after it, with the answer lost. */
function failAtRandom({ m }: Household, random: SeededRandom): { start(): void; stop(): void } {
  const { hearings } = m.repositories
  const { audit } = m.world.parts
  const [store, record] = [hearings.store, audit.record.bind(audit)]
  let isOn = true
  hearings.store = async (...write) => {
    if (!isOn || random.chance(0.75)) return store(...write)
    if (random.chance(0.5)) {
      counts.failedBefore += 1
      throw new StoreUnavailable('away')
    }
    counts.failedAfter += 1
    await store(...write)
    throw new StoreUnavailable('the answer was lost')
  }
  audit.record = async entry => {
    if (isOn && random.chance(0.03)) throw new StoreUnavailable('no record of access')
    return record(entry)
  }
  return {
    start: () => {
      isOn = true
    },
    stop: () => {
      isOn = false
    },
  }
}
