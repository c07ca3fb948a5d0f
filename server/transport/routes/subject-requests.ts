/** Data subject requests over HTTP: parse, admit, call, present. */
import { canReviewAccess } from '../../../shared/access.ts'
import { enterRequestBody, handOutBody, moveRequestBody } from '../../../shared/protocol/subject-requests.ts'
import { admitToChangeCase } from '../../conferences/admission.ts'
import { handOut } from '../../subject-requests/hand-out.ts'
import type { SubjectRequestParts } from '../../subject-requests/ports.ts'
import { admitToRequest, enterRequest, moveRequest } from '../../subject-requests/request-commands.ts'
import {
  openDeskRequests,
  openNearRequests,
  openRequestsOfCase,
  requestsView,
} from '../../subject-requests/request-views.ts'
import { byOf } from '../by.ts'
import { permit, type Route, route } from '../route.ts'

export function subjectRequestRoutes(parts: SubjectRequestParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/subject-requests',
      policy: 'signed-in',
      handle: call => openNearRequests(parts, byOf(call)),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/subject-requests',
      policy: 'canReviewAccess',
      authorise: call => permit(canReviewAccess(call.caller.actor, call.params.agencyId), 'not-found'),
      handle: call => openDeskRequests(parts, byOf(call), call.params.agencyId),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/subject-requests',
      policy: 'canChangeCase',
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => openRequestsOfCase(parts, byOf(call), admitted),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/subject-requests',
      policy: 'canChangeCase',
      body: enterRequestBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      async handle(call, admitted) {
        await enterRequest(parts, byOf(call), admitted, call.body)
        return requestsView(parts, admitted.file._id)
      },
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/subject-requests/:requestId',
      policy: 'canChangeCase',
      body: moveRequestBody,
      authorise: call => admitToRequest(parts, byOf(call), call.params),
      async handle(call, admitted) {
        await moveRequest(parts, byOf(call), admitted, call.body)
        return requestsView(parts, admitted.file._id)
      },
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/subject-requests/:requestId/hand-outs',
      policy: 'canChangeCase',
      body: handOutBody,
      authorise: call => admitToRequest(parts, byOf(call), call.params),
      handle: (call, admitted) => handOut(parts, byOf(call), admitted, call.body),
    }),
  ]
}
