/**
 * The code tables that this stage needs, with their Korean and English labels. Identifiers are the field's own words; where a public body
 * fixes a code it is named beside the table. Labels are for screens; records hold the identifier only.
 */
export interface Label {
  ko: string
  en: string
}

/** Kinds of conference (회의 종류). */
export const CONFERENCE_TYPES = {
  internal: { ko: '내부사례회의', en: 'Internal case conference' },
  integrated: { ko: '통합사례회의', en: 'Integrated case conference' },
  solution: { ko: '솔루션회의', en: 'Solution conference' },
  supervision: { ko: '슈퍼비전', en: 'Supervision session' },
  joint_management: { ko: '공동사례관리 회의', en: 'Joint case-management meeting' },
  emergency: { ko: '긴급사례회의', en: 'Emergency conference' },
  care: { ko: '지역케어회의', en: 'Local care conference' },
  integrated_support: { ko: '통합지원회의', en: 'Integrated-support meeting' },
  statutory_body: { ko: '협의체·위원회 회의', en: 'Council or committee meeting' },
} as const satisfies Record<string, Label>
export type ConferenceType = keyof typeof CONFERENCE_TYPES

/** A conference's states. Moves: draft → scheduled → live → closed; scheduled → draft; a closed one stays closed. */
export const CONFERENCE_STATES = {
  draft: { ko: '작성 중', en: 'Draft' },
  scheduled: { ko: '예정', en: 'Scheduled' },
  live: { ko: '진행 중', en: 'Live' },
  closed: { ko: '마침', en: 'Closed' },
} as const satisfies Record<string, Label>
export type ConferenceState = keyof typeof CONFERENCE_STATES

/** Where the minutes of a closed conference stand (회의록). Moves: `shared/minutes/MINUTES.md`. */
export const MINUTES_STANDINGS = {
  draft: { ko: '작성', en: 'Draft' },
  circulated: { ko: '회람', en: 'Circulated' },
  correcting: { ko: '정정 중', en: 'Being corrected' },
  sealed: { ko: '확정', en: 'Final' },
} as const satisfies Record<string, Label>
export type MinutesStanding = keyof typeof MINUTES_STANDINGS

/** Need domains (욕구영역), in the order of the national welfare-service API (gvmtWelSvc desireArray). */
export const NEED_DOMAINS = {
  safety: { ko: '안전', en: 'Safety' },
  health: { ko: '건강', en: 'Health' },
  daily_living: { ko: '일상생활 유지', en: 'Daily living' },
  family_relations: { ko: '가족관계', en: 'Family relations' },
  social_relations: { ko: '사회적 관계', en: 'Social relations' },
  economy: { ko: '경제', en: 'Economy' },
  education: { ko: '교육', en: 'Education' },
  employment: { ko: '고용', en: 'Employment' },
  living_environment: { ko: '생활환경', en: 'Living environment' },
  legal_rights: { ko: '법률 및 권익보장', en: 'Legal and rights' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type NeedDomain = keyof typeof NEED_DOMAINS

/** What a conference can decide about a case (결정). */
export const DECISION_KINDS = {
  select_case_management: { ko: '통합사례관리 대상 선정', en: 'Selected for integrated case management' },
  select_service_linkage: { ko: '서비스연계 대상', en: 'Service linkage only' },
  not_selected: { ko: '미선정', en: 'Not selected' },
  deferred: { ko: '보류·재상정', en: 'Deferred to the next meeting' },
  refer_out: { ko: '타 기관 의뢰', en: 'Referred to another agency' },
  transfer: { ko: '이관', en: 'Transferred' },
  approve_plan: { ko: '서비스 제공계획 승인', en: 'Plan approved' },
  amend_plan: { ko: '서비스 제공계획 변경', en: 'Plan changed' },
  assign_roles: { ko: '역할분담', en: 'Division of roles' },
  allocate_resource: { ko: '자원 투입 결정', en: 'Resource decision' },
  escalate_solution: { ko: '솔루션회의 상정', en: 'Escalated to the solution committee' },
  reassess: { ko: '재사정', en: 'Reassess' },
  close: { ko: '종결', en: 'Close' },
  start_aftercare: { ko: '사후관리', en: 'Move to aftercare' },
  emergency_support: { ko: '긴급 지원', en: 'Emergency help now' },
} as const satisfies Record<string, Label>
export type DecisionKind = keyof typeof DECISION_KINDS

/** States of an action item (조치사항). They change by command, never by a merge. */
export const ACTION_STATUSES = {
  proposed: { ko: '제안', en: 'Proposed' },
  accepted: { ko: '수락', en: 'Accepted' },
  declined: { ko: '거절', en: 'Declined' },
  in_progress: { ko: '진행 중', en: 'In progress' },
  postponed: { ko: '연기', en: 'Postponed' },
  done: { ko: '완료', en: 'Done' },
  not_possible_circumstances_changed: { ko: '사정 변경으로 불가', en: 'Not possible: circumstances changed' },
  not_done_by_agency: { ko: '기관 미이행', en: 'Not done by the agency' },
  dropped: { ko: '철회', en: 'Dropped' },
} as const satisfies Record<string, Label>
export type ActionStatus = keyof typeof ACTION_STATUSES

/** Where a case stands in its life (사례 단계). Moves and what they need: `cases/LIFE.md`. */
export const CASE_STAGES = {
  case_finding: { ko: '발굴', en: 'Case finding' },
  intake: { ko: '초기상담', en: 'Intake' },
  registered: { ko: '접수', en: 'Registered' },
  assessment: { ko: '욕구·위기도 조사', en: 'Assessment' },
  conference: { ko: '사례회의', en: 'Conference' },
  selection: { ko: '선정', en: 'Selection' },
  service_planning: { ko: '계획 수립', en: 'Service planning' },
  service_linked: { ko: '서비스연계', en: 'Service linked' },
  service_delivery: { ko: '서비스 제공·점검', en: 'Service delivery' },
  reassessment: { ko: '재사정', en: 'Reassessment' },
  closed: { ko: '종결', en: 'Closed' },
  aftercare: { ko: '사후관리', en: 'Aftercare' },
  ended: { ko: '사후관리 마침', en: 'Aftercare ended' },
  not_selected: { ko: '미선정', en: 'Not selected' },
  deferred: { ko: '보류', en: 'Deferred' },
  referred_out: { ko: '타 기관 의뢰', en: 'Referred out' },
} as const satisfies Record<string, Label>
export type CaseStage = keyof typeof CASE_STAGES

/**
 * How a household was found (발굴 경로): the six of the intake sheet, then those of the law (사회보장급여법 제5조②, 제12조, 제13조②) and of practice.
 */
export const DISCOVERY_ROUTES = {
  self_request: { ko: '대상자 요청(본인 신청)', en: 'The household asked' },
  internal_referral: { ko: '기관 내 의뢰', en: 'Referred inside the agency' },
  case_manager_outreach: { ko: '사례관리자 발굴', en: 'Found by a case manager' },
  external_referral: { ko: '타 기관 의뢰', en: 'Referred by another agency' },
  neighbour_report: { ko: '통장·이웃주민', en: 'Neighbours or the neighbourhood head' },
  blind_spot_system: { ko: '복지사각지대 발굴시스템', en: 'Blind-spot detection system' },
  mandated_report: { ko: '신고의무자 신고', en: 'Report by somebody who must' },
  outreach_visit: { ko: '찾아가는 복지상담', en: 'Outreach counselling' },
  ex_officio: { ko: '직권신청', en: 'Applied for ex officio' },
  transfer_in: { ko: '전입·기타 이관', en: 'Moved in or transferred' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type DiscoveryRoute = keyof typeof DISCOVERY_ROUTES

/** An agency's part in a case. */
export const CASE_AGENCY_ROLES = {
  lead: { ko: '주관기관', en: 'Lead agency' },
  co_managing: { ko: '공동사례관리 기관', en: 'Co-managing agency' },
  partner: { ko: '협력기관', en: 'Partner agency' },
} as const satisfies Record<string, Label>
export type CaseAgencyRole = keyof typeof CASE_AGENCY_ROLES

/** Kinds of agency (기관 유형). */
export const AGENCY_TYPES = {
  dong: { ko: '읍면동 행정복지센터', en: 'Dong welfare centre' },
  city: { ko: '시군구', en: 'City or county' },
  welfare_centre: { ko: '복지관', en: 'Welfare centre' },
  council: { ko: '협의회·협의체', en: 'Council' },
  charity: { ko: '민간단체', en: 'Charity' },
  medical: { ko: '의료기관', en: 'Medical' },
  school: { ko: '학교', en: 'School' },
  police: { ko: '경찰', en: 'Police' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type AgencyType = keyof typeof AGENCY_TYPES

/** Roles a person may hold in an agency. */
export const AGENCY_ROLES = {
  agency_administrator: { ko: '기관 관리자', en: 'Agency administrator' },
  case_worker: { ko: '사례관리 담당자', en: 'Case worker' },
  supervisor: { ko: '슈퍼바이저', en: 'Supervisor' },
  observer: { ko: '참관인', en: 'Observer' },
  privacy_officer: { ko: '개인정보 보호책임자', en: 'Privacy officer' },
} as const satisfies Record<string, Label>
export type AgencyRole = keyof typeof AGENCY_ROLES

/** A person's part in one conference. */
export const CONFERENCE_ROLES = {
  leader: { ko: '진행자', en: 'Leader' },
  deputy: { ko: '진행 대행', en: 'Deputy' },
  minute_taker: { ko: '기록자', en: 'Minute-taker' },
  attendee: { ko: '참석자', en: 'Attendee' },
  /** Of whatever agency, invited for her advice: speaks, and stands for no agency's answer, vote or place in the quorum. */
  supervisor: { ko: '슈퍼바이저', en: 'Supervisor' },
  observer: { ko: '참관인', en: 'Observer' },
} as const satisfies Record<string, Label>
export type ConferenceRole = keyof typeof CONFERENCE_ROLES

/** What one line of a supervision is. Lines are only ever added. */
export const SUPERVISION_ENTRY_KINDS = {
  question: { ko: '질문', en: 'Question' },
  answer: { ko: '답', en: 'Answer' },
  note: { ko: '메모', en: 'Note' },
  resolved: { ko: '해결', en: 'Resolved' },
  reopened: { ko: '다시 묻기', en: 'Asked again' },
} as const satisfies Record<string, Label>
export type SupervisionEntryKind = keyof typeof SUPERVISION_ENTRY_KINDS

/** How a person attends (참석 방식). */
export const ATTENDANCE_MODES = {
  in_person: { ko: '대면', en: 'In person' },
  remote: { ko: '원격', en: 'Remote' },
  phone: { ko: '전화', en: 'Phone' },
  written_submission: { ko: '서면 의견', en: 'Written opinion' },
  absent_with_report: { ko: '불참 (자료 제출)', en: 'Absent, report sent' },
  absent: { ko: '불참', en: 'Absent' },
} as const satisfies Record<string, Label>
export type AttendanceMode = keyof typeof ATTENDANCE_MODES
/** The ways of being there now. */
export const PRESENT_MODES = ['in_person', 'remote', 'phone'] as const satisfies readonly AttendanceMode[]
export type PresentMode = (typeof PRESENT_MODES)[number]
export const isPresentMode = (value: unknown): value is PresentMode => PRESENT_MODES.some(mode => mode === value)

/** What a meeting holds of a person's attendance (참석 확인). Being connected is none of these: presence is never attendance by itself. */
export const ATTENDANCE_STANDINGS = {
  expected: { ko: '참석 예정', en: 'Expected' },
  announced: { ko: '참석 알림', en: 'Announced' },
  confirmed: { ko: '참석 확인', en: 'Confirmed' },
  left: { ko: '퇴장', en: 'Left' },
  absent: { ko: '불참', en: 'Absent' },
} as const satisfies Record<string, Label>
export type AttendanceStanding = keyof typeof ATTENDANCE_STANDINGS

/** Where an agenda item stands in the running meeting. */
export const ITEM_PROGRESS = {
  waiting: { ko: '대기', en: 'Waiting' },
  open: { ko: '진행 중', en: 'Being heard' },
  done: { ko: '마침', en: 'Done' },
  deferred: { ko: '보류', en: 'Deferred' },
} as const satisfies Record<string, Label>
export type ItemProgressState = keyof typeof ITEM_PROGRESS

/** Why a person steps out for one item (제척·기피·회피; 동두천시 각종 위원회 조례 제9조). */
export const RECUSAL_KINDS = {
  exclusion: { ko: '제척', en: 'Excluded by rule' },
  challenge: { ko: '기피', en: 'On challenge' },
  withdrawal: { ko: '회피', en: 'Own wish' },
} as const satisfies Record<string, Label>
export type RecusalKind = keyof typeof RECUSAL_KINDS

/** An agency's answer to a read-back (결정사항 확인). */
export const POSITION_KINDS = {
  agrees: { ko: '이견 없음', en: 'No objection' },
  conditional: { ko: '조건부', en: 'With a condition' },
  objects: { ko: '이견', en: 'Objects' },
  abstains: { ko: '유보', en: 'Abstains' },
} as const satisfies Record<string, Label>
export type PositionKind = keyof typeof POSITION_KINDS

/** How a vote is cast (표결). */
export const VOTE_CHOICES = {
  for: { ko: '찬성', en: 'For' },
  against: { ko: '반대', en: 'Against' },
  abstain: { ko: '기권', en: 'Abstain' },
} as const satisfies Record<string, Label>
export type VoteChoice = keyof typeof VOTE_CHOICES

/** Why an item is deferred (보류 사유). */
export const DEFERRAL_KINDS = {
  agency_missing: { ko: '관계 기관 불참', en: 'An agency is missing' },
  papers_missing: { ko: '자료 보완', en: 'Papers are missing' },
  below_quorum: { ko: '정족수 미달', en: 'Below the quorum' },
  no_time: { ko: '시간 부족', en: 'No time left' },
  not_agreed: { ko: '합의 안 됨', en: 'No agreement' },
  other: { ko: '그 밖', en: 'Other' },
} as const satisfies Record<string, Label>
export type DeferralKind = keyof typeof DEFERRAL_KINDS

/** What an ordinary meeting's quorum asks for, where it uses one. */
export const QUORUM_CHOICES = {
  majority: { ko: '기관 과반', en: 'More than half of the agencies' },
  three_agencies: { ko: '기관 3곳 이상', en: 'Three agencies' },
} as const satisfies Record<string, Label>
export type QuorumChoice = keyof typeof QUORUM_CHOICES

/** What the leader, or the rule set of the type, switches on for one meeting; off by default. */
export const MEETING_FEATURES = {
  timer: { ko: '안건 시간', en: 'Time per item' },
  requests: { ko: '발언 요청', en: 'Speaking requests' },
  brainstorming: { ko: '브레인스토밍', en: 'Brainstorming' },
  voting: { ko: '표결', en: 'Voting' },
  quorum: { ko: '정족수', en: 'Quorum' },
} as const satisfies Record<string, Label>
export type MeetingFeature = keyof typeof MEETING_FEATURES

/** Kinds of paper that are taken (회의자료). What a file is, is read from its bytes. */
export const PAPER_KINDS = {
  pdf: { ko: 'PDF 문서', en: 'PDF' },
  png: { ko: '그림', en: 'Picture' },
  jpeg: { ko: '사진', en: 'Photo' },
  text: { ko: '글', en: 'Text' },
} as const satisfies Record<string, Label>
export type PaperKind = keyof typeof PAPER_KINDS

/** The identifiers of a code table, typed, in the table's order. */
export function codesOf<T extends Record<string, unknown>>(table: T): (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[]
}

/** Whether a value is an identifier of the table (own keys only, so `toString` is none). */
export function isCode<T extends Record<string, unknown>>(table: T, value: unknown): value is keyof T & string {
  return typeof value === 'string' && Object.hasOwn(table, value)
}
