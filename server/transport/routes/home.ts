/** The start page: what waits for whoever asks. What of it is for whom is asked inside, conference by conference. */
import { type HomeParts, openHome } from '../../home/home.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function homeRoutes(parts: HomeParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/home',
      policy: 'signed-in',
      handle: call => openHome(parts, byOf(call)),
    }),
  ]
}
