/**
 * How an invitation ends (SPEC GU9–GU11): one write after which the guest is nobody, and what follows from it, each step repeatable. Ends by
 * themselves: invitations to a meeting that was closed or given up, those whose time is over, and those that a crash left without a seat.
 */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { type ConferenceId, parseId, type UserId } from '../../shared/ids.ts'
import { withdrawUninvited } from '../conferences/conference-commands.ts'
import type { By } from '../conferences/ports.ts'
import { startEvery } from '../lib/every.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Invitation } from './guest-repository.ts'
import { recordGuestRights } from './guest-rights.ts'
import { changeSeats, guestSeatOf } from './guest-seats.ts'
import type { GuestParts } from './ports.ts'

export type EndingReason = 'taken-back' | 'wrong-codes' | 'meeting-over' | 'time-over' | 'no-seat'

/** Sockets of a guest whose time is over are asked again that much later at most. */
const LOOK_MS = 500
/** What could not be finished is tried again. */
const RETRY_MS = 5_000
const CONFERENCE = 'conference:'

/** Nobody is to come by it: who never came leaves no place. */
const TAKEN_BACK: readonly EndingReason[] = ['taken-back', 'wrong-codes', 'no-seat']

export const guestObject = ({ _id, conferenceId }: Pick<Invitation, '_id' | 'conferenceId'>) =>
  `${documentNameOf({ kind: 'conference', conferenceId })} ${_id}`

/** Ends it and finishes. Ended already, it is only finished. @param by null: nobody pressed anything */
export async function endGuest(
  parts: GuestParts,
  by: By | null,
  invitation: Pick<Invitation, '_id' | 'conferenceId'>,
  reason: EndingReason,
): Promise<void> {
  await parts.audit.record({
    actor: by?.actor.userId ?? null,
    sessionId: by?.sessionId,
    address: by?.address ?? '',
    action: 'guest.end',
    object: guestObject(invitation),
    outcome: 'ok',
    reason,
  })
  const { _id, conferenceId } = invitation
  const conference = await parts.conferences.find(conferenceId)
  const seat = conference && guestSeatOf(conference, _id)
  if (seat) await recordGuestRights(parts, by, invitation, { what: 'withdraw', items: seat.guest.items, seat: true })
  try {
    await parts.guests.end(_id, TAKEN_BACK.includes(reason))
  } finally {
    // Also when nobody can tell whether it was written: asking again costs nothing.
    parts.changes.announce([`user:${_id}`])
  }
  await finishEnding(parts, _id)
}

/** Everything after the one write; may be repeated. */
async function finishEnding(parts: GuestParts, guestId: UserId): Promise<void> {
  const { guests, sessions } = parts
  const invitation = await guests.find(guestId)
  if (invitation?.state !== 'ended') return
  const { conferenceId, wasIn, takenBack } = invitation
  await sessions.endAll(guestId)
  if (takenBack && !wasIn && !(await parts.isInAttendance(conferenceId, guestId))) {
    const changed = await changeSeats(parts, conferenceId, ({ participants, state }) =>
      state !== 'closed' && participants.some(one => one.userId === guestId)
        ? participants.filter(one => one.userId !== guestId)
        : undefined,
    )
    if (changed) await withdrawUninvited(parts, changed)
  }
  const conference = await parts.conferences.find(conferenceId)
  if (conference === undefined || guestSeatOf(conference, guestId) === undefined) await guests.removeName(guestId)
  await guests.remove(guestId)
  parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId }), 'conference')
}

export interface GuestWatch {
  /** An invitation was made that ends then. */
  expect(until: Date): void
  close(): Promise<void>
}

/** Finishes what was left half done, and from now on ends what is over. */
export async function watchGuests(options: { parts: GuestParts; clock: Clock; log: Log }): Promise<GuestWatch> {
  const { parts, clock, log } = options
  const { guests, conferences } = parts
  let nextDue = Number.POSITIVE_INFINITY
  let tail: Promise<void> = Promise.resolve()

  async function endIfOver(invitation: Invitation): Promise<void> {
    const conference = await conferences.find(invitation.conferenceId)
    if (invitation.state === 'ended') await finishEnding(parts, invitation._id)
    else if (conference === undefined || conference.state === 'closed') {
      await endGuest(parts, null, invitation, 'meeting-over')
    } else if (clock.now() >= invitation.until.getTime()) await endGuest(parts, null, invitation, 'time-over')
    else nextDue = Math.min(nextDue, invitation.until.getTime())
  }

  async function lookAtAll(): Promise<void> {
    nextDue = Number.POSITIVE_INFINITY
    for (const invitation of await guests.all()) await endIfOver(invitation)
  }

  async function lookAt(conferenceIds: readonly ConferenceId[]): Promise<void> {
    for (const conferenceId of conferenceIds) {
      for (const invitation of await guests.ofConference(conferenceId)) await endIfOver(invitation)
    }
  }

  /** An invitation that never got its seat told nobody its code. */
  async function endSeatless(): Promise<void> {
    for (const invitation of await guests.all()) {
      const conference = await conferences.find(invitation.conferenceId)
      const isSeatless = conference && guestSeatOf(conference, invitation._id) === undefined
      if (isSeatless) await endGuest(parts, null, invitation, 'no-seat')
    }
  }

  /** One after another; what fails is tried again. */
  function soon(work: () => Promise<void>): Promise<void> {
    tail = tail.then(work).catch(error => {
      nextDue = clock.now() + RETRY_MS
      log.warn({ error }, 'What is over of the guests could not be ended')
    })
    return tail
  }

  await endSeatless()
  await lookAtAll()

  const stopListening = parts.changes.onChange(keys => {
    const changed = keys.flatMap(
      key => (key.startsWith(CONFERENCE) ? parseId<ConferenceId>(key.slice(CONFERENCE.length)) : undefined) ?? [],
    )
    if (changed.length > 0) void soon(() => lookAt(changed))
  })
  const stopLooking = startEvery({
    clock,
    everyMs: LOOK_MS,
    work: async () => {
      if (clock.now() >= nextDue) await soon(lookAtAll)
    },
    onFailure: error => log.warn({ error }, 'What is over of the guests could not be looked for'),
  })

  return {
    expect(until) {
      nextDue = Math.min(nextDue, until.getTime())
    },
    async close() {
      stopListening()
      stopLooking()
      await tail
    },
  }
}
