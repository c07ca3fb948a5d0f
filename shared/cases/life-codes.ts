/**
 * The codes of a case's life that rules depend on, with their labels. Stages themselves stand in `codes.ts`, what installations may rename and add to in
 * `code-sets/`.
 */
import type { Label } from '../codes.ts'

/** What a household was taken on for (대상자 구분): two tracks after the selection. */
export const CASE_TRACKS = {
  integrated_case_management: { ko: '통합사례관리', en: 'Integrated case management' },
  service_linkage: { ko: '서비스연계', en: 'Service linkage' },
} as const satisfies Record<string, Label>
export type CaseTrack = keyof typeof CASE_TRACKS

/** How the days of the clocks are counted. */
export const DAY_COUNTINGS = {
  calendar: { ko: '달력 날짜', en: 'Calendar days' },
  working: { ko: '근무일', en: 'Working days' },
} as const satisfies Record<string, Label>
export type DayCounting = keyof typeof DAY_COUNTINGS

/** The time limits of the life (업무 처리 기한). */
export const CASE_CLOCKS = {
  assessment: { ko: '욕구·위기도 조사', en: 'Assessment' },
  selection: { ko: '선정', en: 'Selection' },
  plan: { ko: '서비스 제공계획', en: 'Service plan' },
  whole: { ko: '접수부터 계획까지', en: 'Registration to plan' },
} as const satisfies Record<string, Label>
export type CaseClock = keyof typeof CASE_CLOCKS

/** What a change of stage can lack. */
export const STAGE_NEEDS = {
  no_such_move: { ko: '이 단계에서는 그리로 바로 갈 수 없습니다', en: 'There is no way there from this stage' },
  ex_officio_ground: {
    ko: '직권신청의 사유와 보고한 날이 필요합니다',
    en: 'The ground of the ex officio application, and the day of its report',
  },
  selecting_decision: {
    ko: '사례회의에서 확인된 선정 결정(선정·미선정·보류·의뢰)이 필요합니다',
    en: 'A decision on the selection that a conference has confirmed',
  },
  decision_case_management: {
    ko: '사례회의에서 확인된 ‘통합사례관리 대상 선정’ 결정이 필요합니다',
    en: 'A confirmed decision: selected for integrated case management',
  },
  decision_service_linkage: {
    ko: '사례회의에서 확인된 ‘서비스연계 대상’ 결정이 필요합니다',
    en: 'A confirmed decision: service linkage',
  },
  decision_not_selected: {
    ko: '사례회의에서 확인된 ‘미선정’ 결정이 필요합니다',
    en: 'A confirmed decision: not selected',
  },
  decision_deferred: { ko: '사례회의에서 확인된 ‘보류’ 결정이 필요합니다', en: 'A confirmed decision: deferred' },
  decision_refer_out: {
    ko: '사례회의에서 확인된 ‘타 기관 의뢰·이관’ 결정이 필요합니다',
    en: 'A confirmed decision: referred or transferred',
  },
  plan_decision: {
    ko: '사례회의에서 확인된 계획 승인·변경 또는 재사정 결정이 필요합니다',
    en: 'A confirmed decision on the plan or the reassessment',
  },
  plan: { ko: '서비스 제공계획이 필요합니다', en: 'A service plan' },
  plan_content: {
    ko: '서비스 제공계획에 법에서 정한 내용이 빠져 있습니다',
    en: 'What the law asks of the service plan is not all there',
  },
  reassessment_record: { ko: '재사정표가 필요합니다', en: 'A reassessment record' },
  decision_close: { ko: '사례회의에서 확인된 ‘종결’ 결정이 필요합니다', en: 'A confirmed decision: close' },
  closure_evaluation: { ko: '종결평가서가 필요합니다', en: 'A closure evaluation' },
  closure_reason: { ko: '종결 유형을 골라야 합니다', en: 'A closure type' },
  aftercare_contact: { ko: '사후관리 기록이 한 번 이상 필요합니다', en: 'At least one aftercare contact' },
  reason: { ko: '사유를 적어야 합니다', en: 'A reason in words' },
} as const satisfies Record<string, Label>
export type StageNeed = keyof typeof STAGE_NEEDS

/** Steps to which each co-managing agency says something (공동사례관리). */
export const JOINT_STEPS = {
  selection: { ko: '선정', en: 'Selection' },
  plan: { ko: '서비스 제공계획', en: 'Service plan' },
  closure: { ko: '종결', en: 'Closure' },
} as const satisfies Record<string, Label>
export type JointStep = keyof typeof JOINT_STEPS

export const JOINT_ANSWERS = {
  acknowledged: { ko: '확인', en: 'Acknowledged' },
  dissents: { ko: '다른 의견', en: 'Dissents' },
} as const satisfies Record<string, Label>
export type JointAnswer = keyof typeof JOINT_ANSWERS

/** Passing the lead on: between agencies, or up to the city's unit (고난도 사례). */
export const LEAD_OFFER_KINDS = {
  transfer: { ko: '주관기관 변경', en: 'Change of the lead agency' },
  hand_over: { ko: '고난도 사례 이관', en: 'Hand-over of a high-difficulty case' },
} as const satisfies Record<string, Label>
export type LeadOfferKind = keyof typeof LEAD_OFFER_KINDS

export const LEAD_OFFER_OUTCOMES = {
  accepted: { ko: '수락', en: 'Accepted' },
  declined: { ko: '거절', en: 'Declined' },
  withdrawn: { ko: '거둠', en: 'Taken back' },
} as const satisfies Record<string, Label>
export type LeadOfferOutcome = keyof typeof LEAD_OFFER_OUTCOMES

export const GOAL_TERMS = {
  long_term: { ko: '장기', en: 'Long-term' },
  short_term: { ko: '단기', en: 'Short-term' },
} as const satisfies Record<string, Label>
export type GoalTerm = keyof typeof GOAL_TERMS

export const GOAL_RESULTS = {
  reached: { ko: '달성', en: 'Reached' },
  partly: { ko: '일부 달성', en: 'Partly reached' },
  not_reached: { ko: '미달성', en: 'Not reached' },
} as const satisfies Record<string, Label>
export type GoalResult = keyof typeof GOAL_RESULTS

/** What a reassessment ends with (재사정표). */
export const REASSESSMENT_RESULTS = {
  replan: { ko: '계획 다시 수립', en: 'Plan anew' },
  keep: { ko: '계획 유지', en: 'Keep the plan' },
} as const satisfies Record<string, Label>
export type ReassessmentResult = keyof typeof REASSESSMENT_RESULTS

/** How the household is after the closure (사후관리평가서). */
export const AFTERCARE_STATES = {
  stable: { ko: '안정', en: 'Stable' },
  watch: { ko: '지켜봄', en: 'To be watched' },
  worse: { ko: '나빠짐', en: 'Worse' },
} as const satisfies Record<string, Label>
export type AftercareState = keyof typeof AFTERCARE_STATES

/** On what ground an office applies for somebody by itself (직권신청; 사회보장급여법 제5조②③). */
export const EX_OFFICIO_GROUNDS = {
  consented: { ko: '대상자가 동의함', en: 'The person agreed' },
  incapacity: { ko: '심신미약·심신상실로 동의할 수 없음', en: 'The person cannot agree for reasons of mind or body' },
  decree: { ko: '시행령이 정한 그 밖의 사유', en: 'Another ground that the decree names' },
} as const satisfies Record<string, Label>
export type ExOfficioGround = keyof typeof EX_OFFICIO_GROUNDS

/** Crisis reasons for help at once (긴급복지지원법 제2조). */
export const CRISIS_REASONS = {
  income_lost: {
    ko: '주소득자의 사망·가출·행방불명·구금 등으로 소득 상실',
    en: 'The earner died, left or is detained',
  },
  illness: { ko: '중한 질병 또는 부상', en: 'Serious illness or injury' },
  neglect_abuse: { ko: '방임·유기·학대', en: 'Neglect, abandonment or abuse' },
  domestic_violence: { ko: '가정폭력·성폭력', en: 'Domestic or sexual violence' },
  disaster: { ko: '화재·자연재해 등으로 거주 곤란', en: 'Fire or disaster' },
  business_closed: { ko: '휴업·폐업 등', en: 'Business closed or stopped' },
  job_lost: { ko: '실직', en: 'Job lost' },
  ordinance: { ko: '조례가 정한 사유', en: 'A reason of the ordinance' },
  ministerial: { ko: '보건복지부장관이 고시한 사유', en: 'A reason of the minister’s notice' },
} as const satisfies Record<string, Label>
export type CrisisReason = keyof typeof CRISIS_REASONS
