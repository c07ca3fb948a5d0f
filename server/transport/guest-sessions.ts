/** The sign-in of a guest, as their browser is told of it. Who waits at the door, and who was a guest, is nobody. */
import type { InstallationView, SessionView } from '../../shared/protocol/http-api.ts'
import type { GuestPrincipals } from '../auth/guests.ts'
import type { SessionFacts } from '../auth/sessions.ts'
import type { Config } from '../config.ts'
import type { AgencyRepository } from '../people/agency-repository.ts'

export interface GuestSessions {
  viewOf(session: SessionFacts, installation: InstallationView): Promise<SessionView>
}

export function createGuestSessions(options: {
  guests: GuestPrincipals
  agencies: Pick<AgencyRepository, 'find'>
  config: Pick<Config, 'idleLimitMs'>
}): GuestSessions {
  const { guests, agencies, config } = options
  return {
    async viewOf(session, installation) {
      const guest = await guests.find(session.userId)
      const agency = guest && (await agencies.find(guest.agencyId))
      if (guest === undefined || session.state === 'locked' || !agency?.active) {
        return { state: 'signed-out', installation }
      }
      const { conferenceId, agencyId, guestId, name } = guest
      return {
        state: 'signed-in',
        installation,
        person: { userId: guestId, name, operator: false, memberships: [] },
        mustChangePassword: false,
        secondFactor: session.secondFactor,
        needsSecondFactor: false,
        idleLocksAt: session.idleLocksAt,
        expiresAt: session.expiresAt,
        idleLimitMs: config.idleLimitMs,
        guest: { conferenceId, agencyId },
      }
    },
  }
}
