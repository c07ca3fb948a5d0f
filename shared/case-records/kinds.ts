/** Kinds of record of a case, and the small states in them on which rules rest. What installations word for themselves stands in `code-sets/`. */
import type { Label } from '../codes.ts'

export const CASE_RECORD_KINDS = {
  process_note: { ko: '과정기록', en: 'Process note' },
  intake: { ko: '초기상담', en: 'Intake interview' },
  monitoring: { ko: '점검·모니터링', en: 'Monitoring' },
  joint_visit: { ko: '공동방문', en: 'Joint visit' },
  risk: { ko: '위기도 조사', en: 'Risk assessment' },
} as const satisfies Record<string, Label>
export type CaseRecordKind = keyof typeof CASE_RECORD_KINDS

/** Moves: planned → done, planned → cancelled (SPEC CR11). */
export const VISIT_STATES = {
  planned: { ko: '예정', en: 'Planned' },
  done: { ko: '다녀옴', en: 'Done' },
  cancelled: { ko: '취소', en: 'Called off' },
} as const satisfies Record<string, Label>
export type VisitState = keyof typeof VISIT_STATES

/** Whether a row of the plan was carried out. */
export const CARRIED_OUT = {
  yes: { ko: '제공됨', en: 'Carried out' },
  partly: { ko: '일부', en: 'In part' },
  no: { ko: '미제공', en: 'Not carried out' },
} as const satisfies Record<string, Label>
export type CarriedOut = keyof typeof CARRIED_OUT
