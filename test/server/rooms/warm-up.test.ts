import { expect, test } from 'vitest'
import { warmUp } from '../../../server/rooms/warm-up.ts'

test('what a new process practises on are ordinary words that its guard takes, in many turns', async () => {
  let turns = 0
  await warmUp(async () => {
    turns++
    return true
  })
  expect(turns).toBeGreaterThan(30)
})

test('a process that stops meanwhile practises no further', async () => {
  let turns = 0
  await warmUp(async () => ++turns < 3)
  expect(turns).toBe(3)
})
