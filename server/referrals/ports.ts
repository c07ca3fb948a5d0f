/** What referrals need beside what cases stand on. The composition root brings it together. */
import type { DisclosureBasis } from '../../shared/bases/basis-codes.ts'
import type { AgencyId, CaseId, ReferralId, UserId } from '../../shared/ids.ts'
import type { ReferralField } from '../../shared/referrals/referral-codes.ts'
import type { StandingBasis } from '../../shared/referrals/referral-grounds.ts'
import type { CodeSets } from '../code-sets/code-sets.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { ReferralNews } from '../notices/referral-news.ts'
import type { AllocationRepository } from '../resources/allocation-repository.ts'
import type { ResourceRepository } from '../resources/resource-repository.ts'
import type { ReferralRepository } from './referral-repository.ts'

/** What a sending enters in the disclosure register (제3자 제공 대장; 개인정보 보호법 시행령 제15조). */
export interface ReferralDisclosure {
  caseId: CaseId
  referralId: ReferralId
  giver: AgencyId
  receiver: AgencyId
  by: UserId
  purpose: string
  basis: DisclosureBasis
  /** Of one that was entered with the referral. */
  basisWords: string
  items: ReferralField[]
  /** Whether it tells the needs. */
  needs: boolean
}

export interface ReferralParts extends ConferenceParts {
  referrals: ReferralRepository
  allocations: AllocationRepository
  resources: ResourceRepository
  codeSets: CodeSets
  /** By what the agency may know of this case now; undefined where there is nothing. */
  basisFor(caseId: CaseId, agencyId: AgencyId): Promise<StandingBasis | undefined>
  /** Durable when it resolves; once for each referral. */
  registerDisclosure(row: ReferralDisclosure): Promise<void>
  /** That the receiver sees it no longer. */
  endDisclosure(referralId: ReferralId): Promise<void>
  /** Told of each move that was written. */
  onMoved(news: ReferralNews): Promise<void>
}
