/**
 * The store of those suites that are not about a store: embedded, or with `DURE_TEST_STORE=mongodb` a server that speaks MongoDB's protocol
 * (`MONGODB_TEST_URL`). Whatever imports this runs on both: `npm test` finds the suites of its second run by it.
 */
import { basename } from 'node:path'
import {
  createMongoTestUrl,
  dropDatabase,
  mongodbTestUrl,
  openEmbeddedTestStore,
  openMongoTestStore,
} from './stores.ts'

const STORES = ['embedded', 'mongodb'] as const

export const storeUnderTest = chosenStore(process.env.DURE_TEST_STORE || 'embedded')

export const openTestStore = storeUnderTest === 'mongodb' ? openMongoTestStore : openEmbeddedTestStore

/** For whom the application opens its store by itself: the database that belongs to a data folder; `undefined` for the embedded store. */
export function mongodbUrlFor(folder: string): string | undefined {
  return storeUnderTest === 'mongodb' ? createMongoTestUrl(basename(folder)) : undefined
}

/** Removes what the application kept for that folder outside of it. */
export async function dropDatabaseOf(folder: string): Promise<void> {
  const url = mongodbUrlFor(folder)
  if (url !== undefined) await dropDatabase(url)
}

/** @throws rather than run a suite on another store than was asked for */
function chosenStore(wanted: string): (typeof STORES)[number] {
  const store = STORES.find(name => name === wanted)
  if (store === undefined) throw new Error(`DURE_TEST_STORE is ${wanted}; it may be ${STORES.join(' or ')}`)
  if (store === 'mongodb' && mongodbTestUrl === undefined) {
    throw new Error('DURE_TEST_STORE=mongodb needs a server in MONGODB_TEST_URL')
  }
  return store
}
