/** What follows from an answer until somebody settles it (DR12). Pure: the server refuses with it, screens say beforehand. */
import type { Day } from '../holidays.ts'
import type { DeletionScope, FollowUp, RequestDecision, RequestKind, RequestState } from './request-codes.ts'

export interface AnsweredFacts {
  kind: RequestKind
  state: RequestState
  answer?: { decision: RequestDecision; on: Day; scope?: DeletionScope | null } | null
  settled?: { on: Day } | null
}

/** What the answer made begin, whether or not it was settled since; undefined where nothing followed. */
export function followUpOf({ kind, state, answer }: AnsweredFacts): FollowUp | undefined {
  if (state !== 'answered' || !answer || answer.decision === 'refused') return undefined
  if (kind === 'suspension') return 'suspends'
  if (kind !== 'deletion') return undefined
  return answer.decision === 'granted' && answer.scope === 'case' ? 'destroys' : 'removes'
}

/** The same while it goes on. */
export function openFollowUpOf(request: AnsweredFacts): FollowUp | undefined {
  return request.settled ? undefined : followUpOf(request)
}

/** From which day on the case is suspended; the earliest of several. */
export function suspendedSince(requests: readonly AnsweredFacts[]): Day | undefined {
  return requests.flatMap(one => (openFollowUpOf(one) === 'suspends' && one.answer ? [one.answer.on] : [])).sort()[0]
}
