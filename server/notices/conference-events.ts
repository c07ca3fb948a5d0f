/** What is news of a conference, of its minutes: a comparison of what was said with what is (SPEC NT1–NT3). Pure. */
import type { AgencyId, UserId } from '../../shared/ids.ts'
import { needsSigning } from '../../shared/minutes/signing.ts'
import type { NoticeKind } from '../../shared/notices/notice-kinds.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import type { MinutesState } from '../minutes/minutes-state.ts'

export interface SaidOfConference {
  /** `planned`: everybody knows. `over`: there is no more to say. */
  standing: 'unplanned' | 'planned' | 'over'
  startsAt: number
  minutes: number
  /** A keyed mark of place and link. */
  place: string
  invited: UserId[]
}

export interface ConferenceEvent {
  kind: Extract<NoticeKind, `conference_${string}`>
  userId: UserId
  startsAt: number
  minutes: number
  changed: ('time' | 'place')[]
}

const UNPLANNED: SaidOfConference = { standing: 'unplanned', startsAt: 0, minutes: 0, place: '', invited: [] }

/** @param conference undefined: given up */
export function saidOfConference(
  conference: Conference | undefined,
  markOf: (text: string) => string,
): SaidOfConference {
  if (conference === undefined || conference.state === 'draft') return UNPLANNED
  const { startsAt, minutes, place, remoteLink, participants } = conference
  return {
    standing: conference.state === 'closed' ? 'over' : 'planned',
    startsAt: startsAt.getTime(),
    minutes,
    place: markOf(`${place}\n${remoteLink}`),
    // Guests hear from who invited them.
    invited: participants.filter(({ guest }) => guest === undefined).map(({ userId }) => userId),
  }
}

export function conferenceEvents(
  said: SaidOfConference = UNPLANNED,
  now: SaidOfConference,
  about: { createdBy: UserId | undefined; isLive: boolean; at: number },
): ConferenceEvent[] {
  if (now.standing === 'over' || said.standing === 'over') return []
  const endsAt = ({ startsAt, minutes }: SaidOfConference) => startsAt + minutes * 60_000
  const event =
    (kind: ConferenceEvent['kind'], from: SaidOfConference, changed: ConferenceEvent['changed'] = []) =>
    (userId: UserId): ConferenceEvent => ({ kind, userId, startsAt: from.startsAt, minutes: from.minutes, changed })
  const wasInvited = new Set(said.invited)
  const isInvited = new Set(now.invited)
  const changed: ConferenceEvent['changed'] = []
  if (said.startsAt !== now.startsAt || said.minutes !== now.minutes) changed.push('time')
  if (said.place !== now.place) changed.push('place')
  const isAhead = now.standing === 'planned' && endsAt(now) > about.at
  const invited = isAhead ? now.invited.filter(userId => !wasInvited.has(userId) && userId !== about.createdBy) : []
  // Who is in it sees it change.
  const told =
    isAhead && !about.isLive && changed.length > 0 ? now.invited.filter(userId => wasInvited.has(userId)) : []
  const gone = endsAt(said) > about.at ? said.invited.filter(userId => !isInvited.has(userId)) : []
  return [
    ...invited.map(event('conference_invited', now)),
    ...told.map(event('conference_changed', now, changed)),
    ...gone.map(event('conference_cancelled', said)),
  ]
}

/** How much of the minutes was told: versions, signatures and seals are only ever added. */
export interface SaidOfMinutes {
  versions: number
  signatures: number
  seals: number
}

export interface MinutesEvent {
  kind: Extract<NoticeKind, `minutes_${string}`>
  /** Names it within these minutes. */
  name: string
  version: number
  /** Who is told. */
  to: 'signers' | 'conductors' | 'readers'
  by: UserId | null
  at: number
  agencyId?: AgencyId
}

export const saidOfMinutes = ({ versions, signatures }: MinutesState): SaidOfMinutes => ({
  versions: versions.length,
  signatures: signatures.length,
  seals: versions.filter(({ seal }) => seal !== null).length,
})

export function minutesEvents(
  said: SaidOfMinutes = { versions: 0, signatures: 0, seals: 0 },
  { versions, signatures }: MinutesState,
  type: Conference['type'],
): MinutesEvent[] {
  const circulated = versions.slice(said.versions).map(
    ({ head, by }): MinutesEvent => ({
      kind: needsSigning(type) ? 'minutes_to_sign' : 'minutes_circulated',
      name: `version/${head.number}`,
      version: head.number,
      to: 'signers',
      by,
      at: Date.parse(head.at),
    }),
  )
  const objected = signatures.slice(said.signatures).flatMap(({ kind, signatureId, version, userId, agencyId, at }) =>
    kind === 'objected'
      ? [
          {
            kind: 'minutes_objected' as const,
            name: `objection/${signatureId}`,
            version,
            to: 'conductors' as const,
            by: userId,
            at: Date.parse(at),
            agencyId,
          },
        ]
      : [],
  )
  const sealed = versions
    .flatMap(({ head, seal }) => (seal === null ? [] : [{ number: head.number, seal }]))
    .slice(said.seals)
    .map(
      ({ number, seal }): MinutesEvent => ({
        kind: 'minutes_sealed',
        name: `seal/${number}`,
        version: number,
        to: 'readers',
        by: seal.by,
        at: Date.parse(seal.seal.at),
      }),
    )
  return [...circulated, ...objected, ...sealed]
}
