/**
 * What a record of access is and what its hash covers. Two forms: 1 is SHA-256, of the time before there was a key; 2 is HMAC-SHA256 under a key that
 * lies sealed in the store, so that nobody without the key file can write a record that passes. A form never goes back (SPEC AU4).
 */
import { createHash, createHmac, type KeyObject } from 'node:crypto'
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
  /** Hash of the entry before, hex; of nothing for the first. */
  previous: string
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

export function chained(key: KeyObject, entry: AuditEntry, at: Date, before: ChainEnd): AuditRecord {
  const sequence = before.sequence + 1
  const record = {
    _id: String(sequence),
    sequence,
    at,
    ...definedOnly(entry),
    previous: before.hash,
    form: 2 as const,
  }
  return { ...record, hash: keyedHashOf(key, record) }
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

/** The fields in a fixed order, so that the store's own order does not matter. */
function canonical(record: Omit<AuditRecord, 'hash'>): unknown[] {
  return [
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
}

export const keyedHashOf = (key: KeyObject, record: Omit<AuditRecord, 'hash'>): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([2, ...canonical(record)]))
    .digest('hex')

export const plainHashOf = (record: Omit<AuditRecord, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(record)))
    .digest('hex')

const FIELDS: ReadonlySet<string> = new Set([
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
])

/** Whether a stored record is word for word what was written: its own name, no field too many, its hash. */
export function isAsWritten(key: KeyObject, record: AuditRecord): boolean {
  const { sequence, at } = record
  if (record._id !== String(sequence) || !(at instanceof Date) || Number.isNaN(at.getTime())) return false
  for (const field in record) if (!FIELDS.has(field)) return false
  return record.hash === (record.form === 2 ? keyedHashOf(key, record) : plainHashOf(record))
}
