/** The calls of `shared/protocol/series-api.ts`, over the interface's own way of asking. */
import type { SeriesId } from '../../../shared/ids.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import type { ChangeSeriesBody, CreateSeriesBody, SeriesView } from '../../../shared/protocol/series-api.ts'
import type { Api } from '../../lib/api.ts'

export const seriesApi = ({ call }: Api) => ({
  all: () => call<{ series: SeriesView[] }>('GET', '/series'),
  create: (body: CreateSeriesBody) => call<SeriesView>('POST', '/series', body),
  change: (seriesId: SeriesId, body: ChangeSeriesBody) => call<SeriesView>('PATCH', `/series/${seriesId}`, body),
  next: (seriesId: SeriesId) => call<ConferenceView>('POST', `/series/${seriesId}/next`),
})
