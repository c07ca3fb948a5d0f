/** What the guests' commands work with; the composition root brings it together. */
import type { ConferenceId, UserId } from '../../shared/ids.ts'
import type { Cookies } from '../auth/cookies.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { AgencyRepository } from '../people/agency-repository.ts'
import type { GuestRepository } from './guest-repository.ts'

export interface GuestParts extends ConferenceParts {
  guests: GuestRepository
  sessions: Pick<Sessions, 'start' | 'find' | 'touch' | 'end' | 'endAll'>
  cookies: Pick<Cookies, 'read' | 'write'>
  agencies: Pick<AgencyRepository, 'find' | 'ofCity' | 'all' | 'insert'>
  /** Whether anything is said of the person in the meeting's attendance. */
  isInAttendance: (conferenceId: ConferenceId, userId: UserId) => Promise<boolean>
}
