/** Who is let in to a referral, and in which ways it is theirs; asked on facts as they are now (RF2, RF7, RF14). */
import { type CaseFacts, canReadReferral, canWriteCase, relationToReferral } from '../../shared/access.ts'
import type { AgencyId, CaseId, ReferralId } from '../../shared/ids.ts'
import type { ReferralRelation } from '../../shared/referrals/referral-moves.ts'
import { type AdmittedCase, admitToCase, caseOfRecord, refuse } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import type { ReferralParts } from './ports.ts'
import type { Referral } from './referral-repository.ts'

export interface AdmittedReferral {
  referral: Referral
  file: Case
  relation: ReferralRelation & { reads: boolean }
}

export const referralObject = (referralId: ReferralId) => `referral.${referralId}`

/** As far as the policy asks. */
export const referralFactsOf = ({ fromAgencyId, toAgencyId, status }: Referral) => ({
  fromAgencyId,
  toAgencyId,
  isDraft: status === 'draft',
})

/** How one person stands to it; undefined where it does not exist for them. */
export function standingTo(by: By, referral: Referral, { file, facts }: AdmittedCase): AdmittedReferral | undefined {
  const about = referralFactsOf(referral)
  if (!canReadReferral(by.actor, about, facts)) return undefined
  return { referral, file, relation: relationToReferral(by.actor, about, facts) }
}

export async function admitToReferral(parts: ReferralParts, by: By, referralId: ReferralId): Promise<AdmittedReferral> {
  const referral = await parts.referrals.find(referralId)
  const file = referral && (await parts.cases.find(referral.caseId))
  const admitted = referral && file && standingTo(by, referral, await caseOfRecord(parts, file))
  return admitted ?? refuse(parts, by, 'not-found', { subject: referral?.caseId, object: referralObject(referralId) })
}

export interface AdmittedReferrer extends AdmittedCase {
  /** For which agency of the case the person writes. */
  agencyId: AgencyId
}

/** Writing a referral of a case: a worker of it, for the agency that they work on it for (RF2). */
export async function admitToRefer(parts: ConferenceParts, by: By, caseId: CaseId): Promise<AdmittedReferrer> {
  const admitted = await admitToCase(parts, by, caseId)
  const agencyId = workingAgencyOf(by, admitted.facts)
  if (agencyId !== undefined) return { ...admitted, agencyId }
  return refuse(parts, by, 'not-allowed', { subject: caseId, object: `case.${caseId}` })
}

/** The lead agency first, where a person works on the case for several. */
export function workingAgencyOf({ actor }: By, facts: CaseFacts): AgencyId | undefined {
  if (!canWriteCase(actor, facts)) return undefined
  const own = facts.agencies.filter(
    ({ agencyId }) =>
      facts.workers.some(worker => worker.userId === actor.userId && worker.agencyId === agencyId) &&
      actor.memberships.some(m => m.agencyId === agencyId && (m.role === 'case_worker' || m.role === 'supervisor')),
  )
  return (own.find(agency => agency.role === 'lead') ?? own[0])?.agencyId
}
