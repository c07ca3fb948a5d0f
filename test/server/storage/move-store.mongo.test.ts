import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import { openEmbeddedStore } from '../../../server/storage/embedded/embedded-store.ts'
import { openMongoStore } from '../../../server/storage/mongo-store.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { describeMoveStore } from '../../contracts/move-store.contract.ts'
import {
  createMongoTestUrl,
  dropDatabase,
  mongodbTestUrl,
  NO_MONGODB,
  openMongoTestStore,
} from '../../support/stores.ts'

const COMMAND = fileURLToPath(new URL('../../../server/bin/move-store.ts', import.meta.url))

interface LogRecord extends StoredRecord {
  document: string
  sequence: number
  bytes: Buffer
}

if (mongodbTestUrl === undefined) {
  describe('moving a store into MongoDB', () => test.skip(`all of it ${NO_MONGODB}`, () => {}))
} else {
  describeMoveStore('MongoDB', openMongoTestStore)
  describeCommand()
}

function describeCommand(): void {
  describe('npm run move-store', () => {
    let directory: string
    let url: string

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'dure-move-'))
      url = createMongoTestUrl()
    })
    afterEach(async () => {
      await dropDatabase(url)
      await rm(directory, { recursive: true, force: true })
    })

    const openSource = () => openEmbeddedStore({ directory, declarations: COLLECTIONS })

    async function run(
      args: string[],
      heed: (line: string, kill: () => void) => void = () => {},
    ): Promise<{ code: number | null; output: string }> {
      const child = spawn(process.execPath, ['--import', 'tsx', COMMAND, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const ended = once(child, 'close')
      const lines: string[] = []
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', line => {
          lines.push(line)
          heed(line, () => child.kill('SIGKILL'))
        })
      }
      await ended
      return { code: child.exitCode, output: lines.join('\n') }
    }

    test('killed in the middle and run again, it brings all', async () => {
      const source = await openSource()
      const log = source.collection<LogRecord>('documentLog')
      const records = Array.from({ length: 12_000 }, (_, sequence) => ({
        _id: `r${sequence}`,
        document: `item.${sequence % 9}`,
        sequence,
        bytes: Buffer.alloc(50, sequence),
      }))
      await log.insertMany(records)
      await source.close()

      const broken = await run(['--from', directory, '--to', url], (line, kill) => {
        if (line.startsWith('documentLog: 10000 of')) kill()
      })
      expect(broken.code).toBeNull()
      expect(broken.output).toContain('documentLog: 10000 of 12000')

      const whole = await run(['--from', directory, '--to', url])
      expect(whole.output).toContain('Going on with the move')
      expect(whole.output).toContain('documentLog: 12000 records, compared')
      expect(whole.code).toBe(0)

      const target = await openMongoStore({ url, declarations: COLLECTIONS })
      const moved = target.collection<LogRecord>('documentLog')
      expect(await moved.countDocuments({})).toBe(12_000)
      const tail = await moved
        .find({ document: 'item.3', sequence: { $gt: 11_980 } }, { sort: { sequence: 1 } })
        .toArray()
      expect(tail).toEqual(records.filter(each => each.document === 'item.3' && each.sequence > 11_980))
      await target.close()
    })

    test('says in words what is wrong, and never repeats a password', async () => {
      const refused: [string[], string][] = [
        [[], 'Usage'],
        [['--from', directory], 'Usage'],
        [['--from', directory, '--to', 'postgres://u:secret@h/d'], 'must begin with mongodb://'],
        [['--from', directory, '--to', url], 'There is no store in'],
      ]
      for (const [args, words] of refused) {
        const result = await run(args)
        expect(result.output).toContain(words)
        expect(result.output).not.toContain('secret')
        expect(result.code).toBe(1)
      }
      const source = await openSource()
      const inUse = await run(['--from', directory, '--to', url])
      expect(inUse.output).toContain(`in use by process ${process.pid}`)
      expect(inUse.code).toBe(1)
      await source.close()
    })
  })
}
