/**
 * A room's copy of its document, and whose client ids are whose. Opened from stored bytes and built into a Yjs document only when somebody
 * writes or asks for a part of it, so that people who open a conference to read cost no parsing.
 *
 * Holds changes that are applied and not stored yet; who may see them when is the room's matter.
 */
import * as Y from 'yjs'
import type { UserId } from '../../shared/ids.ts'
import { type AuthoredUpdate, decodeLogEntry, decodeSnapshotEntry, encodeSnapshotEntry } from './log-payload.ts'
import type { StoredDocumentState } from './ports.ts'

/** Stored bytes that nobody needed as a document yet: one update with the whole state, then what came after. */
interface StoredBytes {
  stateVector: Uint8Array | undefined
  updates: Uint8Array[]
}

/** Beyond so many pieces it is cheaper for everybody to build the document than to send it in pieces. */
const MAX_PIECES = 200

const EMPTY_STATE_VECTOR = Uint8Array.of(0)
const EMPTY_UPDATE = Uint8Array.of(0, 0)

export class RoomDocument {
  readonly owners = new Map<number, UserId>()
  /** The last sequence that is in here, from the store or as a planned append. */
  sequence: number
  readonly snapshotUpTo: number
  #bytes: StoredBytes | undefined
  #doc: Y.Doc | undefined
  #wholeState: Uint8Array | undefined

  private constructor(bytes: StoredBytes, sequence: number, snapshotUpTo: number) {
    this.#bytes = bytes
    this.sequence = sequence
    this.snapshotUpTo = snapshotUpTo
  }

  /** Reads what is stored. Throws when a record cannot be read or a sequence is missing: a document with a hole is not opened. */
  static fromStored(stored: StoredDocumentState): RoomDocument {
    const updates: Uint8Array[] = []
    let stateVector: Uint8Array | undefined
    const upTo = stored.snapshot?.upTo ?? 0
    const document = new RoomDocument({ stateVector: undefined, updates: [] }, upTo, upTo)
    if (stored.snapshot !== undefined) {
      const snapshot = decodeSnapshotEntry(stored.snapshot.payload)
      for (const { client, userId } of snapshot.claims) document.owners.set(client, userId)
      stateVector = snapshot.stateVector
      updates.push(snapshot.state)
    }
    for (const record of stored.tail) {
      if (record.sequence !== document.sequence + 1) {
        throw new Error(`The log has record ${record.sequence} where ${document.sequence + 1} is due`)
      }
      const entry = decodeLogEntry(record.payload)
      for (const { client, userId } of entry.claims) document.owners.set(client, userId)
      for (const { update } of entry.updates) updates.push(update)
      document.sequence = record.sequence
    }
    document.#bytes = { stateVector: stored.tail.length === 0 ? stateVector : undefined, updates }
    return document
  }

  get isBuilt(): boolean {
    return this.#doc !== undefined
  }

  /** The Yjs document, built now if need be. To be changed only through {@link markChanged}'s caller. */
  get doc(): Y.Doc {
    if (this.#doc === undefined) {
      const doc = new Y.Doc({ gc: true })
      // The server writes nothing of its own, so it needs no id; a fixed one keeps chance out of here.
      doc.clientID = 0
      for (const update of this.#bytes?.updates ?? []) Y.applyUpdate(doc, update)
      this.#doc = doc
      this.#bytes = undefined
    }
    return this.#doc
  }

  /** To be called after the document was changed. */
  markChanged(): void {
    this.#wholeState = undefined
  }

  /**
   * What somebody lacks who knows `stateVector`, as the updates to send before step 2 and the update to send as step 2. For a document that is
   * still as it was stored these are the stored bytes themselves. Throws on a state vector that is none.
   */
  answerTo(stateVector: Uint8Array): { before: readonly Uint8Array[]; step2: Uint8Array } {
    if (isEmptyStateVector(stateVector)) {
      if (this.#bytes !== undefined && this.#bytes.updates.length <= MAX_PIECES) {
        const { updates } = this.#bytes
        return { before: updates.slice(0, -1), step2: updates.at(-1) ?? EMPTY_UPDATE }
      }
      this.#wholeState ??= Y.encodeStateAsUpdate(this.doc)
      return { before: [], step2: this.#wholeState }
    }
    return { before: [], step2: Y.encodeStateAsUpdate(this.doc, stateVector) }
  }

  get stateVector(): Uint8Array {
    if (this.#bytes !== undefined) {
      if (this.#bytes.updates.length === 0) return EMPTY_STATE_VECTOR
      if (this.#bytes.stateVector !== undefined) return this.#bytes.stateVector
    }
    return Y.encodeStateVector(this.doc)
  }

  /** Everything in here as a snapshot's payload. Only when nothing is in here that is not stored. */
  encodeSnapshot(): Uint8Array {
    return encodeSnapshotEntry({
      claims: [...this.owners].map(([client, userId]) => ({ client, userId })),
      stateVector: Y.encodeStateVector(this.doc),
      state: Y.encodeStateAsUpdate(this.doc),
    })
  }

  /** The updates of records after `sequence`, for people who have everything before; undefined when the records are not at hand. */
  static updatesAfter(stored: StoredDocumentState, sequence: number): AuthoredUpdate[] | undefined {
    if (stored.snapshot !== undefined && stored.snapshot.upTo > sequence) return undefined
    return stored.tail.filter(record => record.sequence > sequence).flatMap(r => decodeLogEntry(r.payload).updates)
  }

  destroy(): void {
    this.#doc?.destroy()
    this.#doc = undefined
    this.#bytes = undefined
    this.#wholeState = undefined
  }
}

function isEmptyStateVector(stateVector: Uint8Array): boolean {
  return stateVector.byteLength === 0 || (stateVector.byteLength === 1 && stateVector[0] === 0)
}

/** Whether an update is the one that says nothing, as clients without changes of their own answer step 1. */
export function isEmptyUpdate(update: Uint8Array): boolean {
  return update.byteLength === 2 && update[0] === 0 && update[1] === 0
}
