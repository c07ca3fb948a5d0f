/**
 * How fast a store is at what Dure asks of it most, as the document log does it. Prints one line per figure.
 *
 *   npx tsx test/support/measure-store.ts            the embedded store
 *   MONGODB_TEST_URL=… npx tsx test/support/measure-store.ts     that server
 */
import { COLLECTIONS } from '../../server/storage/collections.ts'
import type { LogEntry } from './store-writer.ts'
import { mongodbTestUrl, openEmbeddedTestStore, openMongoTestStore } from './stores.ts'

const COUNT = 1000

const opened = await (mongodbTestUrl === undefined ? openEmbeddedTestStore : openMongoTestStore)(COLLECTIONS)
console.log(opened.store.description)
const log = opened.store.collection<LogEntry>('documentLog')

await measure('inserts one after another', COUNT, async () => {
  for (let sequence = 0; sequence < COUNT; sequence += 1) await log.insertOne(entry('one', sequence))
})
await measure('inserts at once', COUNT, async () => {
  await Promise.all(Array.from({ length: COUNT }, (_, sequence) => log.insertOne(entry('many', sequence))))
})
await measure('insertMany of 500, records', 10_000, async () => {
  for (let batch = 0; batch < 20; batch += 1) {
    await log.insertMany(Array.from({ length: 500 }, (_, at) => entry('batch', batch * 500 + at)))
  }
})
// FerretDB reads the whole collection for each.
const tails = opened.store.kind === 'embedded' ? COUNT : 10
await measure('tails of 50 of a log of 10,000', tails, async () => {
  for (let round = 0; round < tails; round += 1) {
    const tail = await log.find({ document: 'batch', sequence: { $gt: 9949 } }, { sort: { sequence: 1 } }).toArray()
    if (tail.length !== 50) throw new Error(`A tail of ${tail.length}`)
  }
})
await measure('records of a whole log read', 10_000, async () => {
  await log.find({ document: 'batch' }, { sort: { sequence: 1 } }).toArray()
})
await measure('reads by id', COUNT, async () => {
  for (let sequence = 0; sequence < COUNT; sequence += 1) await log.findOne({ _id: `one-${sequence}` })
})
await measure('updates comparing a version, one after another', COUNT, async () => {
  for (let sequence = 0; sequence < COUNT; sequence += 1) {
    await log.updateOne({ _id: 'one-0', sequence: -sequence }, { $set: { sequence: -sequence - 1 } })
  }
})
await opened.cleanUp()

function entry(document: string, sequence: number): LogEntry {
  return { _id: `${document}-${sequence}`, document, sequence, bytes: Buffer.alloc(300, sequence) }
}

async function measure(what: string, count: number, act: () => Promise<void>): Promise<void> {
  const started = performance.now()
  await act()
  const seconds = (performance.now() - started) / 1000
  console.log(`${what}: ${count} in ${seconds.toFixed(3)} s, ${Math.round(count / seconds)}/s`)
}
