/**
 * Following the chair, as pure questions: what a move of the pointer does to a screen, where the meeting goes next, how long an item was heard. The
 * one promise above all: nobody who is writing is moved.
 */
import type { ItemId } from '../../../../shared/ids.ts'
import type { ItemProgress, MeetingView, PointerView } from '../../../../shared/meeting/meeting-view.ts'

/** Who leads takes everybody along when they open an item; who is together is taken along; who looks alone is only told. */
export type FollowMode = 'lead' | 'together' | 'alone'

/** Somebody who typed so long ago may still be thinking of the next word. */
export const TYPED_LATELY_MS = 5_000

/** @param chosen what the person pressed in this visit; null when nothing was */
export function modeOf(chosen: FollowMode | null, who: { isChair: boolean; mayLead: boolean }): FollowMode {
  if (chosen === 'lead') return who.mayLead ? 'lead' : 'together'
  // The minute-taker moves the pointer too, but usually writes up one item while the chair goes on: leading is chosen, not fallen into.
  return chosen ?? (who.isChair && who.mayLead ? 'lead' : 'together')
}

export interface Screen {
  mode: FollowMode
  /** The item on this screen. */
  at: ItemId | null
  /** Writing (a composition is open, or a key within {@link TYPED_LATELY_MS}), or deciding in a dialog. */
  isBusy: boolean
}

export type Step =
  /** The screen is where it should be, or nobody knows where that is. */
  | 'stay'
  /** Shows the pointer's item, scrolled to its place. */
  | 'go'
  /** Nothing moves; a chip says where the meeting is. */
  | 'offer'

/** What a move of the pointer, from anywhere to `pointer`, does to a screen. */
export function stepOnMove({ mode, at, isBusy }: Screen, pointer: Pick<PointerView, 'itemId'> | null): Step {
  if (pointer === null) return 'stay'
  if (mode === 'alone' || isBusy) return at === pointer.itemId ? 'stay' : 'offer'
  return 'go'
}

/** Who opens another item than the meeting's looks alone from then on, unless there is nothing for them where the meeting is. */
export function modeAfterOpening(
  mode: FollowMode,
  opened: ItemId,
  pointer: Pick<PointerView, 'itemId'> | null,
  isPointerForMe: boolean,
): FollowMode {
  if (mode !== 'together' || pointer === null || opened === pointer.itemId || !isPointerForMe) return mode
  return 'alone'
}

type Progress = MeetingView['progress']

/** Heard or put off: nothing more to do there. */
export const isOver = (progress: ItemProgress | undefined) =>
  progress?.state === 'done' || progress?.state === 'deferred'

/** The next item that is neither done nor deferred: after the present one, else one that was passed over; undefined when none is left. */
export function nextItem<Line extends { id: ItemId }>(
  agenda: readonly Line[],
  progress: Progress,
  present: ItemId | null,
): Line | undefined {
  const from = agenda.findIndex(line => line.id === present)
  const inTurn = [...agenda.slice(from + 1), ...agenda.slice(0, Math.max(0, from))]
  return inTurn.find(line => !isOver(progress[line.id]))
}

/** How long an item has been heard, in whole minutes. @param now the server's time, ms */
export function minutesHeard(progress: ItemProgress | undefined, now: number): number {
  if (progress === undefined) return 0
  const running = progress.openedAt === null ? 0 : Math.max(0, now - Date.parse(progress.openedAt))
  return Math.floor((progress.spentMs + running) / 60_000)
}

/** Whoever leads if the chair stays away: the first of the order who is connected. */
export function wouldLead(view: Pick<MeetingView, 'chair' | 'online'>): MeetingView['chair']['userId'] {
  const { userId, order } = view.chair
  return order.find(one => one !== userId && view.online.includes(one)) ?? null
}

/** Whether this person may take the chair by a press: earlier in the order than who leads (SPEC MC4). */
export function mayTakeChair(view: Pick<MeetingView, 'chair'>, me: MeetingView['chair']['userId']): boolean {
  const { userId, order } = view.chair
  const mine = me === null ? -1 : order.indexOf(me)
  if (mine === -1 || userId === me) return false
  const theirs = userId === null ? -1 : order.indexOf(userId)
  return theirs === -1 || mine < theirs
}
