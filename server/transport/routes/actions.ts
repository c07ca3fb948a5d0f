/** Action items over HTTP: what a person may see of them over all cases, and their moves. */
import { actionsQuery, moveActionBody } from '../../../shared/protocol/action-api.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { moveAction } from '../../actions/action-commands.ts'
import { actionsOfCase, actionsOfItem, listActions, openAction, reviewOf } from '../../actions/action-views.ts'
import { admitToAction } from '../../actions/admit-action.ts'
import type { ActionParts } from '../../actions/ports.ts'
import { admitToCase, admitToConference, admitToItem } from '../../conferences/admission.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function actionRoutes(parts: ActionParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/actions',
      policy: 'signed-in',
      query: actionsQuery,
      handle: async call => ({ actions: await listActions(parts, byOf(call), { near: call.query.near === '1' }) }),
    }),
    route({
      method: 'GET',
      path: '/api/actions/:document/:actionId',
      policy: 'canReadAction',
      evenForGuests: true,
      authorise: call => admitToAction(parts, byOf(call), call.params.document, call.params.actionId),
      handle: async (call, admitted) => {
        const view = await openAction(parts, byOf(call), admitted)
        if (view === undefined) throw new Refusal('not-found')
        return view
      },
    }),
    route({
      method: 'POST',
      path: '/api/actions/:document/:actionId',
      policy: 'canReadAction',
      evenForGuests: true,
      body: moveActionBody,
      authorise: call => admitToAction(parts, byOf(call), call.params.document, call.params.actionId),
      handle: (call, admitted) => moveAction(parts, byOf(call), admitted, call.body),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/actions',
      policy: 'canReadCase',
      authorise: call => admitToCase(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => actionsOfCase(parts, byOf(call), admitted),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/actions',
      policy: 'canReadItem',
      evenForGuests: true,
      authorise: call => admitToItem(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async (call, admitted) => ({ actions: await actionsOfItem(parts, byOf(call), admitted) }),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/review',
      policy: 'canReadConference',
      evenForGuests: true,
      authorise: call => admitToConference(parts, byOf(call), call.params.conferenceId),
      handle: async (call, admitted) => ({ actions: await reviewOf(parts, byOf(call), admitted) }),
    }),
  ]
}
