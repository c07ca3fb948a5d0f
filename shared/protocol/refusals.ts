/**
 * Every reason to say no: its HTTP status, its close code on a document socket, and what the client should do. Closed list; a boundary
 * translates a {@link Refusal} in one function and nothing else invents a status or code. Codes 4400–4499 tell a client to stop and act
 * first; 1012 and 1013 tell it to come back with jitter. Something one may not see is `not-found`, exactly as if it did not exist.
 */
export type Retry = 'never' | 'after-sign-in' | 'after-reload' | 'backoff'

export interface RefusalRule {
  http: number
  close: number
  retry: Retry
}

export const REFUSALS = {
  'not-signed-in': { http: 401, close: 4401, retry: 'after-sign-in' },
  /** The session is there but idle for too long: the screen is covered and the password asked again. */
  'session-locked': { http: 401, close: 4401, retry: 'after-sign-in' },
  'wrong-credentials': { http: 401, close: 4401, retry: 'after-sign-in' },
  'account-locked': { http: 429, close: 4401, retry: 'after-sign-in' },
  /** The password was right. What is missing is the code of the second factor, or a second factor where one is demanded. */
  'second-factor-required': { http: 401, close: 4401, retry: 'after-sign-in' },
  'password-change-required': { http: 403, close: 4401, retry: 'after-sign-in' },
  'wrong-origin': { http: 403, close: 4403, retry: 'never' },
  'insecure-address': { http: 403, close: 4403, retry: 'never' },
  'not-found': { http: 404, close: 4404, retry: 'never' },
  /** The caller may see the thing but not do this to it. */
  'not-allowed': { http: 403, close: 4403, retry: 'never' },
  'bad-request': { http: 400, close: 4400, retry: 'never' },
  'bad-content-type': { http: 415, close: 4400, retry: 'never' },
  'bad-message': { http: 400, close: 4400, retry: 'never' },
  /** Someone changed it first; the caller reloads and decides again. */
  conflict: { http: 409, close: 4409, retry: 'after-reload' },
  /** A document update that breaks a rule (author, gap, deletion, root, shape). The client drops its copy and loads anew. */
  'update-refused': { http: 409, close: 4409, retry: 'after-reload' },
  'read-only': { http: 409, close: 4409, retry: 'after-reload' },
  sealed: { http: 409, close: 4409, retry: 'after-reload' },
  'too-large': { http: 413, close: 4413, retry: 'never' },
  'too-fast': { http: 429, close: 4429, retry: 'never' },
  'too-many-connections': { http: 429, close: 4429, retry: 'never' },
  'client-too-old': { http: 426, close: 4426, retry: 'after-reload' },
  'server-restarting': { http: 503, close: 1012, retry: 'backoff' },
  'store-unavailable': { http: 503, close: 1013, retry: 'backoff' },
  'slow-reader': { http: 503, close: 1013, retry: 'backoff' },
  internal: { http: 500, close: 1013, retry: 'backoff' },
} as const satisfies Record<string, RefusalRule>

export type RefusalReason = keyof typeof REFUSALS

/** An expected no. Thrown anywhere; translated at the boundary. `detail` is a code for the client's words, never a person's data. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly reason: RefusalReason
  readonly detail: string | undefined
  constructor(reason: RefusalReason, detail?: string, options?: ErrorOptions) {
    super(detail ? `${reason}: ${detail}` : reason, options)
    this.reason = reason
    this.detail = detail
  }
}
