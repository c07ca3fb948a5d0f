/**
 * One collection of the embedded store. Reads see the last committed state; every write decides and acts inside one transaction,
 * so a filter that compares a version and the update that follows are one step, and a record and its index entries are never apart.
 */
import { setImmediate } from 'node:timers/promises'
import type { Document } from 'bson'
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
  assertUpdate,
  assertUpsert,
  type Clause,
  clausesOf,
  filterOf,
  sortFieldsOf,
  UnsupportedByStore,
} from '../subset.ts'
import { sortRecords } from './compare-values.ts'
import type { Environment } from './environment.ts'
import type { Index } from './index-entries.ts'
import { createMatcher } from './matcher.ts'
import { createPlan, type Plan } from './plan.ts'
import { countEntries, PlanReader, type RecordAccess } from './plan-reader.ts'
import { createProjection } from './projection.ts'
import { createRecordReader, type Fields } from './read-record.ts'
import { chunksOf, collectionPrefix, MAX_WRITE_RECORDS, ownUpdate, RecordWriter } from './record-writer.ts'

interface Search {
  /** Made when it is used, not before: an index may meanwhile have become one with several entries for a record. */
  plan: () => Plan
  clauses: readonly Clause[]
}

/** Whether a record that the plan reached fits. */
function matcherOf({ rest }: Plan): (record: object) => boolean {
  return createMatcher(filterOf(rest))
}

export class EmbeddedCollection<T extends StoredRecord> implements StoreCollection<T> {
  readonly #environment: Environment
  readonly #indexes: readonly Index[]
  readonly #prefix: Buffer
  readonly #writer: RecordWriter
  readonly #access: RecordAccess

  constructor(environment: Environment, name: string, indexes: readonly Index[]) {
    this.#environment = environment
    this.#indexes = indexes
    this.#prefix = collectionPrefix(name)
    this.#writer = new RecordWriter(environment, name, indexes)
    this.#access = { keyOf: id => this.#writer.keyOf(id), read: createRecordReader() }
  }

  async insertOne(record: OptionalUnlessRequiredId<T>): Promise<InsertOneResult<T>> {
    const prepared = this.#writer.prepare(record)
    await this.#environment.write(() => this.#writer.insert(prepared))
    return { acknowledged: true, insertedId: idOf<T>(prepared) }
  }

  async insertMany(records: readonly OptionalUnlessRequiredId<T>[]): Promise<InsertManyResult<T>> {
    if (records.length === 0) throw new UnsupportedByStore('insertMany needs at least one record')
    const prepared = records.map(record => this.#writer.prepare(record))
    for (const chunk of chunksOf(prepared)) {
      const failure = await this.#environment.write(() => this.#writer.insertUntilFailure(chunk))
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
        for await (const batch of found()) for (const record of batch) records.push(toCaller<T>(project(record)))
        return records
      },
      async *[Symbol.asyncIterator]() {
        for await (const batch of found()) for (const record of batch) yield toCaller<T>(project(record))
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
        const modified = this.#writer.update(before, change) !== undefined
        return updateResult({ matched: 1, modified: modified ? 1 : 0 })
      }
      if (options.upsert !== true) return updateResult({ matched: 0, modified: 0 })
      const inserted = this.#writer.upsert(filter, change)
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
      if (this.#writer.update(record, change) !== undefined) modified += 1
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
        const inserted = options.upsert === true ? this.#writer.upsert(filter, change) : undefined
        return options.returnDocument === 'after' ? inserted : undefined
      }
      const after = this.#writer.update(before, change) ?? before
      return options.returnDocument === 'after' ? after : before
    })
    return result === undefined ? null : toCaller<T>(result)
  }

  async deleteOne(filter: Filter<T>): Promise<DeleteResult> {
    const search = this.#search(filter)
    return this.#environment.write(() => {
      const record = this.#first(search)
      if (record !== undefined) this.#writer.remove(record)
      return { acknowledged: true, deletedCount: record === undefined ? 0 : 1 }
    })
  }

  async deleteMany(filter: Filter<T>): Promise<DeleteResult> {
    let deletedCount = 0
    await this.#forEachMatching(this.#search(filter), record => {
      this.#writer.remove(record)
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
    return { plan: () => createPlan(filter, fields, this.#indexes, this.#prefix), clauses: clausesOf(filter) }
  }

  async *#found(
    search: Search,
    sort: readonly { path: string; direction: 1 | -1 }[],
    { skip = 0, limit = 0 }: FindWindow,
  ): AsyncGenerator<Fields[], void, void> {
    let position = 0
    const end = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit
    const plan = search.plan()
    if (!plan.sorted) {
      const all: Fields[] = []
      for await (const batch of this.#batches(search, plan)) all.push(...batch)
      yield sortRecords(all, sort).slice(skip, end)
      return
    }
    for await (const batch of this.#batches(search, plan, end)) {
      yield batch.slice(Math.max(0, skip - position), end - position)
      position += batch.length
      if (position >= end) return
    }
  }

  async *#batches(
    search: Search,
    plan = search.plan(),
    wanted = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<Fields[], void, void> {
    const reader = this.#reader(plan, wanted)
    const matches = matcherOf(plan)
    for (let batch = reader.nextBatch(); batch !== undefined; batch = reader.nextBatch()) {
      yield batch.filter(matches)
      if (reader.hasMore) await setImmediate()
    }
  }

  /** The first match, as it is inside the running transaction. */
  #first(search: Search): Fields | undefined {
    const plan = search.plan()
    const reader = this.#reader(plan, 1)
    const matches = matcherOf(plan)
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
    const { clauses } = search
    for (let at = 0; at < ids.length; at += MAX_WRITE_RECORDS) {
      await this.#environment.write(() => {
        for (const id of ids.slice(at, at + MAX_WRITE_RECORDS)) {
          const record = this.#first({ plan: () => ({ kind: 'ids', ids: [id], sorted: true, rest: clauses }), clauses })
          if (record !== undefined) act(record)
        }
      })
    }
  }

  #reader(plan: Plan, wanted: number): PlanReader {
    return new PlanReader(this.#environment, plan, this.#access, wanted)
  }

  #prepareUpdate(filter: object, update: object, isUpsert: boolean): { search: Search; change: object } {
    assertUpdate(update)
    if (isUpsert) assertUpsert(filter, update)
    return { search: this.#search(filter), change: ownUpdate(update) }
  }
}

function isExact(plan: Plan): plan is Plan & { kind: 'index' } {
  return plan.kind === 'index' && plan.rest.length === 0
}

/** The caller names the type of its records; the store holds what the caller put in. */
function toCaller<T>(record: Document): WithId<T> {
  return record as WithId<T>
}

function idOf<T>({ id }: { id: string }): InferIdType<T> {
  return toCaller<T>({ _id: id })._id
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
