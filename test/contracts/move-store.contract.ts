/** What moving a store promises, whatever the store it is moved into. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EmbeddedStore, openEmbeddedStore } from '../../server/storage/embedded/embedded-store.ts'
import { MOVE_DECLARATIONS, MoveRefused, moveStore } from '../../server/storage/move-store.ts'
import { type Store, type StoreCollection, type StoredRecord, StoreUnavailable } from '../../server/storage/port.ts'
import type { OpenedStore, OpenTestStore } from '../support/stores.ts'

interface Thing extends StoredRecord {
  name?: string
  at?: Date
  bytes?: Buffer
  numbers?: number[]
  nested?: { flag: boolean; none: null; text?: string }
}

const SOURCE = {
  things: { indexes: [{ key: { name: 1 }, unique: true }] },
  logs: { indexes: [] },
  empty: { indexes: [] },
} as const
const NOW = new Date('2026-11-21T03:00:00Z')

export function describeMoveStore(name: string, openTarget: OpenTestStore): void {
  describe(`moving a store into ${name}`, () => {
    let directory: string
    let source: EmbeddedStore
    let opened: OpenedStore
    let lines: string[]

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'dure-move-'))
      source = await openEmbeddedStore({ directory, declarations: SOURCE })
      const things = source.collection<Thing>('things')
      await things.insertOne({
        _id: '가',
        name: '노인복지관 👵',
        at: new Date(-1),
        bytes: Buffer.from([0, 255, 1]),
        numbers: [1, -2, 0.5, 2 ** 40],
        nested: { flag: false, none: null, text: '' },
      })
      await things.insertMany(Array.from({ length: 1100 }, (_, at) => ({ _id: `t${at}`, name: `n${at}` })))
      const logs = source.collection<Thing>('logs')
      for (const id of ['a', 'b', 'c']) await logs.insertOne({ _id: id, bytes: Buffer.alloc(5_000_000, id) })
      opened = await openTarget({ ...SOURCE, ...MOVE_DECLARATIONS })
      lines = []
    }, 120_000)
    afterEach(async () => {
      await source.close()
      await opened.cleanUp()
      await rm(directory, { recursive: true, force: true })
    })

    const move = (target: Store = opened.store) =>
      moveStore({ source, target, collections: Object.keys(SOURCE), now: () => NOW, report: line => lines.push(line) })

    async function expectAllThere(): Promise<void> {
      for (const collection of Object.keys(SOURCE)) {
        const read = (store: Store) =>
          store
            .collection<Thing>(collection)
            .find({}, { sort: { _id: 1 } })
            .toArray()
        const [wanted, found] = [await read(source), await read(opened.store)]
        expect(found.length).toBe(wanted.length)
        for (const [at, record] of wanted.entries()) {
          expect(found[at]?._id).toBe(record._id)
          expect(Object.keys(found[at] ?? {})).toEqual(Object.keys(record))
          if (record.bytes !== undefined) expect(found[at]?.bytes?.equals(record.bytes)).toBe(true)
          else expect(found[at]).toEqual(record)
        }
      }
      const first = await opened.store.collection<Thing>('things').findOne({ _id: '가' })
      expect(first?.at).toEqual(new Date(-1))
      expect(first?.nested).toEqual({ flag: false, none: null, text: '' })
    }

    test('brings every record with its id and types, and says how many', async () => {
      expect(await move()).toEqual({ records: 1104, moved: true })
      await expectAllThere()
      expect(lines).toContain('things: 1101 records, compared')
    })

    test('a second run after the end changes nothing', async () => {
      await move()
      await opened.store.collection<Thing>('logs').insertOne({ _id: 'work goes on' })
      expect(await move()).toEqual({ records: 0, moved: false })
      expect(await opened.store.collection<Thing>('logs').countDocuments({})).toBe(4)
      expect(lines.at(-1)).toContain('nothing left to do')
    })

    test('a target that holds records is refused and left as it is', async () => {
      await opened.store.collection<Thing>('logs').insertOne({ _id: 'theirs' })
      await expect(move()).rejects.toThrow(MoveRefused)
      expect(await opened.store.collection<Thing>('logs').find({}).toArray()).toEqual([{ _id: 'theirs' }])
      expect(await opened.store.collection<Thing>('things').countDocuments({})).toBe(0)
    })

    test('a target into which another store is being moved is refused', async () => {
      const other = { ...source, storeId: 'another' }
      await moveStore({ source: other, target: opened.store, collections: [], now: () => NOW, report: () => {} })
      await expect(move()).rejects.toThrow('Another store')
    })

    test('after the target failed midway, running again brings all', async () => {
      await expect(move(failingOn(opened.store, 3))).rejects.toThrow(StoreUnavailable)
      const notes = opened.store.collection<StoredRecord & { finishedAt: Date | null }>('moves')
      expect((await notes.findOne({ _id: 'move' }))?.finishedAt).toBeNull()
      expect(await opened.store.collection<Thing>('things').countDocuments({})).toBe(1000)
      expect(await move()).toEqual({ records: 1104, moved: true })
      expect(lines.some(line => line.startsWith('Going on with the move'))).toBe(true)
      await expectAllThere()
    })

    test('a target that loses or alters a record is noticed, and the move is not called done', async () => {
      const altering = (record: Thing) => (record._id === 't7' ? { ...record, name: 'other' } : record)
      await expect(move(writing(opened.store, records => records.map(altering)))).rejects.toThrow('content differs')
      const losing = (records: Thing[]) => records.filter(record => record._id !== 'b')
      await expect(move(writing(opened.store, losing))).rejects.toThrow('2 records of 3')
      expect(await move()).toEqual({ records: 1104, moved: true })
      await expectAllThere()
    })
  })
}

/** The store, but its n-th insertMany finds the database gone. */
function failingOn(store: Store, nth: number): Store {
  let calls = 0
  return writing(store, records => {
    calls += 1
    if (calls === nth) throw new StoreUnavailable('gone')
    return records
  })
}

/** The store, but what it is given to insert goes through `change` first. */
function writing(store: Store, change: (records: Thing[]) => Thing[]): Store {
  return {
    ...store,
    collection<T extends StoredRecord>(name: string): StoreCollection<T> {
      const real = store.collection<T>(name)
      const changed = store.collection<Thing>(name)
      return {
        insertOne: record => real.insertOne(record),
        async insertMany(records) {
          const kept = change(records.map(record => ({ ...record, _id: String(record._id) })))
          if (kept.length === 0) return { acknowledged: true, insertedCount: 0, insertedIds: {} }
          const result = await changed.insertMany(kept)
          return { ...result, insertedIds: {} }
        },
        findOne: (filter, options) => real.findOne(filter, options),
        find: (filter, options) => real.find(filter, options),
        updateOne: (filter, update, options) => real.updateOne(filter, update, options),
        updateMany: (filter, update) => real.updateMany(filter, update),
        findOneAndUpdate: (filter, update, options) => real.findOneAndUpdate(filter, update, options),
        deleteOne: filter => real.deleteOne(filter),
        deleteMany: filter => real.deleteMany(filter),
        countDocuments: filter => real.countDocuments(filter),
      }
    },
  }
}
