/** Entering, putting off, answering and taking back a request: all is refused before anything is written, then one write (REQUESTS.md DR1–DR7). */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { SubjectRequestId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { EnterRequestBody, MoveRequestBody } from '../../shared/protocol/subject-requests.ts'
import { openFollowUpOf } from '../../shared/subject-requests/follow-ups.ts'
import {
  faultOfAnswer,
  faultOfEntering,
  faultOfExtension,
  faultOfSettling,
  type RequestFault,
} from '../../shared/subject-requests/request-moves.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { type AdmittedCase, admitToChangeCase, refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { assertNoResidentNumber } from '../referrals/referral-commands.ts'
import type { SubjectRequestParts } from './ports.ts'
import { daysOf, type SubjectRequest } from './request-repository.ts'

export interface AdmittedRequest extends AdmittedCase {
  request: SubjectRequest
}

export const requestObject = (requestId: SubjectRequestId) => `subject-request.${requestId}`

/** One of this case; one of another is not found here. */
export async function admitToRequest(
  parts: SubjectRequestParts,
  by: By,
  { caseId, requestId }: { caseId: AdmittedCase['file']['_id']; requestId: SubjectRequestId },
): Promise<AdmittedRequest> {
  const admitted = await admitToChangeCase(parts, by, caseId)
  const request = await parts.requests.find(requestId)
  if (request?.caseId === caseId) return { ...admitted, request }
  return refuse(parts, by, 'not-found', { subject: caseId, object: requestObject(requestId) })
}

export async function enterRequest(
  parts: SubjectRequestParts,
  by: By,
  { file }: AdmittedCase,
  { name, relation, what, ...clear }: EnterRequestBody,
): Promise<void> {
  assertNoResidentNumber([name, relation, what])
  assertFaultless(faultOfEntering(clear, dayInSeoul(parts.now())))
  const requestId = parts.newId<SubjectRequestId>()
  await commit(parts, by, {
    action: 'subject-request.enter',
    subject: file._id,
    object: requestObject(requestId),
    reason: clear.kind,
    write: () =>
      parts.requests.insert({
        _id: requestId,
        caseId: file._id,
        ...clear,
        createdBy: by.actor.userId,
        createdAt: new Date(parts.now()),
        words: { name, relation, what, extension: '', answer: '', takenBack: '', purposes: {} },
      }),
    announces: () => [],
  })
  tellCase(parts, file._id)
}

/** @throws Refusal `conflict` for another version, `bad-request` with what cannot be */
export async function moveRequest(
  parts: SubjectRequestParts,
  by: By,
  { request }: AdmittedRequest,
  body: MoveRequestBody,
): Promise<void> {
  if (request._v !== body._v) throw new Refusal('conflict')
  assertNoResidentNumber([body.words])
  const today = dayInSeoul(parts.now())
  const done = { by: by.actor.userId, at: new Date(parts.now()) }
  const write = () => {
    switch (body.do) {
      case 'put-off':
        return parts.requests.change(
          request,
          { extension: { ...done, on: today, until: body.until } },
          { extension: body.words },
        )
      case 'answer': {
        const { decision, ground, on, went, scope } = body
        const answer = { ...done, decision, on, went, ...(ground !== '' && { ground }), ...(scope && { scope }) }
        return parts.requests.change(request, { state: 'answered', answer }, { answer: body.words })
      }
      case 'take-back':
        return parts.requests.change(
          request,
          { state: 'withdrawn', takenBack: { ...done, on: body.on } },
          { takenBack: body.words },
        )
      case 'settle':
        return parts.requests.change(request, { settled: { ...done, on: body.on } }, { settled: body.words })
    }
  }
  assertFaultless(faultOf(body, request, today))
  await commit(parts, by, {
    action: `subject-request.${body.do}`,
    subject: request.caseId,
    object: requestObject(request._id),
    reason: reasonOf(body, request),
    write,
    announces: () => [],
  })
  tellCase(parts, request.caseId)
}

/** As a code, for the record of access. */
function reasonOf(body: MoveRequestBody, request: SubjectRequest): string {
  if (body.do === 'answer') return [body.decision, body.scope].filter(Boolean).join(' ')
  return body.do === 'settle' ? (openFollowUpOf(request) ?? body.do) : body.do
}

/** Who has the case open looks again, and the clock is looked at for whom it is told. */
function tellCase({ documents }: SubjectRequestParts, caseId: SubjectRequest['caseId']): void {
  documents.notify(documentNameOf({ kind: 'case', caseId }), 'case')
}

function faultOf(body: MoveRequestBody, request: SubjectRequest, today: string): RequestFault | undefined {
  const known = { ...daysOf(request), kind: request.kind }
  switch (body.do) {
    case 'put-off':
      return faultOfExtension(known, body.until, today)
    case 'answer':
      return faultOfAnswer(known, body, today)
    case 'take-back':
      if (known.state !== 'open') return 'request-over'
      return body.on < known.receivedOn || body.on > today ? 'request-day' : undefined
    case 'settle':
      return faultOfSettling(request, body.on, today)
  }
}

function assertFaultless(fault: RequestFault | undefined): void {
  if (fault !== undefined) throw new Refusal('bad-request', fault)
}
