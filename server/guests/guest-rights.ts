/**
 * What a guest is given and what is taken from them, each in a record of its own (audit/SPEC.md AU3, 안전성 확보조치 기준 제5조③): their place in the meeting, and each item
 * that is ticked for them, with whose data it is about.
 */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ItemId } from '../../shared/ids.ts'
import type { By } from '../conferences/ports.ts'
import type { Invitation } from './guest-repository.ts'
import type { GuestParts } from './ports.ts'

export interface MovedRights {
  what: 'give' | 'withdraw'
  items: readonly ItemId[]
  /** Their place at the table as well. */
  seat: boolean
}

/** Before the write that gives or takes it. @param by null: nobody pressed anything */
export async function recordGuestRights(
  parts: Pick<GuestParts, 'audit' | 'items'>,
  by: By | null,
  { _id, conferenceId }: Pick<Invitation, '_id' | 'conferenceId'>,
  { what, items, seat }: MovedRights,
): Promise<void> {
  const record = {
    actor: by?.actor.userId ?? null,
    sessionId: by?.sessionId,
    address: by?.address ?? '',
    action: `access.${what}`,
    object: `user.${_id}`,
    outcome: 'ok',
  } as const
  const subjects = await Promise.all(items.map(async itemId => (await parts.items.find(itemId))?.caseId ?? undefined))
  const rows = items.map((itemId, at) => ({ subject: subjects[at], reason: documentNameOf({ kind: 'item', itemId }) }))
  if (seat) rows.unshift({ subject: undefined, reason: documentNameOf({ kind: 'conference', conferenceId }) })
  await Promise.all(rows.map(row => parts.audit.record({ ...record, ...row })))
}
