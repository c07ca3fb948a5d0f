/**
 * In which order the rest of an agenda is best heard when some must leave before its end: the items of agencies who leave first come first, so that
 * they can go after theirs. Pure; screens propose what it says and nothing is moved without a press (SPEC MI4).
 */
import { speaksForAgency } from '../access.ts'
import type { AgencyId, ItemId } from '../ids.ts'
import type { AttendeeView } from './meeting-view.ts'

/** One line of the agenda, as far as its place is concerned. */
export interface OrderedItem {
  id: ItemId
  /** Agencies that hear it; empty for an item of everybody, and for one that is not open to who orders: neither is moved. */
  agencies: readonly AgencyId[]
  /** Being heard, finished or deferred: its place is past. */
  isSettled: boolean
}

/** `HH:mm`, local time of day; sorts as text. */
export type TimeOfDay = string

/**
 * When each agency has nobody left: the latest time at which one of its people must go, where all who are there must. Observers and supervisors
 * neither keep nor leave an agency, and who has gone already is not waited for.
 */
export function leavingTimes(attendance: readonly LeavingAttendee[]): Map<AgencyId, TimeOfDay> {
  const byAgency = new Map<AgencyId, LeavingAttendee[]>()
  for (const one of attendance) {
    const isThere = one.standing === 'announced' || one.standing === 'confirmed'
    if (!isThere || !speaksForAgency(one.role)) continue
    byAgency.set(one.agencyId, [...(byAgency.get(one.agencyId) ?? []), one])
  }
  const times = new Map<AgencyId, TimeOfDay>()
  for (const [agencyId, people] of byAgency) {
    const last = people.map(one => one.leavesAt).reduce((a, b) => (a === '' || b === '' ? '' : a > b ? a : b))
    if (last !== '') times.set(agencyId, last)
  }
  return times
}

export type LeavingAttendee = Pick<AttendeeView, 'agencyId' | 'role' | 'standing' | 'leavesAt'>

/**
 * The whole agenda in the proposed order; null when it stands so already. Only items that wait and name their agencies change places, among
 * themselves; of two whose agencies leave at the same time, or do not leave, the one that stood first stays first.
 */
export function proposedOrder(
  agenda: readonly OrderedItem[],
  leaving: ReadonlyMap<AgencyId, TimeOfDay>,
): readonly ItemId[] | null {
  const moves = agenda.filter(item => !item.isSettled && item.agencies.length > 0)
  const sorted = moves
    .map((item, at) => ({ id: item.id, at, leavesAt: firstLeaving(item, leaving) }))
    .sort((a, b) => (a.leavesAt === b.leavesAt ? a.at - b.at : a.leavesAt < b.leavesAt ? -1 : 1))
  const next = sorted.map(item => item.id)
  const order = agenda.map(item => (moves.includes(item) ? (next.shift() ?? item.id) : item.id))
  return order.every((id, at) => id === agenda[at]?.id) ? null : order
}

/** Later than any time of day. */
const STAYS = '24:00'

export function firstLeaving({ agencies }: Pick<OrderedItem, 'agencies'>, leaving: ReadonlyMap<AgencyId, TimeOfDay>) {
  return agencies.map(agencyId => leaving.get(agencyId) ?? STAYS).reduce((a, b) => (a < b ? a : b), STAYS)
}
