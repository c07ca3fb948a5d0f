/**
 * What a person asks about their own data (정보주체의 요구) over HTTP (rules: `shared/subject-requests/REQUESTS.md`). To who may not change the case there
 * is none.
 *
 *   GET  /api/cases/:caseId/subject-requests                        SubjectRequestsView
 *   POST /api/cases/:caseId/subject-requests                        enterRequestBody   SubjectRequestsView
 *   POST /api/cases/:caseId/subject-requests/:requestId             moveRequestBody    SubjectRequestsView
 *   POST /api/cases/:caseId/subject-requests/:requestId/hand-outs   handOutBody        HandOutView
 *   GET  /api/subject-requests                                      NearRequestsView   what runs out, for the start page
 *   GET  /api/agencies/:agencyId/subject-requests                   DeskRequestsView   for the privacy officer
 */
import * as z from 'zod'
import type { AccessTask, Touched } from '../access-desk/access-tasks.ts'
import type { DisclosureBasis } from '../bases/basis-codes.ts'
import type { CaseId, CommandId, PrintId, SubjectRequestId } from '../ids.ts'
import type { HoldReason, StandingHold } from '../retention/retention-codes.ts'
import type { RequestClock } from '../subject-requests/request-clock.ts'
import {
  DELETION_SCOPES,
  type DeletionScope,
  type FollowUp,
  HAND_OUT_PARTS,
  type HandOutPart,
  REQUEST_ASKERS,
  REQUEST_CHECKS,
  REQUEST_DECISIONS,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  REQUEST_WAYS,
  type RequestAsker,
  type RequestCheck,
  type RequestDecision,
  type RequestGround,
  type RequestKind,
  type RequestState,
  type RequestWay,
} from '../subject-requests/request-codes.ts'
import { code, day, id, line, optionalLine, paragraphs, version } from './fields.ts'

export const REQUEST_NAME_MAX = 60
export const REQUEST_WORDS_MIN = 2
export const REQUEST_WORDS_MAX = 2000
export const REQUEST_PURPOSE_MIN = 5
export const REQUEST_PURPOSE_MAX = 200
/** Sheets of one request; more are no longer answers. */
export const HAND_OUTS_MAX = 20

const words = (least: number) => paragraphs(REQUEST_WORDS_MAX).min(least)

export const enterRequestBody = z.strictObject({
  command: id<CommandId>(),
  kind: code(REQUEST_KINDS),
  asker: code(REQUEST_ASKERS),
  checked: code(REQUEST_CHECKS),
  came: code(REQUEST_WAYS),
  receivedOn: day,
  /** Who asks, as the paper has it. */
  name: line(REQUEST_NAME_MAX),
  /** To the client, of who asks for them; empty for the client. */
  relation: optionalLine(REQUEST_NAME_MAX),
  what: words(REQUEST_WORDS_MIN),
})
export type EnterRequestBody = z.infer<typeof enterRequestBody>

export const moveRequestBody = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('put-off'), _v: version, until: day, words: words(REQUEST_WORDS_MIN) }),
  z.strictObject({
    do: z.literal('answer'),
    _v: version,
    decision: code(REQUEST_DECISIONS),
    /** Empty where everything is granted. */
    ground: z.union([z.literal(''), code(REQUEST_GROUNDS)]),
    /** Of a deletion that is granted. */
    scope: code(DELETION_SCOPES).optional(),
    on: day,
    went: code(REQUEST_WAYS),
    words: words(REQUEST_WORDS_MIN),
  }),
  z.strictObject({ do: z.literal('take-back'), _v: version, on: day, words: words(0) }),
  /** What followed from the answer is done, or over. */
  z.strictObject({ do: z.literal('settle'), _v: version, on: day, words: words(REQUEST_WORDS_MIN) }),
])
export type MoveRequestBody = z.infer<typeof moveRequestBody>

export const handOutBody = z
  .strictObject({
    parts: z.array(code(HAND_OUT_PARTS)).min(1).max(Object.keys(HAND_OUT_PARTS).length),
    purpose: line(REQUEST_PURPOSE_MAX).min(REQUEST_PURPOSE_MIN),
  })
  .refine(({ parts }) => new Set(parts).size === parts.length, { path: ['parts'] })
export type HandOutBody = z.infer<typeof handOutBody>

export interface SubjectRequestView {
  requestId: SubjectRequestId
  kind: RequestKind
  asker: RequestAsker
  checked: RequestCheck
  came: RequestWay
  receivedOn: string
  name: string
  relation: string
  what: string
  state: RequestState
  clock: RequestClock
  mayPutOff: boolean
  extension: { until: string; on: string; byName: string; words: string } | null
  answer: {
    decision: RequestDecision
    ground: RequestGround | null
    scope: DeletionScope | null
    on: string
    went: RequestWay
    byName: string
    words: string
  } | null
  takenBack: { on: string; byName: string; words: string } | null
  /** What followed from the answer, also when it was settled since. */
  followUp: FollowUp | null
  settled: { on: string; byName: string; words: string } | null
  /** Of a case that is to be destroyed: how it stands at the retention desk. */
  atRetention: AtRetentionView | null
  handOuts: { printId: PrintId; at: string; byName: string; parts: HandOutPart[]; purpose: string }[]
  enteredBy: string
  enteredAt: string
  _v: number
}

/** How a case whose deletion was granted stands at the retention desk (RT13). */
export interface AtRetentionView {
  /** `proposed`: it waits for the second person. */
  standing: 'due' | 'held' | 'proposed'
  standingHolds: StandingHold[]
  /** What somebody there holds it by now. */
  holds: { reason: HoldReason; until: string; words: string }[]
}

export interface SubjectRequestsView {
  caseId: CaseId
  today: string
  /** The most urgent first. */
  requests: SubjectRequestView[]
}

/** A request without its words. */
export interface RequestRow {
  requestId: SubjectRequestId
  caseId: CaseId
  number: string
  kind: RequestKind
  asker: RequestAsker
  receivedOn: string
  state: RequestState
  clock: RequestClock
  decision: RequestDecision | null
  /** While it goes on. */
  followUp: FollowUp | null
  putOff: boolean
}

export interface DeskRequestsView {
  today: string
  requests: RequestRow[]
}

export interface NearRequestsView {
  requests: (RequestRow & { label: string })[]
}

/** What one agency's people did on one day, as the person whom it is about is told. */
export interface HandOutLine {
  day: string
  agency: string
  /** Empty unless names were picked. */
  name: string
  task: AccessTask
  touched: Touched
  count: number
}

/** What stands on the sheet; a part that was not picked is null (DR10). */
export interface HandOutView {
  printId: PrintId
  at: string
  number: string
  from: string
  whoSaw: { lines: HandOutLine[]; leftOut: number } | null
  bases:
    | {
        basis: DisclosureBasis
        receivers: { name: string; endedOn: string | null }[]
        from: string
        until: string | null
      }[]
    | null
  /** The eight fields of 영 제15조 in the form's order. */
  disclosures: { fields: readonly string[]; endedOn: string | null }[] | null
}
