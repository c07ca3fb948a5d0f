/**
 * Writing records together with their index entries. Everything but `prepare` runs inside a transaction of the environment and checks before
 * it writes, so that a refusal leaves nothing behind.
 */
import { deserialize, serialize } from 'bson'
import { assertRecord, clausesOf, isPlainObject, MAX_RECORD_BYTES, UnsupportedByStore } from '../subset.ts'
import { applyUpdate } from './apply-update.ts'
import type { Environment } from './environment.ts'
import { type Index, type IndexEntry, indexEntriesOf } from './index-entries.ts'
import { type Fields, toFields } from './read-record.ts'

/** The shape of the driver's error for a value that a unique index already holds. */
export class DuplicateKey extends Error {
  override name = 'DuplicateKey'
  readonly code = 11000
}

/** Records of one transaction: large ones are split, so that no transaction holds the loop for long. */
export const MAX_WRITE_RECORDS = 500
const MAX_WRITE_BYTES = 4 * 1024 * 1024

export interface Prepared {
  id: string
  bytes: Buffer
  entries: IndexEntry[]
}

export class RecordWriter {
  readonly #environment: Environment
  readonly #indexes: readonly Index[]
  readonly #prefix: Buffer

  constructor(environment: Environment, collection: string, indexes: readonly Index[]) {
    this.#environment = environment
    this.#indexes = indexes
    this.#prefix = collectionPrefix(collection)
  }

  prepare(record: object): Prepared {
    assertRecord(record)
    const bytes = toBytes(record)
    // The entries are made from what will be read back, not from the caller's object.
    const stored = toFields(bytes)
    return { id: stored._id, bytes, entries: indexEntriesOf(this.#indexes, stored) }
  }

  insert(record: Prepared): void {
    const key = this.keyOf(record.id)
    if (this.#environment.records.doesExist(key)) throw new DuplicateKey('A record with this _id exists')
    this.#refuseTaken(record.entries, record.id)
    this.#environment.put(this.#environment.records, key, record.bytes)
    this.#putEntries(record)
  }

  insertUntilFailure(records: readonly Prepared[]): DuplicateKey | undefined {
    for (const record of records) {
      try {
        this.insert(record)
      } catch (error) {
        // It was thrown before anything of this record was written; those before it stay.
        if (error instanceof DuplicateKey) return error
        throw error
      }
    }
    return undefined
  }

  upsert(filter: object, change: object): Fields {
    const record: Record<string, unknown> = {}
    for (const { path, operator, operand } of clausesOf(filter)) {
      if (operator === '$eq' && path !== '') applyUpdate(record, { $set: { [path]: operand } }, true)
    }
    applyUpdate(record, change, true)
    // The id first, as the driver would have it.
    const { _id, ...others } = record
    const prepared = this.prepare({ _id, ...others })
    this.insert(prepared)
    return toFields(prepared.bytes)
  }

  /** The record after the change, or undefined when nothing changed. */
  update(before: Fields, change: object): Fields | undefined {
    const bytesBefore = toBytes(before)
    const draft = toFields(Buffer.from(bytesBefore))
    applyUpdate(draft, change, false)
    const after = { id: before._id, bytes: toBytes(draft), entries: indexEntriesOf(this.#indexes, draft) }
    if (after.bytes.equals(bytesBefore)) return undefined
    this.#refuseTaken(after.entries, after.id)
    const kept = new Set(after.entries.map(entry => entry.key.toString('latin1')))
    for (const entry of indexEntriesOf(this.#indexes, before)) {
      if (!kept.has(entry.key.toString('latin1'))) this.#environment.remove(this.#environment.entries, entry.key)
    }
    this.#environment.put(this.#environment.records, this.keyOf(after.id), after.bytes)
    this.#putEntries(after)
    return draft
  }

  remove(record: Fields): void {
    for (const entry of indexEntriesOf(this.#indexes, record)) {
      this.#environment.remove(this.#environment.entries, entry.key)
    }
    this.#environment.remove(this.#environment.records, this.keyOf(record._id))
  }

  #refuseTaken(entries: readonly IndexEntry[], id: string): void {
    for (const { index, key } of entries) {
      if (!index.unique) continue
      const holder = this.#environment.entries.getBinary(key)
      if (holder !== undefined && holder.toString() !== id) {
        throw new DuplicateKey(`The unique index ${index.name} already holds this value`)
      }
    }
  }

  #putEntries(record: Prepared): void {
    const id = Buffer.from(record.id)
    for (const { index, key, isMultikey } of record.entries) {
      if (isMultikey) noteMultikey(this.#environment, index)
      this.#environment.put(this.#environment.entries, key, id)
    }
  }

  keyOf(id: string): Buffer {
    return Buffer.concat([this.#prefix, Buffer.from(id)])
  }
}

/** An update as it was when it was asked for: the caller may change its objects before the transaction runs. */
export function ownUpdate(update: object): object {
  return deserialize(serialize({ update: withoutUndefined(update) }), { promoteBuffers: true }).update
}

/** The records in the order given, in portions for one transaction each. */
export function chunksOf(records: readonly Prepared[]): Prepared[][] {
  const chunks: Prepared[][] = []
  let bytes = 0
  for (const record of records) {
    const current = chunks.at(-1)
    if (current === undefined || current.length >= MAX_WRITE_RECORDS || bytes + record.bytes.length > MAX_WRITE_BYTES) {
      chunks.push([record])
      bytes = 0
    } else current.push(record)
    bytes += record.bytes.length
  }
  return chunks
}

export function collectionPrefix(name: string): Buffer {
  return Buffer.from(`${name}\0`)
}

/** Remembers, with the write that makes it true, that records may have several entries in this index. */
export function noteMultikey(environment: Environment, index: Index): void {
  // Should the write fail after all, the index is merely treated with more care than needed; the note is then made by the next one.
  index.multikey = true
  const key = multikeyNote(index)
  if (!environment.notes.doesExist(key)) environment.put(environment.notes, key, Buffer.of(1))
}

export function multikeyNote(index: Index): Buffer {
  return Buffer.concat([Buffer.from('multikey\0'), index.prefix])
}

function toBytes(record: object): Buffer {
  const bytes = serialize(record, { ignoreUndefined: true })
  if (bytes.length > MAX_RECORD_BYTES)
    throw new UnsupportedByStore(`A record of ${bytes.length} bytes; 16 MiB is the most`)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function withoutUndefined(update: object): object {
  return Object.fromEntries(
    Object.entries(update).map(([operator, fields]) => {
      if (!isPlainObject(fields)) return [operator, fields]
      const kept = Object.entries(fields).filter(([, value]) => value !== undefined || operator === '$unset')
      return [operator, Object.fromEntries(kept.map(([path, value]) => [path, operator === '$unset' ? true : value]))]
    }),
  )
}
