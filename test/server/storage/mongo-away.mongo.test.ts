import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openMongoStore } from '../../../server/storage/mongo-store.ts'
import { type Store, type StoredRecord, StoreUnavailable } from '../../../server/storage/port.ts'
import { createMongoTestUrl, dropDatabase, mongodbTestUrl, NO_MONGODB } from '../../support/stores.ts'

interface Thing extends StoredRecord {
  name: string
}

if (mongodbTestUrl === undefined) {
  describe('a database that goes away', () => test.skip(`all of it ${NO_MONGODB}`, () => {}))
} else {
  describe('a database that goes away', () => {
    let url: string
    let line: Line
    let store: Store

    beforeEach(async () => {
      url = createMongoTestUrl()
      line = await openLine(new URL(url))
      // Straight to this address, whatever members the server would name.
      const throughLine = new URL(url)
      throughLine.host = `127.0.0.1:${line.port}`
      throughLine.searchParams.set('directConnection', 'true')
      throughLine.searchParams.delete('replicaSet')
      store = await openMongoStore({ url: throughLine.href, declarations: { things: { indexes: [] } } })
    })
    afterEach(async () => {
      await store.close()
      await line.close()
      await dropDatabase(url)
    })

    test('[F07] every call says that the store is unavailable, and works again when the line is back', async () => {
      const things = store.collection<Thing>('things')
      await things.insertOne({ _id: 'before', name: 'x' })

      line.cut()
      const refused = await Promise.allSettled([
        things.insertOne({ _id: 'during', name: 'x' }),
        things.insertMany([{ _id: 'during too', name: 'x' }]),
        things.findOne({ _id: 'before' }),
        things.find({}).toArray(),
        things.updateOne({ _id: 'before' }, { $set: { name: 'y' } }),
        things.deleteOne({ _id: 'before' }),
        things.countDocuments({}),
        store.ping(),
      ])
      for (const result of refused) {
        expect(result.status).toBe('rejected')
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreUnavailable)
      }

      line.mend()
      await store.ping()
      await things.insertOne({ _id: 'after', name: 'x' })
      expect((await things.find({}, { sort: { _id: 1 } }).toArray()).map(thing => thing._id)).toEqual([
        'after',
        'before',
      ])
    })
  })
}

interface Line {
  port: number
  /** Ends all connections and takes no new ones. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** A line to the database that can be cut. */
async function openLine(target: URL): Promise<Line> {
  const sockets = new Set<Socket>()
  let isCut = false
  const server: Server = createServer(client => {
    if (isCut) {
      client.destroy()
      return
    }
    const upstream = connect(Number(target.port || 27_017), target.hostname)
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {
        // A cut connection; its close does the rest.
      })
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  const endAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: address.port,
    cut() {
      isCut = true
      endAll()
    },
    mend() {
      isCut = false
    },
    async close() {
      endAll()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
