/** Cases over HTTP: parse, admit, call, present. */
import { changeCaseBody, createCaseBody } from '../../../shared/protocol/http-api.ts'
import { admitToCase, admitToChangeCase } from '../../conferences/admission.ts'
import { changeCase, createCase } from '../../conferences/case-commands.ts'
import { caseViewOf, listCases, openCase } from '../../conferences/case-views.ts'
import type { ConferenceParts } from '../../conferences/ports.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function caseRoutes(parts: ConferenceParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/cases',
      policy: 'signed-in',
      handle: async call => ({ cases: await listCases(parts, byOf(call)) }),
    }),
    route({
      method: 'POST',
      path: '/api/cases',
      // Asked by the command, which alone knows the lead agency.
      policy: 'signed-in',
      body: createCaseBody,
      handle: async call => caseViewOf(parts, byOf(call), await createCase(parts, byOf(call), call.body)),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId',
      policy: 'canReadCase',
      authorise: call => admitToCase(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => openCase(parts, byOf(call), admitted),
    }),
    route({
      method: 'PATCH',
      path: '/api/cases/:caseId',
      policy: 'canChangeCase',
      body: changeCaseBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: async (call, admitted) =>
        caseViewOf(parts, byOf(call), await changeCase(parts, byOf(call), admitted, call.body)),
    }),
  ]
}
