/** Who a guest is, for everybody who asks by an id: somebody only while they were let in and their time is now (SPEC GU5, GU9). */
import type { GuestPrincipals } from '../auth/guests.ts'
import type { DirectoryPerson, PeopleDirectory } from '../conferences/ports.ts'
import type { Clock } from '../rooms/ports.ts'
import type { GuestRepository } from './guest-repository.ts'

export function createGuestPrincipals(options: {
  guests: Pick<GuestRepository, 'find' | 'nameOf'>
  clock: Pick<Clock, 'now'>
}): GuestPrincipals {
  const { guests, clock } = options
  return {
    async find(guestId) {
      const invitation = await guests.find(guestId)
      const now = clock.now()
      if (invitation?.state !== 'admitted') return undefined
      if (now < invitation.from.getTime() || now >= invitation.until.getTime()) return undefined
      const { conferenceId, agencyId } = invitation
      return { guestId, conferenceId, agencyId, name: (await guests.nameOf(guestId))?.name ?? '' }
    },
  }
}

/** The directory, and beside it whoever has or had a guest's seat: a name to show, and nobody's staff. */
export function withGuestNames(people: PeopleDirectory, guests: Pick<GuestRepository, 'nameOf'>): PeopleDirectory {
  return {
    agency: agencyId => people.agency(agencyId),
    async person(userId): Promise<DirectoryPerson | undefined> {
      const known = await people.person(userId)
      if (known !== undefined) return known
      const guest = await guests.nameOf(userId)
      return guest && { userId, name: guest.name, title: guest.title, active: false, memberships: [] }
    },
  }
}
