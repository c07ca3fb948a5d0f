/**
 * What a record of access is and what its hash covers. Two forms: 1 is SHA-256 over JSON, of the time before there was a key; 2 is SHA-512/256 over a key
 * (which lies sealed in the store; that hash cannot be lengthened) and the fields, so that nobody without the key file can write a record that
 * passes. A form never goes back (SPEC AU4).
 */
import { createHash, hash } from 'node:crypto'
import type { SessionId, UserId } from '../../shared/ids.ts'

export interface AuditEntry {
  /** Null for a stranger and for the service itself. */
  actor: UserId | null
  sessionId?: SessionId | undefined
  /** The network address as seen by the service or its trusted proxy. */
  address: string
  /** `noun.verb`, e.g. `item.open`, `case.change`, `authz.deny`, `session.sign-in`. */
  action: string
  /** Whose data: the case's id, opaque. Missing only where no client is touched. */
  subject?: string | undefined
  /** What was touched: a document name, a conference, a user. Opaque ids only. */
  object?: string | undefined
  outcome: 'ok' | 'denied' | 'failed'
  /** A code; never free text. */
  reason?: string | undefined
}

export interface AuditRecord extends AuditEntry {
  _id: string
  sequence: number
  at: Date
  /** Of form 1 the hash of the entry before. A record of form 2 does not repeat what the one before it says; its hash covers it. */
  previous?: string
  hash: string
  /** Left out: 1. */
  form?: 2
}

/** Where the chain is: the last number and its hash. */
export interface ChainEnd {
  sequence: number
  hash: string
}

export const FIRST_PREVIOUS = '0'.repeat(64)
export const NO_RECORD: ChainEnd = { sequence: 0, hash: FIRST_PREVIOUS }

/** The key of the chain, in hex. */
export type ChainKey = string

/** A record's name: a letter for how many digits its number has, and the number; so names lie in the order of numbers. Form 1 has the number alone. */
export function idOfRecord(sequence: number): string {
  const digits = String(sequence)
  return String.fromCharCode(96 + digits.length) + digits
}

/** Behind the last name that there can be. */
export const AFTER_NAMES = 'q'

export function chained(key: ChainKey, entry: AuditEntry, at: Date, before: ChainEnd): AuditRecord {
  const sequence = before.sequence + 1
  const record = { _id: idOfRecord(sequence), sequence, at, ...definedOnly(entry), form: 2 as const }
  return { ...record, hash: keyedHashOf(key, record, before.hash) }
}

/** Without the fields that are not there: a stored `null` would not hash like a missing one after a round trip. */
function definedOnly({ actor, sessionId, address, action, subject, object, outcome, reason }: AuditEntry): AuditEntry {
  return {
    actor,
    address,
    action,
    outcome,
    ...(sessionId !== undefined && { sessionId }),
    ...(subject !== undefined && { subject }),
    ...(object !== undefined && { object }),
    ...(reason !== undefined && { reason }),
  }
}

type Unhashed = Omit<AuditRecord, 'hash'>

/** The fields in a fixed order, so that the store's own order does not matter; each with its length, so that no two records read alike. */
export function keyedHashOf(key: ChainKey, record: Unhashed, previous: string): string {
  const { sequence, at, actor, sessionId, address, action, subject, object, outcome, reason } = record
  const words =
    `${key}2|${sequence}|${at.getTime()}|${previous}|${outcome}|` +
    field(actor) +
    field(sessionId) +
    field(address) +
    field(action) +
    field(subject) +
    field(object) +
    field(reason)
  // A text that was put together is written out once here; given as a text it would first be made whole and then be written out, a third slower.
  const length = words.length <= SCRATCH.length / 3 ? SCRATCH.write(words) : 0
  return hash('sha512-256', length > 0 ? SCRATCH.subarray(0, length) : words, 'hex')
}

/** Used within one call only. */
const SCRATCH = Buffer.allocUnsafeSlow(8_192)

const field = (text: string | null | undefined): string =>
  text === undefined || text === null ? '-' : `${text.length}:${text}`

/** Form 1. */
export function plainHashOf(record: Unhashed): string {
  const canonical = [
    record.sequence,
    record.previous,
    record.at.toISOString(),
    record.actor,
    record.sessionId ?? null,
    record.address,
    record.action,
    record.subject ?? null,
    record.object ?? null,
    record.outcome,
    record.reason ?? null,
  ]
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex')
}

const FIELDS = [
  '_id',
  'sequence',
  'at',
  'actor',
  'sessionId',
  'address',
  'action',
  'subject',
  'object',
  'outcome',
  'reason',
  'previous',
  'hash',
  'form',
] as const satisfies readonly (keyof AuditRecord)[]

/** Whether a stored record is word for word what was written: its own name, no field too many, its place behind the one before, its hash. */
export function isAsWritten(key: ChainKey, record: AuditRecord, previous: string): boolean {
  const { sequence, at, form } = record
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) return false
  let known = 0
  for (const name of FIELDS) {
    const value = record[name]
    // Nobody is an actor too; any other field that is not known is not there.
    if (value !== undefined && (value !== null || name === 'actor')) known += 1
  }
  if (Object.keys(record).length !== known) return false
  if (form !== 2) {
    return record._id === String(sequence) && record.previous === previous && record.hash === plainHashOf(record)
  }
  const isNamed = record._id === idOfRecord(sequence) && record.previous === undefined
  return isNamed && record.hash === keyedHashOf(key, record, previous)
}
