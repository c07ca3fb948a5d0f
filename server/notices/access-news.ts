/** Told at once, by whoever did it: a case that was opened in an emergency, and an explanation that is asked for (NT9). */
import type { AccessFlagId, AgencyId, BreakGlassId, CaseId, UserId } from '../../shared/ids.ts'
import type { NoticeParts } from './ports.ts'
import { tell } from './telling.ts'

/** Those who work on it for the lead agency, and the officers of both agencies; nobody twice, and not who opened it. */
export async function tellOfOpening(
  parts: NoticeParts,
  opening: { _id: BreakGlassId; caseId: CaseId; userId: UserId; agencyId: AgencyId },
  to: { workers: readonly UserId[]; officers: readonly UserId[] },
): Promise<void> {
  for (const userId of new Set([...to.workers, ...to.officers])) {
    if (userId === opening.userId) continue
    await tell(parts, {
      event: `break-glass/${opening._id}`,
      userId,
      kind: 'emergency_opened',
      about: { of: 'access', caseId: opening.caseId, agencyId: opening.agencyId },
    })
  }
}

export async function tellOfAsking(
  parts: NoticeParts,
  asked: { flagId: AccessFlagId; userId: UserId; step: number },
): Promise<void> {
  await tell(parts, {
    event: `access-flag/${asked.flagId}/${asked.step}`,
    userId: asked.userId,
    kind: 'explanation_asked',
    about: { of: 'access', caseId: null },
  })
}
