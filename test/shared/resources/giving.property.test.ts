/** Random givings: their days, their likeness and their sums say the same as counting by hand. */
import { expect, test } from 'vitest'
import type { Service } from '../../../shared/code-sets/services.ts'
import { codesOf } from '../../../shared/codes.ts'
import { EMERGENCY_KINDS } from '../../../shared/resources/emergency-limits.ts'
import {
  doublesOf,
  type Giving,
  givingDays,
  isSameHelp,
  lastDayOf,
  RHYTHMS,
  sumOf,
} from '../../../shared/resources/giving.ts'
import { addDays } from '../../../shared/working-days.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

/** Few, so that two of them often meet. */
const SOME: readonly Service[] = ['caregiving_cost', 'livelihood_benefit', 'housing_benefit', 'counselling']

function randomGiving(random: SeededRandom): Giving {
  const rhythm = random.pick(codesOf(RHYTHMS))
  const from = addDays('2026-01-01', random.below(250))
  const until = rhythm === 'once' ? from : addDays(from, random.below(200))
  const service = random.chance(0.4) ? ('emergency_welfare' as const) : random.pick(SOME)
  return {
    agencyId: random.pick(['a', 'b', 'c']),
    service,
    emergency: service === 'emergency_welfare' ? random.pick(codesOf(EMERGENCY_KINDS)) : '',
    rhythm,
    from,
    until,
    endedOn: random.chance(0.3) ? addDays(from, random.below(150) - 5) : '',
  }
}

/** Each day of it, one by one. */
function reached(one: Giving): Set<string> {
  const days = new Set<string>()
  for (let day = one.from; day <= lastDayOf(one); day = addDays(day, 1)) days.add(day)
  return days
}

test.for(seedsToRun(5))('[AL5] [AL7] [AL8] days, likeness and sums as counted by hand (seed %i)', seed => {
  const random = seededRandom(seed)
  const counted = { doubles: 0, apart: 0 }
  for (let round = 0; round < 400; round++) {
    const [a, b] = [randomGiving(random), randomGiving(random)]
    const days = givingDays(a)
    expect([...days].sort()).toEqual(days)
    expect(new Set(days).size).toBe(days.length)
    const span = reached(a)
    expect(days.every(day => span.has(day))).toBe(true)
    expect(days.length > 0).toBe(span.size > 0)

    const other = reached(b)
    const isDouble = isSameHelp(a, b) && [...span].some(day => other.has(day))
    expect([doublesOf(a, [b]).length, doublesOf(b, [a]).length]).toEqual(isDouble ? [1, 1] : [0, 0])
    if (isDouble) counted.doubles += 1
    else counted.apart += 1

    const amount = random.chance(0.5) ? 1 + random.below(1000) : null
    const given = days.filter(() => random.chance(0.5))
    const sum = sumOf([{ ...a, amount, given }])
    const [times, left] = [given.length, days.length - given.length]
    expect(sum).toEqual(
      amount === null
        ? { given: 0, promised: 0, givenTimes: times, promisedTimes: left }
        : { given: times * amount, promised: left * amount, givenTimes: 0, promisedTimes: 0 },
    )
  }
  expect(counted.doubles).toBeGreaterThan(5)
  expect(counted.apart).toBeGreaterThan(100)
})
