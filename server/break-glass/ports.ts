/** What opening in an emergency needs beside everything that cases stand on. The composition root brings it together. */
import type { AgencyRole } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Store } from '../storage/port.ts'
import type { Emergencies } from './emergencies.ts'
import type { Opening, OpeningRepository } from './opening-repository.ts'

export interface BreakGlassParts extends ConferenceParts {
  store: Pick<Store, 'collection'>
  openings: OpeningRepository
  emergencies: Emergencies
  /** An agency's active people, one line per role. */
  staffOf(agencyId: AgencyId): Promise<{ userId: UserId; role: AgencyRole }[]>
  /** Told of each opening once it is written: who must look at it, who must hear of it. Repeated without harm. */
  onOpened(opening: Opening, lead: { workers: readonly UserId[]; officers: readonly UserId[] }): Promise<void>
}
