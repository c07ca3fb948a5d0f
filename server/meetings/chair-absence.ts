/** Since when the chair has no connection, as this process has seen it: after a restart it is counted anew (SPEC MC5). */
import type { UserId } from '../../shared/ids.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import type { MeetingState } from './meeting-state.ts'
import { CHAIR_ABSENCE_MS, chairOrder } from './succession.ts'

export class ChairAbsence {
  #of: { chair: UserId; since: number } | undefined

  /** ms; undefined while the chair is there, or where there is none. */
  get since(): number | undefined {
    return this.#of?.since
  }

  /** To be called whenever somebody comes or goes, the chair changes or the conference does. */
  note(state: MeetingState, conference: Conference, online: ReadonlySet<UserId>, now: number): void {
    const chair = state.chair.userId
    if (chair === null || conference.state !== 'live' || online.has(chair)) this.#of = undefined
    else if (this.#of?.chair !== chair) this.#of = { chair, since: now }
  }

  /** When somebody else is due to lead; undefined while the chair is there, and while nobody else of the order is. */
  successionDue(conference: Conference, online: ReadonlySet<UserId>): number | undefined {
    if (this.#of === undefined) return undefined
    const isAnybodyThere = chairOrder(conference).some(userId => online.has(userId))
    return isAnybodyThere ? this.#of.since + CHAIR_ABSENCE_MS : undefined
  }
}
