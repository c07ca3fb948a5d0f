/**
 * What the names behind the colons of our paths stand for. No more is known of one than that the caller wrote it there: what is no id of ours, or is
 * one of something else, is not found.
 */
import type { ItemVersionId } from '../../shared/history/version-moments.ts'
import type {
  AccessFlagId,
  ActionId,
  AgencyId,
  AgreementId,
  AllocationId,
  BasisId,
  BreakGlassId,
  CaseFilterId,
  CaseId,
  CaseRecordId,
  ConferenceId,
  DestructionId,
  ExportId,
  FindingId,
  ImportId,
  ItemId,
  PaperId,
  PasskeyId,
  ReferralId,
  ResourceId,
  RetentionHoldId,
  SeriesId,
  SubjectRequestId,
  UserId,
} from '../../shared/ids.ts'

export interface PathIds {
  actionId: ActionId
  agencyId: AgencyId
  agreementId: AgreementId
  allocationId: AllocationId
  basisId: BasisId
  caseId: CaseId
  conferenceId: ConferenceId
  destructionId: DestructionId
  exportId: ExportId
  filterId: CaseFilterId
  findingId: FindingId
  flagId: AccessFlagId
  guestId: UserId
  holdId: RetentionHoldId
  importId: ImportId
  itemId: ItemId
  openingId: BreakGlassId
  paperId: PaperId
  passkeyId: PasskeyId
  recordId: CaseRecordId
  referralId: ReferralId
  requestId: SubjectRequestId
  resourceId: ResourceId
  seriesId: SeriesId
  userId: UserId
  versionId: ItemVersionId
}
