/**
 * The list of cases over HTTP. Asked with the filter in the body, so that no name stands in an address or a log. Rules: `server/case-list/SPEC.md`.
 *
 *   POST   /api/case-list                       caseListBody     CaseListView
 *   GET    /api/case-filters                                     { filters: CaseFilterView[] }
 *   POST   /api/case-filters                    keepFilterBody   { filters: CaseFilterView[] }   (one of the same name is replaced)
 *   DELETE /api/case-filters/:filterId                           { filters: CaseFilterView[] }
 */
import * as z from 'zod'
import type { ClockState } from '../cases/clocks.ts'
import { CASE_TRACKS, type CaseTrack } from '../cases/life-codes.ts'
import { CASE_GRADES, type CaseGrade } from '../code-sets/grades.ts'
import { CASE_AGENCY_ROLES, CASE_STAGES, type CaseAgencyRole, type CaseStage, type DiscoveryRoute } from '../codes.ts'
import type { AgencyId, CaseFilterId, CaseId, UserId } from '../ids.ts'
import { code, id, line, optionalLine } from './fields.ts'

export const CASES_PER_PAGE = 50
export const CASE_FILTERS_MAX = 20

export const CASE_ORDERS = {
  number: { ko: '번호', en: 'Number' },
  label: { ko: '가구', en: 'Household' },
  stage: { ko: '단계', en: 'Stage' },
  due: { ko: '기한', en: 'Due' },
  found: { ko: '발굴한 날', en: 'Found on' },
} as const
export type CaseOrder = keyof typeof CASE_ORDERS

export const caseFilter = z.strictObject({
  stages: z.array(code(CASE_STAGES)).max(30).optional(),
  tracks: z.array(code(CASE_TRACKS)).max(10).optional(),
  grades: z.array(code(CASE_GRADES)).max(10).optional(),
  /** Only what is late against a limit of its life. */
  isLate: z.literal(true).optional(),
  /** The role in which an agency of the person is in the case. */
  roles: z.array(code(CASE_AGENCY_ROLES)).max(10).optional(),
  agencyId: id<AgencyId>().optional(),
  workerId: id<UserId>().optional(),
  text: optionalLine(100).optional(),
  order: code(CASE_ORDERS).optional(),
  descending: z.boolean().optional(),
})
export type CaseFilter = z.infer<typeof caseFilter>

export const caseListBody = z.strictObject({
  ...caseFilter.shape,
  from: z.number().int().min(0).max(1_000_000).optional(),
})
export type CaseListBody = z.infer<typeof caseListBody>

export const keepFilterBody = z.strictObject({ name: line(40), filter: caseFilter })
export type KeepFilterBody = z.infer<typeof keepFilterBody>

export interface CaseListRow {
  caseId: CaseId
  number: string
  label: string
  stage: CaseStage
  track: CaseTrack | ''
  grade: CaseGrade | ''
  /** The limit that is due first; null while none runs. */
  clock: ClockState | null
  route: DiscoveryRoute | ''
  foundOn: string
  agencies: { agencyId: AgencyId; shortName: string; role: CaseAgencyRole }[]
  workers: { userId: UserId; name: string; agencyId: AgencyId }[]
  synthetic: boolean
}

export interface CaseListView {
  /** All that the person may read. */
  all: number
  /** Under the filter. */
  total: number
  from: number
  rows: CaseListRow[]
  /** What can be chosen, out of all that the person may read. */
  choices: {
    stages: { code: CaseStage; count: number }[]
    agencies: { agencyId: AgencyId; name: string }[]
    workers: { userId: UserId; name: string }[]
  }
}

export interface CaseFilterView {
  filterId: CaseFilterId
  name: string
  filter: CaseFilter
}
