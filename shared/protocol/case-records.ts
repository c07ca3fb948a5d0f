/**
 * Records of a case over HTTP (사례 기록; `server/case-records/SPEC.md`).
 *
 *   GET  /api/cases/:caseId/records?known=TAG&kind=KIND&from=N      CaseRecordsView, or { unchanged: true }
 *   POST /api/cases/:caseId/records                                 writeRecordBody → CaseRecordView
 *   POST /api/cases/:caseId/records/search                          searchRecordsBody → FoundRecordsView
 *   POST /api/cases/:caseId/records/draft                           keepDraftBody → {}
 *   GET  /api/cases/:caseId/records/:recordId/versions              CaseRecordHistory, the newest first
 *   POST /api/cases/:caseId/records/:recordId/versions              correctRecordBody → CaseRecordView
 *
 * Who may not read a record is answered as if there were none.
 */
import * as z from 'zod'
import { CARRIED_OUT, CASE_RECORD_KINDS, type CaseRecordKind, VISIT_STATES } from '../case-records/kinds.ts'
import type { RiskInstrument } from '../case-records/risk-instrument.ts'
import type { RiskScore } from '../case-records/risk-scoring.ts'
import { MONITORING_RESULTS } from '../code-sets/contacts.ts'
import type { CodeSetName } from '../code-sets/shipped.ts'
import { DISCOVERY_ROUTES } from '../codes.ts'
import type { AgencyId, CaseId, CaseRecordId, CommandId, UserId } from '../ids.ts'
import type { Excerpt } from '../search/matching.ts'
import { MAX_QUERY_LENGTH } from '../search/query.ts'
import { openCode } from './code-sets.ts'
import { code, id, instant, line, optionalLine, paragraphs, version } from './fields.ts'

export const RECORD_TEXT_MAX = 8000
export const RECORD_NOTE_MAX = 500
export const RECORD_REASON_MAX = 200
export const CONTACT_NAME_MAX = 60
/** Versions of one case, all kinds together. A worker who writes three a day for five years comes to fewer. */
export const RECORD_VERSIONS_MAX = 5000
export const RECORDS_AT_ONCE = 30
export const DRAFT_MAX = 40_000

const someParagraphs = (max: number) => paragraphs(max).min(1)

/** In minutes. A day has no more; nobody said how long it took: null. */
const minutesSpent = z.union([z.null(), z.number().int().min(1).max(1440)])

export const processNote = z.strictObject({
  kind: z.literal('process_note'),
  at: instant,
  minutes: minutesSpent,
  method: openCode,
  purpose: openCode,
  /** Who was spoken with. */
  contact: optionalLine(CONTACT_NAME_MAX),
  /** The service that was given, a code of the set `service`; empty for none. */
  service: z.union([z.literal(''), openCode]),
  text: someParagraphs(RECORD_TEXT_MAX),
})

export const intake = z.strictObject({
  kind: z.literal('intake'),
  at: instant,
  minutes: minutesSpent,
  /** The how-manyth first interview of this household it is. */
  session: z.number().int().min(1).max(99),
  route: z.union([z.literal(''), code(DISCOVERY_ROUTES)]),
  method: openCode,
  contact: optionalLine(CONTACT_NAME_MAX),
  phone: optionalLine(30),
  /** The team and telephone of who writes, as the sheet's head has them. */
  team: optionalLine(CONTACT_NAME_MAX),
  /** What the household wishes, in its own words. */
  wish: paragraphs(RECORD_NOTE_MAX),
  text: someParagraphs(RECORD_TEXT_MAX),
})

export const PLAN_ROWS_MAX = 60

export const monitoring = z.strictObject({
  kind: z.literal('monitoring'),
  at: instant,
  type: openCode,
  rows: z
    .array(
      z.strictObject({
        /** The row of the case's plan; empty for a service that stands in no plan. */
        row: z.union([z.literal(''), id<string>()]),
        /** How it is called there, as it was at that moment. */
        service: line(120),
        carriedOut: code(CARRIED_OUT),
        note: paragraphs(RECORD_NOTE_MAX),
      }),
    )
    .max(PLAN_ROWS_MAX),
  /** Codes of the set `satisfaction_item` with points from 1 to 5; what was not asked is not in it. */
  satisfaction: z.array(z.strictObject({ item: openCode, points: z.number().int().min(1).max(5) })).max(20),
  result: code(MONITORING_RESULTS),
  text: paragraphs(RECORD_TEXT_MAX),
})

export const jointVisit = z.strictObject({
  kind: z.literal('joint_visit'),
  at: instant,
  state: code(VISIT_STATES),
  agencies: z.array(id<AgencyId>()).min(2).max(20),
  people: z.array(id<UserId>()).min(1).max(30),
  lead: id<UserId>(),
  purpose: someParagraphs(RECORD_NOTE_MAX),
  safety: paragraphs(RECORD_NOTE_MAX),
  minutes: minutesSpent,
  /** What came of it, or why it was called off; empty while it is planned. */
  text: paragraphs(RECORD_TEXT_MAX),
})

export const RISK_ITEMS_MAX = 200

export const risk = z.strictObject({
  kind: z.literal('risk'),
  at: instant,
  instrument: openCode,
  instrumentVersion: z.number().int().min(1).max(10_000),
  answers: z.array(z.strictObject({ item: openCode, answer: openCode })).max(RISK_ITEMS_MAX),
  override: z.union([z.null(), z.strictObject({ level: openCode, reason: someParagraphs(RECORD_NOTE_MAX) })]),
  text: paragraphs(RECORD_TEXT_MAX),
})

export const recordContent = z.discriminatedUnion('kind', [processNote, intake, monitoring, jointVisit, risk])
export type RecordContent = z.infer<typeof recordContent>
export type ContentOf<K extends CaseRecordKind> = Extract<RecordContent, { kind: K }>

export const writeRecordBody = z.strictObject({
  /** Made by the client: the same record sent again after a lost answer is written once. */
  command: id<CommandId>(),
  /** Kept for the writer's own agency alone. */
  narrow: z.boolean(),
  content: recordContent,
})
export type WriteRecordBody = z.infer<typeof writeRecordBody>

export const correctRecordBody = z.strictObject({
  command: id<CommandId>(),
  /** The version that was corrected. */
  _v: version,
  reason: line(RECORD_REASON_MAX),
  content: recordContent,
})
export type CorrectRecordBody = z.infer<typeof correctRecordBody>

export const recordsQuery = z.strictObject({
  known: id<string>().optional(),
  kind: code(CASE_RECORD_KINDS).optional(),
  from: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
})

export const searchRecordsBody = z.strictObject({
  query: line(MAX_QUERY_LENGTH),
  kind: code(CASE_RECORD_KINDS).optional(),
})
export type SearchRecordsBody = z.infer<typeof searchRecordsBody>

export const keepDraftBody = z.strictObject({
  kind: code(CASE_RECORD_KINDS),
  /** What the form holds, in the form's own words; empty: there is none any more. */
  draft: z.string().max(DRAFT_MAX),
})
export type KeepDraftBody = z.infer<typeof keepDraftBody>

export interface RecordAgency {
  agencyId: AgencyId
  name: string
  shortName: string
  colour: number
}

interface WrittenBy {
  userId: UserId
  name: string
  agency: RecordAgency
}

export interface CaseRecordVersionView {
  /** Counts from 1. */
  version: number
  by: WrittenBy
  /** When it was written. */
  writtenAt: string
  /** Why, of a correction; empty for the first. */
  reason: string
  content: RecordContent
  /** The versions of the code sets that it was written with. */
  codes: Partial<Record<CodeSetName, number>>
  /** Of a survey of risk, reckoned with its own instrument. */
  score: RiskScore | null
}

export interface CaseRecordView extends CaseRecordVersionView {
  recordId: CaseRecordId
  caseId: CaseId
  /** The agency that keeps it for itself alone, which is the reader's own; null for one of the case. */
  narrowTo: RecordAgency | null
  /** Who wrote it first, and when. */
  first: { by: WrittenBy; writtenAt: string }
  mayCorrect: boolean
}

/** One survey of risk in the row of them (SPEC RK5). */
export interface RiskPoint {
  recordId: CaseRecordId
  at: string
  instrument: string
  instrumentVersion: number
  total: number
  highest: number
  /** By score, and the one that counts. */
  level: string
  judged: string
  isOpen: boolean
}

export interface CaseRecordsView {
  tag: string
  /** Of what this person may read and of nothing else. */
  counts: Record<CaseRecordKind, number>
  /** By when it happened, the newest first. */
  records: CaseRecordView[]
  /** From where on there are more; null for no more. */
  more: number | null
  mayWrite: boolean
  /** The agency for which this person writes; null for who does not. */
  own: RecordAgency | null
  /** The instruments that records here were made with, and those that may be used; the newest version of each first. */
  instruments: RiskInstrument[]
  /** All surveys that the person may read, the oldest first, whatever page is shown. */
  risks: RiskPoint[]
  /** Rows of the case's plan, to check off. */
  plan: { row: string; service: string }[]
  /** One's own, by kind. */
  drafts: Partial<Record<CaseRecordKind, string>>
}

export interface FoundRecordsView {
  /** What was looked for, after particles and asking words were left out. */
  words: string[]
  count: number
  found: { record: CaseRecordView; excerpt: Excerpt }[]
}

export interface CaseRecordHistory {
  recordId: CaseRecordId
  versions: CaseRecordVersionView[]
}
