/**
 * Found households (발굴 대상) and what is decided about them (선별) over HTTP. Rules: `server/imports/SPEC.md`, TR.
 *
 *   POST /api/agencies/:agencyId/findings               findingsQueryBody  FindingsView
 *   POST /api/agencies/:agencyId/findings/triage        triageBody         { outcomes: TriageOutcome[] }
 *   POST /api/agencies/:agencyId/findings/:findingId/case becomeCaseBody   { caseId, finding: FindingView }
 *   POST /api/conferences/:conferenceId/cases           tableCasesBody     { outcomes: TableOutcome[] }
 */
import * as z from 'zod'
import { OPENING_STAGES } from '../cases/stage-moves.ts'
import { DISCOVERY_ROUTES, type DiscoveryRoute, type Label } from '../codes.ts'
import type { AgencyId, CaseId, FindingId, ImportId, UserId } from '../ids.ts'
import { code, id, maskedLine, optionalLine, optionalMaskedLine, version } from './fields.ts'
import type { RefusalReason } from './refusals.ts'

/** Where a found household stands (선별). */
export const FINDING_STATES = {
  waiting: { ko: '선별 전', en: 'Not looked at' },
  unreachable: { ko: '연락 안 됨', en: 'Not reached' },
  case: { ko: '사례로', en: 'Became a case' },
  linked: { ko: '서비스연계', en: 'Linked to a service' },
  excluded: { ko: '제외', en: 'Excluded' },
} as const satisfies Record<string, Label>
export type FindingState = keyof typeof FINDING_STATES

/** Why one is excluded (제외 사유). */
export const EXCLUSION_REASONS = {
  not_in_crisis: { ko: '위기 아님', en: 'Not in crisis' },
  helped_already: { ko: '이미 지원 중', en: 'Already being helped' },
  moved_away: { ko: '전출', en: 'Moved away' },
  deceased: { ko: '사망', en: 'Died' },
  declined: { ko: '본인이 거절', en: 'Declined' },
  duplicate: { ko: '중복', en: 'Listed twice' },
  other: { ko: '그 밖', en: 'Other' },
} as const satisfies Record<string, Label>
export type ExclusionReason = keyof typeof EXCLUSION_REASONS

export const FINDINGS_PER_PAGE = 50
export const TRIAGE_AT_ONCE = 200

export const findingsQueryBody = z.strictObject({
  states: z.array(code(FINDING_STATES)).max(10).optional(),
  importId: id<ImportId>().optional(),
  routes: z.array(code(DISCOVERY_ROUTES)).max(20).optional(),
  /** `none`: nobody yet. */
  assignee: z.union([z.literal('none'), id<UserId>()]).optional(),
  text: optionalLine(100).optional(),
  from: z.number().int().min(0).max(1_000_000).optional(),
})
export type FindingsQueryBody = z.infer<typeof findingsQueryBody>

export const triageBody = z
  .strictObject({
    findings: z
      .array(z.strictObject({ findingId: id<FindingId>(), _v: version }))
      .min(1)
      .max(TRIAGE_AT_ONCE),
    state: code({ waiting: 0, unreachable: 0, linked: 0, excluded: 0 }).optional(),
    reason: code(EXCLUSION_REASONS).optional(),
    words: optionalMaskedLine(300).optional(),
    /** Who does it; null for nobody. */
    assignee: z.union([z.null(), id<UserId>()]).optional(),
  })
  .refine(body => body.state !== undefined || body.assignee !== undefined)
  .refine(body => (body.state === 'excluded') === (body.reason !== undefined))
  .refine(body => body.reason !== 'other' || (body.words ?? '') !== '')
export type TriageBody = z.infer<typeof triageBody>

export const becomeCaseBody = z.strictObject({
  _v: version,
  number: maskedLine(24),
  label: maskedLine(70),
  /** Where its life begins; registered, where nothing is said. */
  stage: z.enum(OPENING_STAGES).optional(),
})
export type BecomeCaseBody = z.infer<typeof becomeCaseBody>

export const tableCasesBody = z.strictObject({
  cases: z.array(id<CaseId>()).min(1).max(60),
  minutes: z.number().int().min(1).max(240),
})
export type TableCasesBody = z.infer<typeof tableCasesBody>

export interface FindingView {
  findingId: FindingId
  importId: ImportId
  row: number
  state: FindingState
  reason: ExclusionReason | ''
  words: string
  route: DiscoveryRoute
  foundOn: string
  assignee: { userId: UserId; name: string } | null
  decided: { name: string; at: string } | null
  caseId: CaseId | null
  name: string
  birth: string
  sex: 'female' | 'male' | ''
  phone: string
  address: string
  signs: string
  note: string
  sourceNumber: string
  _v: number
}

export interface FindingsView {
  agencyId: AgencyId
  /** Under all filters but that of the state. */
  counts: Record<FindingState, number>
  total: number
  from: number
  findings: FindingView[]
  lists: { importId: ImportId; fileName: string; at: string }[]
}

export interface TriageOutcome {
  findingId: FindingId
  /** As it is now: decided, or as somebody else left it. Null where there is none. */
  finding: FindingView | null
  result: 'done' | 'conflict' | 'not-found' | 'is-case'
}

export interface TableOutcome {
  caseId: CaseId
  result: 'tabled' | 'already' | RefusalReason
  detail: string | null
}
