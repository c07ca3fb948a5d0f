/** Who is let in to the records of a case, asked on facts as they are now (SPEC CR1, CR2, CR5). */
import {
  type Actor,
  type CaseFacts,
  canCorrectCaseRecord,
  canReadCaseRecord,
  canWriteCaseFor,
} from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, CaseRecordId } from '../../shared/ids.ts'
import type { RecordContent } from '../../shared/protocol/case-records.ts'
import { type AdmittedCase, admitToCase, refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { type ClearVersion, newestOf, type RecordVersion } from './case-record-repository.ts'
import type { CaseRecordParts } from './ports.ts'

export interface AdmittedToWrite extends AdmittedCase {
  /** In whose name. */
  agencyId: AgencyId
}

export interface AdmittedRecord extends AdmittedCase {
  /** The first version first. */
  versions: ClearVersion[]
}

/** The agency for which a person writes in a case; undefined for who does not. */
export function writesFor(actor: Actor, facts: CaseFacts): AgencyId | undefined {
  return facts.workers
    .filter(worker => worker.userId === actor.userId)
    .map(worker => worker.agencyId)
    .find(agencyId => canWriteCaseFor(actor, facts, agencyId))
}

export async function admitToWriteRecords(parts: CaseRecordParts, by: By, caseId: CaseId): Promise<AdmittedToWrite> {
  const admitted = await admitToCase(parts, by, caseId)
  const agencyId = writesFor(by.actor, admitted.facts)
  if (agencyId !== undefined) return { ...admitted, agencyId }
  return refuse(parts, by, 'not-allowed', { subject: caseId, object: recordObject(caseId) })
}

/** A record of this case that the person may read. One of another case, or of another agency alone, is not found here. */
export async function admitToRecord(
  parts: CaseRecordParts,
  by: By,
  caseId: CaseId,
  recordId: CaseRecordId,
): Promise<AdmittedRecord> {
  const admitted = await admitToCase(parts, by, caseId)
  const all = await parts.caseRecords.clearVersions(caseId)
  const versions = all.filter(version => version.recordId === recordId)
  const [first] = versions
  if (first && canReadCaseRecord(by.actor, admitted.facts, first)) return { ...admitted, versions }
  return refuse(parts, by, 'not-found', { subject: caseId, object: recordObject(caseId, recordId) })
}

export async function admitToCorrectRecord(
  parts: CaseRecordParts,
  by: By,
  caseId: CaseId,
  recordId: CaseRecordId,
): Promise<AdmittedRecord & { agencyId: AgencyId; newest: RecordVersion; firstAgencyId: AgencyId }> {
  const admitted = await admitToRecord(parts, by, caseId, recordId)
  const [first] = admitted.versions
  const [newest] = await parts.caseRecords.open(newestOf(admitted.versions))
  const agencyId = writesFor(by.actor, admitted.facts)
  if (
    first !== undefined &&
    newest !== undefined &&
    agencyId !== undefined &&
    mayCorrect(by.actor, admitted.facts, { firstAgencyId: first.agencyId, narrowTo: first.narrowTo }, newest.content)
  ) {
    return { ...admitted, agencyId, newest, firstAgencyId: first.agencyId }
  }
  return refuse(parts, by, 'not-allowed', { subject: caseId, object: recordObject(caseId, recordId) })
}

/** The agency that wrote it; of a joint visit those that visit as well. */
export function mayCorrect(
  actor: Actor,
  facts: CaseFacts,
  { firstAgencyId, narrowTo }: { firstAgencyId: AgencyId; narrowTo: AgencyId | null },
  content: RecordContent,
): boolean {
  const visiting = content.kind === 'joint_visit' ? content.agencies : []
  return canCorrectCaseRecord(actor, facts, { narrowTo, agencies: [firstAgencyId, ...visiting] })
}

/** How the record of access names records: with the case that they are about. */
export const recordObject = (caseId: CaseId, recordId?: CaseRecordId) =>
  `${documentNameOf({ kind: 'case', caseId })} ${recordId === undefined ? 'records' : `record.${recordId}`}`
