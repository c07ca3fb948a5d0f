/**
 * What really lies at rest: opens the store of a stopped server with its key file and builds documents and records from it, without the server's rooms,
 * sockets or memory.
 */
import type * as Y from 'yjs'
import type { AuditRecord } from '../../server/audit/audit.ts'
import { type Keyring, openKeyring } from '../../server/crypto/keyring.ts'
import { createHearingRepository } from '../../server/meetings/hearing-repository.ts'
import type { HearingState } from '../../server/meetings/meeting-state.ts'
import { RoomDocument } from '../../server/rooms/room-document.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { createDocumentStore } from '../../server/storage/documents/document-store.ts'
import { createSealer } from '../../server/storage/documents/sealer.ts'
import { openStore } from '../../server/storage/open-store.ts'
import type { Store } from '../../server/storage/port.ts'
import type { ItemId } from '../../shared/ids.ts'

export interface AtRest {
  keyFile: string
  dataFolder: string
  mongodbUrl?: string | undefined
}

/** The documents of these names as they lie at rest. The server must be stopped. */
export function loadCold(atRest: AtRest, names: readonly string[]): Promise<Y.Doc[]> {
  return atRestIn(atRest, async (store, keyring) => {
    const documents = createDocumentStore({ store, sealer: createSealer(keyring) })
    const found: Y.Doc[] = []
    for (const name of names) found.push(RoomDocument.fromStored(await documents.load(name)).doc)
    return found
  })
}

/** The hearing of an item as it lies at rest. The server must be stopped. */
export function loadColdHearing(atRest: AtRest, itemId: ItemId): Promise<HearingState> {
  return atRestIn(
    atRest,
    async (store, keyring) => (await createHearingRepository({ store, keyring }).find(itemId)).state,
  )
}

/** What the record of access says of one kind of action, oldest first, as it lies at rest. The server must be stopped. */
export function loadColdAudit(atRest: AtRest, action: string): Promise<AuditRecord[]> {
  return atRestIn(atRest, store =>
    store
      .collection<AuditRecord>('audit')
      .find({ action }, { sort: { sequence: 1 } })
      .toArray(),
  )
}

async function atRestIn<T>(atRest: AtRest, look: (store: Store, keyring: Keyring) => Promise<T>): Promise<T> {
  const { keyFile, dataFolder, mongodbUrl } = atRest
  const store = await openStore({ mongodbUrl, dataDirectory: dataFolder, declarations: COLLECTIONS })
  try {
    return await look(store, await openKeyring({ store, keyFile }))
  } finally {
    await store.close()
  }
}
