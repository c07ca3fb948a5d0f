import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openEmbeddedStore } from '../../../server/storage/embedded/embedded-store.ts'
import { FolderInUse } from '../../../server/storage/embedded/folder-lock.ts'
import { StoreUnavailable } from '../../../server/storage/port.ts'
import { type Counter, type LogEntry, type Thing, WRITER_DECLARATIONS } from '../../support/store-writer.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 8)
const SEED = Number(process.env.SEED ?? 20_261_121)
const WRITER = fileURLToPath(new URL('../../support/store-writer.ts', import.meta.url))

let directory: string
const children: ChildProcess[] = []

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dure-crash-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

const open = () => openEmbeddedStore({ directory, declarations: WRITER_DECLARATIONS })

describe('kill -9 while five writers write', () => {
  test(`${ROUNDS} rounds: nothing that was answered is lost, indexes equal the records`, {
    timeout: 3_600_000,
  }, async () => {
    const random = mulberry32(SEED)
    let acknowledged = 0
    let counted = 0
    let begun = 0
    let slowestOpenMs = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const lines = await writeUntilKilled(`r${round}`, 20 + random() * 300)
      const started = performance.now()
      const store = await open()
      slowestOpenMs = Math.max(slowestOpenMs, performance.now() - started)
      try {
        expect(store.verify()).toEqual([])

        const log = store.collection<LogEntry>('log')
        for (const line of lines) {
          const [kind, what, document, sequence] = line.split(' ')
          if (kind !== 'ack' || what !== 'log' || document === undefined) continue
          acknowledged += 1
          const found = await log.findOne({ document, sequence: Number(sequence) })
          expect(found?.bytes, line).toEqual(Buffer.alloc(20 + (Number(sequence) % 400), Number(sequence)))
        }

        counted += lines.filter(line => line === 'ack counter').length
        begun += lines.filter(line => line === 'try counter').length
        const counter = await store.collection<Counter>('counters').findOne({ _id: 'shared' })
        expect(counter?.value ?? 0).toBeGreaterThanOrEqual(counted)
        expect(counter?.value ?? 0).toBeLessThanOrEqual(begun)

        for (const [id, states] of possibleThings(lines)) {
          const thing = await store.collection<Thing>('things').findOne({ _id: id })
          expect(states, id).toContain(thing === null ? 'gone' : `${thing.number}`)
          if (thing !== null) expect(thing.tags).toEqual([thing.color, `${thing.number % 5}`])
        }
      } finally {
        await store.close()
      }
    }
    console.log(
      `${ROUNDS} rounds (SEED=${SEED}): ${acknowledged} acknowledged records and ${counted} counts, none lost; ` +
        `open again after at most ${slowestOpenMs.toFixed(0)} ms`,
    )
    // A round may be killed early, but not all of them.
    expect(acknowledged).toBeGreaterThan(ROUNDS * 10)
  })

  async function writeUntilKilled(run: string, afterMs: number): Promise<string[]> {
    const child = spawnWriter(run)
    const lines: string[] = []
    const reader = createInterface({ input: must(child.stdout) })
    const isReady = new Promise<void>((resolve, reject) => {
      reader.on('line', line => {
        lines.push(line)
        if (line === 'ready') resolve()
      })
      child.once('exit', code => reject(new Error(`The writer ended by itself with ${code}`)))
    })
    const isRead = once(reader, 'close')
    await isReady
    // The point of the crash is the seed's choice; nothing is waited for.
    await setTimeout(afterMs)
    child.kill('SIGKILL')
    await isRead
    return lines
  }
})

describe('a second process', () => {
  test('is refused with the holder’s process id, and let in once the holder was killed', async () => {
    const child = spawnWriter('holder')
    await once(createInterface({ input: must(child.stdout) }), 'line')
    const error = await open().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(FolderInUse)
    expect(String(error)).toContain(`process ${child.pid}`)
    expect(child.exitCode).toBeNull()

    child.kill('SIGKILL')
    await once(child, 'exit')
    const store = await open()
    expect(store.verify()).toEqual([])
    await store.close()
  })

  test('of several that come at once after a crash, one gets in', async () => {
    const child = spawnWriter('holder')
    await once(createInterface({ input: must(child.stdout) }), 'line')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const attempts = await Promise.allSettled([open(), open(), open(), open()])
    const opened = attempts.filter(attempt => attempt.status === 'fulfilled')
    expect(opened).toHaveLength(1)
    for (const attempt of attempts)
      if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(FolderInUse)
    for (const attempt of opened) await attempt.value.close()
    const leftover = readdirSync(join(directory, 'store')).filter(name => name.endsWith('.sock'))
    expect(leftover).toEqual([])
  })

  test('the same process is refused as well, and let in after closing', async () => {
    const first = await open()
    await expect(open()).rejects.toThrow(`process ${process.pid}`)
    await first.collection<Counter>('counters').insertOne({ _id: 'still', value: 1 })
    await first.close()
    await first.close()
    const second = await open()
    expect(await second.collection<Counter>('counters').findOne({ _id: 'still' })).toEqual({ _id: 'still', value: 1 })
    await second.close()
  })

  test('a folder with a long path is claimed all the same', async () => {
    directory = join(directory, '가'.repeat(50), '나'.repeat(50))
    const first = await open()
    await expect(open()).rejects.toBeInstanceOf(FolderInUse)
    await first.close()
    await (await open()).close()
    directory = join(directory, '..', '..')
  })
})

describe('files', () => {
  test('are for this user alone', async () => {
    directory = join(directory, 'data')
    const store = await open()
    const modeOf = (path: string) => statSync(path).mode & 0o777
    expect(modeOf(directory)).toBe(0o700)
    expect(modeOf(join(directory, 'store'))).toBe(0o700)
    for (const name of readdirSync(join(directory, 'store'))) {
      expect(modeOf(join(directory, 'store', name)), name).toBe(0o600)
    }
    await store.close()
    directory = join(directory, '..')
  })
})

const hasPrlimit = process.platform === 'linux' && existsSync('/usr/bin/prlimit')

describe.skipIf(!hasPrlimit)(`a disk that is full${hasPrlimit ? '' : ' (skipped: needs prlimit of Linux)'}`, () => {
  test('[F04] refuses writes, goes on reading, and writes again when there is room', async () => {
    const store = await open()
    const log = store.collection<LogEntry>('log')
    const insert = (sequence: number, size: number) =>
      log.insertOne({ _id: `x${sequence}`, document: 'x', sequence, bytes: Buffer.alloc(size, sequence) })
    try {
      await insert(1, 100)
      // Not even a page that is there may be written, as on a disk that fails.
      limitFileSize(8192)
      const refused = await Promise.allSettled([insert(2, 300_000), insert(3, 300_000)])
      for (const result of refused) {
        expect(result.status).toBe('rejected')
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreUnavailable)
      }
      await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailable)
      expect(await log.find({ document: 'x' }).toArray()).toHaveLength(1)

      limitFileSize('unlimited')
      await store.ping()
      await insert(4, 300_000)
      expect(
        (await log.find({ document: 'x' }, { sort: { sequence: 1 } }).toArray()).map(entry => entry.sequence),
      ).toEqual([1, 4])
      expect(store.verify()).toEqual([])
    } finally {
      limitFileSize('unlimited')
      await store.close()
    }
    const again = await open()
    expect(await again.collection<LogEntry>('log').countDocuments({})).toBe(2)
    await again.close()
  })

  /** The kernel then refuses to let this process make a file larger, as it would on a full disk. */
  function limitFileSize(bytes: number | 'unlimited'): void {
    const result = spawnSync('prlimit', ['--pid', `${process.pid}`, `--fsize=${bytes}:`])
    expect(result.status, result.stderr.toString()).toBe(0)
  }
})

function spawnWriter(run: string): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, directory, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

/** For each thing the states that its record may be in: that of the last answered write, or of a later one that was begun. */
function possibleThings(lines: readonly string[]): Map<string, string[]> {
  const states = new Map<string, string[]>()
  for (const line of lines) {
    const [kind, what, id, sequence] = line.split(' ')
    if ((what !== 'thing' && what !== 'gone') || id === undefined) continue
    const state = what === 'gone' ? 'gone' : (sequence ?? '')
    if (kind === 'ack') states.set(id, [state])
    else states.set(id, [...(states.get(id) ?? ['gone']), state])
  }
  return states
}

/** A small seeded source of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error('The child has no output')
  return value
}
