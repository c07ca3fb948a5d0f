/** What may be done to a request as it stands (DR1, DR4, DR5). Pure: the server refuses with it, screens say beforehand. */
import type { Day } from '../holidays.ts'
import { addDays } from '../working-days.ts'
import { type AnsweredFacts, openFollowUpOf } from './follow-ups.ts'
import { EXTENSION_DAYS, lastDayOf, type RequestDays } from './request-clock.ts'
import {
  checksFor,
  type DeletionScope,
  groundsFor,
  type RequestAsker,
  type RequestCheck,
  type RequestDecision,
  type RequestGround,
  type RequestKind,
} from './request-codes.ts'

/** Why something is not done; words for each lie with the errors of the client. */
export type RequestFault =
  | 'request-check'
  | 'request-day'
  | 'request-over'
  | 'request-not-put-off'
  | 'request-put-off-twice'
  | 'request-put-off-late'
  | 'request-put-off-day'
  | 'request-ground'
  | 'request-scope'
  | 'request-settled'

export function faultOfEntering(
  { asker, checked, receivedOn }: { asker: RequestAsker; checked: RequestCheck; receivedOn: Day },
  today: Day,
): RequestFault | undefined {
  if (!checksFor(asker).includes(checked)) return 'request-check'
  return receivedOn > today ? 'request-day' : undefined
}

type Known = RequestDays & { kind: RequestKind }

export const mayPutOff = (request: Known, today: Day): boolean => faultOfPuttingOff(request, today) === undefined

function faultOfPuttingOff({ kind, state, receivedOn, extendedUntil }: Known, today: Day): RequestFault | undefined {
  if (state !== 'open') return 'request-over'
  if (kind !== 'access') return 'request-not-put-off'
  if (extendedUntil !== '') return 'request-put-off-twice'
  return today > lastDayOf(receivedOn) ? 'request-put-off-late' : undefined
}

export function faultOfExtension(request: Known, until: Day, today: Day): RequestFault | undefined {
  const fault = faultOfPuttingOff(request, today)
  if (fault !== undefined) return fault
  const due = lastDayOf(request.receivedOn)
  return until <= due || until > addDays(due, EXTENSION_DAYS) ? 'request-put-off-day' : undefined
}

export function faultOfAnswer(
  request: Known,
  {
    decision,
    ground,
    on,
    scope,
  }: { decision: RequestDecision; ground: RequestGround | ''; on: Day; scope?: DeletionScope | undefined },
  today: Day,
): RequestFault | undefined {
  if (request.state !== 'open') return 'request-over'
  if (on < request.receivedOn || on > today) return 'request-day'
  if (asksScope(request.kind, decision) !== (scope !== undefined)) return 'request-scope'
  const needsGround = decision !== 'granted'
  const hasGround = ground !== '' && groundsFor(request.kind).includes(ground)
  return needsGround ? (hasGround ? undefined : 'request-ground') : ground === '' ? undefined : 'request-ground'
}

/** Whether an answer says how much is deleted; granted in part it is a part. */
export const asksScope = (kind: RequestKind, decision: RequestDecision | null): boolean =>
  kind === 'deletion' && decision === 'granted'

/** Settling what followed from the answer (DR12). */
export function faultOfSettling(request: AnsweredFacts, on: Day, today: Day): RequestFault | undefined {
  if (openFollowUpOf(request) === undefined || !request.answer) return 'request-settled'
  return on < request.answer.on || on > today ? 'request-day' : undefined
}
