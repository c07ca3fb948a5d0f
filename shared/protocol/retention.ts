/** The desk of keeping and destroying over HTTP (rules: `shared/retention/RETENTION.md`). */
import * as z from 'zod'
import type { CaseStage } from '../codes.ts'
import type { AgencyId, CaseId, DestructionId, RetentionHoldId } from '../ids.ts'
import type { RetentionRules, RetentionStanding } from '../retention/retention.ts'
import {
  DESTROYED_KINDS,
  type DestroyedCounts,
  type DestructionGround,
  type DestructionState,
  HOLD_REASONS,
  type HoldReason,
  RETENTION_GROUNDS,
  RETENTION_KINDS,
  RETENTION_YEARS,
  type RetentionKind,
  type RetentionYears,
  type StandingHold,
} from '../retention/retention-codes.ts'
import { officialWords } from './access-desk.ts'
import { code, day, id, line, version } from './fields.ts'

/** Why something is done at the desk (RT12). */
export const RETENTION_WORDS = { least: 5, most: 500 }
const words = officialWords(RETENTION_WORDS.least, RETENTION_WORDS.most)

/** As many as one person reads through at once. */
export const MOST_PROPOSED = 50

export const changeRetentionBody = z.strictObject({
  _v: version,
  kind: code(RETENTION_KINDS),
  ground: code(RETENTION_GROUNDS),
  years: z.literal([...RETENTION_YEARS]),
})
export type ChangeRetentionBody = z.infer<typeof changeRetentionBody>

export const holdCaseBody = z.strictObject({ caseId: id<CaseId>(), reason: code(HOLD_REASONS), until: day, words })
export type HoldCaseBody = z.infer<typeof holdCaseBody>

export const liftHoldBody = z.strictObject({ _v: version, words })
export type LiftHoldBody = z.infer<typeof liftHoldBody>

export const proposeDestructionBody = z.strictObject({
  caseIds: z
    .array(id<CaseId>())
    .min(1)
    .max(MOST_PROPOSED)
    .refine(ids => new Set(ids).size === ids.length),
  words,
})
export type ProposeDestructionBody = z.infer<typeof proposeDestructionBody>

export const decideDestructionBody = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('confirm'),
    _v: version,
    /** The case's number, typed by hand. */
    number: line(60),
    /** What the person was shown. */
    counts: z.partialRecord(code(DESTROYED_KINDS), z.number().int().min(1)),
  }),
  z.strictObject({ do: z.literal('refuse'), _v: version, words }),
  z.strictObject({ do: z.literal('take_back'), _v: version }),
])
export type DecideDestructionBody = z.infer<typeof decideDestructionBody>

export const destructionFileBody = z.strictObject({ purpose: words })
export type DestructionFileBody = z.infer<typeof destructionFileBody>

export interface HoldView {
  holdId: RetentionHoldId
  _v: number
  reason: HoldReason
  words: string
  until: string
  by: string
  at: string
  isHolding: boolean
  lifted: { by: string; at: string; words: string } | null
}

/** A case that is over, or whose deletion was granted, by its number alone. The four days are empty while it goes on. */
export interface RetentionCaseView {
  caseId: CaseId
  number: string
  stage: CaseStage
  kind: RetentionKind
  closedOn: string
  completedOn: string
  ground: DestructionGround
  years: RetentionYears
  /** The day on which its deletion was granted; null where nobody asked, or it was settled. */
  requestedOn: string | null
  /** Both days; `ground` says which of them applies. */
  decreeDue: string
  consentDue: string
  standing: RetentionStanding
  standingHolds: StandingHold[]
  holds: HoldView[]
}

export interface DestructionView {
  destructionId: DestructionId
  _v: number
  state: DestructionState
  caseId: CaseId
  number: string
  kind: RetentionKind
  ground: DestructionGround
  years: number
  closedOn: string
  completedOn: string
  decreeDue: string
  consentDue: string
  why: string
  proposedBy: string
  proposedAt: string
  /** The reader proposed it: somebody else confirms. */
  isOwn: boolean
  decidedBy: string
  decidedAt: string | null
  refusal: string
  destroyedAt: string | null
  counts: DestroyedCounts
}

export interface RetentionDeskView {
  agencyId: AgencyId
  today: string
  rules: RetentionRules
  rulesVersion: number
  /** Due and soon due, the longest due first; what is proposed is not among them. */
  cases: RetentionCaseView[]
  /** Beyond what one screen shows. */
  more: number
  /** Waiting for a second person, the oldest first. */
  waiting: DestructionView[]
  /** Everything that was decided, the newest first: the record of destruction among it. */
  decided: DestructionView[]
  /** How many people of the agency could confirm. One alone cannot destroy anything. */
  people: number
}

/** What exactly would be destroyed. */
export interface InspectionView {
  destruction: DestructionView
  /** The household's label: only here, so that nobody destroys the wrong one. */
  label: string
  counts: DestroyedCounts
  /** What holds it now; while anything does, it cannot be confirmed. */
  standingHolds: StandingHold[]
  holds: HoldView[]
  isDue: boolean
}
