/**
 * The order that every command keeps: the record of access, the write, the announcement in the same turn as the write's answer. When
 * the write fails, a second record says so. When nobody can tell whether it was written, the announcement is made all the same: asking
 * again about access that did not change costs nothing.
 */
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AccessKey } from '../auth/access-changes.ts'
import type { Named } from './moved-access.ts'
import type { By, ConferenceParts } from './ports.ts'

export interface Commit<T> {
  /** `noun.verb` */
  action: string
  /** The case whose data are touched. */
  subject?: string | undefined
  object: string
  /** A code that says more, e.g. the new state. */
  reason?: string | undefined
  /** Who is given access to the object by it, and who loses it: each in a record of its own, `access.give` or `access.withdraw`, with the object as its reason. */
  giving?: readonly Named[]
  losing?: readonly Named[]
  /** One single-document write. */
  write(): Promise<T>
  /** Keys of everything whose access may be another now. */
  announces(): readonly AccessKey[]
}

export async function commit<T>(
  parts: Pick<ConferenceParts, 'audit' | 'changes'>,
  by: By,
  { action, subject, object, reason, giving = [], losing = [], write, announces }: Commit<T>,
): Promise<T> {
  const entry = {
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    subject,
    object,
  }
  const moved = [
    ...giving.map(who => ({ ...entry, action: 'access.give', object: who, reason: object })),
    ...losing.map(who => ({ ...entry, action: 'access.withdraw', object: who, reason: object })),
  ]
  const recordMoved = (outcome: 'ok' | 'failed') =>
    Promise.all(moved.map(record => parts.audit.record({ ...record, outcome })))
  await parts.audit.record({ ...entry, outcome: 'ok', reason })
  await recordMoved('ok')
  let written: T
  try {
    written = await write()
  } catch (error) {
    if (!(error instanceof Refusal)) parts.changes.announce(announces())
    await parts.audit.record({
      ...entry,
      outcome: 'failed',
      reason: error instanceof Refusal ? error.reason : 'store',
    })
    await recordMoved('failed')
    throw error
  }
  parts.changes.announce(announces())
  return written
}
