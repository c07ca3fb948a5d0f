/** Why somebody opens a case that is not theirs, and for how long (server/break-glass/SPEC.md). */
import type { Label } from '../codes.ts'

export const BREAK_GLASS_REASONS = {
  life_danger: { ko: '생명·신체가 위험함', en: 'Danger to life or body' },
  out_of_reach: { ko: '연락 두절·안부 확인', en: 'Out of reach: somebody must look' },
  violence: { ko: '학대·폭력 의심', en: 'Suspected abuse or violence' },
  worker_away: { ko: '담당자 부재 중 급한 일', en: 'Urgent while the worker is away' },
  public_request: { ko: '경찰·소방·병원의 긴급 요청', en: 'Urgent request of police, fire or hospital' },
  other: { ko: '그 밖의 긴급한 사유', en: 'Another urgent reason' },
} as const satisfies Record<string, Label>
export type BreakGlassReason = keyof typeof BREAK_GLASS_REASONS

/** Shorter than a look at the case takes would only be pressed twice; longer is no emergency any more but an assignment. */
export const BREAK_GLASS_MINUTES = { least: 15, usual: 60, most: 240 } as const
export const BREAK_GLASS_WORDS = { least: 10, most: 500 } as const
