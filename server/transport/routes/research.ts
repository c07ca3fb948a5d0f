/** Agencies' own research over HTTP: parse, admit, call, present. */
import { shareResearchBody, writeResearchBody } from '../../../shared/protocol/research.ts'
import { admitToConference, admitToItem } from '../../conferences/admission.ts'
import type { ResearchParts } from '../../research/ports.ts'
import { admitToSheet } from '../../research/research-admission.ts'
import { shareSheet, takeBackSheet, writeSheet } from '../../research/research-commands.ts'
import { listSheets, openShared, openSheet } from '../../research/research-views.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

const SHEET = '/api/conferences/:conferenceId/items/:itemId/research'

export function researchRoutes(parts: ResearchParts): Route[] {
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
      handle: (call, admitted) => openSheet(parts, byOf(call), admitted),
    }),
    route({
      method: 'POST',
      path: SHEET,
      policy: 'canResearch',
      body: writeResearchBody,
      authorise: call => admitToSheet(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async (call, admitted) => {
        await writeSheet(parts, byOf(call), admitted, call.body)
        return openSheet(parts, byOf(call), admitted)
      },
    }),
    route({
      method: 'POST',
      path: `${SHEET}/share`,
      policy: 'canResearch',
      body: shareResearchBody,
      authorise: call => admitToSheet(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async (call, admitted) => {
        await shareSheet(parts, byOf(call), admitted, call.body)
        return openSheet(parts, byOf(call), admitted)
      },
    }),
    route({
      method: 'POST',
      path: `${SHEET}/take-back`,
      policy: 'canResearch',
      body: shareResearchBody,
      authorise: call => admitToSheet(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async (call, admitted) => {
        await takeBackSheet(parts, byOf(call), admitted, call.body)
        return openSheet(parts, byOf(call), admitted)
      },
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
