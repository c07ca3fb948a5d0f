/** The list of cases, and the filters that a person keeps for it. Whose cases is asked inside, case by case. */
import type { CaseFilterId } from '../../../shared/ids.ts'
import { caseListBody, keepFilterBody } from '../../../shared/protocol/case-list.ts'
import type { CaseFilters } from '../../case-list/case-filters.ts'
import { type CaseListParts, listCasesBy } from '../../case-list/case-list.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function caseListRoutes(parts: CaseListParts & { filters: CaseFilters }): Route[] {
  const { filters } = parts
  return [
    route({
      method: 'POST',
      path: '/api/case-list',
      policy: 'signed-in',
      body: caseListBody,
      handle: call => listCasesBy(parts, byOf(call), call.body),
    }),
    route({
      method: 'GET',
      path: '/api/case-filters',
      policy: 'signed-in',
      handle: async call => ({ filters: await filters.of(call.caller.actor.userId) }),
    }),
    route({
      method: 'POST',
      path: '/api/case-filters',
      policy: 'signed-in',
      body: keepFilterBody,
      handle: async call => {
        const { userId } = call.caller.actor
        await filters.keep(userId, parts.newId<CaseFilterId>(), call.body, new Date(parts.now()))
        return { filters: await filters.of(userId) }
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/case-filters/:filterId',
      policy: 'signed-in',
      handle: async call => {
        const { userId } = call.caller.actor
        await filters.remove(userId, call.params.filterId)
        return { filters: await filters.of(userId) }
      },
    }),
  ]
}
