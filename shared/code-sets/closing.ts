/** Why a case ends or is looked at anew. Version 1 of editable sets, but for the results, which the case's life rests on. */
import type { Label } from '../codes.ts'
import type { OwnCode } from './code-sets.ts'

/** Why a case is closed (종결유형). `moved_away` and `deceased` are one line on the form and two codes here. */
export const CLOSURE_REASONS = {
  long_term_goal_achieved: { ko: '장기목표 달성', en: 'Long-term goal reached' },
  short_term_goal_achieved: { ko: '단기목표 달성', en: 'Short-term goal reached' },
  situation_improved: { ko: '상황 호전', en: 'Situation improved' },
  client_declined: { ko: '거절 또는 포기', en: 'The household refused or gave up' },
  contact_lost: { ko: '연락두절', en: 'Contact lost' },
  moved_away: { ko: '이사', en: 'Moved away' },
  deceased: { ko: '사망', en: 'Died' },
  agency_initiated: { ko: '자체종결', en: 'Closed by the agency' },
} as const satisfies Record<string, Label>
export type ClosureReason = keyof typeof CLOSURE_REASONS | OwnCode

/** Why an individual support plan ends (의료·요양 통합지원법 시행규칙 제11조). */
export const CARE_END_REASONS = {
  care_deceased: { ko: '사망', en: 'Died' },
  admitted_to_facility: { ko: '입원·입소로 지원 불필요', en: 'Admitted: no longer needed' },
  complex_support_unneeded: { ko: '복합지원 불필요', en: 'Complex support no longer needed' },
  explicit_refusal: { ko: '본인의 명시적 거부', en: 'Refused by the person' },
  other_end: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type CareEndReason = keyof typeof CARE_END_REASONS

/** What the closure evaluation ends with (평가결과). */
export const CLOSURE_RESULTS = {
  reassess: { ko: '재사정', en: 'Reassess' },
  close: { ko: '종결', en: 'Close' },
} as const satisfies Record<string, Label>
export type ClosureResult = keyof typeof CLOSURE_RESULTS

export const REASSESSMENT_REASONS = {
  new_need: { ko: '새로운 욕구 발생', en: 'A new need' },
  changed_resources: { ko: '자원·환경의 변화', en: 'Resources or surroundings changed' },
} as const satisfies Record<string, Label>
export type ReassessmentReason = keyof typeof REASSESSMENT_REASONS | OwnCode
