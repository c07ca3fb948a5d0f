/** Kinds and states around keeping and destroying cases (RETENTION.md). */

type Label = { ko: string; en: string }

/** By what the end of keeping is counted. */
export const RETENTION_GROUNDS = {
  decree: { ko: '시행령 기준(종결 다음 해 1월 1일부터)', en: 'By decree (from 1 January after completion)' },
  consent: { ko: '동의서 기준(종결일부터)', en: 'By consent (from the day of closing)' },
} as const satisfies Record<string, Label>
export type RetentionGround = keyof typeof RETENTION_GROUNDS

/** The same, and the one that asks for no period: a deletion that the person concerned was granted (RT13). */
export const DESTRUCTION_GROUNDS = {
  ...RETENTION_GROUNDS,
  request: { ko: '정보주체의 삭제 요구(개인정보 보호법 제36조)', en: 'Deletion asked for by the person concerned' },
} as const satisfies Record<string, Label>
export type DestructionGround = keyof typeof DESTRUCTION_GROUNDS

/** The periods of 공공기록물법 시행령 제26조 that end. */
export const RETENTION_YEARS = [1, 3, 5, 10, 30] as const
export type RetentionYears = (typeof RETENTION_YEARS)[number]

/** Kinds of cases that a rule is set for; a case whose track was never said has one of its own. */
export const RETENTION_KINDS = {
  integrated_case_management: { ko: '통합사례관리', en: 'Integrated case management' },
  service_linkage: { ko: '서비스연계', en: 'Service linkage' },
  other: { ko: '그 밖의 사례(미선정·이관 등)', en: 'Other cases (not selected, referred out …)' },
} as const satisfies Record<string, Label>
export type RetentionKind = keyof typeof RETENTION_KINDS

/** Why somebody holds a case. */
export const HOLD_REASONS = {
  legal_duty: { ko: '다른 법령의 보존 의무', en: 'Duty to keep by another law' },
  litigation: { ko: '소송', en: 'Law suit' },
  objection: { ko: '이의신청', en: 'Objection' },
  subject_request: { ko: '정보주체의 열람·정정 요구', en: 'Request of the person concerned' },
  inquiry: { ko: '감사·조사', en: 'Audit or inquiry' },
  other: { ko: '그 밖의 사유', en: 'Another reason' },
} as const satisfies Record<string, Label>
export type HoldReason = keyof typeof HOLD_REASONS

/** What holds a case by itself. */
export const STANDING_HOLDS = {
  going_on: { ko: '종결되지 않은 사례', en: 'The case goes on' },
  aftercare: { ko: '사후관리 중', en: 'Aftercare is running' },
  open_action: { ko: '끝나지 않은 조치사항', en: 'Unfinished action item' },
  on_agenda: { ko: '끝나지 않은 회의의 안건', en: 'On the agenda of a conference that is not over' },
  open_minutes: { ko: '확정되지 않은 회의록', en: 'Minutes that are not final' },
  open_objection: { ko: '답하지 않은 회의록 이의', en: 'Unanswered objection to minutes' },
  open_request: { ko: '답하지 않은 정보주체 요구', en: 'Unanswered request of the person concerned' },
  open_flag: { ko: '소명이 끝나지 않은 열람', en: 'Look-up that is not explained' },
} as const satisfies Record<string, Label>
export type StandingHold = keyof typeof STANDING_HOLDS

export const DESTRUCTION_STATES = {
  proposed: { ko: '확인 대기', en: 'Waiting for confirmation' },
  refused: { ko: '반려', en: 'Refused' },
  taken_back: { ko: '제안 취소', en: 'Taken back' },
  destroying: { ko: '파기 중', en: 'Being destroyed' },
  destroyed: { ko: '파기 완료', en: 'Destroyed' },
} as const satisfies Record<string, Label>
export type DestructionState = keyof typeof DESTRUCTION_STATES

/** What of a case is destroyed, as the confirming person is shown it and the record keeps it. */
export const DESTROYED_KINDS = {
  keys: { ko: '암호화 키', en: 'Encryption keys' },
  documents: { ko: '문서(사례·안건·조치사항·슈퍼비전)', en: 'Documents (case, items, action items, supervision)' },
  items: { ko: '회의 안건', en: 'Items of conferences' },
  minutes: { ko: '회의록의 해당 안건 내용', en: 'Its parts of minutes' },
  case_records: { ko: '과정기록·점검·방문 기록', en: 'Case records' },
  actions: { ko: '조치사항', en: 'Action items' },
  papers: { ko: '회의자료 파일', en: 'Papers' },
  versions: { ko: '안건의 이전 판', en: 'Earlier versions of items' },
  comments: { ko: '댓글', en: 'Comments' },
  research: { ko: '조사자료', en: 'Research sheets' },
  supervision: { ko: '슈퍼비전 기록', en: 'Supervision' },
  referrals: { ko: '의뢰서', en: 'Referrals' },
  allocations: { ko: '자원 배분', en: 'Allocations' },
  bases: { ko: '동의서 등 제공 근거', en: 'Consents and other bases' },
  register: { ko: '제공 대장의 내용(행은 남음)', en: 'Words of the disclosure register (rows stay)' },
  findings: { ko: '발굴 명단의 해당 가구', en: 'Its rows of found households' },
  outputs: { ko: '출력·내보내기 기록', en: 'Records of printing and exporting' },
  notices: { ko: '알림', en: 'Notices' },
  requests: { ko: '정보주체 요구 기록', en: 'Requests of the person concerned' },
  look_ups: { ko: '긴급 열람·소명 내용', en: 'Emergency openings and explanations' },
} as const satisfies Record<string, Label>
export type DestroyedKind = keyof typeof DESTROYED_KINDS

/** How much of each kind; what is not there is left out. */
export type DestroyedCounts = Partial<Record<DestroyedKind, number>>
