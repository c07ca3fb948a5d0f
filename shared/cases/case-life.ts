/**
 * The life of a case as plain data: what stands in clear of it. Every list is only added to. Moments are ISO in UTC, days `YYYY-MM-DD` in Seoul. Words
 * lie beside it, sealed, under the id of what they belong to.
 */
import type { ClosureReason, ClosureResult, ReassessmentReason } from '../code-sets/closing.ts'
import type { CaseGrade } from '../code-sets/grades.ts'
import type { CaseStage, DecisionKind, NeedDomain } from '../codes.ts'
import type { AgencyId, ConferenceId, DecisionId, ItemId, UserId } from '../ids.ts'
import type {
  CaseTrack,
  CrisisReason,
  ExOfficioGround,
  JointAnswer,
  JointStep,
  LeadOfferKind,
  LeadOfferOutcome,
  ReassessmentResult,
} from './life-codes.ts'

/** A decision of a conference that carried a move. */
export interface CarriedBy {
  conferenceId: ConferenceId
  itemId: ItemId
  decisionId: DecisionId
  kind: DecisionKind
}

interface Done {
  id: string
  by: UserId
  at: string
}

/** One change of stage (CL6). */
export interface StageEntry extends Done {
  kind: 'opened' | 'taken_over' | 'moved' | 'reopened'
  /** Null for the first. */
  from: CaseStage | null
  to: CaseStage
  /** Who led the case then. */
  agencyId: AgencyId
  carriedBy: CarriedBy | null
  /** The step of joint management that it is, and who was asked to acknowledge it (CJ2). */
  step: JointStep | null
  asked: readonly AgencyId[]
}

export interface JointAnswerGiven extends Done {
  entryId: string
  agencyId: AgencyId
  answer: JointAnswer
}

export interface GradeGiven extends Done {
  grade: CaseGrade
}

export interface Closure extends Done {
  reasons: readonly ClosureReason[]
  result: ClosureResult
}

export interface Reassessment extends Done {
  on: string
  reason: ReassessmentReason
  result: ReassessmentResult
}

export interface AftercareContact extends Done {
  on: string
}

export interface JointAgreement extends Done {
  from: string
  /** Empty while no end is agreed. */
  until: string
  agencies: readonly { agencyId: AgencyId; needs: readonly NeedDomain[] }[]
}

export interface LeadOffer extends Done {
  kind: LeadOfferKind
  to: AgencyId
  /** What the present lead agency stays as. */
  staysAs: 'co_managing' | 'partner'
  outcome: { kind: LeadOfferOutcome; by: UserId; at: string } | null
}

export interface EmergencyHelp extends Done {
  reason: CrisisReason
  /** On which day the household was told. */
  toldOn: string
  ended: { by: UserId; at: string } | null
}

export interface ExOfficioApplication extends Done {
  ground: ExOfficioGround
  /** Empty where the person agreed. */
  reportedOn: string
}

export interface CaseLife {
  track: CaseTrack | ''
  history: readonly StageEntry[]
  answers: readonly JointAnswerGiven[]
  grades: readonly GradeGiven[]
  closures: readonly Closure[]
  reassessments: readonly Reassessment[]
  aftercare: readonly AftercareContact[]
  joint: readonly JointAgreement[]
  offers: readonly LeadOffer[]
  emergencies: readonly EmergencyHelp[]
  exOfficio: readonly ExOfficioApplication[]
}

export const emptyLife = (): CaseLife => ({
  track: '',
  history: [],
  answers: [],
  grades: [],
  closures: [],
  reassessments: [],
  aftercare: [],
  joint: [],
  offers: [],
  emergencies: [],
  exOfficio: [],
})

/** The entries since the case was opened or last taken up again (CL5). */
export function thisRound(history: readonly StageEntry[]): readonly StageEntry[] {
  const reopened = history.findLastIndex(entry => entry.kind === 'reopened')
  return reopened < 0 ? history : history.slice(reopened)
}

const SELECTED: readonly CaseStage[] = ['service_planning', 'service_linked']
/** A case that was taken over at one of these was selected before its history here begins. */
const AFTER_SELECTION: readonly CaseStage[] = [
  'service_planning',
  'service_linked',
  'service_delivery',
  'reassessment',
  'closed',
  'aftercare',
  'ended',
]

/** Whether it was taken on in this round. */
export function isSelected({ history }: Pick<CaseLife, 'history'>): boolean {
  return thisRound(history).some(
    ({ kind, to }) => SELECTED.includes(to) || (kind === 'taken_over' && AFTER_SELECTION.includes(to)),
  )
}

/** The last entry into that stage in this round. */
export function entered(life: Pick<CaseLife, 'history'>, ...stages: readonly CaseStage[]): StageEntry | undefined {
  return thisRound(life.history).findLast(entry => stages.includes(entry.to))
}

/** The closure evaluation that holds: the latest since the case was taken on in this round. */
export function presentClosure(life: Pick<CaseLife, 'history' | 'closures'>): Closure | undefined {
  const since = thisRound(life.history).find(entry => SELECTED.includes(entry.to))?.at ?? thisRound(life.history)[0]?.at
  return life.closures.findLast(closure => since === undefined || closure.at >= since)
}

/** A reassessment made since the last plan was made. */
export function presentReassessment(life: Pick<CaseLife, 'history' | 'reassessments'>): Reassessment | undefined {
  const since = entered(life, 'service_planning')?.at ?? thisRound(life.history)[0]?.at
  return life.reassessments.findLast(one => since === undefined || one.at >= since)
}

export const gradeOf = ({ grades }: Pick<CaseLife, 'grades'>): CaseGrade | '' => grades.at(-1)?.grade ?? ''

/** The agreement that holds on a day. */
export function jointOn({ joint }: Pick<CaseLife, 'joint'>, day: string): JointAgreement | undefined {
  const last = joint.at(-1)
  return last !== undefined && (last.until === '' || day <= last.until) ? last : undefined
}

/** The offer of the lead that waits, as long as the agency that it was made to is of the case. */
export function openOffer(
  { offers }: Pick<CaseLife, 'offers'>,
  agencies: readonly { agencyId: AgencyId }[],
): LeadOffer | undefined {
  const last = offers.at(-1)
  return last?.outcome === null && agencies.some(agency => agency.agencyId === last.to) ? last : undefined
}

/** Which of its own acknowledgements each asked agency still owes (CJ2): nothing was said to that entry by it. */
export function openAcknowledgements(
  life: Pick<CaseLife, 'history' | 'answers'>,
  agencyId: AgencyId,
): readonly StageEntry[] {
  return life.history.filter(
    ({ id, asked }) =>
      asked.includes(agencyId) && !life.answers.some(answer => answer.entryId === id && answer.agencyId === agencyId),
  )
}
