/** The records of a case as one person reads them, recorded as opened before they leave (SPEC CR1, CR14). */
import { createHash } from 'node:crypto'
import { type CaseFacts, canReadCaseRecord } from '../../shared/access.ts'
import { must } from '../../shared/assert.ts'
import { CASE_RECORD_KINDS, type CaseRecordKind } from '../../shared/case-records/kinds.ts'
import { instrumentOf } from '../../shared/case-records/risk-sample.ts'
import { levelOf, scoreOf } from '../../shared/case-records/risk-scoring.ts'
import { codesOf } from '../../shared/codes.ts'
import { plan } from '../../shared/documents/case-parts/plan.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { plainTextOf } from '../../shared/documents/rich-text.ts'
import { type AgencyId, type CaseId, type CaseRecordId, idFromBytes, type UserId } from '../../shared/ids.ts'
import {
  type CaseRecordHistory,
  type CaseRecordsView,
  type CaseRecordVersionView,
  type CaseRecordView,
  RECORDS_AT_ONCE,
  type RecordAgency,
  type RiskPoint,
} from '../../shared/protocol/case-records.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { type ClearVersion, newestOf, type RecordVersion } from './case-record-repository.ts'
import type { CaseRecordParts } from './ports.ts'
import { type AdmittedRecord, mayCorrect, recordObject, writesFor } from './record-admission.ts'

/** Every version of the records that the person may read. Whatever is counted, listed or searched begins with these. */
export async function readableVersions(
  parts: Pick<CaseRecordParts, 'caseRecords'>,
  by: By,
  { file, facts }: AdmittedCase,
): Promise<ClearVersion[]> {
  const all = await parts.caseRecords.clearVersions(file._id)
  return all.filter(version => canReadCaseRecord(by.actor, facts, version))
}

export interface Asked {
  /** The tag of what the caller has; while nothing is new, nothing leaves and nothing is recorded. */
  known?: string | undefined
  kind?: CaseRecordKind | undefined
  from?: number
}

export async function openRecords(
  parts: CaseRecordParts,
  by: By,
  admitted: AdmittedCase,
  { known, kind, from = 0 }: Asked = {},
): Promise<CaseRecordsView | { unchanged: true }> {
  const { file, facts } = admitted
  const versions = await readableVersions(parts, by, admitted)
  const agencyId = writesFor(by.actor, facts)
  const rows = await planRowsOf(parts, file._id)
  const tag = tagOf([versions.map(({ _id }) => _id), agencyId ?? null, rows, kind ?? '', from])
  if (known === tag) return { unchanged: true }
  await recordOpening(parts, by, file._id, 'case-record.open', recordObject(file._id))

  const newest = newestOf(versions).sort(newestFirst)
  const listed = newest.filter(version => kind === undefined || version.kind === kind)
  const shown = await parts.caseRecords.open(listed.slice(from, from + RECORDS_AT_ONCE))
  const assessed = await parts.caseRecords.open(newest.filter(version => version.kind === 'risk'))
  const names = namesIn(parts)
  const whose = agencyId && { userId: by.actor.userId, caseId: file._id, agencyId }
  return {
    tag,
    counts: countsOf(newest),
    records: await viewsOf(parts, by, facts, { versions, shown, names }),
    more: listed.length > from + RECORDS_AT_ONCE ? from + RECORDS_AT_ONCE : null,
    mayWrite: agencyId !== undefined,
    own: agencyId === undefined ? null : await names.agency(agencyId),
    instruments: [...parts.instruments].sort((a, b) => b.version - a.version),
    risks: assessed.reverse().flatMap(version => riskPoint(parts, version)),
    plan: rows,
    drafts: whose ? await parts.caseRecordDrafts.of(whose) : {},
  }
}

/** One record as a command left it, or as it is found. */
export async function recordViews(
  parts: CaseRecordParts,
  by: By,
  admitted: AdmittedCase,
  shown: readonly RecordVersion[],
): Promise<CaseRecordView[]> {
  const versions = await readableVersions(parts, by, admitted)
  return viewsOf(parts, by, admitted.facts, { versions, shown, names: namesIn(parts) })
}

/** The answer to a command, which has its own record of access. */
export async function recordView(
  parts: CaseRecordParts,
  by: By,
  admitted: AdmittedCase,
  recordId: CaseRecordId,
): Promise<CaseRecordView> {
  const all = await parts.caseRecords.clearVersions(admitted.file._id)
  const shown = await parts.caseRecords.open(newestOf(all.filter(version => version.recordId === recordId)))
  const [view] = await recordViews(parts, by, admitted, shown)
  return must(view, 'the record just written')
}

/** The newest first. */
export async function openVersions(
  parts: CaseRecordParts,
  by: By,
  { file, versions }: AdmittedRecord,
): Promise<CaseRecordHistory> {
  const recordId = must(versions[0], 'a version').recordId
  await recordOpening(parts, by, file._id, 'case-record.versions', recordObject(file._id, recordId))
  const names = namesIn(parts)
  const opened = await parts.caseRecords.open(versions)
  return { recordId, versions: (await Promise.all(opened.map(one => versionView(parts, names, one)))).reverse() }
}

async function viewsOf(
  parts: CaseRecordParts,
  by: By,
  facts: CaseFacts,
  { versions, shown, names }: { versions: readonly ClearVersion[]; shown: readonly RecordVersion[]; names: Names },
): Promise<CaseRecordView[]> {
  const views = shown.map(async (version): Promise<CaseRecordView> => {
    const { recordId, caseId, narrowTo, content } = version
    const first = must(
      versions.find(one => one.recordId === recordId && one.version === 1),
      'the first version',
    )
    return {
      ...(await versionView(parts, names, version)),
      recordId,
      caseId,
      narrowTo: narrowTo === null ? null : await names.agency(narrowTo),
      first: { by: await names.writer(first), writtenAt: first.at.toISOString() },
      mayCorrect: mayCorrect(by.actor, facts, { firstAgencyId: first.agencyId, narrowTo }, content),
    }
  })
  return Promise.all(views)
}

async function versionView(
  { instruments }: Pick<CaseRecordParts, 'instruments'>,
  names: Names,
  version: RecordVersion,
): Promise<CaseRecordVersionView> {
  const { content, reason, codes } = version
  return {
    version: version.version,
    by: await names.writer(version),
    writtenAt: version.at.toISOString(),
    reason,
    content,
    codes,
    score: content.kind === 'risk' ? (assessmentOf(instruments, content)?.score ?? null) : null,
  }
}

function assessmentOf(
  instruments: CaseRecordParts['instruments'],
  content: Extract<RecordVersion['content'], { kind: 'risk' }>,
) {
  const sheet = instrumentOf(instruments, content.instrument, content.instrumentVersion)
  if (sheet === undefined) return undefined
  const score = scoreOf(sheet, Object.fromEntries(content.answers.map(({ item, answer }) => [item, answer])))
  return { score, judged: levelOf(sheet, score, content.override) }
}

function riskPoint(parts: Pick<CaseRecordParts, 'instruments'>, { recordId, content }: RecordVersion): RiskPoint[] {
  const found = content.kind === 'risk' ? assessmentOf(parts.instruments, content) : undefined
  if (content.kind !== 'risk' || found === undefined) return []
  const { score, judged } = found
  return [
    {
      recordId,
      at: content.at,
      instrument: content.instrument,
      instrumentVersion: content.instrumentVersion,
      total: score.total,
      highest: score.highest,
      level: score.level.level,
      judged: judged.level,
      isOpen: score.open.length > 0,
    },
  ]
}

function newestFirst(a: ClearVersion, b: ClearVersion): number {
  return b.happenedAt.getTime() - a.happenedAt.getTime() || b.at.getTime() - a.at.getTime() || (a._id < b._id ? 1 : -1)
}

function countsOf(newest: readonly ClearVersion[]): Record<CaseRecordKind, number> {
  const count = (kind: CaseRecordKind) => newest.filter(version => version.kind === kind).length
  return Object.fromEntries(codesOf(CASE_RECORD_KINDS).map(kind => [kind, count(kind)])) as Record<
    CaseRecordKind,
    number
  >
}

/** The plan as the case's people see it; its rows can be checked off. What has no words yet is a row that somebody just began. */
async function planRowsOf({ documents, codeSets }: CaseRecordParts, caseId: CaseId): Promise<CaseRecordsView['plan']> {
  const rows = await documents.read(documentNameOf({ kind: 'case', caseId }), doc =>
    plan.of(doc).map(({ id, service, content }) => ({ row: id, code: service, words: plainTextOf(content).trim() })),
  )
  const sets = await codeSets.now()
  return rows.flatMap(({ row, code, words }) => {
    const service = [sets.labelOf('service', code)?.ko, words.replace(/\s+/g, ' ')].filter(Boolean).join(' · ')
    return service === '' ? [] : [{ row, service: service.slice(0, 120) }]
  })
}

export async function recordOpening(
  parts: Pick<CaseRecordParts, 'audit'>,
  by: By,
  caseId: CaseId,
  action: string,
  object: string,
): Promise<void> {
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    subject: caseId,
    object,
    outcome: 'ok',
  })
}

interface Names {
  agency(agencyId: AgencyId): Promise<RecordAgency>
  writer(version: ClearVersion): Promise<CaseRecordVersionView['by']>
}

/** Names as they are now, each asked for once. */
function namesIn({ people }: Pick<CaseRecordParts, 'people'>): Names {
  const agencies = new Map<AgencyId, Promise<RecordAgency>>()
  const persons = new Map<UserId, Promise<string>>()
  const agency = (agencyId: AgencyId) => {
    const known = agencies.get(agencyId)
    if (known !== undefined) return known
    const asking = people.agency(agencyId).then(found => {
      const { name = '', shortName = '', colour = -1 } = found ?? {}
      return { agencyId, name, shortName, colour }
    })
    agencies.set(agencyId, asking)
    return asking
  }
  return {
    agency,
    async writer({ by: userId, agencyId }) {
      const asking = persons.get(userId) ?? people.person(userId).then(person => person?.name ?? '')
      persons.set(userId, asking)
      return { userId, name: await asking, agency: await agency(agencyId) }
    },
  }
}

function tagOf(facts: unknown): string {
  return idFromBytes<string>(createHash('sha256').update(JSON.stringify(facts)).digest().subarray(0, 16))
}
