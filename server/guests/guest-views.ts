/** Guests as those see them who invite: of what is ticked only items that the reader may open, since of others nobody learns who is cleared. */
import type { ItemId } from '../../shared/ids.ts'
import type { GuestView } from '../../shared/protocol/guests.ts'
import type { AdmittedConference } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { openItemsOf, readRecords } from '../meetings/meeting-records.ts'
import type { Invitation } from './guest-repository.ts'
import { type GuestSeat, guestSeatOf } from './guest-seats.ts'
import type { GuestParts } from './ports.ts'

/** Whose invitation is not over, in the order in which they were invited. */
export async function listGuests(parts: GuestParts, by: By, { conference }: AdmittedConference): Promise<GuestView[]> {
  const invitations = await parts.guests.ofConference(conference._id)
  const visible = await itemsVisibleTo(parts, by, conference._id)
  const views = await Promise.all(
    invitations
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      .map(async invitation => {
        const seat = guestSeatOf(conference, invitation._id)
        return seat && guestView(parts, invitation, seat, visible)
      }),
  )
  return views.filter(view => view !== undefined)
}

export async function itemsVisibleTo(
  parts: GuestParts,
  by: By,
  conferenceId: AdmittedConference['conference']['_id'],
): Promise<ReadonlySet<ItemId>> {
  const records = await readRecords(parts, conferenceId)
  return records ? openItemsOf(by.actor, records) : new Set()
}

/** Undefined for one that is over. */
export async function guestView(
  { guests }: Pick<GuestParts, 'guests'>,
  invitation: Invitation,
  seat: GuestSeat,
  visible: ReadonlySet<ItemId>,
): Promise<GuestView | undefined> {
  const { _id, agencyId, state, from, until } = invitation
  if (state === 'ended') return undefined
  const name = await guests.nameOf(_id)
  return {
    guestId: _id,
    agencyId,
    name: name?.name ?? '',
    title: name?.title ?? '',
    role: seat.role === 'observer' ? 'observer' : 'attendee',
    items: seat.guest.items.filter(itemId => visible.has(itemId)),
    state,
    from: from.toISOString(),
    until: until.toISOString(),
  }
}
