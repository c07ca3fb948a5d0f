/** What only the operator does: registering agencies. */
import { createAgencyBody } from '../../../shared/protocol/http-api.ts'
import { type AgencyParts, createAgency } from '../../people/agencies.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function createOperatorRoutes(parts: AgencyParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/agencies',
      policy: 'operator',
      body: createAgencyBody,
      handle: call => createAgency(parts, byOf(call), call.body),
    }),
  ]
}
