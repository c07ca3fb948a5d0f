/**
 * Series of conferences (정기 회의) over HTTP, for who plans for the host agency. Part of the interface that `http-api.ts` describes.
 *
 *   GET   /api/series                          { series: SeriesView[] }
 *   POST  /api/series              createSeriesBody SeriesView      from a conference that stands as its first and its template
 *   PATCH /api/series/:seriesId    changeSeriesBody SeriesView
 *   POST  /api/series/:seriesId/next           ConferenceView       makes the next one, or gives the one that is there
 */
import * as z from 'zod'
import { ON_CLOSED_DAYS, type SeriesRule } from '../agenda/series-rule.ts'
import type { ConferenceType } from '../codes.ts'
import type { AgencyId, ConferenceId, SeriesId } from '../ids.ts'
import { code, id, version } from './fields.ts'

const rule = z.strictObject({
  nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  weekday: z.number().int().min(0).max(6),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  onClosedDay: code(ON_CLOSED_DAYS),
})

export const createSeriesBody = z.strictObject({ conferenceId: id<ConferenceId>(), rule })
export const changeSeriesBody = z.strictObject({ _v: version, rule: rule.optional(), ended: z.boolean().optional() })
export type CreateSeriesBody = z.infer<typeof createSeriesBody>
export type ChangeSeriesBody = z.infer<typeof changeSeriesBody>

export interface SeriesView {
  seriesId: SeriesId
  hostAgencyId: AgencyId
  hostAgencyName: string
  type: ConferenceType
  title: string
  rule: SeriesRule
  /** The conference of the latest month that was made, while it is there. */
  latest: { conferenceId: ConferenceId; startsAt: string } | null
  /** When the next one would be, `YYYY-MM-DD`. */
  nextDay: string
  ended: boolean
  _v: number
}
