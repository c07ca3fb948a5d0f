/**
 * A process that writes to an embedded store until it is killed, and says on standard output, one line each and written at once, what
 * has been answered: `try` before, `ack` after. The crash tests kill it and compare.
 *
 *   node --import tsx test/support/store-writer.ts FOLDER RUN
 */
import { writeSync } from 'node:fs'
import { openEmbeddedStore } from '../../server/storage/embedded/embedded-store.ts'

export const WRITER_DECLARATIONS = {
  log: { indexes: [{ key: { document: 1, sequence: 1 }, unique: true }] },
  things: { indexes: [{ key: { color: 1, number: -1 } }, { key: { tags: 1 } }] },
  counters: { indexes: [] },
} as const

export interface LogEntry {
  _id: string
  document: string
  sequence: number
  bytes: Buffer
}

export interface Thing {
  _id: string
  color: string
  number: number
  tags: string[]
}

export interface Counter {
  _id: string
  value: number
}

const WRITERS = 5
const COLORS = ['빨강', '파랑', '노랑']

async function main(directory: string, run: string): Promise<void> {
  const store = await openEmbeddedStore({ directory, declarations: WRITER_DECLARATIONS })
  say('ready')
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(`${run}.${writer}`)))

  async function write(document: string): Promise<void> {
    const log = store.collection<LogEntry>('log')
    const things = store.collection<Thing>('things')
    const counters = store.collection<Counter>('counters')
    for (let sequence = 0; ; sequence += 1) {
      const entry = {
        _id: `${document}-${sequence}`,
        document,
        sequence,
        bytes: Buffer.alloc(20 + (sequence % 400), sequence),
      }
      await log.insertOne(entry)
      say(`ack log ${document} ${sequence}`)
      say('try counter')
      await counters.updateOne({ _id: 'shared' }, { $inc: { value: 1 } }, { upsert: true })
      say('ack counter')
      const id = `${document}-${sequence % 7}`
      const color = COLORS[sequence % COLORS.length] ?? ''
      say(`try thing ${id} ${sequence}`)
      const change = { color, number: sequence, tags: [color, `${sequence % 5}`] }
      await things.updateOne({ _id: id }, { $set: change }, { upsert: true })
      say(`ack thing ${id} ${sequence}`)
      if (sequence % 11 === 10) {
        const gone = `${document}-${(sequence - 2) % 7}`
        say(`try gone ${gone}`)
        await things.deleteOne({ _id: gone })
        say(`ack gone ${gone}`)
      }
    }
  }
}

function say(line: string): void {
  writeSync(1, `${line}\n`)
}

const [directory, run] = process.argv.slice(2)
if (process.argv[1]?.endsWith('store-writer.ts') && directory !== undefined && run !== undefined)
  await main(directory, run)
