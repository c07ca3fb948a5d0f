/** Opening a case in an emergency over HTTP (rules: `server/break-glass/SPEC.md`). */
import * as z from 'zod'
import type { BreakGlassReason } from '../access-desk/break-glass-codes.ts'
import { BREAK_GLASS_MINUTES, BREAK_GLASS_REASONS, BREAK_GLASS_WORDS } from '../access-desk/break-glass-codes.ts'
import type { AgencyId, BreakGlassId, CaseId } from '../ids.ts'
import { officialWords } from './access-desk.ts'
import { code, id, line, version } from './fields.ts'

export const openInEmergencyBody = z.strictObject({
  /** For which of one's agencies. */
  agencyId: id<AgencyId>(),
  /** As people write it; spaces and case do not matter. */
  number: line(40),
  reason: code(BREAK_GLASS_REASONS),
  words: officialWords(BREAK_GLASS_WORDS.least, BREAK_GLASS_WORDS.most),
})
export type OpenInEmergencyBody = z.infer<typeof openInEmergencyBody>

export const changeBreakGlassBody = z.strictObject({
  _v: version,
  /** The agency's own people may open cases that the agency takes part in. */
  own: z.boolean(),
  /** People of other agencies may open cases that the agency leads. */
  others: z.boolean(),
  minutes: z.number().int().min(BREAK_GLASS_MINUTES.least).max(BREAK_GLASS_MINUTES.most),
})
export type ChangeBreakGlassBody = z.infer<typeof changeBreakGlassBody>

export interface BreakGlassSettingsView extends ChangeBreakGlassBody {
  agencyId: AgencyId
  agencyName: string
  /** Active privacy officers; without one nothing can be opened. */
  officers: number
}

export interface OpeningView {
  openingId: BreakGlassId
  /** Null once it is over: the case is not there for the person any more. */
  caseId: CaseId | null
  /** As it was asked for. */
  number: string
  reason: BreakGlassReason
  at: string
  until: string
  endedAt: string | null
}

/** `GET /api/break-glass`: what the person may, has open and had. */
export interface BreakGlassView {
  agencies: { agencyId: AgencyId; name: string; allowed: boolean; minutes: number }[]
  open: OpeningView[]
  past: OpeningView[]
}

/** What opening answers: where to go. */
export interface OpenedInEmergencyView {
  caseId: CaseId
  /** Null for who reads it anyway (BG7). */
  opening: OpeningView | null
}
