/** States of action items over HTTP, always through an item that shows them. */
import type { ActionId, ConferenceId, ItemId } from '../../../shared/ids.ts'
import { changeActionStatusBody } from '../../../shared/protocol/http-api.ts'
import { actionStatesOf, changeActionStatus } from '../../conferences/action-commands.ts'
import { admitToItem } from '../../conferences/admission.ts'
import type { ConferenceParts } from '../../conferences/ports.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function actionRoutes(parts: ConferenceParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/actions',
      policy: 'canReadItem',
      authorise: call =>
        admitToItem(parts, byOf(call), call.params.conferenceId as ConferenceId, call.params.itemId as ItemId),
      handle: async (_call, admitted) => ({ actions: await actionStatesOf(parts, admitted) }),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/items/:itemId/actions/:actionId',
      policy: 'canReadItem',
      body: changeActionStatusBody,
      authorise: call =>
        admitToItem(parts, byOf(call), call.params.conferenceId as ConferenceId, call.params.itemId as ItemId),
      handle: (call, admitted) =>
        changeActionStatus(parts, byOf(call), admitted, call.params.actionId as ActionId, call.body),
    }),
  ]
}
