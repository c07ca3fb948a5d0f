/**
 * Who leads (SPEC MC). The order is the conference's own: leader, deputies as listed, minute-taker. Pure: the same record, people and time give
 * the same chair, so no two of them can be told of.
 */
import type { UserId } from '../../shared/ids.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import type { MeetingState } from './meeting-state.ts'

/** How long the chair's last connection may be gone (SPEC MC2, MC3). */
export const CHAIR_ABSENCE_MS = 20_000

/** Since when the chair is without a connection, ms; undefined while one is there. */
export type AbsentSince = number | undefined

export function chairOrder({ participants }: Pick<Conference, 'participants'>): UserId[] {
  const inRole = (role: 'leader' | 'deputy' | 'minute_taker') =>
    participants.filter(participant => participant.role === role).map(participant => participant.userId)
  return [...inRole('leader'), ...inRole('deputy'), ...inRole('minute_taker')]
}

/**
 * The meeting as it must be led now; the same object when nothing is to be changed. A live conference without a chair is led by the first of
 * the order; one whose chair is gone long enough, or takes no part any more, by the first of the order who is connected.
 */
export function withChair(
  state: MeetingState,
  about: {
    conference: Pick<Conference, 'state' | 'participants'>
    online: ReadonlySet<UserId>
    absentSince: AbsentSince
    now: number
  },
): MeetingState {
  const { conference, online, absentSince, now } = about
  if (conference.state !== 'live') return state
  const order = chairOrder(conference)
  const led = (userId: UserId | undefined): MeetingState =>
    userId === undefined || userId === state.chair.userId
      ? state
      : { ...state, chair: { userId, since: new Date(now).toISOString() } }
  const connected = order.find(userId => online.has(userId))
  if (state.chair.userId === null) return led(order[0])
  if (!order.includes(state.chair.userId)) return led(connected ?? order[0])
  const isGone = absentSince !== undefined && now - absentSince >= CHAIR_ABSENCE_MS
  return isGone ? led(connected) : state
}
