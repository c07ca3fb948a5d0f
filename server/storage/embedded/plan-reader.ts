/**
 * Reads the records that a plan reaches, a batch at a time. No LMDB cursor lives longer than one turn of the event loop: a batch
 * ends at a key and the next begins after it. So a long reading neither holds the loop nor keeps old pages alive, and records that
 * nobody touches meanwhile come exactly once (as with MongoDB's cursors, others may or may not show their change).
 */
import type { Environment, Lent } from './environment.ts'
import type { KeyRange, Plan } from './plan.ts'
import type { Fields } from './read-record.ts'

const MAX_BATCH_RECORDS = 500
const MAX_BATCH_BYTES = 1024 * 1024
/** Ranges looked into in one batch: a list of some hundred ids is one turn of the event loop and not one turn each. */
const MAX_BATCH_RANGES = 250

interface Batch {
  records: Fields[]
  bytes: number
}

export interface RecordAccess {
  /** Where a record lies. */
  keyOf(id: string): Buffer
  /** Keeps nothing of the bytes. */
  read(bytes: Buffer, size: number): Fields
}

export class PlanReader {
  readonly #environment: Environment
  readonly #plan: Plan
  readonly #keyOf: (id: string) => Buffer
  readonly #ranges: KeyRange[]
  /** The range that is being read. */
  #at = 0
  readonly #seen: Set<string> | undefined
  readonly #ids: string[]
  readonly #read: (bytes: Buffer, size: number) => Fields
  readonly #most: number

  /** @param wanted how many records are asked for; where the plan answers every condition, no more than these are read at once */
  constructor(environment: Environment, plan: Plan, { keyOf, read }: RecordAccess, wanted: number) {
    this.#environment = environment
    this.#plan = plan
    this.#keyOf = keyOf
    this.#read = read
    this.#most = plan.rest.length === 0 && plan.sorted ? Math.min(MAX_BATCH_RECORDS, wanted) : MAX_BATCH_RECORDS
    this.#ids = plan.kind === 'ids' ? [...plan.ids] : []
    this.#ranges = plan.kind === 'ids' ? [] : plan.kind === 'scan' ? [plan.range] : [...plan.ranges]
    this.#seen = plan.kind === 'index' && plan.index.multikey ? new Set() : undefined
  }

  /** The next records, or undefined at the end. May be empty in between. */
  nextBatch(): Fields[] | undefined {
    if (this.#plan.kind === 'ids') {
      if (this.#ids.length === 0) return undefined
      const ids = this.#ids.splice(0, this.#most)
      return ids.flatMap(id => this.#recordOf(id) ?? [])
    }
    if (!this.hasMore) return undefined
    const batch: Batch = { records: [], bytes: 0 }
    for (let looked = 0; looked < MAX_BATCH_RANGES; looked++) {
      const range = this.#ranges[this.#at]
      if (range === undefined) break
      const stoppedAt = this.#plan.kind === 'scan' ? this.#readRecords(range, batch) : this.#readEntries(range, batch)
      if (stoppedAt !== undefined) {
        this.#ranges[this.#at] = restOf(range, stoppedAt, this.#isReverse)
        break
      }
      this.#at += 1
    }
    return batch.records
  }

  get hasMore(): boolean {
    return this.#ids.length > 0 || this.#at < this.#ranges.length
  }

  get #isReverse(): boolean {
    return this.#plan.kind !== 'ids' && this.#plan.reverse
  }

  /** Fills the batch; the key at which it was full, or undefined when the range is through. */
  #readRecords(range: KeyRange, batch: Batch): Buffer | undefined {
    for (const { key, value } of this.#environment.lentRecords.getRange(lmdbRange(range, this.#isReverse))) {
      if (this.#isFullWith(batch, value)) return key
    }
    return undefined
  }

  #readEntries(range: KeyRange, batch: Batch): Buffer | undefined {
    for (const { key, value } of this.#environment.entries.getRange(lmdbRange(range, this.#isReverse))) {
      const id = value.toString()
      if (this.#seen?.has(id) === true) continue
      this.#seen?.add(id)
      const stored = this.#environment.lentRecords.get(this.#keyOf(id))
      if (stored === undefined) continue
      if (this.#isFullWith(batch, stored)) return key
    }
    return undefined
  }

  /** Takes the record in; whether nothing more fits. */
  #isFullWith(batch: Batch, { bytes, size }: Lent): boolean {
    batch.records.push(this.#read(bytes, size))
    batch.bytes += size
    return batch.records.length >= this.#most || batch.bytes >= MAX_BATCH_BYTES
  }

  #recordOf(id: string): Fields | undefined {
    const stored = this.#environment.lentRecords.get(this.#keyOf(id))
    return stored === undefined ? undefined : this.#read(stored.bytes, stored.size)
  }
}

/** How many entries a plan's ranges hold, without reading a record. Only for exact plans. */
export function countEntries(environment: Environment, ranges: readonly KeyRange[]): number {
  return ranges.reduce((sum, range) => sum + environment.entries.getKeysCount(lmdbRange(range, false)), 0)
}

/** LMDB reads backwards from `start`, which it then includes, down to `end`, which it excludes: ours are the other way round. */
function lmdbRange({ start, end }: KeyRange, reverse: boolean): LmdbRange {
  if (!reverse) return { start, end }
  return { start: end, end: start, exclusiveStart: true, inclusiveEnd: true, reverse: true }
}

interface LmdbRange {
  start: Buffer
  end: Buffer
  exclusiveStart?: boolean
  inclusiveEnd?: boolean
  reverse?: boolean
}

function restOf(range: KeyRange, stoppedAt: Buffer, reverse: boolean): KeyRange {
  return reverse
    ? { start: range.start, end: stoppedAt }
    : { start: Buffer.concat([stoppedAt, Buffer.of(0)]), end: range.end }
}
