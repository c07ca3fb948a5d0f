/**
 * An item's versions (변경 이력) over HTTP. Taken by the server at the meeting's own moments, named by people, restored as a new version.
 *
 *   GET  /api/conferences/:conferenceId/items/:itemId/versions                      HistoryView
 *   POST /api/conferences/:conferenceId/items/:itemId/versions                      nameVersionBody → HistoryView
 *   GET  /api/conferences/:conferenceId/items/:itemId/versions/:versionId           VersionView
 *   POST /api/conferences/:conferenceId/items/:itemId/versions/:versionId/restore   restoreVersionBody → HistoryView
 *
 * A version of a time at which the caller's agency was not cleared for the item is answered as one that is not there.
 */
import * as z from 'zod'
import type { ItemContent } from '../history/item-content.ts'
import type { ItemVersionId, VersionMoment } from '../history/version-moments.ts'
import type { CommandId, UserId } from '../ids.ts'
import { id, line } from './fields.ts'

export const VERSION_NAME_MAX = 60
/** Of one item. More is no history that anybody reads. */
export const NAMED_VERSIONS_MAX = 50
export const RESTORES_MAX = 100

const command = id<CommandId>()

export const nameVersionBody = z.strictObject({ command, name: line(VERSION_NAME_MAX) })
export type NameVersionBody = z.infer<typeof nameVersionBody>

export const restoreVersionBody = z.strictObject({ command })
export type RestoreVersionBody = z.infer<typeof restoreVersionBody>

export interface VersionSummary {
  versionId: ItemVersionId
  moment: VersionMoment
  /** When it was so, ISO in UTC. */
  at: string
  /** The confirmation's or the minutes' number; 0 for other moments. */
  number: number
  /** Whose command it was; null for what belongs to nobody alone. The name is empty for who is not there any more. */
  by: { userId: UserId; name: string } | null
  /** As people named it; empty for other moments. */
  name: string
  /** What was restored. */
  from: ItemVersionId | null
  /** Taken so much later than the moment that something may have been written in between. */
  isLate: boolean
}

export interface HistoryView {
  /** The oldest first. */
  versions: VersionSummary[]
  mayName: boolean
  mayRestore: boolean
}

export interface VersionView {
  version: VersionSummary
  content: ItemContent
}
