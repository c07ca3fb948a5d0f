/** What a sign-in asks about somebody who is no user: whether they are a guest of a meeting now. `guests/` answers it. */
import type { AgencyId, ConferenceId, UserId } from '../../shared/ids.ts'

export interface GuestPrincipal {
  guestId: UserId
  conferenceId: ConferenceId
  agencyId: AgencyId
  name: string
}

export interface GuestPrincipals {
  /** Undefined for everybody who is no guest, waits at the door, or was one. */
  find(guestId: UserId): Promise<GuestPrincipal | undefined>
}
