/** Exports of the minutes over HTTP. */
import type { ConferenceId, ExportId } from '../../../shared/ids.ts'
import { exportBody } from '../../../shared/protocol/exports.ts'
import { beginExport, type ExportParts, fetchExport } from '../../exports/export-commands.ts'
import { admitToMinutes } from '../../minutes/minutes-admission.ts'
import { byOf } from '../by.ts'
import { FileAnswer, type Route, route } from '../route.ts'

export function exportRoutes(parts: ExportParts): Route[] {
  const idOf = (call: { params: { conferenceId: string } }) => call.params.conferenceId as ConferenceId
  const exportIdOf = (call: { params: { exportId: string } }) => call.params.exportId as ExportId

  return [
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/exports',
      policy: 'canReadMinutes',
      body: exportBody,
      authorise: call => admitToMinutes(parts, byOf(call), idOf(call)),
      handle: (call, admitted) => beginExport(parts, byOf(call), admitted, call.body),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/exports/:exportId',
      policy: 'canReadMinutes',
      authorise: call => admitToMinutes(parts, byOf(call), idOf(call)),
      handle: call => {
        const of = { userId: call.caller.actor.userId, conferenceId: idOf(call) }
        return parts.jobs.view(exportIdOf(call), of)
      },
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/exports/:exportId/file',
      policy: 'canReadMinutes',
      authorise: call => admitToMinutes(parts, byOf(call), idOf(call)),
      handle: async (call, admitted) =>
        new FileAnswer(await fetchExport(parts, byOf(call), admitted, exportIdOf(call))),
    }),
    route({
      method: 'DELETE',
      path: '/api/conferences/:conferenceId/exports/:exportId',
      policy: 'canReadMinutes',
      authorise: call => admitToMinutes(parts, byOf(call), idOf(call)),
      handle: call => {
        parts.jobs.cancel(exportIdOf(call), { userId: call.caller.actor.userId, conferenceId: idOf(call) })
        return {}
      },
    }),
  ]
}
