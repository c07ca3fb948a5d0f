/** Search. What of it is for whom is asked inside, item by item (`server/search/SPEC.md`). */
import { searchBody } from '../../../shared/protocol/search.ts'
import { type SearchParts, search } from '../../search/search.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function searchRoutes(parts: SearchParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/search',
      policy: 'signed-in',
      body: searchBody,
      handle: call => search(parts, byOf(call), call.body),
    }),
  ]
}
