/**
 * What a room needs from outside, declared by the room. Adapters come to it: `transport/` makes a real socket fit {@link RoomSocket},
 * `storage/documents/` makes the store fit {@link DocumentStore}, `conferences/` answers {@link DocumentAccess}.
 */
import type { Doc } from 'yjs'
import type { PresentMode } from '../../shared/codes.ts'
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import type { AgencyId, SessionId, UserId } from '../../shared/ids.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'

/** One side of a socket. Frames are whole messages; the room frames a relay once and hands the same bytes to everyone. */
export interface RoomSocket {
  readonly isOpen: boolean
  /** Bytes accepted for sending that the network has not taken yet. */
  readonly bufferedBytes: number
  send(frames: readonly Uint8Array[]): void
  close(reason: RefusalReason, detail?: string): void
}

/** Who is at the other end, as the sign-in says; never as the client says. */
export interface SignedInPerson {
  sessionId: SessionId
  userId: UserId
}

/** What others in the document are shown of a person. Comes from records, never from the client. */
export interface PresenceIdentity {
  userId: UserId
  name: string
  agencyId: AgencyId | null
  agencyName: string
  /** Index into the 12 agency colours. */
  colour: number
  /** How they attend, as the record says; null while it says nothing. */
  mode: PresentMode | null
}

/** The facts that the guard judges a write by. */
export interface WriterFacts {
  userId: UserId
  agencyId: AgencyId | null
  /** Leads, deputises or takes the minutes: may order the agenda and write what belongs to another agency. */
  conducts: boolean
  /** Agencies whose parts (`opinion:*`) exist in this document. */
  clearedAgencies: readonly AgencyId[]
}

/** What a person may do with a document now. */
export interface DocumentGrant {
  mayWrite: boolean
  writer: WriterFacts
  identity: PresenceIdentity
  /**
   * Keys of everything that this answer rests on, e.g. `user:…`, `session:…`, `conference:…`, `item:…`, `case:…`. When one of them is
   * announced as changed, the grant is void until asked again.
   */
  dependsOn: readonly string[]
}

export interface DocumentAccess {
  /** The grant, or undefined where the document does not exist or is not for this person: one answer for both. Throws when it cannot tell. */
  grantFor(person: SignedInPerson, ref: DocumentRef): Promise<DocumentGrant | undefined>
  /** Calls back, synchronously with the commit of the change, with the keys that changed. Returns its stopper. */
  onChange(listener: (keys: readonly string[]) => void): () => void
}

/** One durable step of a document: what was added, by whom. `payload` is opaque to storage. */
export interface LogRecord {
  sequence: number
  payload: Uint8Array
}

export interface StoredDocumentState {
  /** The state up to and including `upTo`, as one payload; undefined when nothing was compacted yet. */
  snapshot: { payload: Uint8Array; upTo: number } | undefined
  /** Records after the snapshot, in order, without a gap. */
  tail: LogRecord[]
}

/** A document at rest. Encrypts and decrypts; the room never sees ciphertext. */
export interface DocumentStore {
  load(document: string): Promise<StoredDocumentState>
  /**
   * Durable when it resolves. Rejects with `SequenceTaken` when another writer has that sequence, with any other error when nothing can be
   * said about whether it was written: the room then loads anew.
   */
  append(document: string, record: LogRecord): Promise<void>
  /** Writes the state as a new generation, switches to it, then removes what it replaces. A crash anywhere leaves a readable document. */
  compact(document: string, snapshot: { payload: Uint8Array; upTo: number }): Promise<void>
}

/** What the guard says of an update before it is applied. */
export type UpdateVerdict =
  | {
      ok: true
      /** Client ids that this update uses and nobody owns yet. */
      newClients: readonly number[]
      /** The document has all of it already. */
      changesNothing: boolean
      /** Only formatting that nobody sees goes: Yjs does that on every copy, so it is no attempt to write. */
      onlyTidies: boolean
    }
  | { ok: false; reason: RefusalReason; detail: string }

export type UpdateApplied =
  /** What the document says has changed: first the update's own new part, then what Yjs tidied after it. These are logged and relayed. */
  | { state: 'applied'; changes: readonly Uint8Array[] }
  /** The document is no longer to be trusted and has to be built anew. */
  | { state: 'broken'; cause: unknown }

/** Judges what a member sends. Rooms know neither layouts nor structs; `guard/` does. */
export interface UpdateGuard {
  /** Pure: neither the document nor anything else is changed. */
  judge(
    update: Uint8Array,
    context: { doc: Doc; ref: DocumentRef; writer: WriterFacts; owners: ReadonlyMap<number, UserId> },
  ): UpdateVerdict
  /** Applies a judged update. */
  apply(doc: Doc, update: Uint8Array): UpdateApplied
}

/** Another writer already appended this sequence. */
export class SequenceTaken extends Error {
  override name = 'SequenceTaken'
}

/** Milliseconds, and a way to be called later; both virtual in tests. */
export interface Clock {
  now(): number
  /** Calls once after `delayMs`; returns its stopper. */
  after(delayMs: number, call: () => void): () => void
  /** Calls after the current turn of the event loop. */
  soon(call: () => void): void
}
