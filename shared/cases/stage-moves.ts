/**
 * The life of a case as a table of moves (LIFE.md CL1): from where, to where, and what each needs. The server refuses by it and the screens show by it
 * what the next step needs. Pure: what is known of the case comes in as facts.
 */
import type { CaseStage, DecisionKind } from '../codes.ts'
import type { CaseTrack, JointStep, StageNeed } from './life-codes.ts'

interface StageMove {
  from: CaseStage
  to: CaseStage
  needs: readonly StageNeed[]
  /** There only before, or only after, the household was taken on in this round. */
  when?: 'unselected' | 'selected'
  reopens?: true
}

const move = (from: CaseStage, to: CaseStage, ...needs: StageNeed[]): StageMove => ({ from, to, needs })
const reopening = (from: CaseStage): StageMove => ({ from, to: 'assessment', needs: ['reason'], reopens: true })

export const STAGE_MOVES: readonly StageMove[] = [
  move('case_finding', 'intake'),
  move('intake', 'registered'),
  move('registered', 'assessment', 'ex_officio_ground'),
  move('assessment', 'conference'),
  { ...move('conference', 'selection', 'selecting_decision'), when: 'unselected' },
  move('selection', 'service_planning', 'decision_case_management'),
  move('selection', 'service_linked', 'decision_service_linkage'),
  move('selection', 'not_selected', 'decision_not_selected'),
  move('selection', 'deferred', 'decision_deferred'),
  move('selection', 'referred_out', 'decision_refer_out'),
  move('deferred', 'conference'),
  move('service_planning', 'service_delivery', 'plan', 'plan_content'),
  move('service_delivery', 'reassessment', 'reassessment_record'),
  move('service_delivery', 'conference'),
  move('reassessment', 'conference'),
  move('reassessment', 'service_delivery', 'reason'),
  { ...move('conference', 'service_planning', 'plan_decision'), when: 'selected' },
  { ...move('conference', 'service_delivery', 'plan', 'plan_content', 'reason'), when: 'selected' },
  { ...move('conference', 'closed', 'decision_close', 'closure_evaluation', 'closure_reason'), when: 'selected' },
  move('closed', 'aftercare'),
  move('aftercare', 'ended', 'aftercare_contact'),
  move('service_linked', 'aftercare', 'reason'),
  reopening('service_linked'),
  reopening('not_selected'),
  reopening('referred_out'),
  reopening('closed'),
  reopening('aftercare'),
  reopening('ended'),
]

/** Stages that a conference's outcome may pass in one press, leaving an entry for each. */
const PASSED: readonly CaseStage[] = ['conference', 'selection']

/** At most assessment → conference → selection → outcome. */
const MAX_STEPS = 3

/** What the kinds of decision answer to. */
const DECISIONS_FOR: Partial<Record<StageNeed, readonly DecisionKind[]>> = {
  selecting_decision: [
    'select_case_management',
    'select_service_linkage',
    'not_selected',
    'deferred',
    'refer_out',
    'transfer',
  ],
  decision_case_management: ['select_case_management'],
  decision_service_linkage: ['select_service_linkage'],
  decision_not_selected: ['not_selected'],
  decision_deferred: ['deferred'],
  decision_refer_out: ['refer_out', 'transfer'],
  plan_decision: ['approve_plan', 'amend_plan', 'assign_roles', 'reassess'],
  decision_close: ['close'],
}

/** What is known of a case when a move is asked for. */
export interface MoveFacts {
  stage: CaseStage
  /** Taken on in this round. */
  selected: boolean
  /** The confirmed decisions that count (CL3), the one that carried the case to `selection` among them while it stands there. */
  decisions: readonly DecisionKind[]
  exOfficio: 'none' | 'grounded' | 'ungrounded'
  plan: 'none' | 'lacking' | 'whole'
  reassessed: boolean
  closure: 'none' | 'reassess' | 'no-reason' | 'whole'
  aftercareContacts: number
  /** A reason comes with the command. */
  reason: boolean
}

export interface StagePath {
  /** From the stage after the present one to where it goes, both among them. */
  steps: readonly CaseStage[]
  /** Empty: it may be gone. */
  missing: readonly StageNeed[]
  reopens: boolean
  /** The kinds of which one decision has to be there; empty where none is needed. */
  decisions: readonly DecisionKind[]
}

/** Every stage that the case can go to from where it stands, nearest first, with what each still needs. */
export function pathsFrom(facts: MoveFacts): StagePath[] {
  const found = new Map<CaseStage, StagePath>()
  let ends: StageMove[][] = [[]]
  for (let step = 0; step < MAX_STEPS; step++) {
    ends = ends.flatMap(path => {
      const at = path.at(-1)?.to ?? facts.stage
      if (path.length > 0 && !PASSED.includes(at)) return []
      return STAGE_MOVES.filter(next => next.from === at && holdsFor(next, facts)).map(next => [...path, next])
    })
    for (const path of ends) {
      const to = path.at(-1)?.to
      if (to !== undefined && to !== facts.stage && !found.has(to)) found.set(to, pathOf(path, facts))
    }
  }
  return [...found.values()]
}

/** The way to that stage; undefined where there is none. */
export function pathTo(to: CaseStage, facts: MoveFacts): StagePath | undefined {
  return pathsFrom(facts).find(path => path.steps.at(-1) === to)
}

const holdsFor = ({ when }: StageMove, { selected }: MoveFacts) =>
  when === undefined || selected === (when === 'selected')

function pathOf(moves: readonly StageMove[], facts: MoveFacts): StagePath {
  const needs = [...new Set(moves.flatMap(({ needs }) => needs))]
  // What decides on an outcome is a decision on the selection as well.
  const outcome = needs.find(need => need !== 'selecting_decision' && DECISIONS_FOR[need] !== undefined)
  const asked = outcome === undefined ? needs : needs.filter(need => need !== 'selecting_decision')
  const deciding = outcome ?? (needs.includes('selecting_decision') ? 'selecting_decision' : undefined)
  return {
    steps: moves.map(({ to }) => to),
    missing: asked.filter(need => !isThere(need, facts)),
    reopens: moves.some(({ reopens }) => reopens === true),
    decisions: deciding === undefined ? [] : (DECISIONS_FOR[deciding] ?? []),
  }
}

function isThere(need: StageNeed, facts: MoveFacts): boolean {
  switch (need) {
    case 'no_such_move':
      return false
    case 'ex_officio_ground':
      return facts.exOfficio !== 'ungrounded'
    case 'plan':
      return facts.plan !== 'none'
    case 'plan_content':
      return facts.plan !== 'lacking'
    case 'reassessment_record':
      return facts.reassessed
    case 'closure_evaluation':
      return facts.closure === 'whole' || facts.closure === 'no-reason'
    case 'closure_reason':
      return facts.closure !== 'no-reason'
    case 'aftercare_contact':
      return facts.aftercareContacts > 0
    case 'reason':
      return facts.reason
    case 'selecting_decision':
    case 'decision_case_management':
    case 'decision_service_linkage':
    case 'decision_not_selected':
    case 'decision_deferred':
    case 'decision_refer_out':
    case 'plan_decision':
    case 'decision_close':
      return DECISIONS_FOR[need]?.some(kind => facts.decisions.includes(kind)) === true
  }
}

/** What a case comes to by a decision of that kind, for the proposal (CL11); undefined where it moves nothing. */
export const PROPOSED_BY: Partial<Record<DecisionKind, CaseStage>> = {
  select_case_management: 'selection',
  select_service_linkage: 'service_linked',
  not_selected: 'not_selected',
  deferred: 'deferred',
  refer_out: 'referred_out',
  transfer: 'referred_out',
  approve_plan: 'service_delivery',
  amend_plan: 'service_planning',
  reassess: 'reassessment',
  close: 'closed',
  start_aftercare: 'aftercare',
}

/** The track that a stage says; undefined where it says none. */
export const trackBy = (stage: CaseStage): CaseTrack | undefined =>
  stage === 'service_linked'
    ? 'service_linkage'
    : stage === 'service_planning' || stage === 'service_delivery' || stage === 'reassessment'
      ? 'integrated_case_management'
      : undefined

/** The step of joint management that reaching a stage is (CJ2). */
export function jointStepOf(from: CaseStage | null, to: CaseStage): JointStep | null {
  if (to === 'selection') return 'selection'
  if (to === 'closed') return 'closure'
  return from === 'service_planning' && to === 'service_delivery' ? 'plan' : null
}

/** Stages at which a case is opened without a reason (CL7). */
export const OPENING_STAGES = ['case_finding', 'intake', 'registered'] as const satisfies readonly CaseStage[]
