/** An item's versions over HTTP: parse, admit, call, present. */
import { nameVersionBody, restoreVersionBody } from '../../../shared/protocol/history.ts'
import { admitToItem } from '../../conferences/admission.ts'
import { admitToName, admitToRestore, admitToVersion } from '../../history/history-admission.ts'
import { nameVersion, restoreVersion } from '../../history/history-commands.ts'
import { listVersions, openVersion, viewOf } from '../../history/history-views.ts'
import type { HistoryParts } from '../../history/ports.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function historyRoutes(parts: HistoryParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/versions',
      policy: 'canReadItem',
      authorise: call => admitToItem(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: (call, admitted) => listVersions(parts, byOf(call), admitted),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/items/:itemId/versions',
      policy: 'canWriteItem',
      body: nameVersionBody,
      authorise: call => admitToName(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      async handle(call, admitted) {
        await nameVersion(parts, byOf(call), call.params, call.body)
        return viewOf(parts, byOf(call), admitted)
      },
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/versions/:versionId',
      policy: 'canReadItem',
      authorise: call =>
        admitToVersion(parts, byOf(call), call.params.conferenceId, call.params.itemId, call.params.versionId),
      handle: (call, admitted) => openVersion(parts, byOf(call), admitted),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/items/:itemId/versions/:versionId/restore',
      policy: 'canWriteForOthers',
      body: restoreVersionBody,
      authorise: call =>
        admitToRestore(parts, byOf(call), call.params.conferenceId, call.params.itemId, call.params.versionId),
      async handle(call, admitted) {
        await restoreVersion(parts, byOf(call), call.params, call.body)
        // On record by itself: where nothing had to change, the command left none.
        return listVersions(parts, byOf(call), admitted)
      },
    }),
  ]
}
