/**
 * The store that Dure uses when no database is configured: everything in one folder, no server to run. See `port.ts` for what it
 * promises and `environment.ts` for how a write becomes durable.
 */

import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CollectionDeclarations, Store } from '../port.ts'
import { EmbeddedCollection } from './embedded-collection.ts'
import { type Environment, openEnvironment } from './environment.ts'
import { claimFolder } from './folder-lock.ts'
import { createIndex, type Index, indexEntriesOf } from './index-entries.ts'
import { afterPrefix } from './index-key.ts'
import { toFields } from './read-record.ts'
import { collectionPrefix, multikeyNote, noteMultikey } from './record-writer.ts'
import { verifyIndexes } from './verify-indexes.ts'

/** The layout of keys and values on disk; raised when it changes, so that an older Dure refuses a newer folder. */
const LAYOUT_VERSION = 1

export interface EmbeddedStore extends Store {
  kind: 'embedded'
  /** Made once with the folder; tells one data folder from another. */
  storeId: string
  /** What is wrong between records and indexes, one line each; empty when nothing is. Reads everything. */
  verify(): string[]
}

/**
 * Opens the store under `directory` (made when missing, for this user alone) and builds declared indexes that are new.
 * @throws FolderInUse when another process has it open
 */
export async function openEmbeddedStore(options: {
  directory: string
  declarations: CollectionDeclarations
}): Promise<EmbeddedStore> {
  const { directory, declarations } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const folder = join(directory, 'store')
  const environment = openEnvironment(folder)
  let release: (() => void) | undefined
  try {
    release = await claimFolder(folder, environment)
    checkLayout(environment)
    const storeId = readStoreId(environment)
    const indexes = new Map<string, Index[]>()
    for (const [collection, declaration] of Object.entries(declarations)) {
      indexes.set(collection, openIndexes(environment, collection, declaration))
    }
    const giveUp = release
    return {
      kind: 'embedded',
      description: `embedded store in ${directory}`,
      storeId,
      collection(name) {
        const declared = indexes.get(name)
        if (declared === undefined) throw new Error(`No collection is declared under the name ${name}`)
        return new EmbeddedCollection(environment, name, declared)
      },
      verify: () => [...indexes].flatMap(([name, declared]) => verifyIndexes(environment, name, declared)),
      ping: () => environment.ping(),
      async close() {
        if (environment.isClosed) return
        giveUp()
        await environment.close()
      },
    }
  } catch (error) {
    release?.()
    await environment.close()
    throw error
  }
}

function checkLayout(environment: Environment): void {
  const key = Buffer.from('layout')
  const known = environment.notes.getBinary(key)
  if (known === undefined) {
    environment.writeAtOnce(() => environment.put(environment.notes, key, Buffer.of(LAYOUT_VERSION)))
  } else if (known[0] !== LAYOUT_VERSION) {
    throw new Error(`The data folder has layout ${known[0]}; this version of Dure reads layout ${LAYOUT_VERSION}`)
  }
}

function readStoreId(environment: Environment): string {
  const key = Buffer.from('store-id')
  const known = environment.notes.getBinary(key)
  if (known !== undefined) return known.toString()
  const made = randomBytes(16).toString('hex')
  environment.writeAtOnce(() => environment.put(environment.notes, key, Buffer.from(made)))
  return made
}

/**
 * The declared indexes of a collection, each complete: one that the folder does not know yet is built from the records, one that is
 * no longer declared is removed. Each in one transaction, so that a crash leaves it known and whole, or unknown.
 */
function openIndexes(
  environment: Environment,
  collection: string,
  declaration: CollectionDeclarations[string],
): Index[] {
  const indexes = declaration.indexes.map(each => createIndex(collection, each))
  const declared = new Set(indexes.map(index => index.prefix.toString('latin1')))
  const knownPrefix = builtNote(collectionPrefix(collection))
  for (const note of [...environment.notes.getKeys({ start: knownPrefix, end: afterPrefix(knownPrefix) })]) {
    const prefix = note.subarray(builtNote(Buffer.alloc(0)).length)
    if (!declared.has(prefix.toString('latin1'))) removeIndex(environment, prefix)
  }
  for (const index of indexes) {
    if (environment.notes.doesExist(builtNote(index.prefix))) {
      index.multikey = environment.notes.doesExist(multikeyNote(index))
    } else buildIndex(environment, collection, index)
  }
  return indexes
}

function builtNote(prefix: Buffer): Buffer {
  return Buffer.concat([Buffer.from('index\0'), prefix])
}

function buildIndex(environment: Environment, collection: string, index: Index): void {
  environment.writeAtOnce(() => {
    const prefix = collectionPrefix(collection)
    for (const { value } of environment.records.getRange({ start: prefix, end: afterPrefix(prefix) })) {
      const record = toFields(value)
      for (const entry of indexEntriesOf([index], record)) {
        if (index.unique && environment.entries.doesExist(entry.key)) {
          throw new Error(
            `Cannot build the unique index ${index.name} of ${collection}: two records hold the same value`,
          )
        }
        if (entry.isMultikey) noteMultikey(environment, index)
        environment.put(environment.entries, entry.key, Buffer.from(record._id))
      }
    }
    environment.put(environment.notes, builtNote(index.prefix), Buffer.of(1))
  })
}

function removeIndex(environment: Environment, prefix: Buffer): void {
  environment.writeAtOnce(() => {
    for (const key of [...environment.entries.getKeys({ start: prefix, end: afterPrefix(prefix) })]) {
      environment.remove(environment.entries, key)
    }
    environment.remove(environment.notes, builtNote(prefix))
    environment.remove(environment.notes, Buffer.concat([Buffer.from('multikey\0'), prefix]))
  })
}
