/**
 * Inviting a guest, ticking what they may open, another code, letting in from the lobby, taking back (SPEC GU1–GU5). Who may change the conference
 * gives all of these; what an item asks besides is asked by the item's own commands.
 */
import { randomInt } from 'node:crypto'
import { worksOnCase } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, ItemId, UserId } from '../../shared/ids.ts'
import type { ChangeGuestBody, CreateGuestBody, GuestView, NewGuestView } from '../../shared/protocol/guests.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { type AdmittedConference, admitToChangeItem, refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import { changeItem } from '../conferences/item-commands.ts'
import type { By } from '../conferences/ports.ts'
import { assertDistinct } from '../conferences/staff.ts'
import { newSecret } from '../lib/random.ts'
import { assertNotSuspended } from '../subject-requests/suspensions.ts'
import { endGuest, guestObject } from './guest-endings.ts'
import type { Invitation } from './guest-repository.ts'
import { recordGuestRights } from './guest-rights.ts'
import { changeSeats, type GuestSeat, guestSeatOf } from './guest-seats.ts'
import { guestView, itemsVisibleTo } from './guest-views.ts'
import { agencyFor } from './partner-agency.ts'
import type { GuestParts } from './ports.ts'

/** Far more than sit at any table; participants of both kinds lie in one record. */
const MOST_SEATS = 240
/** Nobody is invited for longer: a meeting that is further away is invited to when it is near. */
const LONGEST_MS = 60 * 86_400_000

const newCode = () => String(randomInt(1_000_000)).padStart(6, '0')

/** @returns with what the door takes, which nobody can be told again */
export async function inviteGuest(
  parts: GuestParts,
  by: By,
  admitted: AdmittedConference,
  body: CreateGuestBody,
): Promise<NewGuestView> {
  const { conference } = admitted
  const [from, until] = [new Date(body.from), new Date(body.until)]
  const isInTime = from < until && until.getTime() > parts.now() && until.getTime() - parts.now() <= LONGEST_MS
  if (!isInTime) throw new Refusal('bad-request', 'guest-time')
  if (conference.participants.length >= MOST_SEATS) throw new Refusal('too-large', 'too-many-seats')
  assertDistinct(body.items, 'item-twice')
  const agencyId = await agencyFor(parts, by, conference, body.agency)
  await assertMayTick(parts, by, conference._id, agencyId, body.items)

  const guestId = parts.newId<UserId>()
  const place = { _id: guestId, conferenceId: conference._id, agencyId }
  const [token, code] = [newSecret(), newCode()]
  await parts.guests.putName(place, { name: body.name, title: body.title })
  const invitation = await commit(parts, by, {
    action: 'guest.invite',
    object: guestObject(place),
    write: () => parts.guests.insert({ ...place, token, code, from, until }),
    announces: () => [`user:${guestId}`],
  })
  try {
    const seat: GuestSeat = { userId: guestId, agencyId, role: body.role, guest: { items: body.items } }
    await recordGuestRights(parts, by, place, { what: 'give', items: body.items, seat: true })
    await changeSeats(parts, conference._id, ({ participants }) => [...participants, seat])
    await clear(parts, by, conference._id, agencyId, body.items)
    const visible = await itemsVisibleTo(parts, by, conference._id)
    const guest = await guestView(parts, invitation, seat, visible)
    if (guest === undefined) throw new Refusal('not-found')
    return { guest, token, code }
  } catch (error) {
    await endGuest(parts, by, place, 'taken-back')
    throw error
  }
}

/** Ticks and unticks what who asks may open; what they may not even see stays as it is. */
export async function changeGuest(
  parts: GuestParts,
  by: By,
  { conference }: AdmittedConference,
  guestId: UserId,
  { items }: ChangeGuestBody,
): Promise<GuestView> {
  const { invitation, seat } = await invited(parts, conference, guestId)
  assertDistinct(items, 'item-twice')
  const added = items.filter(itemId => !seat.guest.items.includes(itemId))
  await assertMayTick(parts, by, conference._id, seat.agencyId, added)
  const visible = await itemsVisibleTo(parts, by, conference._id)
  const ticked = (before: readonly ItemId[]) => [
    ...before.filter(itemId => !visible.has(itemId) || items.includes(itemId)),
    ...items.filter(itemId => !before.includes(itemId)),
  ]
  await parts.audit.record({ ...recordOf(by), action: 'guest.change', object: guestObject(invitation), outcome: 'ok' })
  const lost = seat.guest.items.filter(itemId => !ticked(seat.guest.items).includes(itemId))
  await recordGuestRights(parts, by, invitation, { what: 'give', items: added, seat: false })
  await recordGuestRights(parts, by, invitation, { what: 'withdraw', items: lost, seat: false })
  await clear(parts, by, conference._id, seat.agencyId, added)
  const changed = await changeSeats(parts, conference._id, ({ participants }) =>
    participants.map(one =>
      one.userId === guestId && one.guest ? { ...one, guest: { items: ticked(one.guest.items) } } : one,
    ),
  )
  const after = changed && guestSeatOf(changed, guestId)
  return viewOf(parts, by, invitation, after ?? seat)
}

/** Another code for the same link. What was open by the last one ends, and the guest comes in through the door again. */
export async function renewCode(
  parts: GuestParts,
  by: By,
  { conference }: AdmittedConference,
  guestId: UserId,
): Promise<{ code: string }> {
  const { invitation } = await invited(parts, conference, guestId)
  const code = newCode()
  await commit(parts, by, {
    action: 'guest.code',
    object: guestObject(invitation),
    write: async () => orConflict(await parts.guests.openCode(guestId, code)),
    announces: () => [`user:${guestId}`],
  })
  await parts.sessions.endAll(guestId)
  notifyHosts(parts, invitation)
  return { code }
}

export async function admitGuest(
  parts: GuestParts,
  by: By,
  { conference }: AdmittedConference,
  guestId: UserId,
): Promise<GuestView> {
  const { invitation, seat } = await invited(parts, conference, guestId)
  if (conference.state !== 'scheduled' && conference.state !== 'live')
    throw new Refusal('not-allowed', 'guest-before-announced')
  // Pressed twice, or by two: let in is what was asked for.
  if (invitation.state === 'admitted') return viewOf(parts, by, invitation, seat)
  if (invitation.state !== 'waiting') throw new Refusal('not-allowed', 'guest-not-waiting')
  const admittedNow = await commit(parts, by, {
    action: 'guest.admit',
    object: guestObject(invitation),
    write: async () => orConflict(await parts.guests.admit(guestId)),
    announces: () => [`user:${guestId}`],
  })
  notifyHosts(parts, invitation)
  return viewOf(parts, by, admittedNow, seat)
}

export async function takeBackGuest(
  parts: GuestParts,
  by: By,
  { conference }: AdmittedConference,
  guestId: UserId,
): Promise<void> {
  const { invitation } = await invited(parts, conference, guestId)
  await endGuest(parts, by, invitation, 'taken-back')
}

/** @throws Refusal `not-found` for one that is over or was made for another conference */
async function invited(
  { guests }: GuestParts,
  conference: AdmittedConference['conference'],
  guestId: UserId,
): Promise<{ invitation: Invitation; seat: GuestSeat }> {
  const invitation = await guests.find(guestId)
  const seat = guestSeatOf(conference, guestId)
  if (invitation === undefined || invitation.conferenceId !== conference._id) throw new Refusal('not-found')
  if (invitation.state === 'ended' || seat === undefined) throw new Refusal('not-found')
  return { invitation, seat }
}

/** Asked before anything is written. @throws Refusal for an item that is not for who asks, or that they may not clear the agency for */
async function assertMayTick(
  parts: GuestParts,
  by: By,
  conferenceId: Invitation['conferenceId'],
  agencyId: AgencyId,
  items: readonly ItemId[],
): Promise<void> {
  for (const itemId of items) {
    const { item, ofCase } = await admitToChangeItem(parts, by, conferenceId, itemId)
    if (item.kind === 'general') continue
    // Somebody new at the table, also of an agency that it is open to.
    if (ofCase) await assertNotSuspended(parts, by, ofCase.file._id)
    if (item.agencies.includes(agencyId)) continue
    if (ofCase && worksOnCase(by.actor, ofCase.facts)) continue
    await refuse(parts, by, 'not-allowed', {
      object: documentNameOf({ kind: 'item', itemId }),
      detail: 'clearing-takes-case-worker',
    })
  }
}

/** Clears the agency for what was ticked, by the item's own command. */
async function clear(
  parts: GuestParts,
  by: By,
  conferenceId: Invitation['conferenceId'],
  agencyId: AgencyId,
  items: readonly ItemId[],
): Promise<void> {
  for (const itemId of items) {
    const admitted = await admitToChangeItem(parts, by, conferenceId, itemId)
    const { kind, agencies, _v } = admitted.item
    if (kind === 'general' || agencies.includes(agencyId)) continue
    await changeItem(parts, by, admitted, { _v, agencies: [...agencies, agencyId] })
  }
}

async function viewOf(parts: GuestParts, by: By, invitation: Invitation, seat: GuestSeat): Promise<GuestView> {
  const visible = await itemsVisibleTo(parts, by, invitation.conferenceId)
  const view = await guestView(parts, invitation, seat, visible)
  if (view === undefined) throw new Refusal('not-found')
  return view
}

/** Somebody else was faster. */
function orConflict(changed: Invitation | undefined): Invitation {
  if (changed === undefined) throw new Refusal('conflict')
  return changed
}

function notifyHosts({ documents }: GuestParts, { conferenceId }: Invitation): void {
  documents.notify(documentNameOf({ kind: 'conference', conferenceId }), 'conference')
}

const recordOf = (by: By) => ({ actor: by.actor.userId, sessionId: by.sessionId, address: by.address })
