/** The payloads that a room hands to its store, written and read (LOG.md). Reading throws on a version or a shape that it does not know. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { UserId } from '../../shared/ids.ts'

const VERSION = 1

/** The first use of a client id, or any later knowledge of whose it is. */
export interface Claim {
  client: number
  userId: UserId
}

export interface AuthoredUpdate {
  userId: UserId
  update: Uint8Array
}

export interface LogEntry {
  /** Milliseconds since 1970. */
  at: number
  claims: readonly Claim[]
  updates: readonly AuthoredUpdate[]
}

export interface SnapshotEntry {
  claims: readonly Claim[]
  stateVector: Uint8Array
  state: Uint8Array
}

export function encodeLogEntry(entry: LogEntry): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, VERSION)
  encoding.writeVarUint(encoder, entry.at)
  const authors = writeAuthors(encoder, [...entry.claims, ...entry.updates])
  writeClaims(encoder, entry.claims, authors)
  encoding.writeVarUint(encoder, entry.updates.length)
  for (const { userId, update } of entry.updates) {
    encoding.writeVarUint(encoder, authors.get(userId) ?? 0)
    encoding.writeVarUint8Array(encoder, update)
  }
  return encoding.toUint8Array(encoder)
}

export function decodeLogEntry(payload: Uint8Array): LogEntry {
  const decoder = decoding.createDecoder(payload)
  readVersion(decoder)
  const at = decoding.readVarUint(decoder)
  const authors = readAuthors(decoder)
  const claims = readClaims(decoder, authors)
  const updates: AuthoredUpdate[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const userId = authorAt(authors, decoding.readVarUint(decoder))
    updates.push({ userId, update: decoding.readVarUint8Array(decoder) })
  }
  return { at, claims, updates }
}

export function encodeSnapshotEntry(entry: SnapshotEntry): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, VERSION)
  const authors = writeAuthors(encoder, entry.claims)
  writeClaims(encoder, entry.claims, authors)
  encoding.writeVarUint8Array(encoder, entry.stateVector)
  encoding.writeVarUint8Array(encoder, entry.state)
  return encoding.toUint8Array(encoder)
}

export function decodeSnapshotEntry(payload: Uint8Array): SnapshotEntry {
  const decoder = decoding.createDecoder(payload)
  readVersion(decoder)
  const claims = readClaims(decoder, readAuthors(decoder))
  return {
    claims,
    stateVector: decoding.readVarUint8Array(decoder),
    state: decoding.readVarUint8Array(decoder),
  }
}

function readVersion(decoder: decoding.Decoder): void {
  const version = decoding.readUint8(decoder)
  if (version !== VERSION) throw new Error(`A document record of version ${version}; this server reads ${VERSION}`)
}

function writeAuthors(encoder: encoding.Encoder, named: readonly { userId: UserId }[]): Map<UserId, number> {
  const authors = new Map<UserId, number>()
  for (const { userId } of named) if (!authors.has(userId)) authors.set(userId, authors.size)
  encoding.writeVarUint(encoder, authors.size)
  for (const userId of authors.keys()) encoding.writeVarString(encoder, userId)
  return authors
}

function readAuthors(decoder: decoding.Decoder): UserId[] {
  const authors: UserId[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    authors.push(decoding.readVarString(decoder) as UserId)
  }
  return authors
}

function writeClaims(encoder: encoding.Encoder, claims: readonly Claim[], authors: Map<UserId, number>): void {
  encoding.writeVarUint(encoder, claims.length)
  for (const { client, userId } of claims) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, authors.get(userId) ?? 0)
  }
}

function readClaims(decoder: decoding.Decoder, authors: readonly UserId[]): Claim[] {
  const claims: Claim[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder)
    claims.push({ client, userId: authorAt(authors, decoding.readVarUint(decoder)) })
  }
  return claims
}

function authorAt(authors: readonly UserId[], index: number): UserId {
  const author = authors[index]
  if (author === undefined) throw new Error('A document record names an author that it does not list')
  return author
}
