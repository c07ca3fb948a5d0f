/**
 * An agency's own research before a meeting (기관별 조사자료) over HTTP (`server/research/SPEC.md`; form: DOMAIN's research sheet).
 *
 *   GET  /api/conferences/:conferenceId/research                            ConferenceResearchView
 *   GET  /api/conferences/:conferenceId/items/:itemId/research              ResearchSheetView       my agency's own sheet
 *   POST /api/conferences/:conferenceId/items/:itemId/research              writeResearchBody → ResearchSheetView
 *   POST /api/conferences/:conferenceId/items/:itemId/research/share        shareResearchBody → ResearchSheetView
 *   POST /api/conferences/:conferenceId/items/:itemId/research/take-back    shareResearchBody → ResearchSheetView
 *   GET  /api/conferences/:conferenceId/items/:itemId/research/shared       SharedResearchView      what agencies have shared, for who may open the item
 *
 * A sheet that is not for the caller is answered as if there were no such item. `conflict` where another version stands (RS6).
 */
import * as z from 'zod'
import { maskResidentNumbers } from '../identifiers/resident-number.ts'
import type { AgencyId, ItemId, UserId } from '../ids.ts'
import { day, version } from './fields.ts'

export const RESEARCH_TEXT_MAX = 10_000

/** The parts that are written in words, in the order of the form. The last one is kept back (RS4). */
export const RESEARCH_PARTS = ['facts', 'opinion', 'strengths', 'risks', 'proposals', 'withheld'] as const
export type ResearchPart = (typeof RESEARCH_PARTS)[number]
export const SHARED_PARTS = RESEARCH_PARTS.filter(part => part !== 'withheld') as readonly Exclude<
  ResearchPart,
  'withheld'
>[]

export const RESEARCH_KNOWN = ['', 'known', 'unknown'] as const
export type ResearchKnown = (typeof RESEARCH_KNOWN)[number]

/** Paragraphs as people type them: no control characters but line breaks and tabs; resident registration numbers masked. */
const words = z
  .string()
  .max(RESEARCH_TEXT_MAX)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/)
  .transform(text => maskResidentNumbers(text).text)

const sheet = z.strictObject({
  /** Whether the household is known to the agency; empty while nobody said it. */
  known: z.enum(RESEARCH_KNOWN),
  lastContact: z.union([z.literal(''), day]),
  facts: words,
  opinion: words,
  strengths: words,
  risks: words,
  proposals: words,
  withheld: words,
})
export type ResearchSheet = z.infer<typeof sheet>
export type SharedSheet = Omit<ResearchSheet, 'withheld'>

export const EMPTY_SHEET: ResearchSheet = {
  known: '',
  lastContact: '',
  facts: '',
  opinion: '',
  strengths: '',
  risks: '',
  proposals: '',
  withheld: '',
}

export const writeResearchBody = z.strictObject({ _v: version, sheet })
export type WriteResearchBody = z.infer<typeof writeResearchBody>
export const shareResearchBody = z.strictObject({ _v: version })
export type ShareResearchBody = z.infer<typeof shareResearchBody>

/** When which version was shared, and by whom. */
export interface SharedMoment {
  version: number
  at: string
  by: { userId: UserId; name: string }
}

export interface ResearchSheetView {
  itemId: ItemId
  agencyId: AgencyId
  agencyName: string
  case: { label: string; number: string }
  sheet: ResearchSheet
  mayWrite: boolean
  /** 0 while nothing was saved. */
  _v: number
  savedAt: string | null
  savedBy: { userId: UserId; name: string } | null
  /** What the others read now; null while nothing is shared. */
  shared: SharedMoment | null
  /** Whether something on the sheet is not as it was shared. */
  changedSince: boolean
  mayTakeBack: boolean
}

export interface SharedResearch extends SharedMoment {
  agencyId: AgencyId
  agencyName: string
  sheet: SharedSheet
}

export interface SharedResearchView {
  itemId: ItemId
  /** In the order of the agencies' names. */
  shared: readonly SharedResearch[]
  /** Agencies that could have prepared and have shared nothing. */
  missing: readonly { agencyId: AgencyId; agencyName: string }[]
  /** Whether the caller's agency has a sheet of its own for this item. */
  hasOwn: boolean
}

export interface ConferenceResearchView {
  /** Before it is accepted no sheet is named (RS2). */
  statement: 'needed' | 'accepted'
  title: string
  startsAt: string
  sheets: readonly {
    itemId: ItemId
    case: { label: string; number: string }
    standing: 'empty' | 'own' | 'shared' | 'changed'
    savedAt: string | null
    sharedAt: string | null
  }[]
}
