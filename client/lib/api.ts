/**
 * Every call of `shared/protocol/http-api.ts`, typed. A refusal becomes an {@link ApiError} with its reason; the words are in the texts.
 *
 * A session that is locked or over is no error of the caller: `onSessionTrouble` is told, and when the same person is back the call is made
 * once more, so what was typed and sent behind the cover still arrives.
 */

import type { ActionId, AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import type * as Actions from '../../shared/protocol/action-api.ts'
import type * as Http from '../../shared/protocol/http-api.ts'
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'

/** What can go wrong with a call: the server's reasons, or no server at all. */
export type TroubleReason = RefusalReason | 'unreachable'

export class ApiError extends Error {
  override name = 'ApiError'
  readonly reason: TroubleReason
  /** A code for the client's words, e.g. which field; never a person's data. */
  readonly detail: string | undefined
  /** Names the failed request in the server's log; shown where a person may want to report it. */
  readonly requestId: string | undefined
  constructor(reason: TroubleReason, detail?: string, requestId?: string) {
    super(detail ? `${reason}: ${detail}` : reason)
    this.reason = reason
    this.detail = detail
    this.requestId = requestId
  }
}

/** Whether a call was refused for one of these reasons. */
export function isRefused(error: unknown, ...reasons: readonly TroubleReason[]): error is ApiError {
  return error instanceof ApiError && reasons.includes(error.reason)
}

/** What a refused call says of the session rather than of the call. */
export type SessionTrouble = 'session-locked' | 'not-signed-in' | 'second-factor-required'

export function isSessionTrouble(reason: TroubleReason): reason is SessionTrouble {
  return reason === 'session-locked' || reason === 'not-signed-in' || reason === 'second-factor-required'
}

export interface ApiOptions {
  fetch?: typeof globalThis.fetch
  /** Told when the session is locked, over or lacks a code. Resolves true when the same person may go on, and the call is repeated. */
  onSessionTrouble?: (reason: SessionTrouble) => Promise<boolean>
  /** Told the difference between the server's clock and this one, in ms, from each answer's Date header. */
  onServerClock?: (offsetMs: number) => void
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export type Api = ReturnType<typeof createApi>

export function createApi(options: ApiOptions = {}) {
  const { fetch = (...args) => globalThis.fetch(...args), onSessionTrouble, onServerClock } = options

  async function once<T>(method: Method, path: string, body?: unknown): Promise<T> {
    let response: Response
    try {
      response = await fetch(`/api${path}`, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        headers: {
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    } catch (error) {
      throw new ApiError('unreachable', error instanceof Error ? error.name : undefined)
    }
    const date = Date.parse(response.headers.get('date') ?? '')
    // The header counts whole seconds; half a second on top halves the mistake.
    if (!Number.isNaN(date)) onServerClock?.(date + 500 - Date.now())
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer as T
    throw toApiError(response.status, answer)
  }

  const call = <T>(method: Method, path: string, body?: unknown) => again(() => once<T>(method, path, body))

  async function again<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ApiError) || onSessionTrouble === undefined) throw error
      const { reason } = error
      if (!isSessionTrouble(reason)) throw error
      if (await onSessionTrouble(reason)) return await attempt()
      throw error
    }
  }

  const at = encodeURIComponent
  const agency = (id: AgencyId) => `/agencies/${at(id)}`
  const staff = (agencyId: AgencyId, userId: UserId) => `${agency(agencyId)}/staff/${at(userId)}`
  const conference = (id: ConferenceId) => `/conferences/${at(id)}`
  const item = (id: ConferenceId, itemId: ItemId) => `${conference(id)}/items/${at(itemId)}`

  return {
    /** For calls that stand elsewhere (`papers-api.ts`): made like those below, and made once more when the person is back. */
    call,
    again,
    /** Without that: for the calls of a sign-in (`passkeys-api.ts`). */
    once,

    // The session's own calls answer trouble themselves; repeating them after a sign-in would make no sense.
    session: () => once<Http.SessionView>('GET', '/session'),
    signIn: (body: Http.SignInBody) => once<Http.SessionView>('POST', '/session', body),
    giveSecondFactor: (body: Http.SecondFactorBody) => once<Http.SessionView>('POST', '/session/second-factor', body),
    unlock: (password: string) => once<Http.SessionView>('POST', '/session/unlock', { password }),
    activity: () => once<{ idleLocksAt: number; elsewhere?: Http.ElsewhereView[] }>('POST', '/session/activity'),
    signOut: () => once<Record<string, never>>('DELETE', '/session'),
    signOutEverywhere: () => call<Record<string, never>>('POST', '/session/sign-out-everywhere'),
    changePassword: (body: Http.ChangePasswordBody) => call<Record<string, never>>('POST', '/password', body),
    createOperator: (body: Http.CreateOperatorBody) => once<Http.SessionView>('POST', '/operator', body),

    secondFactor: () => call<Http.SecondFactorView>('GET', '/second-factor'),
    beginSecondFactor: (body: Http.BeginSecondFactorBody) =>
      call<Http.SecondFactorSecretView>('POST', '/second-factor/begin', body),
    confirmSecondFactor: (body: Http.SecondFactorCodeBody) =>
      call<Http.RecoveryCodesView>('POST', '/second-factor/confirm', body),
    renewRecoveryCodes: (body: Http.PasswordAndCodeBody) =>
      call<Http.RecoveryCodesView>('POST', '/second-factor/recovery-codes', body),
    turnOffSecondFactor: (body: Http.PasswordAndCodeBody) =>
      call<Record<string, never>>('POST', '/second-factor/off', body),

    agencies: () => call<{ agencies: Http.AgencyView[] }>('GET', '/agencies'),
    createAgency: (body: Http.CreateAgencyBody) => call<Http.AgencyView>('POST', '/agencies', body),
    changeAgency: (id: AgencyId, body: Http.ChangeAgencyBody) => call<Http.AgencyView>('PATCH', agency(id), body),
    staff: (id: AgencyId) => call<{ staff: Http.StaffView[] }>('GET', `${agency(id)}/staff`),
    createStaff: (id: AgencyId, body: Http.CreateStaffBody) =>
      call<Http.TemporaryPasswordView>('POST', `${agency(id)}/staff`, body),
    changeStaff: (id: AgencyId, userId: UserId, body: Http.ChangeStaffBody) =>
      call<Http.StaffView>('PATCH', staff(id, userId), body),
    resetPassword: (id: AgencyId, userId: UserId) =>
      call<Http.TemporaryPasswordView>('POST', `${staff(id, userId)}/reset-password`),
    resetSecondFactor: (id: AgencyId, userId: UserId) =>
      call<Http.StaffView>('POST', `${staff(id, userId)}/reset-second-factor`),
    handOver: (id: AgencyId, userId: UserId, toUserId: UserId) =>
      call<{ cases: number; conferences: number }>('POST', `${staff(id, userId)}/hand-over`, { toUserId }),
    directory: () => call<Http.DirectoryView>('GET', '/directory'),

    cases: () => call<{ cases: Http.CaseView[] }>('GET', '/cases'),
    case: (id: CaseId) => call<Http.CaseView>('GET', `/cases/${at(id)}`),
    createCase: (body: Http.CreateCaseBody) => call<Http.CaseView>('POST', '/cases', body),
    changeCase: (id: CaseId, body: Http.ChangeCaseBody) => call<Http.CaseView>('PATCH', `/cases/${at(id)}`, body),

    conferences: () => call<{ conferences: Http.ConferenceSummary[] }>('GET', '/conferences'),
    conference: (id: ConferenceId) => call<Http.ConferenceView>('GET', conference(id)),
    createConference: (body: Http.CreateConferenceBody) => call<Http.ConferenceView>('POST', '/conferences', body),
    changeConference: (id: ConferenceId, body: Http.ChangeConferenceBody) =>
      call<Http.ConferenceView>('PATCH', conference(id), body),
    moveConference: (id: ConferenceId, body: Http.ConferenceStateBody) =>
      call<Http.ConferenceView>('POST', `${conference(id)}/state`, body),
    acceptStatement: (id: ConferenceId) =>
      call<Http.ConferenceView>('POST', `${conference(id)}/statement`, { accept: true }),
    deleteConference: (id: ConferenceId, version: number) =>
      call<Record<string, never>>('DELETE', `${conference(id)}?v=${version}`),

    createItem: (id: ConferenceId, body: Http.CreateItemBody) =>
      call<Http.ConferenceView>('POST', `${conference(id)}/items`, body),
    changeItem: (id: ConferenceId, itemId: ItemId, body: Http.ChangeItemBody) =>
      call<Http.ConferenceView>('PATCH', item(id, itemId), body),
    deleteItem: (id: ConferenceId, itemId: ItemId) => call<Record<string, never>>('DELETE', item(id, itemId)),
    since: (id: ConferenceId) => call<Http.SinceView>('GET', `${conference(id)}/since`),
    writers: (id: ConferenceId, itemId: ItemId) => call<Http.WritersView>('GET', `${item(id, itemId)}/writers`),
    actions: (id: ConferenceId, itemId: ItemId) =>
      call<{ actions: Actions.ActionView[] }>('GET', `${item(id, itemId)}/actions`),
    allActions: () => call<{ actions: Actions.ActionView[] }>('GET', '/actions'),
    /** Of them what a start page tells of. */
    nearActions: () => call<{ actions: Actions.ActionView[] }>('GET', '/actions?near=1'),
    caseActions: (id: CaseId) => call<Actions.CaseActionsView>('GET', `/cases/${at(id)}/actions`),
    review: (id: ConferenceId) => call<{ actions: Actions.ActionView[] }>('GET', `${conference(id)}/review`),
    moveAction: (document: string, actionId: ActionId, body: Actions.MoveActionBody) =>
      call<Actions.ActionView>('POST', `/actions/${at(document)}/${at(actionId)}`, body),
    proposals: (id: ConferenceId) => call<Actions.ProposalsView>('GET', `${conference(id)}/proposals`),
    takeProposals: (id: ConferenceId, body: Actions.TakeProposalsBody) =>
      call<Http.ConferenceView>('POST', `${conference(id)}/proposals`, body),

    /** Why a document's socket was or would be refused: the browser can't read the answer to a refused upgrade. */
    syncCheck: (document: string) => once<{ mayWrite: boolean }>('GET', `/sync-check/${at(document)}`),
    health: () => once<{ ok: true; store: string; version: string }>('GET', '/health'),
  }
}

/** Reads an error answer. Something that is none of ours (a proxy's page) is told by its status. */
export function toApiError(status: number, answer: unknown): ApiError {
  const error = isRecord(answer) && isRecord(answer.error) ? answer.error : undefined
  if (error && typeof error.reason === 'string' && Object.hasOwn(REFUSALS, error.reason)) {
    return new ApiError(error.reason as RefusalReason, textOf(error.detail), textOf(error.requestId))
  }
  if (status === 404) return new ApiError('not-found')
  if (status === 401) return new ApiError('not-signed-in')
  if (status === 413) return new ApiError('too-large')
  if (status === 429) return new ApiError('too-fast')
  if (status === 502 || status === 503 || status === 504) return new ApiError('unreachable')
  return new ApiError('internal')
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
