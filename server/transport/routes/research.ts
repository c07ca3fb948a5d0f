/** Agencies' own research over HTTP: parse, admit, call, present. */
import { shareResearchBody, writeResearchBody } from '../../../shared/protocol/research.ts'
import { admitToConference, admitToItem } from '../../conferences/admission.ts'
import type { ResearchParts } from '../../research/ports.ts'
import { type AdmittedSheet, admitToSheet } from '../../research/research-admission.ts'
import { shareSheet, takeBackSheet, writeSheet } from '../../research/research-commands.ts'
import { listSheets, openShared, openSheet } from '../../research/research-views.ts'
import { byOf, type Calling } from '../by.ts'
import { command } from '../command.ts'
import { type Route, route } from '../route.ts'

const SHEET = '/api/conferences/:conferenceId/items/:itemId/research'

export function researchRoutes(parts: ResearchParts): Route[] {
  const show = (call: Calling, admitted: AdmittedSheet) => openSheet(parts, byOf(call), admitted)

  return [
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/research',
      policy: 'canReadConference',
      authorise: call => admitToConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => listSheets(parts, byOf(call), admitted),
    }),
    route({
      method: 'GET',
      path: SHEET,
      policy: 'canResearch',
      authorise: call => admitToSheet(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: show,
    }),
    route({
      method: 'POST',
      path: SHEET,
      policy: 'canResearch',
      body: writeResearchBody,
      authorise: call => admitToSheet(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: command((call, admitted) => writeSheet(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: `${SHEET}/share`,
      policy: 'canResearch',
      body: shareResearchBody,
      authorise: call => admitToSheet(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: command((call, admitted) => shareSheet(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: `${SHEET}/take-back`,
      policy: 'canResearch',
      body: shareResearchBody,
      authorise: call => admitToSheet(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: command((call, admitted) => takeBackSheet(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'GET',
      path: `${SHEET}/shared`,
      policy: 'canReadItem',
      evenForGuests: true,
      authorise: call => admitToItem(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: (call, admitted) => openShared(parts, byOf(call), admitted),
    }),
  ]
}
