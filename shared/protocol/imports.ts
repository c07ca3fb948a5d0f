/**
 * Lists of found households (명단) over HTTP. Rules: `server/imports/SPEC.md`.
 *
 *   GET    /api/agencies/:agencyId/imports                              { imports: ImportSummary[] }
 *   POST   /api/agencies/:agencyId/imports              bytes, importAbout    ImportView
 *   GET    /api/agencies/:agencyId/imports/:importId                    ImportView
 *   PATCH  /api/agencies/:agencyId/imports/:importId    changeImportBody      ImportView
 *   GET    /api/agencies/:agencyId/imports/:importId/faults             a CSV file: each faulty row with its reason
 *   POST   /api/agencies/:agencyId/imports/:importId/take-in takeInBody       ImportView     (goes on by itself; ask for the view)
 *   POST   /api/agencies/:agencyId/imports/:importId/undo   versionBody       {}             (before triage; also throws away what is only read)
 */
import * as z from 'zod'
import { DISCOVERY_ROUTES, type DiscoveryRoute } from '../codes.ts'
import type { AgencyId, CaseId, ImportId } from '../ids.ts'
import type { RowFault } from '../imports/household-row.ts'
import { IMPORT_FIELDS, type ImportField } from '../imports/import-columns.ts'
import { code, day, line, optionalLine, version } from './fields.ts'

export const IMPORT_MAX_BYTES = 20 * 1024 * 1024
/** With its headings. A quarter's list of a large city is 43,000. */
export const IMPORT_ROWS_MAX = 50_000
/** Shown of a list while it is looked at. */
export const IMPORT_PREVIEW_ROWS = 10
/** Named on the screen; all of them stand in the file. */
export const IMPORT_FAULTS_SHOWN = 200
export const IMPORT_DUPLICATES_SHOWN = 500

export const IMPORT_STANDINGS = {
  read: { ko: '확인 중', en: 'Being looked at' },
  taking_in: { ko: '가져오는 중', en: 'Being taken in' },
  done: { ko: '가져옴', en: 'Taken in' },
  undoing: { ko: '되돌리는 중', en: 'Being undone' },
} as const
export type ImportStanding = keyof typeof IMPORT_STANDINGS

export const importAbout = z.strictObject({
  fileName: line(200),
  /** How the households of the list were found, where the list does not say it itself. */
  route: code(DISCOVERY_ROUTES),
})
export type ImportAbout = z.infer<typeof importAbout>

export const changeImportBody = z.strictObject({
  _v: version,
  route: code(DISCOVERY_ROUTES),
  /** For rows that do not say it; empty: the day on which they are taken in. */
  foundOn: z.union([z.literal(''), day]),
  /** Row of the headings, counted from 0; -1 for none. */
  headingRow: z.number().int().min(-1).max(100),
  mapping: z.array(z.union([z.null(), code(IMPORT_FIELDS)])).max(100),
})
export type ChangeImportBody = z.infer<typeof changeImportBody>

export const takeInBody = z.strictObject({
  _v: version,
  /** Rows that are likely doubles and are taken in all the same, by their number in the file. */
  keep: z.array(z.number().int().min(1).max(IMPORT_ROWS_MAX)).max(IMPORT_ROWS_MAX),
})
export type TakeInBody = z.infer<typeof takeInBody>

export const versionBody = z.strictObject({ _v: version })

export interface ImportFault {
  /** As the file counts it, from 1. */
  row: number
  /** The heading of the cell; empty for the row as a whole. */
  column: string
  fault: RowFault
  /** What stands there, short. */
  text: string
}

export interface ImportDuplicate {
  row: number
  name: string
  birth: string
  address: string
  /** Which it is likely the same as. */
  like:
    | { kind: 'row'; row: number }
    | { kind: 'finding'; fileName: string; row: number; name: string; standing: string }
    | { kind: 'case'; caseId: CaseId; title: string }
}

export interface ImportSummary {
  importId: ImportId
  fileName: string
  standing: ImportStanding
  route: DiscoveryRoute
  at: string
  byName: string
  /** Rows below the headings; how many of them were taken in so far; how many still wait for triage. */
  rows: number
  takenIn: number
  waiting: number
}

export interface ImportView extends Omit<ImportSummary, 'waiting'> {
  agencyId: AgencyId
  encoding: string | null
  foundOn: string
  headingRow: number
  headings: string[]
  mapping: (ImportField | null)[]
  /** Whether the mapping is one that somebody of the agency set for such a list before. */
  isRemembered: boolean
  preview: { row: number; cells: string[] }[]
  /** How many resident numbers were masked. */
  masked: number
  good: number
  faultCount: number
  faults: ImportFault[]
  duplicateCount: number
  duplicates: ImportDuplicate[]
  mayUndo: boolean
  _v: number
}

/** A note in words beside a reason. */
export const words = optionalLine(300)
