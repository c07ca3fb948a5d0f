import { afterEach, describe, expect, test } from 'vitest'
import { encodeLogEntry, encodeSnapshotEntry } from '../../../server/rooms/log-payload.ts'
import { SequenceTaken, type StoredDocumentState } from '../../../server/rooms/ports.ts'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import { createDocumentStore } from '../../../server/storage/documents/document-store.ts'
import type { Store, StoreCollection, StoredRecord } from '../../../server/storage/port.ts'
import type { UserId } from '../../../shared/ids.ts'
import { openTestStore } from '../../support/store-under-test.ts'
import type { OpenedStore } from '../../support/stores.ts'
import { testSealer } from '../../support/sync-server.ts'

const NAME = 'item.AAAAAAAAAAAAAAAAAAAAAA'
const OTHER = 'item.BBBBBBBBBBBBBBBBBBBBBB'
const USER = 'user-1' as UserId
let opened: OpenedStore
afterEach(() => opened?.cleanUp())

async function openDocuments() {
  opened = await openTestStore(COLLECTIONS)
  return createDocumentStore({ store: opened.store, sealer: testSealer() })
}

const record = (sequence: number, text = `기록 ${sequence}`) => ({
  sequence,
  payload: encodeLogEntry({ at: 1, claims: [], updates: [{ userId: USER, update: Buffer.from(text) }] }),
})

/** What a document holds, told apart by how much of it a snapshot covers and what follows. */
function contentOf({ snapshot, tail }: StoredDocumentState): { upTo: number; next: number[]; last: number } {
  const sequences = tail.map(row => row.sequence)
  return { upTo: snapshot?.upTo ?? 0, next: sequences, last: sequences.at(-1) ?? snapshot?.upTo ?? 0 }
}

const payloadsOf = ({ tail }: Pick<StoredDocumentState, 'tail'>) =>
  tail.map(({ sequence, payload }) => [sequence, Buffer.from(payload).toString('hex')])

/** A store that dies after so many writes: that write and all after it fail, as for a process that is gone. */
function dyingStore(store: Store, writesLeft: number): Store {
  let left = writesLeft
  const mayWrite = async () => {
    if (left-- <= 0) throw new Error('the process is gone')
  }
  return {
    ...store,
    collection<T extends StoredRecord>(name: string): StoreCollection<T> {
      const real = store.collection<T>(name)
      return {
        findOne: (filter, options) => real.findOne(filter, options),
        find: (filter, options) => real.find(filter, options),
        countDocuments: filter => real.countDocuments(filter),
        insertOne: async row => {
          await mayWrite()
          return real.insertOne(row)
        },
        insertMany: async rows => {
          await mayWrite()
          return real.insertMany(rows)
        },
        updateOne: async (filter, update, options) => {
          await mayWrite()
          return real.updateOne(filter, update, options)
        },
        updateMany: async (filter, update) => {
          await mayWrite()
          return real.updateMany(filter, update)
        },
        findOneAndUpdate: async (filter, update, options) => {
          await mayWrite()
          return real.findOneAndUpdate(filter, update, options)
        },
        deleteOne: async filter => {
          await mayWrite()
          return real.deleteOne(filter)
        },
        deleteMany: async filter => {
          await mayWrite()
          return real.deleteMany(filter)
        },
      }
    },
  }
}

/** Three megabytes and a bit, so that a snapshot has several chunks. */
const LARGE = encodeSnapshotEntry({ claims: [], stateVector: Uint8Array.of(0), state: Buffer.alloc(3_300_000, 5) })

describe('documents at rest', () => {
  test('[PS1] what nobody saved is empty', async () => {
    const documents = await openDocuments()
    expect(await documents.load(NAME)).toEqual({ snapshot: undefined, tail: [] })
  })

  test('[PS4] a sequence is taken once', async () => {
    const documents = await openDocuments()
    await documents.append(NAME, record(1))
    await expect(documents.append(NAME, record(1))).rejects.toBeInstanceOf(SequenceTaken)
    await documents.append(OTHER, record(1))
    expect(payloadsOf(await documents.load(NAME))).toEqual(payloadsOf({ tail: [record(1)] }))
  })

  test('[PS6] a snapshot of several chunks reads back whole, with what came after it, and the older records are gone', async () => {
    const documents = await openDocuments()
    for (let sequence = 1; sequence <= 5; sequence++) await documents.append(NAME, record(sequence))
    await documents.compact(NAME, { payload: LARGE, upTo: 3 })
    const stored = await documents.load(NAME)
    expect(stored.snapshot?.upTo).toBe(3)
    expect(Buffer.compare(stored.snapshot?.payload ?? Buffer.alloc(0), LARGE)).toBe(0)
    expect(payloadsOf(stored)).toEqual(payloadsOf({ tail: [record(4), record(5)] }))
    expect(await opened.store.collection('documentLog').countDocuments({})).toBe(2)
    expect(await opened.store.collection('documentSnapshots').countDocuments({})).toBe(4)
  })

  test('[PS5] a crash after any write of a compaction leaves the document readable, and the next one completes', async () => {
    let writes = 0
    for (let survived = 0; ; survived++) {
      opened = await openTestStore(COLLECTIONS)
      const sealer = testSealer()
      const before = createDocumentStore({ store: opened.store, sealer })
      for (let sequence = 1; sequence <= 6; sequence++) await before.append(NAME, record(sequence))
      await before.compact(NAME, { payload: LARGE.subarray(0, 2_500_000), upTo: 2 })

      const dying = createDocumentStore({ store: dyingStore(opened.store, survived), sealer })
      const died = await dying.compact(NAME, { payload: LARGE, upTo: 4 }).then(
        () => false,
        () => true,
      )
      const after = createDocumentStore({ store: await opened.reopen(), sealer })
      const content = contentOf(await after.load(NAME))
      expect(content.last).toBe(6)
      expect([2, 4]).toContain(content.upTo)
      expect(content.next).toEqual(content.upTo === 2 ? [3, 4, 5, 6] : [5, 6])

      await after.append(NAME, record(7))
      await after.compact(NAME, { payload: LARGE.subarray(0, 1_200_000), upTo: 6 })
      expect(contentOf(await after.load(NAME))).toEqual({ upTo: 6, next: [7], last: 7 })
      await opened.cleanUp()
      writes = survived
      if (!died) break
    }
    // Clearing what was left over, four chunks, the pointer, the old chunks, the old records.
    expect(writes).toBe(8)
  })

  test('[PS5] reading while a compaction switches finds the document, before or after', async () => {
    const documents = await openDocuments()
    for (let sequence = 1; sequence <= 12; sequence++) await documents.append(NAME, record(sequence))
    let isOver = false
    const compacting = (async () => {
      for (let upTo = 2; upTo <= 12; upTo += 2) await documents.compact(NAME, { payload: LARGE, upTo })
      isOver = true
    })()
    let reads = 0
    while (!isOver) {
      expect(contentOf(await documents.load(NAME)).last).toBe(12)
      reads++
      // Reads of the embedded store need no turn of the event loop; its writes do.
      await new Promise(resolve => setImmediate(resolve))
    }
    await compacting
    expect(reads).toBeGreaterThan(3)
  })

  test('[PS8] records are sealed and bound to their document and sequence', async () => {
    const documents = await openDocuments()
    await documents.append(NAME, record(1, '비밀 이름'))
    await documents.append(OTHER, record(1))
    const log = opened.store.collection<{ _id: string; document: string; sequence: number; bytes: Buffer }>(
      'documentLog',
    )
    const row = await log.findOne({ _id: `${NAME}:1` })
    expect(row?.bytes.includes(Buffer.from('비밀 이름'))).toBe(false)
    // Moved to another document, it does not open.
    await log.updateOne({ _id: `${OTHER}:1` }, { $set: { bytes: row?.bytes ?? Buffer.alloc(0) } })
    await expect(documents.load(OTHER)).rejects.toThrow('does not open')
    expect((await documents.load(NAME)).tail).toHaveLength(1)
  })

  test('[PS9] a missing record or chunk makes the document unreadable', async () => {
    const documents = await openDocuments()
    for (let sequence = 1; sequence <= 3; sequence++) await documents.append(NAME, record(sequence))
    await opened.store.collection('documentLog').deleteOne({ _id: `${NAME}:2` })
    await expect(documents.load(NAME)).rejects.toThrow('not whole')
    await documents.append(OTHER, record(1))
    await documents.compact(OTHER, { payload: LARGE, upTo: 1 })
    await opened.store.collection('documentSnapshots').deleteOne({ _id: `${OTHER}:1:2` })
    await expect(documents.load(OTHER)).rejects.toThrow('not whole')
  })
})
