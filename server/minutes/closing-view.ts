/** What whoever conducts is shown before the room is closed (MINUTES.md MN16). */
import { canEnterRoom, canWriteForOthers } from '../../shared/access.ts'
import type { OpenThreads } from '../../shared/comments/threads.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import type { ClosingView } from '../../shared/protocol/minutes.ts'
import { refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { itemsInOrder, openPointsOf } from '../meetings/closing-points.ts'
import { progressOf } from '../meetings/item-progress.ts'
import { type MeetingRecords, mayOpen, readRecords } from '../meetings/meeting-records.ts'
import { recordReading } from './minutes-readers.ts'
import type { MinutesParts } from './ports.ts'

type ClosingParts = Pick<
  MinutesParts,
  'conferences' | 'items' | 'cases' | 'audit' | 'documents' | 'people' | 'meetings' | 'hearings' | 'comments'
>

/** @throws Refusal `not-found` for who has no part in it, `not-allowed` for who does not conduct it */
export async function admitToClose(parts: ClosingParts, by: By, conferenceId: ConferenceId): Promise<MeetingRecords> {
  const records = await readRecords(parts, conferenceId)
  const object = documentNameOf({ kind: 'conference', conferenceId })
  if (records === undefined || !canEnterRoom(by.actor, records.facts)) return refuse(parts, by, 'not-found', { object })
  if (!canWriteForOthers(by.actor, records.facts)) return refuse(parts, by, 'not-allowed', { object })
  return records
}

export async function openClosing(parts: ClosingParts, by: By, records: MeetingRecords): Promise<ClosingView> {
  const { _id: conferenceId } = records.conference
  const [{ state: meeting }, hearings] = await Promise.all([
    parts.meetings.find(conferenceId),
    parts.hearings.ofConference(conferenceId),
  ])
  const points = await openPointsOf({ parts, records, meeting, hearings })
  const items = await itemsInOrder({ parts, records })
  const own = new Set(items.filter(item => mayOpen(by.actor, item)).map(({ item }) => item._id))
  const open = points.filter(({ itemId }) => itemId === null || own.has(itemId))
  const comments = (await parts.comments?.openIn([...own])) ?? new Map<ItemId, OpenThreads>()
  const shown = new Set(open.flatMap(({ itemId }) => (itemId === null ? [] : [`item:${itemId}` as const])))
  await recordReading(parts, by, records, shown, 'minutes.check', 'closing')
  const elsewhere = points.filter(({ itemId }) => itemId !== null && !own.has(itemId)).map(({ number }) => number)
  return {
    open,
    openElsewhere: [...new Set(elsewhere)],
    returning: items.flatMap(({ item: { _id: itemId } }, at): ClosingView['returning'][number][] => {
      const { state, spentMs } = progressOf(meeting, itemId)
      const line = { itemId, number: at + 1, deferral: null }
      if (state === 'waiting' && spentMs === 0) return [{ ...line, why: 'not-discussed' }]
      if (state !== 'deferred') return []
      const said = own.has(itemId) ? hearings.get(itemId)?.state.deferral : undefined
      if (said?.retable === false) return []
      const deferral = said ? { kind: said.kind, reason: said.reason } : null
      return [{ ...line, why: 'deferred', deferral }]
    }),
    comments: items.flatMap(({ item: { _id: itemId } }, at) => {
      const unresolved = comments.get(itemId)
      return unresolved ? [{ itemId, number: at + 1, open: unresolved.open, waiting: unresolved.waiting }] : []
    }),
  }
}
