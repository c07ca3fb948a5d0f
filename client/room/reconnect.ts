/**
 * What to do when a document socket closes. Obeys the `retry` of refusals.ts and is the only place that decides; pure, so that every
 * refusal can be tested without a socket.
 */
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'

export type AfterClose =
  /** Come back with jitter; `reason` when the server gave one (it restarts, its store cannot be written). */
  | { step: 'retry'; reason: RefusalReason | null }
  /** Keep the document and what is unsent; go on after the person has signed in. */
  | { step: 'sign-in'; reason: RefusalReason }
  /** The server will not take this copy's changes: drop it, load anew, keep my words for me to copy. */
  | { step: 'fresh-copy'; reason: RefusalReason }
  /** Not mine to see (any more): show my own unsent words once, wipe the rest. */
  | { step: 'gone'; reason: RefusalReason }
  /** Stop until the person acts. The document is kept. */
  | { step: 'stop'; reason: RefusalReason }

/** Reads the server's reason from a close: `reason`, `reason:detail`, or the first refusal that has this code. */
export function refusalOfClose(code: number, text: string): { reason: RefusalReason; detail: string } | undefined {
  const [name = '', ...rest] = text.split(':')
  const detail = rest.join(':').trim()
  if (Object.hasOwn(REFUSALS, name)) return { reason: name as RefusalReason, detail }
  const byCode = Object.entries(REFUSALS).find(([, rule]) => rule.close === code)
  return byCode ? { reason: byCode[0] as RefusalReason, detail: '' } : undefined
}

/** Reasons whose cause is a change in my copy that the server will never take: sending it again would be refused again. */
const IN_MY_COPY: readonly RefusalReason[] = ['too-large', 'bad-message', 'bad-request']

/** The WebSocket layer's own "message too big": no reason comes with it. */
const FRAME_TOO_LARGE = 1009

export function afterClose(code: number, text: string): AfterClose {
  if (code === FRAME_TOO_LARGE) return { step: 'fresh-copy', reason: 'too-large' }
  const reason = refusalOfClose(code, text)?.reason
  if (reason === undefined) {
    // The 4400–4499 range says "coming back cannot help", even with a code that this build does not know yet.
    return code >= 4400 && code < 4500 ? { step: 'stop', reason: 'internal' } : { step: 'retry', reason: null }
  }
  return afterRefusal(reason)
}

export function afterRefusal(reason: RefusalReason): AfterClose {
  if (reason === 'not-found') return { step: 'gone', reason }
  if (reason === 'client-too-old') return { step: 'stop', reason }
  if (IN_MY_COPY.includes(reason)) return { step: 'fresh-copy', reason }
  switch (REFUSALS[reason].retry) {
    case 'backoff':
      return { step: 'retry', reason }
    case 'after-sign-in':
      return { step: 'sign-in', reason }
    case 'after-reload':
      return { step: 'fresh-copy', reason }
    case 'never':
      return { step: 'stop', reason }
  }
}

/** The first return is quick (a blip), later ones ever slower, all spread out so that a whole town does not return in one instant. */
const FIRST_DELAY_MS = 300
/** A person who looks at "connecting again" for longer than this thinks it is stuck. */
const LONGEST_DELAY_MS = 5_000

/** @param attempt 0 for the first return after a live line. @param chance 0 ≤ chance < 1 */
export function backoffMs(attempt: number, chance: number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt)
  return Math.round(ceiling * (0.4 + 0.6 * chance))
}
