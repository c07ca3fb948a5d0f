/** Small code tables about action items (조치사항): what can be done with one, and whether it helped. */
import type { Label } from '../codes.ts'

/** What can be done with an action item. Who may, and from which state, is `action-moves.ts`. */
export const ACTION_MOVES = {
  accept: { ko: '수락', en: 'Accept' },
  decline: { ko: '거절', en: 'Decline' },
  start: { ko: '진행 중으로', en: 'In progress' },
  finish: { ko: '완료', en: 'Done' },
  tell_effect: { ko: '도움이 되었는지 적기', en: 'Say whether it helped' },
  postpone: { ko: '날짜까지 미루기', en: 'Postpone until a date' },
  report: { ko: '경과 적기', en: 'Report' },
  not_possible: { ko: '사정 변경으로 불가', en: 'Not possible: circumstances changed' },
  not_done: { ko: '기관 미이행', en: 'Not done by the agency' },
  offer: { ko: '다른 기관에 넘기기', en: 'Hand over' },
  withdraw_offer: { ko: '넘기기 취소', en: 'Withdraw the hand-over' },
  take_over: { ko: '넘겨받기', en: 'Take it over' },
  refuse_offer: { ko: '넘겨받지 않음', en: 'Refuse the hand-over' },
  assign: { ko: '맡은 사람 정하기', en: 'Give it to a person' },
  keep: { ko: '계속하기', en: 'Keep it' },
  escalate: { ko: '상급자에게 알리기', en: 'Tell a supervisor' },
  drop: { ko: '철회', en: 'Drop' },
  reopen: { ko: '다시 열기', en: 'Reopen' },
} as const satisfies Record<string, Label>
export type ActionMove = keyof typeof ACTION_MOVES

/** Did it help? Asked when an action item is done. */
export const EFFECTS = {
  better: { ko: '나아짐', en: 'Better' },
  same: { ko: '그대로', en: 'Same' },
  worse: { ko: '나빠짐', en: 'Worse' },
  unknown: { ko: '알 수 없음', en: 'Cannot tell' },
} as const satisfies Record<string, Label>
export type Effect = keyof typeof EFFECTS

/** By whose account it helped or not. */
export const ACCOUNTS = {
  client: { ko: '당사자', en: 'Client' },
  family: { ko: '가족', en: 'Family' },
  worker: { ko: '담당자', en: 'Worker' },
  other_agency: { ko: '다른 기관', en: 'Other agency' },
} as const satisfies Record<string, Label>
export type Account = keyof typeof ACCOUNTS
