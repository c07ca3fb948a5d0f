/** Picks the store: MongoDB when its address is configured, else the embedded one under the data folder. */
import { openEmbeddedStore } from './embedded/embedded-store.ts'
import { openMongoStore } from './mongo-store.ts'
import type { CollectionDeclarations, Store } from './port.ts'

export async function openStore(options: {
  /** With credentials, if any; never logged (see {@link Store.description}). */
  mongodbUrl?: string | undefined
  dataDirectory: string
  declarations: CollectionDeclarations
}): Promise<Store> {
  const { mongodbUrl, dataDirectory, declarations } = options
  if (mongodbUrl !== undefined && mongodbUrl !== '') return openMongoStore({ url: mongodbUrl, declarations })
  return openEmbeddedStore({ directory: dataDirectory, declarations })
}
