import type { LinkState } from '../../../room/document-link.ts'

/** Whether the screen lets me type now: a lost line does not stop me, a withdrawn right does. */
export function mayWriteTo(link: LinkState | null, allowed: boolean): boolean {
  if (link === null || !link.loaded || !allowed || link.mayWrite === false) return false
  return link.line.phase === 'live' || link.line.phase === 'lost' || link.line.phase === 'signed-out'
}
