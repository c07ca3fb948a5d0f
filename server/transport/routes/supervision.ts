/** Supervision of a case over HTTP: parse, admit, call, present. */
import { supervisionQuery, writeSupervisionBody } from '../../../shared/protocol/supervision.ts'
import type { SupervisionParts } from '../../supervision/ports.ts'
import { admitToSupervision } from '../../supervision/supervision-admission.ts'
import { writeSupervision } from '../../supervision/supervision-commands.ts'
import { listSupervisions, openSupervision } from '../../supervision/supervision-views.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function supervisionRoutes(parts: SupervisionParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/supervision',
      policy: 'signed-in',
      handle: async call => ({ supervisions: await listSupervisions(parts, byOf(call)) }),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/supervision',
      policy: 'canReadSupervision',
      query: supervisionQuery,
      authorise: call => admitToSupervision(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => openSupervision(parts, byOf(call), admitted, call.query.known),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/supervision',
      policy: 'canReadSupervision',
      body: writeSupervisionBody,
      authorise: call => admitToSupervision(parts, byOf(call), call.params.caseId),
      async handle(call, { caseId, ...admitted }) {
        await writeSupervision(parts, byOf(call), { caseId, ...admitted }, call.body)
        // The thread may be a new one.
        return openSupervision(parts, byOf(call), await admitToSupervision(parts, byOf(call), caseId))
      },
    }),
  ]
}
