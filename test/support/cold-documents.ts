/**
 * What really lies at rest: opens the store of a stopped server with its key file and builds documents from it, without the server's rooms,
 * sockets or memory.
 */
import type * as Y from 'yjs'
import { openKeyring } from '../../server/crypto/keyring.ts'
import { RoomDocument } from '../../server/rooms/room-document.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { createDocumentStore } from '../../server/storage/documents/document-store.ts'
import { createSealer } from '../../server/storage/documents/sealer.ts'
import { openStore } from '../../server/storage/open-store.ts'

export interface AtRest {
  keyFile: string
  dataFolder: string
  mongodbUrl?: string | undefined
}

/** The documents of these names as they lie at rest. The server must be stopped. */
export async function loadCold(atRest: AtRest, names: readonly string[]): Promise<Y.Doc[]> {
  const { keyFile, dataFolder, mongodbUrl } = atRest
  const store = await openStore({ mongodbUrl, dataDirectory: dataFolder, declarations: COLLECTIONS })
  try {
    const documents = createDocumentStore({ store, sealer: createSealer(await openKeyring({ store, keyFile })) })
    const found: Y.Doc[] = []
    for (const name of names) found.push(RoomDocument.fromStored(await documents.load(name)).doc)
    return found
  } finally {
    await store.close()
  }
}
