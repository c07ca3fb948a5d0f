/**
 * A case's life over HTTP (rules: `shared/cases/LIFE.md`).
 *
 *   GET   /api/cases/:caseId/life                                  CaseLifeView
 *   POST  /api/cases/:caseId/life           caseLifeBody           CaseLifeView   (workers of the lead agency)
 *   POST  /api/cases/:caseId/life/answers   caseLifeAnswerBody     CaseLifeView   (workers of the agency that is asked)
 *   GET   /api/case-life                                           NearLifeView   (what runs out, and what is asked of the caller)
 *   GET   /api/agencies/:agencyId/case-rules                       CaseRulesView
 *   PATCH /api/agencies/:agencyId/case-rules  changeCaseRulesBody  CaseRulesView
 *
 * A change of stage that is not allowed answers `not-allowed` with the detail `stage-needs.` and the codes of what is missing, joined by points.
 * Resident registration numbers in words are masked on the way in.
 */
import * as z from 'zod'
import type { JointAnswerGiven } from '../cases/case-life.ts'
import type { ClockState } from '../cases/clocks.ts'
import {
  AFTERCARE_STATES,
  type AftercareState,
  type CaseTrack,
  CRISIS_REASONS,
  type CrisisReason,
  DAY_COUNTINGS,
  type DayCounting,
  EX_OFFICIO_GROUNDS,
  type ExOfficioGround,
  GOAL_RESULTS,
  GOAL_TERMS,
  type GoalResult,
  type GoalTerm,
  type JointAnswer,
  type JointStep,
  LEAD_OFFER_KINDS,
  type LeadOfferKind,
  type LeadOfferOutcome,
  REASSESSMENT_RESULTS,
  type ReassessmentResult,
  type StageNeed,
} from '../cases/life-codes.ts'
import {
  CLOSURE_REASONS,
  CLOSURE_RESULTS,
  type ClosureReason,
  type ClosureResult,
  REASSESSMENT_REASONS,
  type ReassessmentReason,
} from '../code-sets/closing.ts'
import { CASE_GRADES, type CaseGrade, GRADE_SCHEMES, type GradeSchemeName } from '../code-sets/grades.ts'
import { CASE_STAGES, type CaseStage, type DecisionKind, NEED_DOMAINS, type NeedDomain } from '../codes.ts'
import type { PlanFaultCode } from '../documents/case-parts/plan-faults.ts'
import { maskResidentNumbers } from '../identifiers/resident-number.ts'
import type { AgencyId, CaseId, ConferenceId, DecisionId, UserId } from '../ids.ts'
import { code, codeOrOwn, day, id, paragraphs, version } from './fields.ts'

export const LIFE_WORDS_MAX = 2000
/** Goals of one evaluation, contacts after one closure: far beyond any household, and a bound on what one record holds. */
export const LIFE_ENTRIES_MAX = 300

/** Resident registration numbers in them are masked. */
const words = paragraphs(LIFE_WORDS_MAX).transform(text => maskResidentNumbers(text).text)
const someWords = words.refine(text => text.length > 0)
const dayOrEmpty = z.union([z.literal(''), day])
const known = { _v: version }

const goal = z.strictObject({ term: code(GOAL_TERMS), words: someWords, result: code(GOAL_RESULTS) })
/** 1 is the least satisfied, 5 the most; null where nobody asked. */
const satisfaction = z.union([z.null(), z.number().int().min(1).max(5)])

export const caseLifeBody = z.discriminatedUnion('do', [
  z.strictObject({
    ...known,
    do: z.literal('move'),
    to: code(CASE_STAGES),
    reason: words.optional(),
    /** The decision that carries it, where several could. */
    decisionId: id<DecisionId>().optional(),
  }),
  z.strictObject({ ...known, do: z.literal('grade'), grade: code(CASE_GRADES), reason: someWords }),
  z.strictObject({
    ...known,
    do: z.literal('ex-officio'),
    ground: code(EX_OFFICIO_GROUNDS),
    reportedOn: dayOrEmpty,
    reason: words,
  }),
  z.strictObject({
    ...known,
    do: z.literal('emergency'),
    reason: code(CRISIS_REASONS),
    toldOn: day,
    words: someWords,
  }),
  z.strictObject({ ...known, do: z.literal('emergency-end'), id: id<string>(), words }),
  z.strictObject({
    ...known,
    do: z.literal('closure'),
    reasons: z.array(codeOrOwn(CLOSURE_REASONS)).max(8),
    result: code(CLOSURE_RESULTS),
    goals: z.array(goal).max(40),
    opinion: someWords,
    changes: words,
    aftercareNote: words,
  }),
  z.strictObject({
    ...known,
    do: z.literal('reassessment'),
    on: day,
    reason: codeOrOwn(REASSESSMENT_REASONS),
    result: code(REASSESSMENT_RESULTS),
    changedNeeds: someWords,
  }),
  z.strictObject({
    ...known,
    do: z.literal('aftercare'),
    on: day,
    state: code(AFTERCARE_STATES),
    changes: someWords,
    satisfaction,
    measures: words,
  }),
  z.strictObject({
    ...known,
    do: z.literal('joint'),
    from: day,
    until: dayOrEmpty,
    agencies: z
      .array(z.strictObject({ agencyId: id<AgencyId>(), needs: z.array(code(NEED_DOMAINS)).max(11) }))
      .min(2)
      .max(40),
    exitRule: someWords,
  }),
  z.strictObject({
    ...known,
    do: z.literal('offer-lead'),
    kind: code(LEAD_OFFER_KINDS),
    to: id<AgencyId>(),
    staysAs: z.enum(['co_managing', 'partner']),
    reason: someWords,
  }),
  z.strictObject({ ...known, do: z.literal('withdraw-lead'), id: id<string>() }),
])
export type CaseLifeBody = z.infer<typeof caseLifeBody>
export type CaseLifeInput = z.input<typeof caseLifeBody>

/** What the agencies beside the lead say, each to one entry or offer, whatever else changed meanwhile. `agencyId`: for which of one's agencies. */
export const caseLifeAnswerBody = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('acknowledge'),
    entryId: id<string>(),
    agencyId: id<AgencyId>(),
  }),
  z.strictObject({
    do: z.literal('dissent'),
    entryId: id<string>(),
    agencyId: id<AgencyId>(),
    words: someWords,
  }),
  z.strictObject({ do: z.literal('accept-lead'), id: id<string>() }),
  z.strictObject({ do: z.literal('decline-lead'), id: id<string>(), reason: someWords }),
])
export type CaseLifeAnswerBody = z.infer<typeof caseLifeAnswerBody>
export type CaseLifeAnswerInput = z.input<typeof caseLifeAnswerBody>

export const changeCaseRulesBody = z.strictObject({
  ...known,
  counting: code(DAY_COUNTINGS),
  gradeScheme: code(GRADE_SCHEMES),
})
export type ChangeCaseRulesBody = z.infer<typeof changeCaseRulesBody>

/** Its task as a public body, a consent or law that names it already, or nothing yet. */
export type LeadKeeps = 'task' | 'basis' | 'nothing'

/** How an agency counts the days of the cases that it leads, and which grades it gives. */
export interface CaseRulesView {
  counting: DayCounting
  gradeScheme: GradeSchemeName
  _v: number
}

export interface LifeAgency {
  agencyId: AgencyId
  name: string
  shortName: string
}

interface DoneView {
  id: string
  by: { userId: UserId; name: string }
  at: string
}

/** The decision that carried a move, or could. Conference and title only for who may read it. */
export interface LifeDecisionView {
  decisionId: DecisionId
  kind: DecisionKind
  conference: { conferenceId: ConferenceId; title: string; startsAt: string } | null
}

export interface JointAnswerView extends DoneView {
  agencyId: AgencyId
  answer: JointAnswer
  /** Of a dissent. */
  words: string
}

export interface StageEntryView extends DoneView {
  kind: 'opened' | 'taken_over' | 'moved' | 'reopened'
  from: CaseStage | null
  to: CaseStage
  agency: LifeAgency
  reason: string
  decision: LifeDecisionView | null
  step: JointStep | null
  asked: readonly LifeAgency[]
  answers: readonly JointAnswerView[]
}

/** A stage that the case could go to. */
export interface NextStageView {
  to: CaseStage
  /** All stages on the way, that one last. */
  steps: readonly CaseStage[]
  /** What it still needs. A reason is given with the press, so it is told apart. */
  missing: readonly StageNeed[]
  needsReason: boolean
  /** What would carry it. */
  decision: LifeDecisionView | null
  reopens: boolean
}

export interface ClosureView extends DoneView {
  reasons: readonly ClosureReason[]
  result: ClosureResult
  goals: readonly { term: GoalTerm; words: string; result: GoalResult }[]
  opinion: string
  changes: string
  aftercareNote: string
  /** The days of the stages, as the form asks for them; a stage that was never reached is left out. */
  days: readonly { stage: CaseStage; on: string }[]
}

export interface CaseLifeView {
  caseId: CaseId
  _v: number
  stage: CaseStage
  track: CaseTrack | ''
  grade: CaseGrade | ''
  rules: CaseRulesView
  /** Works on the case for its lead agency. */
  leads: boolean
  /** What will open the case to the lead agency when it passes the lead on and stays to manage it with others (CJ6); null for everybody else. */
  leadKeeps: LeadKeeps | null
  /** The agencies of the case for which the caller may answer. */
  speaksFor: readonly AgencyId[]
  agencies: readonly (LifeAgency & { role: 'lead' | 'co_managing' | 'partner' })[]
  clocks: readonly ClockState[]
  next: readonly NextStageView[]
  /** Moves that a conference's confirmed decision proposes, the latest decision first. */
  proposals: readonly { to: CaseStage; decision: LifeDecisionView }[]
  /** The newest first. */
  history: readonly StageEntryView[]
  /** Of the lead agency: what is open of a plan, by code; empty while there is nothing to say. */
  planFaults: readonly PlanFaultCode[]
  /** Of the lead agency: the goals of the case's document, for the evaluation. */
  goals: readonly { term: GoalTerm; words: string; result: GoalResult | '' }[]
  exOfficio: (DoneView & { ground: ExOfficioGround; reportedOn: string; reason: string }) | null
  grades: readonly (DoneView & { grade: CaseGrade; reason: string })[]
  emergencies: readonly (DoneView & {
    reason: CrisisReason
    toldOn: string
    words: string
    endedAt: string | null
    endWords: string
  })[]
  closures: readonly ClosureView[]
  reassessments: readonly (DoneView & {
    on: string
    reason: ReassessmentReason
    result: ReassessmentResult
    changedNeeds: string
  })[]
  aftercare: readonly (DoneView & {
    on: string
    state: AftercareState
    changes: string
    satisfaction: number | null
    measures: string
  })[]
  joint:
    | (DoneView & {
        from: string
        until: string
        agencies: readonly (LifeAgency & { needs: readonly NeedDomain[] })[]
        exitRule: string
        holds: boolean
      })
    | null
  offers: readonly (DoneView & {
    kind: LeadOfferKind
    to: LifeAgency
    staysAs: 'co_managing' | 'partner'
    reason: string
    outcome: { kind: LeadOfferOutcome; at: string; name: string; reason: string } | null
    /** It waits, and the agency that it was made to is still of the case. */
    isOpen: boolean
  })[]
}

/** For the start page: what runs out within a week in cases that one's own agency leads, and what is asked of one. */
export interface NearLifeView {
  clocks: readonly (ClockState & { caseId: CaseId; label: string; number: string })[]
  asked: readonly (
    | { kind: 'acknowledge'; caseId: CaseId; label: string; step: JointStep; entryId: JointAnswerGiven['entryId'] }
    | { kind: 'accept-lead'; caseId: CaseId; label: string; from: string }
    | { kind: 'proposed'; caseId: CaseId; label: string; to: CaseStage; decision: DecisionKind }
  )[]
}
