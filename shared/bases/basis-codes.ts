/**
 * By what right an agency may know of a case (`DisclosureBasis`), what a consent is asked for (`ConsentScope`), and how things stand for one agency.
 * Source: 개인정보 보호법 제15조, 제17조, 제18조, 제22조; DOMAIN §3.9, §6.4.
 */

/** `public`: for public bodies alone. `law`: names law and article. `approved`: a second person approves, and it is looked at again by a day. */
export const DISCLOSURE_BASES = {
  consent: { ko: '동의', en: 'Consent', article: '개인정보 보호법 제17조①1호' },
  statute: { ko: '법률의 특별한 규정', en: 'Statute', article: '개인정보 보호법 제17조①2호, 제15조①2호', law: true },
  public_task: {
    ko: '공공기관의 소관 업무',
    en: 'Public task',
    article: '개인정보 보호법 제17조①2호, 제15조①3호',
    public: true,
    law: true,
  },
  urgent_interest: {
    ko: '급박한 생명·신체·재산의 이익',
    en: 'Urgent interest',
    article: '개인정보 보호법 제17조①2호, 제15조①5호',
    approved: true,
  },
  public_safety: {
    ko: '공공의 안전과 안녕',
    en: 'Public safety',
    article: '개인정보 보호법 제15조①7호',
    approved: true,
  },
  related_purpose: {
    ko: '당초 목적과 관련된 제공',
    en: 'Related purpose',
    article: '개인정보 보호법 제17조④',
    public: true,
    law: true,
  },
  separate_consent_other_purpose: {
    ko: '목적 외 제공에 대한 별도 동의',
    en: 'Separate consent for another purpose',
    article: '개인정보 보호법 제18조②1호',
  },
  other_law_other_purpose: {
    ko: '다른 법률의 특별한 규정(목적 외)',
    en: 'Another law (other purpose)',
    article: '개인정보 보호법 제18조②2호',
    public: true,
    law: true,
  },
  investigation: { ko: '수사', en: 'Investigation', article: '개인정보 보호법 제18조②7호', public: true, law: true },
  court: { ko: '재판', en: 'Court', article: '개인정보 보호법 제18조②8호', public: true, law: true },
} as const satisfies Record<
  string,
  { ko: string; en: string; article: string; public?: true; law?: true; approved?: true }
>
export type DisclosureBasis = keyof typeof DISCLOSURE_BASES

/** Entered as a consent paper and not by naming a law. */
export const CONSENT_BASES = ['consent', 'separate_consent_other_purpose'] as const satisfies DisclosureBasis[]

/** What is asked for apart from everything else (제22조). */
export const CONSENT_SCOPES = {
  collection: { ko: '개인정보 수집·이용', en: 'Collection and use', article: '제15조' },
  sensitive: { ko: '민감정보 처리', en: 'Sensitive information', article: '제23조' },
  unique_identifier: { ko: '고유식별정보 처리', en: 'Unique identifiers', article: '제24조' },
  third_party: { ko: '제3자 제공', en: 'Giving to other agencies', article: '제17조' },
  other_purpose: { ko: '목적 외 이용·제공', en: 'Use for another purpose', article: '제18조' },
} as const
export type ConsentScope = keyof typeof CONSENT_SCOPES

/** How it was confirmed that a child's representative is who consents (영 제17조의2). */
export const REPRESENTATIVE_CHECKS = {
  signed_here: { ko: '대면 서명', en: 'Signed in person' },
  phone: { ko: '전화로 확인', en: 'Confirmed by telephone' },
  document: { ko: '서면·우편·팩스', en: 'By letter or fax' },
  certificate: { ko: '인증서·본인확인', en: 'Electronic certificate' },
} as const
export type RepresentativeCheck = keyof typeof REPRESENTATIVE_CHECKS

/** How things stand for one agency and case. `tone`: what the screens colour it with, always beside the words. */
export const BASIS_STANDINGS = {
  own_task: { ko: '담당 기관', en: 'Answers for the case', tone: 'good', opens: true },
  in_force: { ko: '근거 있음', en: 'In force', tone: 'good', opens: true },
  ending: { ko: '곧 만료', en: 'Ends soon', tone: 'warn', opens: true },
  waiting: { ko: '승인 대기', en: 'Waits for approval', tone: 'warn', opens: false },
  not_begun: { ko: '시작 전', en: 'Not begun', tone: 'warn', opens: false },
  lacks_sensitive: { ko: '민감정보 근거 없음', en: 'Nothing for sensitive data', tone: 'bad', opens: false },
  expired: { ko: '근거 만료', en: 'Expired', tone: 'bad', opens: false },
  withdrawn: { ko: '동의 철회', en: 'Withdrawn', tone: 'bad', opens: false },
  ended: { ko: '종료', en: 'Ended', tone: 'bad', opens: false },
  refused: { ko: '제공 거부', en: 'Refused', tone: 'bad', opens: false },
  none: { ko: '근거 없음', en: 'No basis', tone: 'bad', opens: false },
} as const satisfies Record<string, { ko: string; en: string; tone: 'good' | 'warn' | 'bad'; opens: boolean }>
export type BasisStanding = keyof typeof BASIS_STANDINGS

/** How many days before its last day a basis is shown in amber (BS3). */
export const ENDING_DAYS = 14
/** The longest time until an urgent basis is looked at again (BS11). */
export const REVIEW_WITHIN_DAYS = 14
