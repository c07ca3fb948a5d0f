/** Found households and what is decided about them, over HTTP. */
import { canTriage } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { becomeCaseBody, findingsQueryBody, tableCasesBody, triageBody } from '../../../shared/protocol/triage.ts'
import { admitToChangeConference } from '../../conferences/admission.ts'
import { listFindings } from '../../imports/finding-views.ts'
import type { TriageParts } from '../../imports/ports.ts'
import { becomeCase, tableCases, triage } from '../../imports/triage.ts'
import { byOf } from '../by.ts'
import { permit, type Route, route } from '../route.ts'

export function triageRoutes(parts: TriageParts): Route[] {
  const authorise = (call: Parameters<typeof byOf>[0] & { params: { agencyId: AgencyId } }) =>
    permit(canTriage(call.caller.actor, call.params.agencyId), 'not-found')
  return [
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/findings',
      policy: 'canTriage',
      body: findingsQueryBody,
      authorise,
      handle: call => listFindings(parts, byOf(call), call.params.agencyId, call.body),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/findings/triage',
      policy: 'canTriage',
      body: triageBody,
      authorise,
      handle: async call => ({ outcomes: await triage(parts, byOf(call), call.params.agencyId, call.body) }),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/findings/:findingId/case',
      policy: 'canTriage',
      body: becomeCaseBody,
      authorise,
      handle: call => becomeCase(parts, byOf(call), call.params.agencyId, call.params.findingId, call.body),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/cases',
      policy: 'canChangeConference',
      body: tableCasesBody,
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: async call => ({
        outcomes: await tableCases(parts, byOf(call), call.params.conferenceId, call.body),
      }),
    }),
  ]
}
