/** The routes of the application's table that name something, and a whole request to each: for what is there and for what never was. */
import { newId } from '../../server/lib/random.ts'
import type { Route } from '../../server/transport/route.ts'
import { ABOUT_HEADER, UPLOAD_TYPE } from '../../shared/protocol/papers.ts'
import type { Asking } from '../support/app-under-test.ts'
import { sampleOf } from './audit/sample-body.ts'
import { LINES } from './conferences/route-lines.ts'
import { PAPER, type RouteTown } from './conferences/route-town.ts'
import type { ThingsThere } from './things-there.ts'

export type Ids = Record<string, string>

export const nameOf = ({ method, path }: Route) => `${method} ${path}`
const namesIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(match => match[1] ?? '')

/** Parameters that name nothing of anybody's: a month, a table of codes, a part of a form. */
const PLAIN: Ids = { month: '2026-10', set: 'service', section: 'basics' }

/** Those of a route's parameters that name something. */
export const thingsIn = (route: Route) => namesIn(route.path).filter(name => PLAIN[name] === undefined)

export const namingRoutes = (house: RouteTown) =>
  house.dure.app.routes.filter(route => route.policy !== 'public' && thingsIn(route).length > 0)

/** Where a sample of the schema is none that a route takes. */
const QUERIES: Record<string, string> = {
  'DELETE /api/conferences/:conferenceId': 'v=1',
  'GET /api/agencies/:agencyId/figures': 'year=2026&audience=inside',
  'GET /api/agencies/:agencyId/figures/quarter': 'quarter=2026-4',
  'GET /api/agencies/:agencyId/figures/table': 'year=2026&audience=outside&figure=needs&language=ko',
}
const ASKINGS: Record<string, (ids: Ids) => Asking> = {
  'POST /api/agencies/:agencyId/findings/triage': ({ findingId }) => ({
    body: { findings: [{ findingId, _v: 1 }], state: 'linked' },
  }),
  'POST /api/agencies/:agencyId/staff': () => ({ body: { name: '새 직원', login: 'nobody.yet', role: 'observer' } }),
  'POST /api/agencies/:agencyId/imports': () => ({
    raw: '성명\r\n김나순',
    headers: {
      'content-type': UPLOAD_TYPE,
      [ABOUT_HEADER]: encodeURIComponent(JSON.stringify({ fileName: '명단.csv', route: 'outreach_visit' })),
    },
  }),
}

export function addressOf(route: Route, ids: Ids): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? PLAIN[name] ?? 'x')
  if (route.query === undefined) return path
  const known = QUERIES[nameOf(route)]
  if (known !== undefined) return `${path}?${known}`
  const query = (sampleOf(route.query, name => ids[name]) ?? {}) as Record<string, unknown>
  return `${path}?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))}`
}

/** A body that the route's schema takes, where it takes one. */
export function askingOf(house: RouteTown, route: Route, ids: Ids): Asking {
  const known = ASKINGS[nameOf(route)]
  if (known !== undefined) return known(ids)
  const line = LINES[nameOf(route)]
  if (line?.body) return { body: line.body(house) }
  if (route.body === undefined) return {}
  if (!('safeParse' in route.body)) return PAPER
  return { body: sampleOf(route.body, name => ids[name] ?? newId()) }
}

/** The ids with all of them, and each of them, replaced by something that never was. */
export function missing(things: ThingsThere, route: Route): Ids[] {
  const names = thingsIn(route)
  const gone = (replaced: readonly string[]): Ids => ({
    ...things.ids,
    ...Object.fromEntries(replaced.map(name => [name, things.never(name)])),
  })
  return names.length === 1 ? [gone(names)] : [gone(names), ...names.map(name => gone([name]))]
}
