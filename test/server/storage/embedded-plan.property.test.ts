/**
 * Whatever indexes a collection has, a search answers the same. Random records, changes and searches run over two collections of one embedded
 * store, one with indexes of every sort and one without any; the latter reads everything and asks the matcher, so it is the measure.
 */
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EmbeddedStore } from '../../../server/storage/embedded/embedded-store.ts'
import type { StoreCollection } from '../../../server/storage/port.ts'
import { type OpenedStore, openEmbeddedTestStore } from '../../support/stores.ts'

interface Thing {
  _id: string
  a?: string | number | boolean | Date | null
  b?: number
  tags?: string[]
  parts?: { k: string; n: number }[]
}

const DECLARATIONS = {
  indexed: {
    indexes: [
      { key: { a: 1 } },
      { key: { a: 1, b: -1 } },
      { key: { b: -1, a: 1 } },
      { key: { b: 1 } },
      { key: { tags: 1 } },
      { key: { 'parts.k': 1, b: 1 } },
    ],
  },
  plain: { indexes: [] },
} as const

let opened: OpenedStore<EmbeddedStore>
let indexed: StoreCollection<Thing>
let plain: StoreCollection<Thing>

beforeAll(async () => {
  opened = await openEmbeddedTestStore(DECLARATIONS)
  indexed = opened.store.collection<Thing>('indexed')
  plain = opened.store.collection<Thing>('plain')
})
afterAll(() => opened.cleanUp())

const id = fc.integer({ min: 0, max: 30 }).map(number => `t${number}`)
const word = fc.constantFrom('', '가', '가나', '나', 'a\0b', 'z')
const number = fc.constantFrom(-1.5, -1, 0, 1, 2, 1e9)
const scalar = fc.oneof(
  word,
  number,
  fc.boolean(),
  fc.constant(null),
  number.map(ms => new Date(Math.trunc(ms))),
)
const comparable = fc.oneof(
  word,
  number,
  number.map(ms => new Date(Math.trunc(ms))),
)
const fields = fc.record(
  {
    a: scalar,
    b: number,
    tags: fc.array(word, { maxLength: 3 }),
    parts: fc.array(fc.record({ k: word, n: number }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
)
const rangeOf = (value: fc.Arbitrary<unknown>) =>
  fc
    .record({ $gt: value, $gte: value, $lt: value, $lte: value }, { requiredKeys: [] })
    .filter(range => Object.keys(range).length > 0)
const conditionOf = (value: fc.Arbitrary<unknown>, range: fc.Arbitrary<unknown>) =>
  fc.oneof(
    value,
    rangeOf(range),
    fc.record({ $in: fc.array(value, { maxLength: 4 }) }),
    fc.record({ $ne: value }),
    fc.record({ $exists: fc.boolean() }),
  )
const plainFilter = fc.record(
  {
    _id: fc.oneof(id, fc.record({ $in: fc.array(id, { maxLength: 4 }) }), rangeOf(id)),
    a: conditionOf(scalar, comparable),
    b: conditionOf(number, number),
    tags: conditionOf(word, word),
    'parts.k': conditionOf(word, word),
  },
  { requiredKeys: [] },
)
const filter = fc.oneof(
  plainFilter,
  fc.record({ $and: fc.array(plainFilter, { minLength: 1, maxLength: 3 }) }),
  fc.tuple(plainFilter, plainFilter).map(([one, other]) => ({ ...one, $or: [one, other] })),
)
const direction = fc.constantFrom<1 | -1>(1, -1)
// The id last makes the order whole, so that both collections must agree on it.
const sort = fc
  .tuple(fc.shuffledSubarray(['a', 'b'] as const), direction, direction, direction)
  .map(([paths, first, second, last]) => {
    const directions = [first, second]
    return Object.fromEntries([
      ...paths.map((path, at) => [path, directions[at] ?? 1] as const),
      ['_id', last] as const,
    ])
  })

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('insert' as const), id, fields }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), filter, fields }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unset' as const), filter }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), id }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('find' as const), filter, sort, skip: fc.nat(3), limit: fc.nat(4) }),
  },
)

test('indexes change how fast a search answers, never what', async () => {
  let compared = 0
  let found = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async steps => {
      await indexed.deleteMany({})
      await plain.deleteMany({})
      for (const each of steps) {
        const [one, other] = await Promise.all([run(indexed, each), run(plain, each)])
        expect(one).toEqual(other)
        if (each.do !== 'find') continue
        compared += 1
        found += Array.isArray(one) ? one.length : 0
      }
      expect(opened.store.verify()).toEqual([])
    }),
    { numRuns: Number(process.env.SEEDS ?? 60), ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) },
  )
  expect(compared).toBeGreaterThan(200)
  expect(found).toBeGreaterThan(200)
})

async function run(
  things: StoreCollection<Thing>,
  each: typeof step extends fc.Arbitrary<infer S> ? S : never,
): Promise<unknown> {
  switch (each.do) {
    case 'insert':
      return things.insertOne({ _id: each.id, ...each.fields }).then(
        () => 'inserted',
        (error: unknown) => String(error),
      )
    case 'set': {
      if (Object.keys(each.fields).length === 0) return undefined
      const { matchedCount, modifiedCount } = await things.updateMany(each.filter as object, { $set: each.fields })
      return { matchedCount, modifiedCount }
    }
    case 'unset':
      return (await things.updateMany(each.filter as object, { $unset: { a: true, tags: true } })).modifiedCount
    case 'delete':
      return (await things.deleteOne({ _id: each.id })).deletedCount
    case 'find': {
      const { sort, skip, limit } = each
      const records = await things.find(each.filter as object, { sort, skip, limit }).toArray()
      return [...records, await things.countDocuments(each.filter as object)]
    }
  }
}
