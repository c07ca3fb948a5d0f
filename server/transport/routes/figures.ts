/** An agency's figures, for its own people. */
import { type Actor, canSeeFigures } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import {
  figuresFileQuery,
  figuresQuery,
  monthFileQuery,
  monthQuery,
  quarterQuery,
} from '../../../shared/protocol/figures.ts'
import {
  type FiguresParts,
  openFigures,
  openMonth,
  openQuarter,
  takeOutFigure,
  takeOutMonth,
} from '../../figures/figures.ts'
import { byOf } from '../by.ts'
import { FileAnswer, permit, type Route, route } from '../route.ts'

const CSV = 'text/csv; charset=utf-8'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function figuresRoutes(parts: FiguresParts): Route[] {
  const authorise = (call: { caller: { actor: Actor }; params: { agencyId: AgencyId } }) =>
    permit(canSeeFigures(call.caller.actor, call.params.agencyId), 'not-found')
  return [
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/figures',
      policy: 'canSeeFigures',
      query: figuresQuery,
      authorise,
      handle: call => openFigures(parts, byOf(call), call.params.agencyId, call.query),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/figures/table',
      policy: 'canSeeFigures',
      query: figuresFileQuery,
      authorise,
      handle: async call => fileAnswer(CSV, await takeOutFigure(parts, byOf(call), call.params.agencyId, call.query)),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/figures/month',
      policy: 'canSeeFigures',
      query: monthQuery,
      authorise,
      handle: call => openMonth(parts, byOf(call), call.params.agencyId, call.query),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/figures/month/file',
      policy: 'canSeeFigures',
      query: monthFileQuery,
      authorise,
      handle: async call => {
        const type = call.query.format === 'xlsx' ? XLSX : CSV
        return fileAnswer(type, await takeOutMonth(parts, byOf(call), call.params.agencyId, call.query))
      },
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/figures/quarter',
      policy: 'canSeeFigures',
      query: quarterQuery,
      authorise,
      handle: call => openQuarter(parts, byOf(call), call.params.agencyId, call.query),
    }),
  ]
}

function fileAnswer(type: string, { name, bytes }: { name: string; bytes: Uint8Array }): FileAnswer {
  const content = (async function* () {
    yield bytes
  })()
  return new FileAnswer({ type, name, bytes: bytes.byteLength, content })
}
