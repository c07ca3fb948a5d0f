/**
 * One collection of the embedded store. Reads see the last committed state; every write decides and acts inside one transaction,
 * so a filter that compares a version and the update that follows are one step, and a record and its index entries are never apart.
 */
import { setImmediate } from 'node:timers/promises'
import { type Document, deserialize, serialize } from 'bson'
import type {
  DeleteResult,
  Filter,
  InferIdType,
  InsertManyResult,
  InsertOneResult,
  OptionalUnlessRequiredId,
  UpdateFilter,
  UpdateResult,
  WithId,
} from 'mongodb'
import type { FindWindow, StoreCollection, StoreCursor, StoredRecord } from '../port.ts'
import {
  assertFilter,
  assertRecord,
  assertUpdate,
  assertUpsert,
  clausesOf,
  isPlainObject,
  MAX_RECORD_BYTES,
  sortFieldsOf,
  UnsupportedByStore,
} from '../subset.ts'
import { applyUpdate } from './apply-update.ts'
import { sortRecords } from './compare-values.ts'
import type { Environment } from './environment.ts'
import { type Index, type IndexEntry, indexEntriesOf } from './index-entries.ts'
import { createMatcher } from './matcher.ts'
import { createPlan, type Plan } from './plan.ts'
import { countEntries, type Fields, PlanReader, toFields } from './plan-reader.ts'
import { createProjection } from './projection.ts'

/** The shape of the driver's error for a value that a unique index already holds. */
export class DuplicateKey extends Error {
  override name = 'DuplicateKey'
  readonly code = 11000
}

/** Records of one transaction: large ones are split, so that no transaction holds the loop for long. */
const MAX_WRITE_RECORDS = 500
const MAX_WRITE_BYTES = 4 * 1024 * 1024

interface Prepared {
  id: string
  bytes: Buffer
  entries: IndexEntry[]
}

interface Search {
  /** Made when it is used, not before: an index may meanwhile have become one with several entries for a record. */
  plan: () => Plan
  matches: (record: object) => boolean
}

function anyRecord(): boolean {
  return true
}

export class EmbeddedCollection<T extends StoredRecord> implements StoreCollection<T> {
  readonly #environment: Environment
  readonly #indexes: readonly Index[]
  readonly #prefix: Buffer

  constructor(environment: Environment, name: string, indexes: readonly Index[]) {
    this.#environment = environment
    this.#indexes = indexes
    this.#prefix = collectionPrefix(name)
  }

  async insertOne(record: OptionalUnlessRequiredId<T>): Promise<InsertOneResult<T>> {
    const prepared = this.#prepare(record)
    await this.#environment.write(() => this.#insert(prepared))
    return { acknowledged: true, insertedId: idOf<T>(prepared) }
  }

  async insertMany(records: readonly OptionalUnlessRequiredId<T>[]): Promise<InsertManyResult<T>> {
    if (records.length === 0) throw new UnsupportedByStore('insertMany needs at least one record')
    const prepared = records.map(record => this.#prepare(record))
    for (const chunk of chunksOf(prepared)) {
      const failure = await this.#environment.write(() => this.#insertUntilFailure(chunk))
      if (failure !== undefined) throw failure
    }
    const insertedIds = Object.fromEntries(prepared.map((each, position) => [position, idOf<T>(each)]))
    return { acknowledged: true, insertedCount: prepared.length, insertedIds }
  }

  async findOne(filter: Filter<T>, options: FindWindow = {}): Promise<WithId<T> | null> {
    for await (const record of this.find(filter, { ...options, limit: 1 })) return record
    return null
  }

  find(filter: Filter<T>, options: FindWindow = {}): StoreCursor<WithId<T>> {
    const sort = sortFieldsOf(options.sort)
    const search = this.#search(filter, options.sort)
    const project = createProjection(options.projection)
    const found = () => this.#found(search, sort, options)
    return {
      async toArray() {
        const records: WithId<T>[] = []
        for await (const record of found()) records.push(toCaller<T>(project(record)))
        return records
      },
      async *[Symbol.asyncIterator]() {
        for await (const record of found()) yield toCaller<T>(project(record))
      },
    }
  }

  async updateOne(
    filter: Filter<T>,
    update: UpdateFilter<T>,
    options: { upsert?: boolean } = {},
  ): Promise<UpdateResult<T>> {
    const { search, change } = this.#prepareUpdate(filter, update, options.upsert === true)
    return this.#environment.write((): UpdateResult<T> => {
      const before = this.#first(search)
      if (before !== undefined) {
        const modified = this.#update(before, change) !== undefined
        return updateResult({ matched: 1, modified: modified ? 1 : 0 })
      }
      if (options.upsert !== true) return updateResult({ matched: 0, modified: 0 })
      const inserted = this.#upsert(filter, change)
      return {
        ...updateResult<T>({ matched: 0, modified: 0 }),
        upsertedCount: 1,
        upsertedId: idOf<T>({ id: inserted._id }),
      }
    })
  }

  async updateMany(filter: Filter<T>, update: UpdateFilter<T>): Promise<UpdateResult<T>> {
    const { search, change } = this.#prepareUpdate(filter, update, false)
    let matched = 0
    let modified = 0
    await this.#forEachMatching(search, record => {
      matched += 1
      if (this.#update(record, change) !== undefined) modified += 1
    })
    return updateResult({ matched, modified })
  }

  async findOneAndUpdate(
    filter: Filter<T>,
    update: UpdateFilter<T>,
    options: { upsert?: boolean; returnDocument: 'after' | 'before' },
  ): Promise<WithId<T> | null> {
    const { search, change } = this.#prepareUpdate(filter, update, options.upsert === true)
    const result = await this.#environment.write(() => {
      const before = this.#first(search)
      if (before === undefined) {
        const inserted = options.upsert === true ? this.#upsert(filter, change) : undefined
        return options.returnDocument === 'after' ? inserted : undefined
      }
      const after = this.#update(before, change) ?? before
      return options.returnDocument === 'after' ? after : before
    })
    return result === undefined ? null : toCaller<T>(result)
  }

  async deleteOne(filter: Filter<T>): Promise<DeleteResult> {
    const search = this.#search(filter)
    return this.#environment.write(() => {
      const record = this.#first(search)
      if (record !== undefined) this.#remove(record)
      return { acknowledged: true, deletedCount: record === undefined ? 0 : 1 }
    })
  }

  async deleteMany(filter: Filter<T>): Promise<DeleteResult> {
    let deletedCount = 0
    await this.#forEachMatching(this.#search(filter), record => {
      this.#remove(record)
      deletedCount += 1
    })
    return { acknowledged: true, deletedCount }
  }

  async countDocuments(filter: Filter<T>): Promise<number> {
    const search = this.#search(filter)
    const plan = search.plan()
    if (isExact(plan)) return countEntries(this.#environment, plan.ranges)
    let count = 0
    for await (const batch of this.#batches(search)) count += batch.length
    return count
  }

  // — searching —

  #search(filter: object, sort?: FindWindow['sort']): Search {
    assertFilter(filter)
    const fields = sortFieldsOf(sort)
    let matcher: ((record: object) => boolean) | undefined
    return {
      plan: () => createPlan(filter, fields, this.#indexes, this.#prefix),
      matches: record => {
        matcher ??= createMatcher(filter)
        return matcher(record)
      },
    }
  }

  async *#found(
    search: Search,
    sort: readonly { path: string; direction: 1 | -1 }[],
    { skip = 0, limit = 0 }: FindWindow,
  ): AsyncGenerator<Fields, void, void> {
    let position = 0
    const end = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit
    const plan = search.plan()
    if (!plan.sorted) {
      const all: Fields[] = []
      for await (const batch of this.#batches(search, plan)) all.push(...batch)
      yield* sortRecords(all, sort).slice(skip, end)
      return
    }
    for await (const batch of this.#batches(search, plan)) {
      for (const record of batch) {
        if (position >= skip) yield record
        position += 1
        if (position >= end) return
      }
    }
  }

  async *#batches(search: Search, plan = search.plan()): AsyncGenerator<Fields[], void, void> {
    const reader = this.#reader(plan)
    const matches = isExact(plan) ? anyRecord : search.matches
    for (let batch = reader.nextBatch(); batch !== undefined; batch = reader.nextBatch()) {
      yield batch.filter(matches)
      if (reader.hasMore) await setImmediate()
    }
  }

  /** The first match, as it is inside the running transaction. */
  #first(search: Search): Fields | undefined {
    const plan = search.plan()
    const reader = this.#reader(plan)
    const matches = isExact(plan) ? anyRecord : search.matches
    for (let batch = reader.nextBatch(); batch !== undefined; batch = reader.nextBatch()) {
      const record = batch.find(matches)
      if (record !== undefined) return record
    }
    return undefined
  }

  /** Acts on all matches, some in one transaction; each is read again there, for it may have changed since it was found. */
  async #forEachMatching(search: Search, act: (record: Fields) => void): Promise<void> {
    const ids: string[] = []
    for await (const batch of this.#batches(search)) for (const record of batch) ids.push(record._id)
    const { matches } = search
    for (let at = 0; at < ids.length; at += MAX_WRITE_RECORDS) {
      await this.#environment.write(() => {
        for (const id of ids.slice(at, at + MAX_WRITE_RECORDS)) {
          const record = this.#first({ plan: () => ({ kind: 'ids', ids: [id], sorted: true }), matches })
          if (record !== undefined) act(record)
        }
      })
    }
  }

  #reader(plan: Plan): PlanReader {
    return new PlanReader(this.#environment, plan, id => this.#keyOf(id))
  }

  // — writing, all inside a transaction —

  #prepare(record: object): Prepared {
    assertRecord(record)
    const bytes = toBytes(record)
    // The entries are made from what will be read back, not from the caller's object.
    const stored = toFields(bytes)
    return { id: stored._id, bytes, entries: indexEntriesOf(this.#indexes, stored) }
  }

  #prepareUpdate(filter: object, update: object, isUpsert: boolean): { search: Search; change: object } {
    assertUpdate(update)
    if (isUpsert) assertUpsert(filter, update)
    // The caller may change its objects before the transaction runs.
    const change = deserialize(serialize({ update: withoutUndefined(update) }), { promoteBuffers: true }).update
    return { search: this.#search(filter), change }
  }

  #insert(record: Prepared): void {
    const key = this.#keyOf(record.id)
    if (this.#environment.records.doesExist(key)) throw new DuplicateKey('A record with this _id exists')
    this.#refuseTaken(record.entries, record.id)
    this.#environment.put(this.#environment.records, key, record.bytes)
    this.#putEntries(record)
  }

  #insertUntilFailure(records: readonly Prepared[]): DuplicateKey | undefined {
    for (const record of records) {
      try {
        this.#insert(record)
      } catch (error) {
        // It was thrown before anything of this record was written; those before it stay.
        if (error instanceof DuplicateKey) return error
        throw error
      }
    }
    return undefined
  }

  #upsert(filter: object, change: object): Fields {
    const record: Record<string, unknown> = {}
    for (const { path, operator, operand } of clausesOf(filter)) {
      if (operator === '$eq' && path !== '') applyUpdate(record, { $set: { [path]: operand } }, true)
    }
    applyUpdate(record, change, true)
    // The id first, as the driver would have it.
    const { _id, ...others } = record
    const prepared = this.#prepare({ _id, ...others })
    this.#insert(prepared)
    return toFields(prepared.bytes)
  }

  /** The record after the change, or undefined when nothing changed. */
  #update(before: Fields, change: object): Fields | undefined {
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
    this.#environment.put(this.#environment.records, this.#keyOf(after.id), after.bytes)
    this.#putEntries(after)
    return draft
  }

  #remove(record: Fields): void {
    for (const entry of indexEntriesOf(this.#indexes, record)) {
      this.#environment.remove(this.#environment.entries, entry.key)
    }
    this.#environment.remove(this.#environment.records, this.#keyOf(record._id))
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
      if (isMultikey && !index.multikey) noteMultikey(this.#environment, index)
      this.#environment.put(this.#environment.entries, key, id)
    }
  }

  #keyOf(id: string): Buffer {
    return Buffer.concat([this.#prefix, Buffer.from(id)])
  }
}

export function collectionPrefix(name: string): Buffer {
  return Buffer.from(`${name}\0`)
}

/** Remembers, with the write that makes it true, that records may have several entries in this index. */
export function noteMultikey(environment: Environment, index: Index): void {
  // Should the write fail after all, the index is merely treated with more care than needed.
  index.multikey = true
  environment.put(environment.notes, multikeyNote(index), Buffer.of(1))
}

export function multikeyNote(index: Index): Buffer {
  return Buffer.concat([Buffer.from('multikey\0'), index.prefix])
}

function isExact(plan: Plan): plan is Plan & { kind: 'index' } {
  return plan.kind === 'index' && plan.exact
}

/** The caller names the type of its records; the store holds what the caller put in. */
function toCaller<T>(record: Document): WithId<T> {
  return record as WithId<T>
}

function idOf<T>({ id }: { id: string }): InferIdType<T> {
  return toCaller<T>({ _id: id })._id
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

function chunksOf(records: readonly Prepared[]): Prepared[][] {
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

function updateResult<T extends StoredRecord>(counts: { matched: number; modified: number }): UpdateResult<T> {
  return {
    acknowledged: true,
    matchedCount: counts.matched,
    modifiedCount: counts.modified,
    upsertedCount: 0,
    upsertedId: null,
  }
}
