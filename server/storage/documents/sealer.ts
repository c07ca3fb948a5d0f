/**
 * Which drawer a document's bytes lie in, and the words that bind them to their place: bytes of one document, kind or sequence do not open as
 * those of another.
 */
import { type DocumentRef, parseDocumentName } from '../../../shared/documents/document-names.ts'
import type { DrawerName, Keyring } from '../../crypto/keyring.ts'

export interface Sealer {
  /** @param place which record of the document, e.g. `log|17` */
  seal(document: string, place: string, plain: Uint8Array): Promise<Buffer>
  /** @throws {SealBroken} */
  open(document: string, place: string, sealed: Uint8Array): Promise<Buffer>
}

export function createSealer(keyring: Pick<Keyring, 'drawer'>): Sealer {
  return {
    seal: async (document, place, plain) =>
      (await keyring.drawer(drawerOf(document))).seal(plain, `${document}|${place}`),
    open: async (document, place, sealed) =>
      (await keyring.drawer(drawerOf(document))).open(sealed, `${document}|${place}`),
  }
}

function drawerOf(document: string): DrawerName {
  const ref: DocumentRef | undefined = parseDocumentName(document)
  if (ref === undefined) throw new Error(`Not the name of a document: ${document}`)
  switch (ref.kind) {
    case 'conference':
      return `conference:${ref.conferenceId}`
    case 'item':
    case 'supervision':
      return `item:${ref.itemId}`
    case 'case':
      return `case:${ref.caseId}`
    case 'actions':
      // A restricted item's ledger has that item's readers, so it lies in that item's drawer.
      return ref.zone === 'open' ? `case:${ref.caseId}` : `item:${ref.zone}`
  }
}
