/** Exports of the minutes over HTTP. */
import { exportBody } from '../../../shared/protocol/exports.ts'
import { beginExport, type ExportParts, fetchExport } from '../../exports/export-commands.ts'
import { admitToMinutes } from '../../minutes/minutes-admission.ts'
import { byOf } from '../by.ts'
import { FileAnswer, type Route, route } from '../route.ts'

export function exportRoutes(parts: ExportParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/exports',
      policy: 'canReadMinutes',
      body: exportBody,
      authorise: call => admitToMinutes(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => beginExport(parts, byOf(call), admitted, call.body),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/exports/:exportId',
      policy: 'canReadMinutes',
      authorise: call => admitToMinutes(parts, byOf(call), call.params.conferenceId),
      handle: call => {
        const of = { userId: call.caller.actor.userId, conferenceId: call.params.conferenceId }
        return parts.jobs.view(call.params.exportId, of)
      },
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/exports/:exportId/file',
      policy: 'canReadMinutes',
      authorise: call => admitToMinutes(parts, byOf(call), call.params.conferenceId),
      handle: async (call, admitted) =>
        new FileAnswer(await fetchExport(parts, byOf(call), admitted, call.params.exportId)),
    }),
    route({
      method: 'DELETE',
      path: '/api/conferences/:conferenceId/exports/:exportId',
      policy: 'canReadMinutes',
      authorise: call => admitToMinutes(parts, byOf(call), call.params.conferenceId),
      handle: call => {
        parts.jobs.cancel(call.params.exportId, {
          userId: call.caller.actor.userId,
          conferenceId: call.params.conferenceId,
        })
        return {}
      },
    }),
  ]
}
