/** Writing a record and adding a version to one (SPEC CR4–CR7). Asked whole first, then one insert. */
import { codesIn } from '../../shared/case-records/record-texts.ts'
import type { CodeSetName } from '../../shared/code-sets/shipped.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { hasResidentNumber } from '../../shared/identifiers/resident-number.ts'
import type { CaseRecordId } from '../../shared/ids.ts'
import {
  type CorrectRecordBody,
  type KeepDraftBody,
  RECORD_VERSIONS_MAX,
  type RecordContent,
  type WriteRecordBody,
} from '../../shared/protocol/case-records.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { CodeSetsNow } from '../code-sets/code-sets.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import type { RecordVersion } from './case-record-repository.ts'
import type { CaseRecordParts } from './ports.ts'
import { type AdmittedRecord, type AdmittedToWrite, recordObject } from './record-admission.ts'
import { assertSound } from './sound-content.ts'

/** @returns the record that was written, now or by this command before */
export async function writeRecord(
  parts: CaseRecordParts,
  by: By,
  { file, facts, agencyId }: AdmittedToWrite,
  { command, narrow, content }: WriteRecordBody,
): Promise<CaseRecordId> {
  const caseId = file._id
  const all = await parts.caseRecords.clearVersions(caseId)
  const done = all.find(version => version.command === command && version.by === by.actor.userId)
  if (done) return done.recordId
  const codeSets = await parts.codeSets.now()
  assertSound(parts, { facts, agencyId, narrow, before: undefined, codeSets, now: parts.now() }, content)
  if (all.length >= RECORD_VERSIONS_MAX) throw new Refusal('too-large', 'records-full')
  const narrowTo = narrow ? agencyId : null
  const recordId = await add(parts, by, {
    ...{ recordId: parts.newId<CaseRecordId>(), caseId, kind: content.kind, version: 1 },
    ...{ narrowTo, agencyId, command, content, reason: '' },
    codes: codesAt(codeSets, content),
  })
  await parts.caseRecordDrafts.remove({ userId: by.actor.userId, caseId, agencyId }, content.kind)
  return recordId
}

/** @throws Refusal `conflict` when another version is the newest by now */
export async function correctRecord(
  parts: CaseRecordParts,
  by: By,
  admitted: AdmittedRecord & Pick<AdmittedToWrite, 'agencyId'> & { newest: RecordVersion },
  { command, _v, reason, content }: CorrectRecordBody,
): Promise<void> {
  const { file, facts, agencyId, newest, versions } = admitted
  if (versions.some(version => version.command === command && version.by === by.actor.userId)) return
  if (_v !== newest.version) throw new Refusal('conflict', 'record')
  const codeSets = await parts.codeSets.now()
  const writing = { facts, agencyId, narrow: newest.narrowTo !== null, before: newest.content, codeSets }
  assertSound(parts, { ...writing, now: parts.now() }, content, reason)
  const all = await parts.caseRecords.clearVersions(file._id)
  if (all.length >= RECORD_VERSIONS_MAX) throw new Refusal('too-large', 'records-full')
  const { recordId, caseId, kind, narrowTo } = newest
  await add(parts, by, {
    ...{ recordId, caseId, kind, version: newest.version + 1, narrowTo, agencyId, command, content, reason },
    codes: codesAt(codeSets, content),
  })
}

async function add(
  parts: CaseRecordParts,
  by: By,
  version: Omit<RecordVersion, '_id' | 'by' | 'at' | 'happenedAt'>,
): Promise<CaseRecordId> {
  const { caseId, recordId, kind, content, command } = version
  const written = await commit(parts, by, {
    action: version.version === 1 ? 'case-record.write' : 'case-record.correct',
    subject: caseId,
    object: `${recordObject(caseId, recordId)} version.${version.version}`,
    reason: kind,
    write: async () => {
      const isFirst = await parts.caseRecords.add({
        ...version,
        _id: parts.newId(),
        by: by.actor.userId,
        at: new Date(parts.now()),
        happenedAt: new Date(content.at),
      })
      if (isFirst) return recordId
      // Refused by the store is this very command, sent twice at once, or somebody else's version of that number.
      const all = await parts.caseRecords.clearVersions(caseId)
      const done = all.find(one => one.command === command && one.by === by.actor.userId)
      if (done === undefined) throw new Refusal('conflict', 'record')
      return done.recordId
    },
    announces: () => [],
  })
  parts.documents.notify(documentNameOf({ kind: 'case', caseId }), 'case')
  return written
}

function codesAt(codeSets: CodeSetsNow, content: RecordContent): RecordVersion['codes'] {
  const codes: Partial<Record<CodeSetName, number>> = {}
  for (const [set] of codesIn(content)) codes[set] = codeSets.current(set).version
  return codes
}

/** Keeps what is not finished, or forgets it (SPEC CR13). */
export async function keepDraft(
  parts: CaseRecordParts,
  by: By,
  { file, agencyId }: AdmittedToWrite,
  { kind, draft }: KeepDraftBody,
): Promise<void> {
  if (hasResidentNumber(draft)) throw new Refusal('bad-request', 'resident-number')
  const whose = { userId: by.actor.userId, caseId: file._id, agencyId }
  await commit(parts, by, {
    action: 'case-record.draft',
    subject: file._id,
    object: recordObject(file._id),
    reason: kind,
    write: () =>
      draft === ''
        ? parts.caseRecordDrafts.remove(whose, kind)
        : parts.caseRecordDrafts.keep(whose, kind, draft, new Date(parts.now())),
    announces: () => [],
  })
}
