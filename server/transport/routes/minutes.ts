/** Minutes over HTTP, and the public key that they are checked with. */
import {
  changeMinutesBody,
  circulateMinutesBody,
  correctMinutesBody,
  minutesQuery,
  sealMinutesBody,
  signMinutesBody,
} from '../../../shared/protocol/minutes.ts'
import { admitToClose, openClosing } from '../../minutes/closing-view.ts'
import {
  type AdmittedMinutes,
  admitToConductMinutes,
  admitToMinutes,
  admitToSignMinutes,
} from '../../minutes/minutes-admission.ts'
import { changeMinutes, circulateMinutes, correctMinutes, signMinutes } from '../../minutes/minutes-commands.ts'
import { openMinutes } from '../../minutes/minutes-views.ts'
import type { MinutesParts } from '../../minutes/ports.ts'
import { sealMinutes } from '../../minutes/sealing.ts'
import { byOf, type Calling } from '../by.ts'
import { command } from '../command.ts'
import { type Route, route } from '../route.ts'

export function minutesRoutes(parts: MinutesParts): Route[] {
  const show = (call: Calling, admitted: AdmittedMinutes, kept: AdmittedMinutes['kept']) =>
    openMinutes(parts, byOf(call), { ...admitted, kept })

  return [
    route({
      method: 'GET',
      path: '/api/minutes-key',
      policy: 'public',
      handle: () => ({ algorithm: 'Ed25519', publicKey: parts.signer.publicKey }),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/closing',
      policy: 'canWriteForOthers',
      authorise: call => admitToClose(parts, byOf(call), call.params.conferenceId),
      handle: (call, records) => openClosing(parts, byOf(call), records),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/minutes',
      policy: 'canReadMinutes',
      query: minutesQuery,
      authorise: call => admitToMinutes(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => openMinutes(parts, byOf(call), admitted, call.query.version),
    }),
    route({
      method: 'PATCH',
      path: '/api/conferences/:conferenceId/minutes',
      policy: 'canConductMinutes',
      body: changeMinutesBody,
      authorise: call => admitToConductMinutes(parts, byOf(call), call.params.conferenceId),
      handle: command((call, admitted) => changeMinutes(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/minutes/circulate',
      policy: 'canConductMinutes',
      body: circulateMinutesBody,
      authorise: call => admitToConductMinutes(parts, byOf(call), call.params.conferenceId),
      handle: command((call, admitted) => circulateMinutes(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/minutes/correct',
      policy: 'canConductMinutes',
      body: correctMinutesBody,
      authorise: call => admitToConductMinutes(parts, byOf(call), call.params.conferenceId),
      handle: command((call, admitted) => correctMinutes(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/minutes/sign',
      policy: 'canSignMinutes',
      body: signMinutesBody,
      authorise: call => admitToSignMinutes(parts, byOf(call), call.params.conferenceId),
      handle: command((call, admitted) => signMinutes(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/minutes/seal',
      policy: 'canConductMinutes',
      body: sealMinutesBody,
      authorise: call => admitToConductMinutes(parts, byOf(call), call.params.conferenceId),
      handle: command((call, admitted) => sealMinutes(parts, byOf(call), admitted, call.body), show),
    }),
  ]
}
