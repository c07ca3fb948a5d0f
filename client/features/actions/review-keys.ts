/** The keys of the check of earlier action items: a letter settles the line; after `D` a digit says whether it helped. By place on the keyboard, so that Hangul is no hindrance. */
import type { ActionMove, Effect } from '../../../shared/actions/action-codes.ts'

export const REVIEW_KEYS: Readonly<Record<string, ActionMove>> = {
  KeyD: 'finish',
  KeyP: 'start',
  KeyK: 'keep',
  KeyN: 'not_done',
  KeyX: 'not_possible',
  KeyL: 'postpone',
  KeyH: 'offer',
  KeyA: 'accept',
}

export const EFFECT_KEYS: Readonly<Record<string, Effect>> = {
  Digit1: 'better',
  Digit2: 'same',
  Digit3: 'worse',
  Digit4: 'unknown',
}

/** Where the focus goes by the arrow keys; undefined for another key. */
export function nextLine(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(at - 1, 0)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return undefined
}
