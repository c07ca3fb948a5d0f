/**
 * A process that stores records one after another and marks on standard output when each call begins and when it has been answered;
 * for watching its system calls.
 *
 *   node --import tsx test/support/store-one-by-one.ts FOLDER COUNT
 */
import { writeSync } from 'node:fs'
import { openEmbeddedStore } from '../../server/storage/embedded/embedded-store.ts'
import { type LogEntry, WRITER_DECLARATIONS } from './store-writer.ts'

const [directory, count] = process.argv.slice(2)
if (directory === undefined || count === undefined) throw new Error('Needs a folder and a count')
const store = await openEmbeddedStore({ directory, declarations: WRITER_DECLARATIONS })
const log = store.collection<LogEntry>('log')
for (let sequence = 0; sequence < Number(count); sequence += 1) {
  writeSync(1, `begin ${sequence}\n`)
  await log.insertOne({ _id: `s${sequence}`, document: 's', sequence, bytes: Buffer.alloc(100, sequence) })
  writeSync(1, `stored ${sequence}\n`)
}
await store.close()
