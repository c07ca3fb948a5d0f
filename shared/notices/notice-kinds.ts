/** What people are told of, and what they hear by mail unless they choose otherwise (rules: `server/notices/SPEC.md`). */

export const NOTICE_KINDS = {
  conference_invited: { ko: '회의에 초대됨', en: 'Invited to a conference' },
  conference_changed: { ko: '회의 시간이나 장소가 바뀜', en: 'Time or place of a conference changed' },
  conference_cancelled: { ko: '회의가 취소되거나 초대가 취소됨', en: 'Conference or invitation cancelled' },
  minutes_circulated: { ko: '회의록이 회람됨', en: 'Minutes circulated' },
  minutes_to_sign: { ko: '회의록에 서명 요청', en: 'Minutes to sign' },
  minutes_objected: { ko: '진행한 회의의 회의록에 이의', en: 'Objection to minutes of my conference' },
  minutes_sealed: { ko: '회의록이 확정됨', en: 'Minutes are final' },
  action_given: { ko: '조치사항을 맡음', en: 'Action item given to me or my agency' },
  action_offered: { ko: '조치사항을 넘겨받아 달라는 요청', en: 'Asked to take over an action item' },
  action_answered: { ko: '조치사항의 수락·거절', en: 'Answer to an action item' },
  action_returned: { ko: '미룬 조치사항이 돌아옴', en: 'Postponed action item is back' },
  action_escalated: { ko: '조치사항이 상급자에게 알려짐', en: 'Action item escalated to me' },
  case_asked: { ko: '공동사례관리 단계의 확인 요청', en: 'Asked to acknowledge a step of a case' },
  case_lead_offered: { ko: '주관기관을 맡아 달라는 요청', en: 'Asked to lead a case' },
  case_answered: { ko: '공동사례관리 기관의 답', en: 'Answer of an agency of a case' },
  emergency_opened: { ko: '긴급 열람', en: 'A case opened in an emergency' },
  explanation_asked: { ko: '열람 소명 요청', en: 'Asked to explain a look-up' },
  referral_received: { ko: '의뢰를 받음', en: 'Something was referred to us' },
  referral_asked: { ko: '답하지 않은 의뢰를 다시 물음', en: 'Asked again about a referral' },
  referral_answered: { ko: '보낸 의뢰의 답', en: 'Answer to a referral' },
  basis_to_approve: { ko: '긴급 근거의 승인 요청', en: 'An urgent basis to approve' },
  basis_to_review: { ko: '긴급 근거를 다시 살필 날', en: 'An urgent basis to look at again' },
  request_near: { ko: '정보주체의 요구에 답할 날이 가까움', en: 'A data subject request to be answered soon' },
  request_last: { ko: '정보주체의 요구에 답할 마지막 날', en: 'The last day to answer a data subject request' },
  basis_ending: { ko: '제공 근거가 곧 끝남', en: 'A basis that ends soon' },
} as const
export type NoticeKind = keyof typeof NOTICE_KINDS

/** How a person hears of a kind. */
export interface NoticeChannels {
  app: boolean
  mail: boolean
}

/** Nobody has to do anything about these. */
const GOOD_TO_KNOW: readonly NoticeKind[] = ['minutes_sealed', 'action_answered']

export const usualChannels = (kind: NoticeKind): NoticeChannels => ({ app: true, mail: !GOOD_TO_KNOW.includes(kind) })
