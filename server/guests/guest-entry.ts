/**
 * The door (SPEC GU4, GU5): what a link tells, link and code together, and how whoever waits stands. All of it is open to everybody, so nothing is
 * said to who does not hold the link, and little to who does.
 */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { GuestLinkView, GuestStanding } from '../../shared/protocol/guests.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { SessionCookie } from '../auth/cookies.ts'
import { endGuest, guestObject } from './guest-endings.ts'
import type { Invitation } from './guest-repository.ts'
import { guestSeatOf } from './guest-seats.ts'
import type { GuestParts } from './ports.ts'

/** @throws Refusal `not-found` for a link that opens nothing (any more) */
export async function lookAtLink(parts: GuestParts, token: string): Promise<GuestLinkView> {
  const invitation = await standing(parts, token)
  if (invitation === undefined) throw new Refusal('not-found')
  const { from, until } = invitation
  return {
    hostAgencyName: await hostOf(parts, invitation),
    opens: parts.now() < from.getTime() ? 'later' : 'now',
    from: from.toISOString(),
    until: until.toISOString(),
  }
}

/**
 * Through the door, into the lobby. What this browser had open before ends.
 * @throws Refusal `wrong-credentials` with `guest-code`, one answer for all that does not open; `not-allowed` with `guest-too-early` before its time
 */
export async function enterByCode(
  parts: GuestParts,
  { token, code }: { token: string; code: string },
  from: { address: string; cookie: string | undefined },
): Promise<{ cookie: SessionCookie; standing: GuestStanding }> {
  const invitation = await standing(parts, token)
  if (invitation !== undefined && parts.now() < invitation.from.getTime()) {
    throw new Refusal('not-allowed', 'guest-too-early')
  }
  const answer = invitation === undefined ? 'wrong' : await parts.guests.tryCode(invitation._id, code)
  await parts.audit.record({
    actor: invitation?._id ?? null,
    address: from.address,
    action: 'guest.enter',
    object: invitation && guestObject(invitation),
    outcome: answer === 'right' ? 'ok' : 'denied',
    reason: answer === 'right' ? undefined : 'wrong-credentials',
  })
  if (invitation !== undefined && answer === 'over') await endGuest(parts, null, invitation, 'wrong-codes')
  if (invitation === undefined || answer !== 'right') throw new Refusal('wrong-credentials', 'guest-code')

  const before = parts.cookies.read(from.cookie)
  if (before && (await parts.sessions.find(before))) await parts.sessions.end(before.sessionId)
  // One sign-in, on one screen (SPEC GU8).
  await parts.sessions.endAll(invitation._id)
  const limitMs = invitation.until.getTime() - parts.now()
  const cookie = await parts.sessions.start(invitation._id, { secondFactor: true, limitMs })
  const { conferenceId } = invitation
  parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId }), 'conference')
  return { cookie, standing: { state: 'waiting', hostAgencyName: await hostOf(parts, invitation) } }
}

/** Who waits looks at this again and again, which keeps their place; an idle screen loses it. */
export async function standingOf(parts: GuestParts, cookieHeader: string | undefined): Promise<GuestStanding> {
  const cookie = parts.cookies.read(cookieHeader)
  const session = cookie && (await parts.sessions.find(cookie))
  const invitation = session?.state === 'open' ? await parts.guests.find(session.userId) : undefined
  if (session === undefined || invitation === undefined || parts.now() >= invitation.until.getTime()) {
    return { state: 'nobody' }
  }
  switch (invitation.state) {
    case 'waiting':
      await parts.sessions.touch(session.sessionId)
      return { state: 'waiting', hostAgencyName: await hostOf(parts, invitation) }
    case 'admitted':
      return { state: 'admitted', conferenceId: invitation.conferenceId }
    case 'invited':
    case 'ended':
      return { state: 'nobody' }
  }
}

/** Who waits goes away again. What was open in this browser by another sign-in stays. */
export async function leaveLobby(
  parts: GuestParts,
  from: { address: string; cookie: string | undefined },
): Promise<void> {
  const cookie = parts.cookies.read(from.cookie)
  const session = cookie && (await parts.sessions.find(cookie))
  const invitation = session && (await parts.guests.find(session.userId))
  if (session === undefined || invitation?.state !== 'waiting') return
  await parts.guests.leaveLobby(invitation._id)
  await parts.sessions.end(session.sessionId)
  const { conferenceId } = invitation
  await parts.audit.record({
    actor: invitation._id,
    sessionId: session.sessionId,
    address: from.address,
    action: 'guest.leave',
    object: guestObject(invitation),
    outcome: 'ok',
  })
  parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId }), 'conference')
}

/** The invitation behind a link while it stands: its meeting is there and not over, its seat as well, its time has not passed. */
async function standing(parts: GuestParts, token: string): Promise<Invitation | undefined> {
  const invitation = await parts.guests.findByToken(token)
  if (invitation === undefined || invitation.state === 'ended') return undefined
  const conference = await parts.conferences.find(invitation.conferenceId)
  const isOver = parts.now() >= invitation.until.getTime() || conference === undefined || conference.state === 'closed'
  return isOver || guestSeatOf(conference, invitation._id) === undefined ? undefined : invitation
}

async function hostOf(parts: GuestParts, { conferenceId }: Invitation): Promise<string> {
  const conference = await parts.conferences.find(conferenceId)
  const host = conference && (await parts.people.agency(conference.hostAgencyId))
  return host?.name ?? ''
}
