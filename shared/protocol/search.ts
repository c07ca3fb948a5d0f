/** Search over HTTP: `POST /api/search` with the words, so that they stand in no address and no log. Rules: `server/search/SPEC.md`. */
import * as z from 'zod'
import type { CaseRecordKind } from '../case-records/kinds.ts'
import type { ActionStatus, DecisionKind } from '../codes.ts'
import type { CaseId, ConferenceId, ItemId } from '../ids.ts'
import type { Excerpt } from '../search/matching.ts'
import { MAX_QUERY_LENGTH } from '../search/query.ts'
import { line } from './fields.ts'

/** What is found, in the order in which it is shown. */
export const SEARCH_KINDS = ['decision', 'action', 'item', 'record', 'conference', 'case'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

/** Where in a thing the words stand. */
export type SearchPart =
  | 'title'
  | 'text'
  | 'reason'
  | 'condition'
  | 'rule'
  | 'presentation'
  | 'opinion'
  | 'discussion'
  | 'notes'

export const searchBody = z.strictObject({
  query: line(MAX_QUERY_LENGTH),
  /** More of one kind, from the so-manyth on. */
  kind: z.enum(SEARCH_KINDS).optional(),
  from: z.number().int().min(0).max(10_000).optional(),
})
export type SearchBody = z.infer<typeof searchBody>

export interface SearchHit {
  kind: SearchKind
  /** Distinct among the hits of a kind. */
  key: string
  /** The place to go: the item in its conference, else the conference, else the case. */
  conferenceId: ConferenceId | null
  itemId: ItemId | null
  caseId: CaseId | null
  /** The household, or the general item's label, or the conference's title. */
  title: string
  /** The conference that it stands in; empty for a case. */
  conferenceTitle: string
  /** The day of that conference, when the action item was made, or when what a record tells of happened (ISO in UTC); null for a case. */
  at: string | null
  part: SearchPart
  excerpt: Excerpt
  /** Whose opinion, who promised, or who wrote the record; empty otherwise. */
  agencyName: string
  decisionKind: DecisionKind | null
  status: ActionStatus | null
  /** `YYYY-MM-DD` or empty. */
  due: string
  /** Of a record of a case what it is; left out otherwise. */
  recordKind?: CaseRecordKind
}

export interface SearchView {
  /** What was looked for, after particles and asking words were left out. */
  words: string[]
  /** Only kinds of which something was found. `count` counts what this person may open and nothing else. */
  groups: { kind: SearchKind; count: number; hits: SearchHit[] }[]
}
