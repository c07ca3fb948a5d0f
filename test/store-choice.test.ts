/**
 * No suite is left out of the run on MongoDB's protocol unseen: whatever opens a store takes the one under test, or is named here with its
 * reason.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const OPENS_A_STORE_BY_ITSELF: Record<string, string> = {
  'contracts/move-store.contract.ts': 'moves out of the embedded store; runs towards both',
  'e2e/at-rest.e2e.test.ts': 'searches what a closed server left on the disk, and what it left on MongoDB’s protocol',
  'server/storage/embedded-store.test.ts': 'the contract, on the embedded store',
  'server/storage/embedded-plan.property.test.ts': 'how the embedded store finds records',
  'server/storage/embedded-crash.process.test.ts': 'the embedded store and a killed process',
  'server/storage/mongo-store.mongo.test.ts': 'the contract, on MongoDB’s protocol',
  'server/storage/mongo-store.process.test.ts': 'a database that is not there',
  'server/storage/mongo-away.mongo.test.ts': 'a database that goes away',
  'server/storage/move-store.test.ts': 'the move, into an embedded store',
  'server/storage/move-store.mongo.test.ts': 'the move, into MongoDB’s protocol',
  'server/storage/serving-lease.test.ts':
    'time stands still while the store works, which only a store in the process can do',
  'support/app-under-test.ts': 'opens the application, which opens the store under test by its address',
  'support/cold-documents.ts': 'loads what a killed server left, from the store that it had',
  'support/measure-store.ts': 'a command, which measures the store that it is told',
  'support/store-one-by-one.ts': 'a process of its own on the embedded store, for watching its system calls',
  'support/store-under-test.ts': 'chooses',
  'support/store-writer.ts': 'a process of its own on the embedded store, to be killed',
  'support/stores.ts': 'opens both',
}

/** The ways to a store: ours of the tests and those of the server. */
const OPENING = /\b(openEmbeddedStore|openEmbeddedTestStore|openMongoStore|openMongoTestStore|openStore|createApp)\b/

test('every suite stands on the store under test, or on its own for a reason', () => {
  // A benchmark is a command, whose arguments say what it measures.
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
    file => /\.tsx?$/.test(file) && !file.startsWith('benchmark/') && file !== 'store-choice.test.ts',
  )
  const opening = files.filter(file => OPENING.test(readFileSync(join(import.meta.dirname, file), 'utf8')))
  expect(opening.sort()).toEqual(Object.keys(OPENS_A_STORE_BY_ITSELF).sort())
})
