/** The words of referrals (의뢰·회신). Records hold the identifiers only. */
import type { Label } from '../codes.ts'

export const REFERRAL_STATUSES = {
  draft: { ko: '작성 중', en: 'Draft' },
  sent: { ko: '보냄', en: 'Sent' },
  received: { ko: '접수', en: 'Received' },
  accepted: { ko: '수락', en: 'Accepted' },
  declined: { ko: '거절', en: 'Declined' },
  in_progress: { ko: '진행 중', en: 'In progress' },
  completed: { ko: '완료', en: 'Completed' },
  revoked: { ko: '철회', en: 'Revoked' },
} as const satisfies Record<string, Label>
export type ReferralStatus = keyof typeof REFERRAL_STATUSES

/** What can be done with one. The words are those of the buttons. */
export const REFERRAL_MOVES = {
  send: { ko: '보내기', en: 'Send' },
  discard: { ko: '초안 버리기', en: 'Discard the draft' },
  receive: { ko: '접수', en: 'Receive' },
  accept: { ko: '수락', en: 'Accept' },
  decline: { ko: '거절', en: 'Decline' },
  start: { ko: '지원 시작', en: 'Help begins' },
  report: { ko: '경과 알리기', en: 'Tell how it goes' },
  complete: { ko: '완료 회신', en: 'Report completion' },
  ask: { ko: '다시 묻기', en: 'Ask again' },
  revoke: { ko: '철회', en: 'Revoke' },
} as const satisfies Record<string, Label>
export type ReferralMove = keyof typeof REFERRAL_MOVES

/** Version 1 of the set `decline_reason`; what an installation has made of it is asked of its code sets (RF19). */
export const DECLINE_REASONS = {
  not_eligible: { ko: '지원 기준에 맞지 않음', en: 'Does not meet our criteria' },
  no_capacity: { ko: '정원·예산이 찼음', en: 'No capacity or budget left' },
  not_our_service: { ko: '우리 기관에서 하지 않는 서비스', en: 'Not a service of ours' },
  client_declined: { ko: '대상자가 원하지 않음', en: 'The household does not want it' },
  cannot_reach: { ko: '대상자와 연락이 되지 않음', en: 'The household could not be reached' },
  already_served: { ko: '이미 같은 도움을 받고 있음', en: 'Already gets the same help' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
/** Of that set, shipped or the installation's own. */
export type DeclineReason = string

/** On what ground a referral may be sent where the receiver has no basis for the case (개인정보 보호법 제17조①, 제15조①). */
export const REFERRAL_GROUNDS = {
  consent: { ko: '이 의뢰에 대한 대상자 동의', en: 'The household’s consent to this referral' },
  statute: { ko: '법률의 규정', en: 'A provision of law' },
  public_task: { ko: '공공기관의 법정 업무', en: 'A public body’s statutory task' },
  urgent_interest: { ko: '급박한 생명·신체·재산의 이익', en: 'Urgent interest of life, body or property' },
} as const satisfies Record<string, Label>
export type ReferralGround = keyof typeof REFERRAL_GROUNDS

/**
 * The fields of the referral form (서비스의뢰서) that tell of the household, in the form's order. Each is given only if the sender chose it. There is none for a
 * resident registration number.
 */
export const REFERRAL_FIELDS = {
  name: { ko: '성명', en: 'Name' },
  birthYear: { ko: '출생연도', en: 'Year of birth' },
  phone: { ko: '대상자 연락처', en: 'Household’s phone' },
  address: { ko: '주소', en: 'Address' },
  householdType: { ko: '가구 유형', en: 'Kind of household' },
  wishes: { ko: '대상자가 바라는 서비스', en: 'What the household wishes' },
  problem: { ko: '주된 문제', en: 'Main problem' },
  health: { ko: '건강·장애 (민감정보)', en: 'Health and disability (sensitive)' },
  attachments: { ko: '붙임 (따로 보내는 서류)', en: 'Attachments (sent separately)' },
} as const satisfies Record<string, Label>
export type ReferralField = keyof typeof REFERRAL_FIELDS

/** Sensitive information (개인정보 보호법 제23조). */
export const SENSITIVE_FIELDS: readonly ReferralField[] = ['health']
