/** How an agency counts days, and which grades it gives: read by its own people, set by its administrators (LIFE.md CK2, CE1). */
import { canAdministerAgency, canSeeFigures } from '../../shared/access.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type { CaseRulesView, ChangeCaseRulesBody } from '../../shared/protocol/case-life.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import type { LifeParts } from './ports.ts'

/** Its own people know of it; to everybody else it is not there. */
export async function admitToRules(parts: LifeParts, by: By, agencyId: AgencyId): Promise<AgencyId> {
  if (canSeeFigures(by.actor, agencyId)) return agencyId
  return refuse(parts, by, 'not-found', { object: `agency.${agencyId}` })
}

export async function admitToChangeRules(parts: LifeParts, by: By, agencyId: AgencyId): Promise<AgencyId> {
  if (canAdministerAgency(by.actor, agencyId)) return agencyId
  return refuse(parts, by, 'not-found', { object: `agency.${agencyId}` })
}

export function changeCaseRules(
  parts: LifeParts,
  by: By,
  agencyId: AgencyId,
  { _v, counting, gradeScheme }: ChangeCaseRulesBody,
): Promise<CaseRulesView> {
  return commit(parts, by, {
    action: 'agency.case-rules',
    object: `agency.${agencyId}`,
    reason: `${counting} ${gradeScheme}`,
    write: async () => {
      const known = await parts.cases.rulesOf(agencyId)
      if (known._v !== _v) throw new Refusal('conflict')
      return parts.cases.changeRules(agencyId, { counting, gradeScheme, _v })
    },
    announces: () => [],
  })
}
