/**
 * The store on MongoDB, through the official driver: acknowledged by a majority and journaled before it answers. The same subset check
 * stands before it as before the embedded store, so that what was tried on one runs on the other.
 */
import { deserialize, serialize } from 'bson'
import {
  type Collection,
  type Db,
  type Filter,
  MongoBulkWriteError,
  MongoClient,
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoSystemError,
  MongoWriteConcernError,
  type UpdateFilter,
} from 'mongodb'
import {
  type CollectionDeclarations,
  type FindWindow,
  isDuplicateKey,
  type Store,
  type StoreCollection,
  type StoreCursor,
  type StoredRecord,
  StoreUnavailable,
} from './port.ts'
import {
  assertFilter,
  assertRecord,
  assertUpdate,
  assertUpsert,
  MAX_RECORD_BYTES,
  sortFieldsOf,
  UnsupportedByStore,
} from './subset.ts'

/** Most answers come whole in one message (the server still ends one at 16 MB), and hold no cursor open while others wait for theirs. */
const BATCH = 2_000

/** How long a command looks for a server before it says that there is none: people are waiting, and it will be tried again. */
const SERVER_SELECTION_MS = 5000
const CONNECT_MS = 5000
/** A single command that has not answered by then never will; far above any of ours. */
const SOCKET_IDLE_MS = 30_000
/** A majority that does not come together by then is a store that is away. */
const WRITE_CONCERN_MS = 10_000
/** The oldest MongoDB that is still maintained when this was written (7.0, until August 2027). */
const MIN_MAJOR_VERSION = 7

/** Codes of a server that cannot write now: shutting down, not primary, interrupted, out of time or of disk. */
const PASSING_CODES = new Set([6, 7, 50, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031])

/** Opens the store and creates the declared indexes. @throws StoreUnavailable when no server answers */
export async function openMongoStore(options: { url: string; declarations: CollectionDeclarations }): Promise<Store> {
  const { declarations } = options
  const client = new MongoClient(options.url, {
    appName: 'dure',
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    connectTimeoutMS: CONNECT_MS,
    socketTimeoutMS: SOCKET_IDLE_MS,
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: WRITE_CONCERN_MS },
    // Retried once by the driver where the server can tell a repeated write from a new one (replica sets), never elsewhere.
    retryWrites: true,
    retryReads: true,
    promoteBuffers: true,
    ignoreUndefined: true,
    // Case content is ciphertext, which does not compress.
    compressors: ['none'],
    minPoolSize: 1,
    maxPoolSize: 50,
  })
  try {
    return await guarded(async () => {
      await client.connect()
      const database = client.db()
      await checkVersion(database)
      await createIndexes(database, declarations)
      return createStore(client, database, declarations)
    })
  } catch (error) {
    await client.close()
    throw error
  }
}

function createStore(client: MongoClient, database: Db, declarations: CollectionDeclarations): Store {
  const hosts = client.options.hosts.map(host => host.toString()).join(', ')
  return {
    kind: 'mongodb',
    description: `MongoDB at ${hosts}, database ${database.databaseName}`,
    collection<T extends StoredRecord>(name: string) {
      if (!Object.hasOwn(declarations, name)) throw new Error(`No collection is declared under the name ${name}`)
      return guardCollection(database.collection<T>(name))
    },
    async ping() {
      await guarded(() => database.command({ ping: 1 }))
    },
    close: () => client.close(),
  }
}

async function checkVersion(database: Db): Promise<void> {
  const info = await database.command({ buildInfo: 1 })
  const version = String(info.version)
  // Servers that only speak the protocol report whatever version they imitate.
  if ('ferretdbVersion' in info) return
  const major = Number(version.split('.')[0])
  if (major < MIN_MAJOR_VERSION) {
    throw new Error(`MongoDB ${version} is too old: Dure needs version ${MIN_MAJOR_VERSION}.0 or later`)
  }
}

async function createIndexes(database: Db, declarations: CollectionDeclarations): Promise<void> {
  for (const [name, { indexes }] of Object.entries(declarations)) {
    for (const index of indexes) {
      await database.collection(name).createIndex(index.key, index.unique === true ? { unique: true } : {})
    }
  }
}

function guardCollection<T extends StoredRecord>(collection: Collection<T>): StoreCollection<T> {
  return {
    async insertOne(record) {
      assertRecord(record)
      const own = ownCopy(record)
      return guarded(() => collection.insertOne(own))
    },
    async insertMany(records) {
      if (records.length === 0) throw new UnsupportedByStore('insertMany needs at least one record')
      for (const record of records) assertRecord(record)
      const own = records.map(ownCopy)
      return guarded(() => collection.insertMany(own, { ordered: true }))
    },
    async findOne(filter, window = {}) {
      checkSearch(filter, window)
      return guarded(() => collection.findOne(filter, window))
    },
    find(filter, window = {}) {
      checkSearch(filter, window)
      const open = () => collection.find(filter, { batchSize: BATCH, ...window })
      return guardCursor(open)
    },
    async updateOne(filter, update, options = {}) {
      const own = checkUpdate(filter, update, options.upsert === true)
      return guarded(() => collection.updateOne(filter, own, options))
    },
    async updateMany(filter, update) {
      const own = checkUpdate(filter, update, false)
      return guarded(() => collection.updateMany(filter, own))
    },
    async findOneAndUpdate(filter, update, options) {
      const own = checkUpdate(filter, update, options.upsert === true)
      return guarded(() => collection.findOneAndUpdate(filter, own, options))
    },
    async deleteOne(filter) {
      assertFilter(filter)
      return guarded(() => collection.deleteOne(filter))
    },
    async deleteMany(filter) {
      assertFilter(filter)
      return guarded(() => collection.deleteMany(filter))
    },
    async countDocuments(filter) {
      assertFilter(filter)
      return guarded(() => collection.countDocuments(filter))
    },
  }
}

function guardCursor<T>(open: () => StoreCursor<T> & { close(): Promise<void> }): StoreCursor<T> {
  return {
    toArray: () => guarded(() => open().toArray()),
    async *[Symbol.asyncIterator]() {
      const cursor = open()
      try {
        for await (const record of cursor) yield record
      } catch (error) {
        throw translated(error)
      } finally {
        await cursor.close()
      }
    },
  }
}

function checkSearch<T>(filter: Filter<T>, window: FindWindow): void {
  assertFilter(filter)
  sortFieldsOf(window.sort)
}

function checkUpdate<T>(filter: Filter<T>, update: UpdateFilter<T>, isUpsert: boolean): UpdateFilter<T> {
  assertFilter(filter)
  assertUpdate(update)
  if (isUpsert) assertUpsert(filter, update)
  return ownCopy(update)
}

/** What the call was given, whatever the caller does with its objects before the driver gets to send them. */
function ownCopy<V extends object>(value: V): V {
  const bytes = serialize(value, { ignoreUndefined: true })
  if (bytes.length > MAX_RECORD_BYTES)
    throw new UnsupportedByStore(`A record of ${bytes.length} bytes; 16 MiB is the most`)
  return deserialize(bytes, { promoteBuffers: true }) as V
}

async function guarded<R>(call: () => Promise<R>): Promise<R> {
  try {
    return await call()
  } catch (error) {
    throw translated(error)
  }
}

/** {@link StoreUnavailable} for what may pass; a refusal of the write itself stays as the driver threw it. */
function translated(error: unknown): unknown {
  if (isDuplicateKey(error) && !hasWriteConcernError(error)) return error
  if (!isPassing(error)) return error
  return new StoreUnavailable('The database does not answer or cannot write now', { cause: error })
}

function isPassing(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoSystemError) return true
  if (error instanceof MongoWriteConcernError || hasWriteConcernError(error)) return true
  // insertMany wraps a lost connection in this as well; then no record of it was refused.
  if (error instanceof MongoBulkWriteError) return [error.writeErrors].flat().length === 0
  if (!(error instanceof MongoError)) return false
  if (error.hasErrorLabel('RetryableWriteError')) return true
  if (error instanceof MongoServerError) return typeof error.code === 'number' && PASSING_CODES.has(error.code)
  // Thrown by a client whose pool was cleared or closed under a running command.
  return [
    'MongoNotConnectedError',
    'MongoTopologyClosedError',
    'MongoClientClosedError',
    'MongoPoolClosedError',
  ].includes(error.name)
}

function hasWriteConcernError(error: unknown): boolean {
  return error instanceof MongoBulkWriteError && error.result.getWriteConcernError() !== undefined
}
