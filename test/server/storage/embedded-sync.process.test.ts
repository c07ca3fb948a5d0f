import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../support/store-one-by-one.ts', import.meta.url))
const RECORDS = 20

const folder = mkdtempSync(join(tmpdir(), 'dure-sync-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const trace = join(folder, 'trace')
const traced = spawnSync('strace', ['-f', '-o', trace, 'true']).status === 0

describe.skipIf(!traced)(
  `system calls of a write${traced ? '' : ' (skipped: strace is missing or may not trace here)'}`,
  () => {
    test('data is synced to disk, then the page that makes it count, and only then is the write answered', () => {
      const result = spawnSync(
        'strace',
        [
          ...['-f', '-y', '-e', 'trace=write,pwrite64,pwritev,fsync,fdatasync,openat', '-o', trace],
          ...[process.execPath, '--import', 'tsx', SCRIPT, join(folder, 'data'), `${RECORDS}`],
        ],
        { encoding: 'utf8' },
      )
      expect(result.status, result.stderr).toBe(0)
      const calls = readFileSync(trace, 'utf8').split('\n')

      // LMDB writes the page that makes a commit count through a descriptor of its own, on which every write is synced.
      const syncedDescriptor = calls
        .find(call => call.includes('data.mdb') && call.includes('O_DSYNC'))
        ?.match(/= (\d+)</)?.[1]
      expect(syncedDescriptor).toBeDefined()

      for (let sequence = 0; sequence < RECORDS; sequence += 1) {
        const begin = calls.findIndex(call => call.includes(`"begin ${sequence}\\n"`))
        const stored = calls.findIndex(call => call.includes(`"stored ${sequence}\\n"`))
        expect(begin).toBeGreaterThan(0)
        expect(stored).toBeGreaterThan(begin)
        const steps = calls.slice(begin, stored).flatMap(call => stepOf(call, `${syncedDescriptor}`))
        expect(steps.join(' '), `record ${sequence}`).toMatch(/^data (data )*synced counts$/)
      }
    })
  },
)

/** What a call on the store's file means, in one word; nothing for other calls. A sync counts when it is through, a write from its start. */
function stepOf(call: string, syncedDescriptor: string): string[] {
  if (/<\.\.\. (fdatasync|fsync) resumed>.*= 0$/.test(call)) return ['synced']
  if (!call.includes('data.mdb>')) return []
  if (/ (fdatasync|fsync)\(/.test(call)) return call.endsWith('= 0') ? ['synced'] : []
  if (/ (pwrite64|pwritev|write)\(/.test(call)) return [call.includes(`(${syncedDescriptor}<`) ? 'counts' : 'data']
  return []
}
