/** Why a socket was refused: a browser can't read that from the refused upgrade, so it asks over HTTP. */
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'

/** What says whether a document would be opened; see `client/lib/api.ts`. */
export interface SyncCheck {
  syncCheck(document: string): Promise<{ mayWrite: boolean }>
}

export type WhyRefused = RefusalReason | 'admitted' | 'unknown'

/** `admitted`: nothing is in the way by now. `unknown`: the server could not be asked. */
export async function whyRefused(api: SyncCheck, document: string): Promise<WhyRefused> {
  try {
    await api.syncCheck(document)
    return 'admitted'
  } catch (error) {
    const reason = reasonOf(error)
    return reason === 'unreachable' ? 'unknown' : reason
  }
}

/** The reason in an error of a call; `unreachable` when it carries none. */
export function reasonOf(error: unknown): RefusalReason | 'unreachable' {
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : undefined
  return typeof reason === 'string' && Object.hasOwn(REFUSALS, reason) ? (reason as RefusalReason) : 'unreachable'
}
