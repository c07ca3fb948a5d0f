/** Where the meeting is and how long it has been there (SPEC MP2, MP3). At most one item is open: the one that the pointer is at. */
import type { ItemProgressState } from '../../shared/codes.ts'
import type { ItemId } from '../../shared/ids.ts'
import type { MeetingState } from './meeting-state.ts'
import { withTurnCounted } from './spoken.ts'

type Progress = MeetingState['progress'][ItemId]

const UNTOUCHED: Progress = { state: 'waiting', openedAt: null, spentMs: 0 }

export const progressOf = (state: MeetingState, itemId: ItemId): Progress => state.progress[itemId] ?? UNTOUCHED

/** The item in another standing, its time counted up to `now` where it was open and from `now` where it is. */
export function withProgress(state: MeetingState, itemId: ItemId, to: ItemProgressState, now: string): MeetingState {
  const before = progressOf(state, itemId)
  if (before.state === to) return state
  const heardMs = before.openedAt === null ? 0 : Math.max(0, Date.parse(now) - Date.parse(before.openedAt))
  const after: Progress = { state: to, openedAt: to === 'open' ? now : null, spentMs: before.spentMs + heardMs }
  return { ...state, progress: { ...state.progress, [itemId]: after } }
}

/** The pointer leaves the item that it is at: open until now, it waits. */
export function withoutPointer(state: MeetingState, now: string): MeetingState {
  if (state.pointer === null) return state
  const { itemId } = state.pointer
  const left = progressOf(state, itemId).state === 'open' ? withProgress(state, itemId, 'waiting', now) : state
  return { ...left, pointer: null }
}

/**
 * What the records of the conference have made of the meeting: nothing is open and nobody speaks once it is over, and the pointer is at no
 * item that was taken off. The same object when that holds already.
 */
export function withRecords(
  state: MeetingState,
  about: { closedAt: Date | null; items: ReadonlySet<ItemId>; now: string },
): MeetingState {
  const { closedAt, items, now } = about
  if (closedAt !== null) {
    const silent = { now: null, since: null, queue: [] }
    const isOver = state.pointer === null && state.speaking.now === null && state.speaking.queue.length === 0
    const end = closedAt.toISOString()
    return isOver ? state : { ...withoutPointer(withTurnCounted(state, end), end), speaking: silent }
  }
  return state.pointer !== null && !items.has(state.pointer.itemId) ? withoutPointer(state, now) : state
}
