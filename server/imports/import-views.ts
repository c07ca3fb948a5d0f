/** Lists as the screens get them, and their faulty rows as a file. Whoever is shown a list's rows is on record first (SPEC IM13). */

import { isCode } from '../../shared/codes.ts'
import type { AgencyId, ImportId } from '../../shared/ids.ts'
import { ROW_FAULTS } from '../../shared/imports/household-row.ts'
import {
  IMPORT_STANDINGS,
  type ImportStanding,
  type ImportSummary,
  type ImportView,
} from '../../shared/protocol/imports.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { By } from '../conferences/ports.ts'
import { printableLine } from '../exports/printable.ts'
import { renderCsv } from '../exports/render/sheets.ts'
import { shownFaults } from './assess.ts'
import { importObject, isUntouched } from './import-commands.ts'
import type { ImportOutcome, List } from './import-repository.ts'
import type { ImportParts } from './ports.ts'

export async function listImports(parts: ImportParts, by: By, agencyId: AgencyId): Promise<ImportSummary[]> {
  const lists = await parts.imports.ofAgency(agencyId)
  const waiting = new Map<ImportId, number>()
  for (const { importId, state } of (await parts.findings.ofAgency(agencyId)).values()) {
    if (state === 'waiting') waiting.set(importId, (waiting.get(importId) ?? 0) + 1)
  }
  const summaries = await Promise.all(
    lists.map(async list => {
      const outcome = await parts.imports.outcome(list._id)
      return {
        ...(await summaryOf(parts, list, outcome)),
        waiting: list.standing === 'done' ? (waiting.get(list._id) ?? 0) : 0,
      }
    }),
  )
  await record(parts, by, 'import.list')
  return summaries
}

export async function openImport(parts: ImportParts, by: By, list: List): Promise<ImportView> {
  await record(parts, by, 'import.open', list._id)
  // One that a full store or a lost database stopped goes on when somebody looks.
  if (list.standing === 'taking_in') parts.goOn(list._id)
  return importView(parts, list)
}

export async function importView(parts: ImportParts, list: List): Promise<ImportView> {
  const outcome = (await parts.imports.outcome(list._id)) ?? NOTHING_YET
  const { _id: _, by: _by, at: _at, ...shown } = list
  return {
    ...(await summaryOf(parts, list, outcome)),
    agencyId: shown.agencyId,
    encoding: shown.encoding,
    foundOn: shown.foundOn,
    headingRow: shown.headingRow,
    headings: shown.headings,
    mapping: shown.mapping,
    isRemembered: shown.isRemembered,
    preview: shown.preview,
    masked: shown.masked,
    good: outcome.good,
    faultCount: outcome.faultCount,
    faults: shownFaults(outcome.faults),
    duplicateCount: outcome.duplicateCount,
    duplicates: outcome.duplicates,
    mayUndo: list.standing === 'read' || (list.standing === 'done' && (await isUntouched(parts, list))),
    _v: list._v,
  }
}

const NOTHING_YET: ImportOutcome = {
  filled: 0,
  good: 0,
  faults: [],
  faultCount: 0,
  duplicates: [],
  duplicateCount: 0,
  faulty: [],
  doubles: [],
}

async function summaryOf(
  { people }: ImportParts,
  list: List,
  outcome = NOTHING_YET,
): Promise<Omit<ImportSummary, 'waiting'>> {
  const toTake = outcome.good + list.keep.length
  const share = list.pieces === 0 ? 0 : list.taken / list.pieces
  return {
    importId: list._id,
    fileName: list.fileName,
    standing: isCode(IMPORT_STANDINGS, list.standing) ? list.standing : ('read' satisfies ImportStanding),
    route: list.route,
    at: list.at.toISOString(),
    byName: (await people.person(list.by))?.name ?? '',
    rows: outcome.filled,
    takenIn: list.standing === 'done' ? toTake : list.standing === 'taking_in' ? Math.floor(toTake * share) : 0,
  }
}

/** Each faulty row with its reason, for whoever mends the list. */
export async function takeOutFaults(
  parts: ImportParts,
  by: By,
  list: List,
  language: 'ko' | 'en',
): Promise<{ name: string; bytes: Uint8Array }> {
  const { faults } = (await parts.imports.outcome(list._id)) ?? NOTHING_YET
  await record(parts, by, 'import.take_out', list._id)
  const bytes = renderCsv({
    name: '',
    columns: (language === 'ko' ? ['행', '칸', '지금 값', '할 일'] : ['Row', 'Column', 'Value', 'What to do']).map(
      label => ({ label, width: 20 }),
    ),
    rows: faults.map(({ row, column, text, fault }) => [
      row,
      printableLine(column),
      printableLine(text),
      ROW_FAULTS[fault][language],
    ]),
    stamp: `${printableLine(list.fileName)} · ${dayInSeoul(parts.now())}`,
  })
  return { name: language === 'ko' ? '고칠 행.csv' : 'rows-to-mend.csv', bytes }
}

async function record({ audit }: ImportParts, by: By, action: string, importId?: ImportId): Promise<void> {
  await audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    object: importId === undefined ? undefined : importObject(importId),
    outcome: 'ok',
  })
}
