/**
 * Applies an update that the guard let pass. Should Yjs throw or keep something pending all the same, the document can no longer be
 * trusted: the room drops it, builds it anew from the log and refuses the sender. Nobody else notices.
 */
import * as Y from 'yjs'
import type { GuardMemory } from './guard-memory.ts'

export type Applied =
  | {
      state: 'applied'
      /**
       * What the document itself says has changed, in order: the update without what was known already, and perhaps a second one in which Yjs
       * removed superfluous formatting. These, and not the bytes that came in, are what a log has to keep for a later copy to be equal.
       */
      changes: Uint8Array[]
    }
  | { state: 'broken'; cause: unknown }

/** @param origin passed on to the document's own listeners */
export function applyGuarded(doc: Y.Doc, update: Uint8Array, origin: unknown, memory?: GuardMemory): Applied {
  const changes: Uint8Array[] = []
  const note = (change: Uint8Array): void => {
    changes.push(change)
  }
  doc.on('update', note)
  try {
    Y.applyUpdate(doc, update, origin)
  } catch (cause) {
    return { state: 'broken', cause }
  } finally {
    doc.off('update', note)
  }
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    return { state: 'broken', cause: new Error('Something stayed pending') }
  }
  memory?.grew(changes.reduce((sum, change) => sum + change.length, 0))
  return { state: 'applied', changes }
}
