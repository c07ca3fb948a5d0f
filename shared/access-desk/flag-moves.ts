/** What may be done with an odd look-up, by whom (AD8): a table. */
import type { Label } from '../codes.ts'

export const FLAG_STATES = {
  open: { ko: '확인 전', en: 'Not looked at' },
  asked: { ko: '소명 요청', en: 'Explanation asked' },
  answered: { ko: '소명 도착', en: 'Explained' },
  accepted: { ko: '소명 인정', en: 'Accepted' },
  set_aside: { ko: '이상 없음', en: 'Nothing odd' },
} as const satisfies Record<string, Label>
export type FlagState = keyof typeof FLAG_STATES

export const FLAG_MOVES = {
  ask: { ko: '소명 요청', en: 'Ask for an explanation' },
  answer: { ko: '소명 제출', en: 'Explain' },
  accept: { ko: '소명 인정', en: 'Accept' },
  ask_again: { ko: '다시 요청', en: 'Ask again' },
  set_aside: { ko: '이상 없음', en: 'Nothing odd' },
} as const satisfies Record<string, Label>
export type FlagMove = keyof typeof FLAG_MOVES

const TABLE: Record<FlagMove, { by: 'officer' | 'person'; from: readonly FlagState[]; to: FlagState }> = {
  ask: { by: 'officer', from: ['open'], to: 'asked' },
  answer: { by: 'person', from: ['asked'], to: 'answered' },
  accept: { by: 'officer', from: ['answered'], to: 'accepted' },
  ask_again: { by: 'officer', from: ['answered'], to: 'asked' },
  set_aside: { by: 'officer', from: ['open', 'asked', 'answered'], to: 'set_aside' },
}

/** The state that a move leads to; undefined where it may not be made from there by that one. */
export function flagAfter(state: FlagState, move: FlagMove, by: 'officer' | 'person'): FlagState | undefined {
  const rule = TABLE[move]
  return rule.by === by && rule.from.includes(state) ? rule.to : undefined
}

export const movesFrom = (state: FlagState, by: 'officer' | 'person'): FlagMove[] =>
  (Object.keys(TABLE) as FlagMove[]).filter(move => flagAfter(state, move, by) !== undefined)

export const FLAG_WORDS = { least: 5, most: 1000 } as const
