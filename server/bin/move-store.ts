/**
 * `npm run move-store -- --from ./data --to mongodb://…`: moves an embedded store into an empty MongoDB database and compares both.
 * Dure must not be running. May be run again after it broke off.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { COLLECTIONS } from '../storage/collections.ts'
import { openEmbeddedStore } from '../storage/embedded/embedded-store.ts'
import { FolderInUse } from '../storage/embedded/folder-lock.ts'
import { openMongoStore } from '../storage/mongo-store.ts'
import { MOVE_DECLARATIONS, MoveRefused, moveStore } from '../storage/move-store.ts'
import { StoreUnavailable } from '../storage/port.ts'

const USAGE = 'Usage: npm run move-store -- --from ./data --to mongodb://host/database'

try {
  await main()
} catch (error) {
  if (!isExpected(error)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { from, to } = readArguments()
  // Opening would make a new store, and an empty one would be moved.
  if (!existsSync(join(from, 'store', 'data.mdb'))) throw new MoveRefused(`There is no store in ${from}.`)
  const source = await openEmbeddedStore({ directory: from, declarations: COLLECTIONS })
  try {
    const target = await openMongoStore({ url: to, declarations: { ...COLLECTIONS, ...MOVE_DECLARATIONS } })
    try {
      console.log(`Moving from ${source.description} to ${target.description}`)
      const result = await moveStore({
        source,
        target,
        collections: Object.keys(COLLECTIONS),
        now: () => new Date(),
        report: line => console.log(line),
      })
      if (result.moved) console.log(`Done: ${result.records} records, every collection compared.`)
      console.log('Start Dure with MONGODB_URL set to this database and with the same key folder.')
      const others = readdirSync(from).filter(name => name !== 'store')
      if (others.length > 0) console.log(`Not part of the store and not moved: ${others.join(', ')} in ${from}.`)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

function readArguments(): { from: string; to: string } {
  const { from, to } = parsed()
  if (from === undefined || to === undefined) throw new MoveRefused(USAGE)
  if (!/^mongodb(\+srv)?:\/\//.test(to)) throw new MoveRefused(`--to must begin with mongodb://\n${USAGE}`)
  return { from, to }
}

function parsed(): { from?: string | undefined; to?: string | undefined } {
  try {
    return parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } }).values
  } catch {
    throw new MoveRefused(USAGE) // An unknown option; its text may hold a password and is not repeated.
  }
}

function isExpected(error: unknown): error is Error {
  return error instanceof MoveRefused || error instanceof FolderInUse || error instanceof StoreUnavailable
}
