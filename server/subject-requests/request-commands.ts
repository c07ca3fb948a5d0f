/** Entering, putting off, answering and taking back a request: all is refused before anything is written, then one write (REQUESTS.md DR1–DR7). */
import type { SubjectRequestId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { EnterRequestBody, MoveRequestBody } from '../../shared/protocol/subject-requests.ts'
import {
  faultOfAnswer,
  faultOfEntering,
  faultOfExtension,
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
  const known = { ...daysOf(request), kind: request.kind }
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
        const { decision, ground, on, went } = body
        const answer = { ...done, decision, on, went, ...(ground !== '' && { ground }) }
        return parts.requests.change(request, { state: 'answered', answer }, { answer: body.words })
      }
      case 'take-back':
        return parts.requests.change(
          request,
          { state: 'withdrawn', takenBack: { ...done, on: body.on } },
          { takenBack: body.words },
        )
    }
  }
  assertFaultless(faultOf(body, known, today))
  await commit(parts, by, {
    action: `subject-request.${body.do}`,
    subject: request.caseId,
    object: requestObject(request._id),
    reason: body.do === 'answer' ? body.decision : body.do,
    write,
    announces: () => [],
  })
}

function faultOf(
  body: MoveRequestBody,
  known: Parameters<typeof faultOfAnswer>[0],
  today: string,
): RequestFault | undefined {
  switch (body.do) {
    case 'put-off':
      return faultOfExtension(known, body.until, today)
    case 'answer':
      return faultOfAnswer(known, body, today)
    case 'take-back':
      if (known.state !== 'open') return 'request-over'
      return body.on < known.receivedOn || body.on > today ? 'request-day' : undefined
  }
}

function assertFaultless(fault: RequestFault | undefined): void {
  if (fault !== undefined) throw new Refusal('bad-request', fault)
}
