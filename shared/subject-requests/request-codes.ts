/** The codes of data subject requests (DR1, DR5). Sources: 개인정보 보호법 제35조–제38조; 같은 법 시행령 제41조–제46조. */
import type { Label } from '../codes.ts'

export const REQUEST_KINDS = {
  access: { ko: '열람', en: 'Access', article: '개인정보 보호법 제35조' },
  correction: { ko: '정정', en: 'Correction', article: '개인정보 보호법 제36조' },
  deletion: { ko: '삭제', en: 'Deletion', article: '개인정보 보호법 제36조' },
  suspension: { ko: '처리정지', en: 'Suspension', article: '개인정보 보호법 제37조' },
} as const satisfies Record<string, Label & { article: string }>
export type RequestKind = keyof typeof REQUEST_KINDS

export const REQUEST_ASKERS = {
  client: { ko: '본인', en: 'The person' },
  legal_representative: { ko: '법정대리인', en: 'Legal representative' },
  delegate: { ko: '위임받은 사람', en: 'Somebody with a letter of delegation' },
} as const satisfies Record<string, Label>
export type RequestAsker = keyof typeof REQUEST_ASKERS

/** How it was checked that who asks may ask, and of whom each is enough. No number of what was shown is kept. */
export const REQUEST_CHECKS = {
  known_in_person: { ko: '담당자가 얼굴을 아는 사람', en: 'Known to the worker in person', of: ['client'] },
  identity_card: { ko: '신분증 확인', en: 'Identity card shown', of: ['client'] },
  electronic: { ko: '전자서명·본인인증', en: 'Electronic signature', of: ['client'] },
  family_register: {
    ko: '신분증과 가족관계증명서 등 확인',
    en: 'Identity card and proof of the relation',
    of: ['legal_representative'],
  },
  guardianship: {
    ko: '신분증과 후견 관련 서류 확인',
    en: 'Identity card and papers of guardianship',
    of: ['legal_representative'],
  },
  delegation_letter: { ko: '신분증과 위임장 확인', en: 'Identity card and letter of delegation', of: ['delegate'] },
} as const satisfies Record<string, Label & { of: readonly RequestAsker[] }>
export type RequestCheck = keyof typeof REQUEST_CHECKS

export const checksFor = (asker: RequestAsker): RequestCheck[] =>
  (Object.keys(REQUEST_CHECKS) as RequestCheck[]).filter(check =>
    (REQUEST_CHECKS[check].of as readonly RequestAsker[]).includes(asker),
  )

/** How it came, and how the answer went out. */
export const REQUEST_WAYS = {
  in_person: { ko: '방문', en: 'In person' },
  mail: { ko: '우편', en: 'By mail' },
  phone_fax: { ko: '전화·팩스', en: 'By telephone or fax' },
  electronic: { ko: '전자우편·인터넷', en: 'Electronically' },
} as const satisfies Record<string, Label>
export type RequestWay = keyof typeof REQUEST_WAYS

export const REQUEST_STATES = {
  open: { ko: '처리 중', en: 'Open' },
  answered: { ko: '답변함', en: 'Answered' },
  withdrawn: { ko: '요구를 거둠', en: 'Taken back' },
} as const satisfies Record<string, Label>
export type RequestState = keyof typeof REQUEST_STATES

export const REQUEST_DECISIONS = {
  granted: { ko: '들어줌', en: 'Granted' },
  partly: { ko: '일부만 들어줌', en: 'Granted in part' },
  refused: { ko: '거절', en: 'Refused' },
} as const satisfies Record<string, Label>
export type RequestDecision = keyof typeof REQUEST_DECISIONS

/** How much a deletion that is granted is of (DR12). */
export const DELETION_SCOPES = {
  case: { ko: '사례 전체', en: 'The whole case' },
  part: { ko: '내용 일부', en: 'A part of it' },
} as const satisfies Record<string, Label>
export type DeletionScope = keyof typeof DELETION_SCOPES

/** What follows from an answer until it is settled (DR12). */
export const FOLLOW_UPS = {
  suspends: { ko: '처리정지 중', en: 'Suspended' },
  destroys: { ko: '파기 절차 중', en: 'To be destroyed' },
  removes: { ko: '삭제할 내용 있음', en: 'Something to remove' },
} as const satisfies Record<string, Label>
export type FollowUp = keyof typeof FOLLOW_UPS

/** On what ground less than what was asked may be given, and for what kinds. */
export const REQUEST_GROUNDS = {
  not_entitled: {
    ko: '본인 또는 정당한 대리인인지 확인되지 않음',
    en: 'It could not be confirmed that who asks may ask',
    article: '시행령 제46조',
    of: ['access', 'correction', 'deletion', 'suspension'],
  },
  law_forbids: {
    ko: '법률에 따라 열람이 금지되거나 제한됨',
    en: 'A law forbids or limits access',
    article: '제35조④1호',
    of: ['access'],
  },
  harms_others: {
    ko: '다른 사람의 생명·신체·재산이나 이익을 해칠 우려',
    en: 'Another person’s life, body, property or interest would be harmed',
    article: '제35조④2호·제37조②2호',
    of: ['access', 'suspension'],
  },
  hinders_task: {
    ko: '공공기관의 업무 수행에 중대한 지장',
    en: 'A public body’s task would be gravely hindered',
    article: '제35조④3호·제37조②3호',
    of: ['access', 'suspension'],
  },
  law_collects: {
    ko: '다른 법령에서 수집 대상으로 정한 정보',
    en: 'Another law orders that this is collected',
    article: '제36조① 단서',
    of: ['deletion'],
  },
  other_procedure: {
    ko: '다른 법령에 특별한 절차가 있음',
    en: 'Another law has a procedure of its own for this',
    article: '제36조②',
    of: ['correction', 'deletion'],
  },
  found_right: {
    ko: '조사한 결과 내용이 사실과 같음',
    en: 'Looked into, and found to be right',
    article: '제36조②',
    of: ['correction'],
  },
  law_orders: {
    ko: '법률의 특별한 규정 또는 법령상 의무',
    en: 'A law provides for it or orders it',
    article: '제37조②1호',
    of: ['suspension'],
  },
  contract: {
    ko: '계약 이행이 곤란하고 해지 의사가 분명하지 않음',
    en: 'What was agreed could not be given, and was not clearly ended',
    article: '제37조②4호',
    of: ['suspension'],
  },
} as const satisfies Record<string, Label & { article: string; of: readonly RequestKind[] }>
export type RequestGround = keyof typeof REQUEST_GROUNDS

export const groundsFor = (kind: RequestKind): RequestGround[] =>
  (Object.keys(REQUEST_GROUNDS) as RequestGround[]).filter(ground =>
    (REQUEST_GROUNDS[ground].of as readonly RequestKind[]).includes(kind),
  )

/** What may stand on the sheet that answers a request for access (DR10), in its order. */
export const HAND_OUT_PARTS = {
  who_saw: { ko: '누가 보았나', en: 'Who saw it' },
  names: { ko: '담당자 이름', en: 'Names of workers' },
  bases: { ko: '동의와 제공 근거', en: 'Consents and legal bases' },
  disclosures: { ko: '다른 기관에 제공한 내역', en: 'What was given to other agencies' },
} as const satisfies Record<string, Label>
export type HandOutPart = keyof typeof HAND_OUT_PARTS
