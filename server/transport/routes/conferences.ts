/** Conferences and their items over HTTP: parse, admit, call, present. */
import * as z from 'zod'
import {
  changeConferenceBody,
  changeItemBody,
  conferenceStateBody,
  createConferenceBody,
  createItemBody,
  statementBody,
} from '../../../shared/protocol/http-api.ts'
import {
  admitToChangeConference,
  admitToChangeItem,
  admitToConference,
  admitToItem,
} from '../../conferences/admission.ts'
import { createCommandsInTurn } from '../../conferences/commands-in-turn.ts'
import { createConference, deleteConference } from '../../conferences/conference-commands.ts'
import { listConferences, openConference } from '../../conferences/conference-views.ts'
import type { ConferenceParts, MeetingOrder } from '../../conferences/ports.ts'
import { acceptOwnStatement } from '../../conferences/statements.ts'
import { writersOf } from '../../conferences/writers.ts'
import type { Visits } from '../../visits/visits.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

/** The version that the caller saw, where there is no body to say it in. */
const versionQuery = z.strictObject({
  v: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
})

export function conferenceRoutes(parts: ConferenceParts, visits: Pick<Visits, 'since'>, order: MeetingOrder): Route[] {
  const commands = createCommandsInTurn(parts, order)

  return [
    route({
      method: 'GET',
      path: '/api/conferences',
      policy: 'signed-in',
      handle: async call => ({ conferences: await listConferences(parts, byOf(call)) }),
    }),
    route({
      method: 'POST',
      path: '/api/conferences',
      // Asked by the command, which alone knows the host agency.
      policy: 'signed-in',
      body: createConferenceBody,
      handle: async call => openConference(parts, byOf(call), await createConference(parts, byOf(call), call.body)),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId',
      policy: 'canReadConference',
      evenForGuests: true,
      authorise: call => admitToConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, { conference }) => openConference(parts, byOf(call), conference),
    }),
    route({
      method: 'PATCH',
      path: '/api/conferences/:conferenceId',
      policy: 'canChangeConference',
      body: changeConferenceBody,
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: async call =>
        openConference(
          parts,
          byOf(call),
          await commands.changeConference(byOf(call), call.params.conferenceId, call.body),
        ),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/state',
      policy: 'canChangeConference',
      body: conferenceStateBody,
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: async call =>
        openConference(
          parts,
          byOf(call),
          await commands.moveConference(byOf(call), call.params.conferenceId, call.body),
        ),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/statement',
      // Whether one takes part is asked by the command: who only prepares it has nothing to accept.
      policy: 'canReadConference',
      evenForGuests: true,
      body: statementBody,
      authorise: call => admitToConference(parts, byOf(call), call.params.conferenceId),
      handle: async (call, admitted) =>
        openConference(parts, byOf(call), await acceptOwnStatement(parts, byOf(call), admitted)),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/since',
      policy: 'canReadConference',
      evenForGuests: true,
      authorise: call => admitToConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => visits.since(byOf(call).actor, admitted),
    }),
    route({
      method: 'DELETE',
      path: '/api/conferences/:conferenceId',
      policy: 'canChangeConference',
      query: versionQuery,
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: async (call, admitted) => {
        await deleteConference(parts, byOf(call), admitted, { _v: call.query.v })
        return {}
      },
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/items',
      policy: 'canChangeConference',
      body: createItemBody,
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: async (call, admitted) => {
        await commands.createItem(byOf(call), call.params.conferenceId, call.body)
        return openConference(parts, byOf(call), admitted.conference)
      },
    }),
    route({
      method: 'PATCH',
      path: '/api/conferences/:conferenceId/items/:itemId',
      policy: 'canReadItem',
      body: changeItemBody,
      authorise: call => admitToChangeItem(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async (call, admitted) => {
        await commands.changeItem(byOf(call), call.params.conferenceId, call.params.itemId, call.body)
        return openConference(parts, byOf(call), admitted.conference)
      },
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/writers',
      policy: 'canReadItem',
      evenForGuests: true,
      authorise: call => admitToItem(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: (_call, admitted) => writersOf(parts, admitted),
    }),
    route({
      method: 'DELETE',
      path: '/api/conferences/:conferenceId/items/:itemId',
      policy: 'canReadItem',
      authorise: call => admitToChangeItem(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async call => {
        await commands.deleteItem(byOf(call), call.params.conferenceId, call.params.itemId)
        return {}
      },
    }),
  ]
}
