/** The next agenda over HTTP: what it lacks, and putting it on. */
import { takeProposalsBody } from '../../../shared/protocol/action-api.ts'
import { admitToChangeConference } from '../../conferences/admission.ts'
import { openConference } from '../../conferences/conference-views.ts'
import type { AgendaParts } from '../../series/agenda-input.ts'
import { proposalsFor, takeProposals } from '../../series/agenda-proposals.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function agendaRoutes(parts: AgendaParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/proposals',
      policy: 'canChangeConference',
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => proposalsFor(parts, byOf(call), admitted),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/proposals',
      policy: 'canChangeConference',
      body: takeProposalsBody,
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: async (call, admitted) => {
        await takeProposals(parts, byOf(call), admitted, call.body.keys)
        return openConference(parts, byOf(call), admitted.conference)
      },
    }),
  ]
}
