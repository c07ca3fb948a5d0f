/** What is noted with an item that is deferred while too few are there for it: why, and a day to propose. The words can follow in the item. */
import type { ItemId } from '../../../../shared/ids.ts'
import { proposedReopening } from '../../../../shared/meeting/deferral.ts'
import type { MeetingView } from '../../../../shared/meeting/meeting-view.ts'
import { isMet } from '../../../../shared/meeting/quorum.ts'
import { dayInSeoul } from '../../../../shared/working-days.ts'

export const isBelowQuorum = (view: MeetingView | null, itemId: ItemId | null): boolean =>
  itemId !== null && view?.quorum?.itemId === itemId && !isMet(view.quorum)

/** @param now the server's time, ms */
export const noteBelowQuorum = (itemId: ItemId, now: number) => ({
  itemId,
  kind: 'below_quorum' as const,
  reason: '',
  retable: true,
  meetOn: proposedReopening(dayInSeoul(now)),
})
