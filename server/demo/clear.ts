/** Empties a store that holds the demo, and no other. The mark that it is a demo goes last, so an interrupted clearing can be given again. */
import { installationKindOf } from '../people/installation.ts'
import { COLLECTIONS } from '../storage/collections.ts'
import type { Store, StoredRecord } from '../storage/port.ts'

/** The store is not one to empty; the message says why. */
export class NotADemo extends Error {
  override name = 'NotADemo'
}

/** How many records were removed. @throws {NotADemo} and then nothing was changed */
export async function clearDemo(store: Store): Promise<number> {
  const kind = await installationKindOf(store)
  if (kind === 'real') {
    throw new NotADemo(`This store (${store.description}) holds a real installation. It was not touched.`)
  }
  let removed = 0
  const names = Object.keys(COLLECTIONS).filter(name => name !== 'installation')
  for (const name of [...names, 'installation']) {
    const records = store.collection<StoredRecord>(name)
    if (name === 'installation') removed += (await records.deleteMany({ _id: { $ne: 'kind' } })).deletedCount
    removed += (await records.deleteMany({})).deletedCount
  }
  return removed
}
