/** What the desk of keeping and destroying needs beside everything that cases stand on. */
import type { AgencyRole } from '../../shared/codes.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { DestructionTools } from './destruction-plan.ts'
import type { Destruction, DestructionPlan, DestructionRepository } from './destruction-repository.ts'
import type { HoldRepository } from './hold-repository.ts'

export interface RetentionParts extends ConferenceParts {
  tools: DestructionTools
  destructions: DestructionRepository
  holds: HoldRepository
  /** The case is gone for everybody from now on, in this process (RT7). */
  begin(caseId: CaseId, plan: DestructionPlan): void
  /** Carries out what was confirmed. What fails now is done later. @returns how it stands */
  finish(destruction: Destruction): Promise<Destruction>
  /** An agency's active people. */
  staffOf(agencyId: AgencyId): Promise<{ userId: UserId; role: AgencyRole }[]>
}
