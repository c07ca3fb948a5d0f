/** What action items need beside what conferences do. The composition root brings it together. */
import type { AgencyRole } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { LedgerRepository } from './ledger-repository.ts'
import type { ActionProjector } from './projector.ts'

export interface StaffMember {
  userId: UserId
  name: string
  role: AgencyRole
}

export interface ActionParts extends ConferenceParts {
  ledger: LedgerRepository
  projector: Pick<ActionProjector, 'settled'>
  /** The active people of an agency, one line per role. */
  staffOf(agencyId: AgencyId): Promise<readonly StaffMember[]>
}
