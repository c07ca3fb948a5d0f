/** People of two agencies write, keep to themselves, correct and look at random: each sees exactly what a plain count says, and nothing ever changes. */
import { expect, test } from 'vitest'
import { search } from '../../../server/search/search.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import type { AgencyId, CaseRecordId, UserId } from '../../../shared/ids.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { searchUnderTest } from '../search/search-under-test.ts'
import { note, openRecordWorld } from './record-world.ts'

interface Model {
  recordId: CaseRecordId
  agencyId: AgencyId
  narrow: boolean
  words: string[]
}

const STEPS = 40

test.for(seedsToRun(1))(
  '[CR1] [CR4] [CR5] [CR6] everybody sees what is theirs to see and nothing is ever changed (seed %i)',
  async seed => {
    const random = seededRandom(seed)
    const records = await openRecordWorld()
    const { town, world } = records
    const under = searchUnderTest(world)
    const parts = { ...under.parts, recordIndex: records.parts.recordIndex }
    const workers: [UserId, AgencyId][] = [
      [town.leader, town.dong],
      [town.mate, town.dong],
      [town.co, town.muhan],
      [town.second, town.muhan],
    ]
    const model: Model[] = []
    const seen = new Map<string, StoredRecord>()
    const isFor = (one: Model, agencyId: AgencyId) => !one.narrow || one.agencyId === agencyId

    for (let step = 0; step < STEPS; step++) {
      const [who, agencyId] = random.pick(workers)
      const word = `낱말${step}번`
      if (model.length === 0 || random.chance(0.4)) {
        const narrow = random.chance(0.4)
        const recordId = await records.write(who, note(word), { narrow })
        model.push({ recordId, agencyId, narrow, words: [word] })
      } else {
        const one = random.pick(model)
        const isStale = random.chance(0.2)
        const _v = isStale ? one.words.length + 1 : one.words.length
        const refused = await records
          .correct(who, one.recordId, note(word), { _v })
          .then(() => undefined)
          .catch((error: unknown) => (error instanceof Refusal ? error.reason : Promise.reject(error)))
        const expected = !isFor(one, agencyId)
          ? 'not-found'
          : one.agencyId !== agencyId
            ? 'not-allowed'
            : isStale
              ? 'conflict'
              : undefined
        expect(refused).toBe(expected)
        if (refused === undefined) one.words.push(word)
      }
      for (const stored of await world.store.collection<StoredRecord>('caseRecords').find({}).toArray()) {
        expect(stored).toEqual(seen.get(stored._id) ?? stored)
        seen.set(stored._id, stored)
      }
    }
    expect(seen.size).toBe(model.reduce((sum, { words }) => sum + words.length, 0))

    for (const [who, agencyId] of workers) {
      const theirs = model.filter(one => isFor(one, agencyId))
      const view = await records.read(who)
      expect(view.counts.process_note).toBe(theirs.length)
      for (const one of model) {
        const now = one.words.at(-1) ?? ''
        const expected = theirs.includes(one) ? 1 : 0
        expect((await records.search(who, now)).count).toBe(expected)
        const { groups } = await search(parts, world.by(who), { query: now })
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(expected)
        if (expected === 0) continue
        const { versions } = await records.versions(who, one.recordId)
        expect(versions.map(({ content }) => content.text).reverse()).toEqual(one.words)
      }
    }
    await records.close()
  },
)
