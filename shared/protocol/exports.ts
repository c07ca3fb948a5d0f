/**
 * Exports over HTTP: what leaves the minutes as a file or on paper (server/exports/EXPORTS.md).
 *
 *   POST   /api/conferences/:conferenceId/exports                   exportBody   ExportView
 *   GET    /api/conferences/:conferenceId/exports/:exportId                      ExportView
 *   GET    /api/conferences/:conferenceId/exports/:exportId/file                 the bytes, once, as an attachment
 *   DELETE /api/conferences/:conferenceId/exports/:exportId                      {}
 */
import * as z from 'zod'
import { EXPORT_FORMATS, EXPORT_FORMS, type ExportForm, type ExportFormat } from '../exports/export-forms.ts'
import type { ExportId, ItemId } from '../ids.ts'
import { PART_NAMES } from '../minutes/bundle.ts'
import type { LeafKey } from '../minutes/minutes-record.ts'
import { code, id, line, version } from './fields.ts'
import { PURPOSE_MAX, PURPOSE_MIN } from './papers.ts'

const leaf = z.custom<LeafKey>(
  value => typeof value === 'string' && /^(meeting|(item|supervision):[A-Za-z0-9_-]{22})$/.test(value),
)
const part = z.enum([...new Set(Object.values(PART_NAMES).flat())] as [string, ...string[]])

export const exportBody = z.strictObject({
  form: code(EXPORT_FORMS),
  format: code(EXPORT_FORMATS),
  purpose: line(PURPOSE_MAX).min(PURPOSE_MIN),
  /** Of the minutes; left out: the draft where there is one, otherwise the latest. */
  version: version.min(1).optional(),
  /** For forms about one item. */
  itemId: id<ItemId>().optional(),
  /** Left out: everything that the person may read. Otherwise the parts beside the codes that a person has released, each by its leaf. */
  redacted: z.strictObject({ released: z.array(z.strictObject({ leaf, part })).max(500) }).optional(),
})
export type ExportBody = z.infer<typeof exportBody>

export type ExportState = 'waiting' | 'making' | 'ready' | 'failed'

export interface ExportView {
  /** Its first eight characters stand on each page. */
  exportId: ExportId
  form: ExportForm
  format: ExportFormat
  state: ExportState
  /** From 0 to 1, while it is made. */
  progress: number
  fileName: string
  /** Of one that is ready. */
  bytes: number | null
  /** Of one that failed: it took too long, or something was wrong with it. */
  problem: 'too-long' | 'internal' | null
}
