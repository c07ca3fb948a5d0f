/**
 * The meeting's own moments, heard where they are written: each repository says what its write made of the record. Whoever commands it, by whichever
 * way, and whatever is repeated, a moment is known by what is stored (SPEC HI1).
 */
import { must } from '../../shared/assert.ts'
import type { VersionMoment } from '../../shared/history/version-moments.ts'
import type { ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import type { Conference, ConferenceRepository } from '../conferences/conference-repository.ts'
import type { HearingRepository } from '../meetings/hearing-repository.ts'
import type { MinutesRepository } from '../minutes/minutes-repository.ts'
import type { MinutesState } from '../minutes/minutes-state.ts'

export interface Moment {
  moment: VersionMoment
  /** Names it among the moments of an item. */
  once: string
  /** The confirmation's or the minutes' number; 0 for others. */
  number: number
  at: Date
  by: UserId | null
}

/** Of one item, or of all items of the conference. */
export type OnMoment = (where: { conferenceId: ConferenceId; itemId?: ItemId }, moment: Moment) => void

export function withOpenings(conferences: ConferenceRepository, onMoment: OnMoment): ConferenceRepository {
  return {
    ...conferences,
    async update(known, fields) {
      const written = await conferences.update(known, fields)
      const { _id: conferenceId, state } = written
      const at = state === 'live' ? written.startedAt : written.closedAt
      if (state === known.state || at === null) return written
      if (state === 'live') onMoment({ conferenceId }, { moment: 'opened', once: 'opened', number: 0, at, by: null })
      if (state === 'closed') onMoment({ conferenceId }, closingOf(at))
      return written
    },
  }
}

export function withConfirmations(hearings: HearingRepository, onMoment: OnMoment): HearingRepository {
  return {
    ...hearings,
    async store(of, known, state) {
      const kept = await hearings.store(of, known, state)
      for (const { number, confirmedAt, confirmedBy } of state.confirmations.slice(known.state.confirmations.length)) {
        const at = new Date(confirmedAt)
        onMoment(of, { moment: 'confirmed', once: `confirmed|${number}`, number, at, by: confirmedBy as UserId })
      }
      return kept
    },
  }
}

export function withSeals(minutes: MinutesRepository, onMoment: OnMoment): MinutesRepository {
  return {
    ...minutes,
    async store(conferenceId, known, state, lapsesAt) {
      const kept = await minutes.store(conferenceId, known, state, lapsesAt)
      const before = new Set(sealsOf(known.state).map(one => one.once))
      for (const moment of sealsOf(state)) if (!before.has(moment.once)) onMoment({ conferenceId }, moment)
      return kept
    },
  }
}

/** Who closed it, the meeting's own record says (`history-views.ts`). */
export const closingOf = (at: Date): Moment => ({ moment: 'closed', once: 'closed', number: 0, at, by: null })

export function sealsOf({ versions }: MinutesState): Moment[] {
  return versions
    .filter(version => version.seal !== null)
    .map(version => {
      const { seal, by } = must(version.seal, 'a seal')
      const { number } = version.head
      return { moment: 'sealed', once: `sealed|${number}`, number, at: new Date(seal.at), by }
    })
}

/** Moments of a conference that can still be made up for: nobody but who puts its words right wrote since (HI2). */
export function momentsToMakeUpFor(
  conference: Pick<Conference, 'state' | 'closedAt'>,
  minutes: MinutesState,
): Moment[] {
  if (conference.state !== 'closed' || conference.closedAt === null) return []
  return [closingOf(conference.closedAt), ...sealsOf(minutes).slice(-1)]
}
