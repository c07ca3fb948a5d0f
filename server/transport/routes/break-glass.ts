/** Opening a case in an emergency over HTTP: parse, admit, call, present. */
import { canAdministerAgency, canBreakGlass, canReviewAccess } from '../../../shared/access.ts'
import { changeBreakGlassBody, openInEmergencyBody } from '../../../shared/protocol/break-glass.ts'
import { changeBreakGlass, endEmergency, openInEmergency } from '../../break-glass/break-glass-commands.ts'
import { breakGlassSettings, openBreakGlass } from '../../break-glass/break-glass-views.ts'
import type { BreakGlassParts } from '../../break-glass/ports.ts'
import { byOf } from '../by.ts'
import { permit, type Route, route } from '../route.ts'

export function breakGlassRoutes(parts: BreakGlassParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/break-glass',
      policy: 'signed-in',
      handle: call => openBreakGlass(parts, byOf(call)),
    }),
    route({
      method: 'POST',
      path: '/api/break-glass',
      policy: 'canBreakGlass',
      body: openInEmergencyBody,
      authorise: call => permit(canBreakGlass(call.caller.actor, call.body.agencyId), 'not-found'),
      handle: call => openInEmergency(parts, byOf(call), call.body),
    }),
    route({
      method: 'POST',
      path: '/api/break-glass/:openingId/end',
      // Asked by the command, which alone knows whose case it is.
      policy: 'signed-in',
      async handle(call) {
        await endEmergency(parts, byOf(call), call.params.openingId)
        return openBreakGlass(parts, byOf(call))
      },
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/break-glass',
      policy: 'canReviewAccess',
      authorise: call =>
        permit(
          canReviewAccess(call.caller.actor, call.params.agencyId) ||
            canAdministerAgency(call.caller.actor, call.params.agencyId),
        ),
      handle: call => breakGlassSettings(parts, call.params.agencyId),
    }),
    route({
      method: 'PATCH',
      path: '/api/agencies/:agencyId/break-glass',
      policy: 'canAdministerAgency',
      body: changeBreakGlassBody,
      authorise: call => permit(canAdministerAgency(call.caller.actor, call.params.agencyId)),
      async handle(call) {
        await changeBreakGlass(parts, byOf(call), call.params.agencyId, call.body)
        return breakGlassSettings(parts, call.params.agencyId)
      },
    }),
  ]
}
