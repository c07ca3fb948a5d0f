/** Series of conferences over HTTP. */
import { changeSeriesBody, createSeriesBody } from '../../../shared/protocol/series-api.ts'
import { openConference } from '../../conferences/conference-views.ts'
import {
  admitToSeries,
  changeSeries,
  createSeries,
  listSeries,
  makeNext,
  type SeriesParts,
} from '../../series/series-commands.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function seriesRoutes(parts: SeriesParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/series',
      policy: 'signed-in',
      handle: async call => ({ series: await listSeries(parts, byOf(call)) }),
    }),
    route({
      method: 'POST',
      path: '/api/series',
      // Asked by the command, which alone knows the conference.
      policy: 'signed-in',
      body: createSeriesBody,
      handle: call => createSeries(parts, byOf(call), call.body),
    }),
    route({
      method: 'PATCH',
      path: '/api/series/:seriesId',
      policy: 'canPlanConference',
      body: changeSeriesBody,
      authorise: call => admitToSeries(parts, byOf(call), call.params.seriesId),
      handle: (call, series) => changeSeries(parts, byOf(call), series, call.body),
    }),
    route({
      method: 'POST',
      path: '/api/series/:seriesId/next',
      policy: 'canPlanConference',
      authorise: call => admitToSeries(parts, byOf(call), call.params.seriesId),
      handle: async (call, series) => openConference(parts, byOf(call), await makeNext(parts, byOf(call), series)),
    }),
  ]
}
