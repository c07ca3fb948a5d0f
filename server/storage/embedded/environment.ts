/**
 * The LMDB environment under the data folder: three ordered maps of bytes (records, index entries, the store's own notes) and one
 * way to write. A write's promise resolves when its transaction has been synced to disk (`overlappingSync: false`: LMDB's other mode
 * answers before the sync). Writes that come while a commit is under way share the next one and so its sync; each is a child
 * transaction that is rolled back alone. `eventTurnBatching: false`: with it a failed commit also rejects a promise that nobody holds,
 * which would end the process, and it is slower (1,000 writes one after another 0.43 s against 0.37 s).
 *
 * Never on a network file system, and never copied while it is open other than by `env.backup()`.
 */
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Database, type DatabaseOptions, open, type RootDatabase } from 'lmdb'
import { StoreUnavailable } from '../port.ts'

export type ByteMap = Database<Buffer, Buffer>

/** Bytes that LMDB's binding uses again for whatever is read next: whoever keeps something of them copies it first. */
export interface Lent {
  bytes: Buffer
  size: number
}

/** The same map, read without a copy of each value: that copy is two thirds of a long reading's time (200,000 records: 0.56 s against 0.18 s). */
export type LentMap = Database<Lent, Buffer>

export class Environment {
  readonly records: ByteMap
  readonly entries: ByteMap
  /** For reading only, a value at a time. */
  readonly lentRecords: LentMap
  readonly notes: ByteMap
  readonly #root: RootDatabase<Buffer, Buffer>
  #isClosed = false
  #lastFailure: unknown

  constructor(root: RootDatabase<Buffer, Buffer>) {
    this.#root = root
    this.records = root.openDB('records', { encoding: 'binary', keyEncoding: 'binary' })
    this.lentRecords = openLent(root, 'records')
    this.entries = root.openDB('entries', { encoding: 'binary', keyEncoding: 'binary' })
    this.notes = root.openDB('notes', { encoding: 'binary', keyEncoding: 'binary' })
  }

  /**
   * Runs `change`, which must be synchronous, as one atomic write.
   * @throws what `change` throws, with nothing written; {@link StoreUnavailable} when the disk would not take it
   */
  async write<R>(change: () => R): Promise<R> {
    if (this.#isClosed) throw new StoreUnavailable('The store is closed')
    let refusal: { reason: unknown } | undefined
    try {
      const result = await this.records.childTransaction(() => {
        try {
          return change()
        } catch (reason) {
          refusal = { reason }
          throw reason
        }
      })
      this.#lastFailure = undefined
      return result
    } catch (error) {
      if (refusal !== undefined) throw refusal.reason
      quieten(error)
      this.#lastFailure = error
      throw new StoreUnavailable('The data folder cannot be written; nothing of this change is stored', {
        cause: error,
      })
    }
  }

  /** For the few writes at the start and the end that must not wait for others. Synced to disk on return. */
  writeAtOnce<R>(change: () => R): R {
    try {
      return this.#root.transactionSync(change)
    } catch (error) {
      throw new StoreUnavailable('The data folder cannot be written', { cause: error })
    }
  }

  /** Within a write only. */
  put(map: ByteMap, key: Buffer, value: Buffer): void {
    try {
      // Within a transaction the write has happened on return; the promise is a formality.
      void map.put(key, value)
    } catch (error) {
      throw new StoreUnavailable('The data folder cannot be written', { cause: error })
    }
  }

  /** Within a write only. */
  remove(map: ByteMap, key: Buffer): void {
    try {
      void map.remove(key)
    } catch (error) {
      throw new StoreUnavailable('The data folder cannot be written', { cause: error })
    }
  }

  /** Reads, and after a failed write also writes, so that the answer is about both. @throws StoreUnavailable */
  async ping(): Promise<void> {
    if (this.#isClosed) throw new StoreUnavailable('The store is closed')
    const key = Buffer.from('ping')
    const known = this.notes.getBinary(key)
    if (this.#lastFailure === undefined) return
    await this.write(() => this.put(this.notes, key, Buffer.from([((known?.[0] ?? 0) + 1) & 0xff])))
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#root.close()
  }
}

function openLent(root: RootDatabase<Buffer, Buffer>, name: string): LentMap {
  const lent: Lent = { bytes: Buffer.alloc(0), size: 0 }
  // The binding takes an encoder (its README, "encoder"); its types do not name it.
  const options: DatabaseOptions & { encoder: object } = {
    keyEncoding: 'binary',
    encoder: {
      encode() {
        throw new Error('A map that lends is not written to')
      },
      // A range says the size; a single reading leaves it as the buffer's own length.
      decode(bytes: Buffer, size: unknown) {
        lent.bytes = bytes
        lent.size = typeof size === 'number' ? size : bytes.length
        return lent
      },
    },
  }
  return root.openDB<Lent, Buffer>(name, options)
}

/** Opens or makes the environment in `directory`, readable by this user alone. */
export function openEnvironment(directory: string): Environment {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  for (const name of ['data.mdb', 'lock.mdb']) {
    const path = join(directory, name)
    // Made beforehand, so that no moment passes in which LMDB's own, wider mode holds.
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
  }
  // The files' own names must outlive a power cut as well as what is in them.
  for (const folder of [directory, dirname(directory)]) syncFolder(folder)
  return new Environment(
    open({ path: directory, noSubdir: false, overlappingSync: false, eventTurnBatching: false, maxDbs: 8 }),
  )
}

function syncFolder(folder: string): void {
  // Windows has no descriptor of a folder to sync.
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** LMDB hands the cause over as a promise that rejects; unheard it would end the process. */
function quieten(error: unknown): void {
  if (error instanceof Error && 'commitError' in error && error.commitError instanceof Promise) {
    error.commitError.catch(() => {
      // The write has been answered with the error that carries this promise; there is nobody else to tell.
    })
  }
}
