/**
 * The one port to durable storage: the subset of the MongoDB driver's `Collection` that Dure uses, in the driver's own types.
 * `mongo-store.ts` hands calls to the driver's collections; the embedded store implements the same subset (`embedded/`). Both refuse what is
 * outside it by the same check (`subset.ts`, with an `UnsupportedByStore`) and pass `test/contracts/store.contract.ts`.
 *
 * Every command is correct as a single-document write: a version field `_v` compared in the filter, no transactions, no change
 * streams, no TTL. Ids are strings made by us. A write is answered only after it is durable (embedded: synced to disk; MongoDB:
 * `w: "majority", j: true`). Binary fields come back as `Buffer`.
 */
import type {
  DeleteResult,
  Filter,
  InsertManyResult,
  InsertOneResult,
  OptionalUnlessRequiredId,
  Sort,
  UpdateFilter,
  UpdateResult,
  WithId,
} from 'mongodb'

/** What every stored record has: an id of our own making. */
export interface StoredRecord {
  _id: string
}

export interface FindWindow {
  sort?: Sort
  limit?: number
  skip?: number
  projection?: Record<string, 0 | 1>
}

export interface StoreCursor<T> {
  toArray(): Promise<T[]>
  [Symbol.asyncIterator](): AsyncIterator<T, void, void>
}

export interface StoreCollection<T extends StoredRecord> {
  insertOne(record: OptionalUnlessRequiredId<T>): Promise<InsertOneResult<T>>
  /** Ordered: stops at the first failure; records before it are kept. */
  insertMany(records: readonly OptionalUnlessRequiredId<T>[]): Promise<InsertManyResult<T>>
  findOne(filter: Filter<T>, options?: FindWindow): Promise<WithId<T> | null>
  find(filter: Filter<T>, options?: FindWindow): StoreCursor<WithId<T>>
  updateOne(filter: Filter<T>, update: UpdateFilter<T>, options?: { upsert?: boolean }): Promise<UpdateResult<T>>
  updateMany(filter: Filter<T>, update: UpdateFilter<T>): Promise<UpdateResult<T>>
  findOneAndUpdate(
    filter: Filter<T>,
    update: UpdateFilter<T>,
    options: { upsert?: boolean; returnDocument: 'after' | 'before' },
  ): Promise<WithId<T> | null>
  deleteOne(filter: Filter<T>): Promise<DeleteResult>
  deleteMany(filter: Filter<T>): Promise<DeleteResult>
  countDocuments(filter: Filter<T>): Promise<number>
}

export interface IndexDeclaration {
  key: Record<string, 1 | -1>
  unique?: true
}

/** A collection's indexes, declared before its first write and on every open. */
export type CollectionDeclarations = Record<string, { indexes: readonly IndexDeclaration[] }>

export interface Store {
  kind: 'embedded' | 'mongodb'
  /** For the start line and the health page: which store, where; never a password. */
  description: string
  collection<T extends StoredRecord>(name: string): StoreCollection<T>
  /** Resolves when the store answers; rejects with {@link StoreUnavailable}. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** The store cannot be reached or written now; the same call may succeed later. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}

/** Whether an insert or update failed because a unique index (or `_id`) already holds that value. Both stores throw the driver's shape. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000
}
