/** An agency's figures, for its own people. */
import { canSeeFigures } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { figuresFileQuery, figuresQuery } from '../../../shared/protocol/figures.ts'
import { type FiguresParts, openFigures, takeOutFigure } from '../../figures/figures.ts'
import { byOf } from '../by.ts'
import { FileAnswer, permit, type Route, route } from '../route.ts'

export function figuresRoutes(parts: FiguresParts): Route[] {
  const agencyIdOf = (call: { params: { agencyId: string } }) => call.params.agencyId as AgencyId
  return [
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/figures',
      policy: 'canSeeFigures',
      query: figuresQuery,
      authorise: call => permit(canSeeFigures(call.caller.actor, agencyIdOf(call)), 'not-found'),
      handle: call => openFigures(parts, byOf(call), agencyIdOf(call), call.query),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/figures/table',
      policy: 'canSeeFigures',
      query: figuresFileQuery,
      authorise: call => permit(canSeeFigures(call.caller.actor, agencyIdOf(call)), 'not-found'),
      handle: async call => {
        const { name, bytes } = await takeOutFigure(parts, byOf(call), agencyIdOf(call), call.query)
        const content = (async function* () {
          yield bytes
        })()
        return new FileAnswer({ type: 'text/csv; charset=utf-8', name, bytes: bytes.byteLength, content })
      },
    }),
  ]
}
