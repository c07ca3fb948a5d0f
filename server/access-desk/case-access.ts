/** Who has seen a household (SPEC AD2–AD5): found at the desk, read there and in the case's page, taken out as a file. */
import { ACCESS_TASKS, TOUCHED, taskOf, touchedBy } from '../../shared/access-desk/access-tasks.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type { AccessCaseView, AccessLineView, CaseAccessView } from '../../shared/protocol/access-desk.ts'
import type { AuditRecord } from '../audit/audit.ts'
import { KEPT_YEARS, keptSince } from '../audit/retention.ts'
import { refuse } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { By } from '../conferences/ports.ts'
import { renderCsv } from '../exports/render/sheets.ts'
import { createNames, PeopleCount } from './people.ts'
import type { AccessDeskParts } from './ports.ts'

const MOST_FOUND = 20
const MOST_LINES = 300
const AT_ONCE = 500

/** Records that somebody at the desk was shown this client. */
export async function recordShown(
  parts: Pick<AccessDeskParts, 'audit'>,
  by: By,
  action: `access.${string}` | `disclosure.${string}`,
  caseIds: Iterable<CaseId>,
  object: string,
): Promise<void> {
  await Promise.all(
    [...new Set(caseIds)].map(subject =>
      parts.audit.record({
        actor: by.actor.userId,
        sessionId: by.sessionId,
        address: by.address,
        action,
        subject,
        object,
        outcome: 'ok',
      }),
    ),
  )
}

/** Every case that the agency takes part in, in portions. */
export async function* casesOfAgency(parts: AccessDeskParts, agencyId: AgencyId): AsyncGenerator<Case[]> {
  const ids = await parts.store
    .collection<{ _id: CaseId; agencies: { agencyId: AgencyId }[] }>('cases')
    .find({ 'agencies.agencyId': agencyId }, { projection: { _id: 1 } })
    .toArray()
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    yield await parts.cases.findMany(ids.slice(at, at + AT_ONCE).map(({ _id }) => _id))
  }
}

const plain = (words: string) => words.normalize('NFKC').replace(/\s/g, '').toLowerCase()

export async function findCases(
  parts: AccessDeskParts,
  by: By,
  agencyId: AgencyId,
  text: string,
): Promise<AccessCaseView[]> {
  const wanted = plain(text)
  const found: AccessCaseView[] = []
  for await (const files of casesOfAgency(parts, agencyId)) {
    for (const { _id, number, label, agencies } of files) {
      if (found.length >= MOST_FOUND) break
      if (!plain(number).includes(wanted) && !plain(label).includes(wanted)) continue
      found.push({ caseId: _id, number, label, leads: leads(agencies, agencyId) })
    }
  }
  await recordShown(
    parts,
    by,
    'access.find',
    found.map(({ caseId }) => caseId),
    `agency.${agencyId}`,
  )
  return found
}

const leads = (agencies: Case['agencies'], agencyId: AgencyId): boolean =>
  agencies.some(agency => agency.agencyId === agencyId && agency.role === 'lead')

/** A case that the agency takes part in. @throws Refusal `not-found` for any other, as for none */
async function caseAtDesk(parts: AccessDeskParts, by: By, agencyId: AgencyId, caseId: CaseId): Promise<Case> {
  const file = await parts.cases.find(caseId)
  if (file?.agencies.some(agency => agency.agencyId === agencyId)) return file
  return refuse(parts, by, 'not-found', { subject: file?._id, object: `access agency.${agencyId}` })
}

/** Of whom the desk sees look-ups: of everybody where it leads the case, else of the agency's own. */
async function recordsFor(parts: AccessDeskParts, agencyId: AgencyId, file: Case): Promise<AuditRecord[]> {
  const records = await parts.accessLog.ofSubject(file._id, keptSince(parts.now()))
  if (leads(file.agencies, agencyId)) return records
  const own = new Set<UserId | null>(await parts.membersOf(agencyId))
  return records.filter(record => own.has(record.actor))
}

export async function readCaseAccess(
  parts: AccessDeskParts,
  by: By,
  agencyId: AgencyId,
  caseId: CaseId,
): Promise<CaseAccessView> {
  const file = await caseAtDesk(parts, by, agencyId, caseId)
  await recordShown(parts, by, 'access.read', [caseId], `agency.${agencyId}`)
  return caseAccessView(parts, file, await recordsFor(parts, agencyId, file), { withAddresses: true })
}

/** For who may change the case: without network addresses (AD3). */
export async function readOwnCaseAccess(parts: AccessDeskParts, by: By, file: Case): Promise<CaseAccessView> {
  await recordShown(parts, by, 'access.read', [file._id], documentNameOf({ kind: 'case', caseId: file._id }))
  const records = await parts.accessLog.ofSubject(file._id, keptSince(parts.now()))
  return caseAccessView(parts, file, records, { withAddresses: false })
}

async function caseAccessView(
  parts: AccessDeskParts,
  { _id, number, label }: Case,
  records: readonly AuditRecord[],
  { withAddresses }: { withAddresses: boolean },
): Promise<CaseAccessView> {
  const names = createNames(parts)
  const people = new PeopleCount()
  for (const record of records) people.add(record)
  const newest = records.slice(-MOST_LINES).reverse()
  return {
    caseId: _id,
    number,
    label,
    from: keptSince(parts.now()).toISOString(),
    total: records.length,
    people: await people.views(names),
    lines: await Promise.all(
      newest.map(
        async (record): Promise<AccessLineView> => ({
          at: record.at.toISOString(),
          userId: record.actor,
          name: (await names(record.actor)).name,
          task: taskOf(record),
          touched: touchedBy(record),
          ...(withAddresses && { address: record.address }),
          outcome: record.outcome,
        }),
      ),
    ),
  }
}

/** The whole of it as a list for a table program; why is kept sealed with it (AD5). */
export async function takeOutCaseAccess(
  parts: AccessDeskParts,
  by: By,
  asked: { agencyId: AgencyId; caseId: CaseId; purpose: string },
): Promise<{ name: string; bytes: Uint8Array }> {
  const file = await caseAtDesk(parts, by, asked.agencyId, asked.caseId)
  const fileId = await parts.reviews.noteFile({ ...asked, by: by.actor.userId, at: new Date(parts.now()) })
  await recordShown(parts, by, 'access.take', [file._id], `agency.${asked.agencyId} file.${fileId}`)
  const names = createNames(parts)
  const rows = await Promise.all(
    (await recordsFor(parts, asked.agencyId, file)).map(async record => {
      const { name, agencyName } = await names(record.actor)
      return [
        seoulTime(record.at),
        name,
        agencyName,
        ACCESS_TASKS[taskOf(record)].ko,
        TOUCHED[touchedBy(record)].ko,
        record.address,
        record.outcome === 'ok' ? '' : record.outcome === 'denied' ? '거부' : '실패',
      ]
    }),
  )
  const bytes = renderCsv({
    name: '열람 기록',
    columns: ['일시', '이름', '기관', '한 일', '대상', '접속지', '결과'].map(label => ({ label, width: 20 })),
    rows,
    notes: [`사례번호 ${file.number}`, `목적: ${asked.purpose}`, `접속기록은 ${KEPT_YEARS}년 동안 보관합니다.`],
    stamp: `${(await names(by.actor.userId)).name} ${seoulTime(new Date(parts.now()))} 출력`,
  })
  return { name: `access-${file.number}.csv`, bytes }
}

/** `2026-11-24 14:00:05` in Seoul. */
export const seoulTime = (at: Date): string =>
  new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
