import { expect, test } from 'vitest'
import { seedsToRun } from '../support/seeded-random.ts'
import { type Counts, History, noCounts } from './sim-history.ts'

const OPERATIONS = Number(process.env.OPERATIONS ?? 200)

test('whatever happens to lines, disk, server and rights, all copies end equal and nothing confirmed is lost', async () => {
  const seeds = seedsToRun(20)
  const counts = noCounts()
  const startedAt = performance.now()
  for (const seed of seeds) {
    try {
      await new History(seed, counts).run(OPERATIONS)
    } catch (error) {
      throw new Error(`SEED=${seed} OPERATIONS=${OPERATIONS}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      })
    }
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.info(`${seeds.length} seeds of ${OPERATIONS} operations in ${seconds} s: ${JSON.stringify(counts)}`)
  if (seeds.length < 10) return
  // A run in which something never happened says nothing about it.
  const never = (Object.keys(counts) as (keyof Counts)[]).filter(what => counts[what] === 0)
  expect(never).toEqual([])
})
