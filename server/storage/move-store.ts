/**
 * Moves everything from one store into an empty other one and proves it: the same number of records and the same content, collection by
 * collection. Nothing in the source changes. A note in the target says whose move is under way, so that a move that broke off may be
 * run again and a filled database is never written into.
 */
import { createHash } from 'node:crypto'
import { serialize } from 'bson'
import {
  type CollectionDeclarations,
  isDuplicateKey,
  type Store,
  type StoreCollection,
  type StoredRecord,
} from './port.ts'

/** The move may not happen, or did not come out right. The message is for the operator. */
export class MoveRefused extends Error {
  override name = 'MoveRefused'
}

/** Beside the collections of Dure, in the target only. */
export const MOVE_DECLARATIONS = { moves: { indexes: [] } } as const satisfies CollectionDeclarations

interface MoveNote extends StoredRecord {
  sourceId: string
  startedAt: Date
  finishedAt: Date | null
}

const NOTE_ID = 'move'
/** A command to MongoDB may have 48 MB; one record up to 16. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024
const MAX_BATCH_RECORDS = 500
const PROGRESS_RECORDS = 10_000

export interface MoveOptions {
  source: Store & { storeId: string }
  /** Opened with {@link MOVE_DECLARATIONS} as well. */
  target: Store
  collections: readonly string[]
  now: () => Date
  /** Told in words what happens. */
  report: (line: string) => void
}

export interface MoveResult {
  records: number
  /** False when an earlier run had finished it. */
  moved: boolean
}

/** @throws MoveRefused when the target is not for this move, or does not hold what the source holds */
export async function moveStore({ source, target, collections, now, report }: MoveOptions): Promise<MoveResult> {
  const notes = target.collection<MoveNote>('moves')
  const known = await notes.findOne({ _id: NOTE_ID })
  if (known === null) {
    await refuseFilled(target, collections)
    await begin(notes, { _id: NOTE_ID, sourceId: source.storeId, startedAt: now(), finishedAt: null })
  } else if (known.sourceId !== source.storeId) {
    throw new MoveRefused('Another store is or was moved into this database. Choose an empty database.')
  } else if (known.finishedAt !== null) {
    report(`This store was moved here on ${known.finishedAt.toISOString()}. There is nothing left to do.`)
    return { records: 0, moved: false }
  } else report(`Going on with the move that began on ${known.startedAt.toISOString()}.`)

  let records = 0
  for (const name of collections) records += await moveCollection(name, source, target, report)
  await notes.updateOne({ _id: NOTE_ID }, { $set: { finishedAt: now() } })
  return { records, moved: true }
}

async function refuseFilled(target: Store, collections: readonly string[]): Promise<void> {
  for (const name of collections) {
    if ((await target.collection(name).findOne({})) !== null) {
      throw new MoveRefused(`The target already holds records (${name}). A store is only moved into an empty database.`)
    }
  }
}

async function begin(notes: StoreCollection<MoveNote>, note: MoveNote): Promise<void> {
  try {
    await notes.insertOne(note)
  } catch (error) {
    if (isDuplicateKey(error)) throw new MoveRefused('Somebody else began a move into this database just now.')
    throw error
  }
}

async function moveCollection(
  name: string,
  source: Store,
  target: Store,
  report: (line: string) => void,
): Promise<number> {
  const from = source.collection(name)
  const to = target.collection(name)
  const wanted = await digestOf(from)
  const present = await digestOf(to)
  if (isSame(wanted, present)) {
    if (wanted.count > 0) report(`${name}: ${wanted.count} records, already there`)
    return wanted.count
  }
  // Left by a move that broke off; the note says that it was ours.
  if (present.count > 0) await to.deleteMany({})
  await copy(from, to, done => report(`${name}: ${done} of ${wanted.count} records`))
  const arrived = await digestOf(to)
  if (!isSame(wanted, arrived)) {
    throw new MoveRefused(
      `${name}: the target holds ${arrived.count} records of ${wanted.count}, or their content differs. ` +
        'The source is untouched; run the move again.',
    )
  }
  report(`${name}: ${wanted.count} records, compared`)
  return wanted.count
}

async function copy(
  from: StoreCollection<StoredRecord>,
  to: StoreCollection<StoredRecord>,
  progress: (done: number) => void,
): Promise<void> {
  let batch: StoredRecord[] = []
  let bytes = 0
  let done = 0
  for await (const record of from.find({}, { sort: { _id: 1 } })) {
    const size = serialize(record).length
    if (batch.length >= MAX_BATCH_RECORDS || (batch.length > 0 && bytes + size > MAX_BATCH_BYTES)) {
      await to.insertMany(batch)
      batch = []
      bytes = 0
    }
    batch.push(record)
    bytes += size
    done += 1
    if (done % PROGRESS_RECORDS === 0) progress(done)
  }
  if (batch.length > 0) await to.insertMany(batch)
}

interface Digest {
  count: number
  hash: string
}

/** Over all records by id, each as the bytes that MongoDB itself would store: ids, types, values and the order of fields. */
async function digestOf(collection: StoreCollection<StoredRecord>): Promise<Digest> {
  const hash = createHash('sha256')
  let count = 0
  for await (const record of collection.find({}, { sort: { _id: 1 } })) {
    hash.update(serialize(record))
    count += 1
  }
  return { count, hash: hash.digest('hex') }
}

function isSame(a: Digest, b: Digest): boolean {
  return a.count === b.count && a.hash === b.hash
}
