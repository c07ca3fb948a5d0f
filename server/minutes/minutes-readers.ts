/** Which leaves of a conference's minutes a person may read now, and the record of having read them (MINUTES.md MN2). */
import { type Actor, canEnterRoom, canSupervise } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ItemId } from '../../shared/ids.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { type MeetingRecords, mayOpen } from '../meetings/meeting-records.ts'

export function readableLeaves(actor: Actor, records: MeetingRecords): Set<LeafKey> {
  const leaves = new Set<LeafKey>()
  if (canEnterRoom(actor, records.facts)) leaves.add('meeting')
  for (const [itemId, admitted] of records.items) {
    if (!mayOpen(actor, admitted)) continue
    leaves.add(`item:${itemId}`)
    const { facts, itemFacts, ofCase } = admitted
    if (canSupervise(actor, facts, itemFacts, ofCase?.facts)) leaves.add(`supervision:${itemId}`)
  }
  return leaves
}

/** Null: the meeting's own leaf. */
export const itemOfLeaf = (key: LeafKey): ItemId | null =>
  key === 'meeting' ? null : (key.slice(key.indexOf(':') + 1) as ItemId)

/** One record for each leaf, before it leaves. Whose data: the case of its item. */
export async function recordReading(
  parts: Pick<ConferenceParts, 'audit'>,
  by: By,
  records: MeetingRecords,
  leaves: Iterable<LeafKey>,
  action: `minutes.${string}`,
  reason: string,
): Promise<void> {
  const { _id: conferenceId } = records.conference
  await Promise.all(
    [...leaves].map(key => {
      const itemId = itemOfLeaf(key)
      const kind = key.startsWith('supervision:') ? 'supervision' : 'item'
      return parts.audit.record({
        actor: by.actor.userId,
        sessionId: by.sessionId,
        address: by.address,
        action,
        subject: itemId === null ? undefined : (records.items.get(itemId)?.item.caseId ?? undefined),
        object: documentNameOf(itemId === null ? { kind: 'conference', conferenceId } : { kind, itemId }),
        outcome: 'ok',
        reason,
      })
    }),
  )
}
