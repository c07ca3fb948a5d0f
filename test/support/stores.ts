/** Fresh stores for tests: an embedded one in a temporary folder, or a database of its own on the server of `MONGODB_TEST_URL`. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { type EmbeddedStore, openEmbeddedStore } from '../../server/storage/embedded/embedded-store.ts'
import { openMongoStore } from '../../server/storage/mongo-store.ts'
import type { CollectionDeclarations, Store } from '../../server/storage/port.ts'

export interface OpenedStore<S extends Store = Store> {
  store: S
  /** Closes the store and opens it again over the same data. */
  reopen(): Promise<S>
  /** Closes the store and removes its data. */
  cleanUp(): Promise<void>
}

export type OpenTestStore = (declarations: CollectionDeclarations) => Promise<OpenedStore>

/** The server for `.mongo.test.ts`; never the one that `MONGODB_URL` names. */
export const mongodbTestUrl: string | undefined = process.env.MONGODB_TEST_URL || undefined

/** Goes into the name of what is skipped, so that the reason is printed with it. */
export const NO_MONGODB = '(skipped: MONGODB_TEST_URL names no server)'

export async function openEmbeddedTestStore(declarations: CollectionDeclarations): Promise<OpenedStore<EmbeddedStore>> {
  const directory = await mkdtemp(join(tmpdir(), 'dure-store-'))
  return openOver(
    () => openEmbeddedStore({ directory, declarations }),
    () => rm(directory, { recursive: true, force: true }),
  )
}

export async function openMongoTestStore(declarations: CollectionDeclarations): Promise<OpenedStore> {
  const url = createMongoTestUrl()
  return openOver(
    () => openMongoStore({ url, declarations }),
    () => dropDatabase(url),
  )
}

/** An address of a database that nobody else uses, or of the one that belongs to `name`: letters, digits, hyphens. */
export function createMongoTestUrl(name = randomBytes(6).toString('hex')): string {
  if (mongodbTestUrl === undefined) throw new Error('MONGODB_TEST_URL names no server')
  const url = new URL(mongodbTestUrl)
  url.pathname = `/dure_test_${name}`
  return url.href
}

/** Whether the test server is FerretDB, some of whose answers differ. */
export async function isFerretDb(): Promise<boolean> {
  const client = new MongoClient(createMongoTestUrl(), { serverSelectionTimeoutMS: 5000 })
  try {
    return 'ferretdbVersion' in (await client.db().command({ buildInfo: 1 }))
  } finally {
    await client.close()
  }
}

export async function dropDatabase(url: string): Promise<void> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5000 })
  try {
    await client.db().dropDatabase()
  } finally {
    await client.close()
  }
}

async function openOver<S extends Store>(
  open: () => Promise<S>,
  removeData: () => Promise<void>,
): Promise<OpenedStore<S>> {
  const opened: OpenedStore<S> = {
    store: await open(),
    async reopen() {
      await opened.store.close()
      opened.store = await open()
      return opened.store
    },
    async cleanUp() {
      await opened.store.close()
      await removeData()
    },
  }
  return opened
}
