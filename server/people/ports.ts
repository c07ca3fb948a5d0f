/** What people and agencies need from outside. `conferences/` makes it fit; the composition root brings them together. */
import type { Actor } from '../../shared/access.ts'
import type { AgencyId, SessionId, UserId } from '../../shared/ids.ts'

/** Who gives a command, as the record of access needs it. */
export interface By {
  actor: Actor
  sessionId?: SessionId | undefined
  address: string
}

/** Work that hangs on a person rather than on an agency. */
export interface WorkOfPeople {
  /** Change of staff: cases and conferences that are still to come go from one person to another of the same agency. May be repeated. */
  reassign(work: {
    agencyId: AgencyId
    from: UserId
    to: UserId
    by: By
  }): Promise<{ cases: number; conferences: number }>
  /** Agencies that took part in conferences of this person, so that they can be invited again. */
  agenciesMetBy(userId: UserId): Promise<AgencyId[]>
}
