/**
 * Code sets over HTTP (코드 관리; `shared/code-sets/CODE-SETS.md`).
 *
 *   GET  /api/code-sets?known=TAG          CodeSetsView, or { unchanged: true } while it would be the one with that tag
 *   GET  /api/code-sets/:set/versions      CodeSetHistory, the newest first
 *   POST /api/code-sets/:set/versions      publishCodeSetBody → CodeSetsView
 */
import * as z from 'zod'
import type { CodeEntry } from '../code-sets/code-sets.ts'
import { CODE_ENTRIES_MAX, CODE_LABEL_MAX } from '../code-sets/code-sets.ts'
import type { CodeSetName } from '../code-sets/shipped.ts'
import type { Label } from '../codes.ts'
import { id, line, version } from './fields.ts'

export const CODE_REASON_MAX = 200

/**
 * A code of an editable set as it comes in. Which codes there are is known to the server alone, which asks the set's version in force
 * (`server/code-sets`): one that was added by the installation is as good as a shipped one.
 */
export const openCode = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[a-z][a-z0-9_]*$/)

const entry: z.ZodType<CodeEntry> = z.strictObject({
  code: openCode,
  ko: line(CODE_LABEL_MAX),
  en: line(CODE_LABEL_MAX),
  of: openCode.optional(),
  official: line(12).optional(),
  retired: z.literal(true).optional(),
})

export const codeSetsQuery = z.strictObject({ known: id<string>().optional() })

export const publishCodeSetBody = z.strictObject({
  /** The version that was changed. */
  _v: version,
  entries: z.array(entry).max(CODE_ENTRIES_MAX),
  reason: line(CODE_REASON_MAX),
})
export type PublishCodeSetBody = z.infer<typeof publishCodeSetBody>

/** A code with how it was called before; for records that were written then (CO5). */
export interface CodeEntryView extends CodeEntry {
  /** Earlier names, the newest first, each with the last version that had it. */
  formerly?: (Label & { until: number })[]
}

export interface CodeSetView {
  set: CodeSetName
  version: number
  entries: CodeEntryView[]
}

export interface CodeSetsView {
  tag: string
  sets: CodeSetView[]
}

export interface CodeSetVersionView {
  version: number
  entries: CodeEntry[]
  /** Null for the shipped version. */
  published: { at: string; by: string; reason: string } | null
}

export interface CodeSetHistory {
  set: CodeSetName
  versions: CodeSetVersionView[]
}
