/** The disclosure register as an agency's officer reads it (SPEC AD10): rows come from the bases and referrals, nothing is typed here. */
import type { AgencyId, CaseId } from '../../shared/ids.ts'
import {
  DISCLOSURE_COLUMNS,
  type DisclosuresFileBody,
  type DisclosuresQuery,
  type DisclosuresView,
} from '../../shared/protocol/access-desk.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { DisclosureRow } from '../bases/disclosure-repository.ts'
import type { By } from '../conferences/ports.ts'
import { renderCsv } from '../exports/render/sheets.ts'
import { recordShown, seoulTime } from './case-access.ts'
import { createNames } from './people.ts'
import type { AccessDeskParts } from './ports.ts'

export async function listDisclosures(
  parts: AccessDeskParts,
  by: By,
  agencyId: AgencyId,
  query: DisclosuresQuery,
): Promise<DisclosuresView> {
  const all = await parts.disclosures.ofGiver(agencyId)
  const rows = all.filter(row => isAsked(row, query))
  // To choose from, every case of the register is named; so each is on record.
  await recordShown(
    parts,
    by,
    'disclosure.list',
    all.map(row => row.caseId),
    `agency.${agencyId}`,
  )
  const numbers = await numbersOf(parts, all)
  const receivers = await Promise.all(
    [...new Set(all.map(row => row.receiver))].map(async receiver => ({
      agencyId: receiver,
      name: (await parts.people.agency(receiver))?.name ?? '',
    })),
  )
  return {
    rows: rows.reverse().map(row => ({
      rowId: row._id,
      caseId: row.caseId,
      number: numbers.get(row.caseId) ?? '',
      receiverId: row.receiver,
      fields: DISCLOSURE_COLUMNS.map(({ key }) => row.fields[key]),
      at: row.at.toISOString(),
      endedOn: row.endedOn,
    })),
    receivers: receivers.sort((a, b) => a.name.localeCompare(b.name, 'ko')),
    cases: [...numbers].map(([caseId, number]) => ({ caseId, number })).sort((a, b) => (a.number < b.number ? 1 : -1)),
  }
}

/** The register in the form's columns and order; why it was taken out is kept with it. */
export async function takeOutDisclosures(
  parts: AccessDeskParts,
  by: By,
  agencyId: AgencyId,
  { purpose, ...query }: DisclosuresFileBody,
): Promise<{ name: string; bytes: Uint8Array }> {
  const rows = (await parts.disclosures.ofGiver(agencyId)).filter(row => isAsked(row, query))
  const fileId = await parts.reviews.noteFile({ agencyId, by: by.actor.userId, at: new Date(parts.now()), purpose })
  await recordShown(
    parts,
    by,
    'disclosure.take',
    rows.map(row => row.caseId),
    `agency.${agencyId} file.${fileId}`,
  )
  const numbers = await numbersOf(parts, rows)
  const bytes = renderCsv({
    name: '제3자 제공 대장',
    columns: ['사례번호', ...DISCLOSURE_COLUMNS.map(column => column.ko)].map(label => ({ label, width: 24 })),
    rows: rows.map(row => [numbers.get(row.caseId) ?? '', ...DISCLOSURE_COLUMNS.map(({ key }) => row.fields[key])]),
    notes: [`목적: ${purpose}`],
    stamp: `${(await createNames(parts)(by.actor.userId)).name} ${seoulTime(new Date(parts.now()))} 출력`,
  })
  return { name: `disclosures-${dayInSeoul(parts.now())}.csv`, bytes }
}

function isAsked(row: DisclosureRow, { caseId, receiver, from, to }: DisclosuresQuery): boolean {
  const day = dayInSeoul(row.at)
  return (
    (caseId === undefined || row.caseId === caseId) &&
    (receiver === undefined || row.receiver === receiver) &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to)
  )
}

async function numbersOf(parts: AccessDeskParts, rows: readonly DisclosureRow[]): Promise<Map<CaseId, string>> {
  const files = await parts.cases.findMany([...new Set(rows.map(row => row.caseId))])
  return new Map(files.map(file => [file._id, file.number]))
}
