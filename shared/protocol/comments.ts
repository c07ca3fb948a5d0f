/**
 * Comments on an item (안건 댓글) over HTTP (`server/comments/SPEC.md`).
 *
 *   GET  /api/conferences/:conferenceId/comments                            ConferenceCommentsView
 *   GET  /api/conferences/:conferenceId/items/:itemId/comments?known=TAG    CommentsView, or { unchanged: true } while it would be the one with that tag
 *   POST /api/conferences/:conferenceId/items/:itemId/comments              writeCommentBody → CommentsView
 *
 * Who may not open the item is answered as if there were none.
 */
import * as z from 'zod'
import type { CommentAnchor, LetterId } from '../comments/anchors.ts'
import type { CommentKind, OpenThreads } from '../comments/threads.ts'
import type { AgencyId, CommandId, CommentLineId, CommentThreadId, ConferenceId, ItemId, UserId } from '../ids.ts'
import { day, id, paragraphs } from './fields.ts'

export const COMMENT_TEXT_MAX = 2000
/** Lines of one item. More is not read by anybody, and each look reads all of them. */
export const COMMENT_LINES_MAX = 1000
/** The longest name of a text is that of an opinion. */
const FIELD_MAX = 80

const words = paragraphs(COMMENT_TEXT_MAX).min(1)

const letter: z.ZodType<LetterId> = z.tuple([
  z.number().int().min(0).max(0xffff_ffff),
  z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
])
const anchor: z.ZodType<CommentAnchor> = z.strictObject({
  field: z
    .string()
    .max(FIELD_MAX)
    .regex(/^[\w:-]+$/),
  start: letter,
  end: letter,
})

const common = {
  /** Made by the client: the same line sent again after a lost answer is written once. */
  command: id<CommandId>(),
}
/** Null for one about the item as a whole. */
const about = z.union([z.null(), anchor])
const threadId = id<CommentThreadId>()

export const writeCommentBody = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('remark'), about, text: words }),
  z.strictObject({ ...common, kind: z.literal('question'), about, text: words, asked: id<AgencyId>(), due: day }),
  z.strictObject({ ...common, kind: z.literal('reply'), threadId, text: words }),
  z.strictObject({ ...common, kind: z.literal('resolved'), threadId }),
  z.strictObject({ ...common, kind: z.literal('reopened'), threadId }),
])
export type WriteCommentBody = z.infer<typeof writeCommentBody>

export const commentsQuery = z.strictObject({ known: id<string>().optional() })

interface AgencyName {
  agencyId: AgencyId
  name: string
  shortName: string
  colour: number
}

export interface CommentLineView {
  lineId: CommentLineId
  kind: CommentKind
  by: { userId: UserId; name: string; agency: AgencyName | null }
  at: string
  /** Empty for what is marked only. */
  text: string
}

export interface CommentThreadView {
  threadId: CommentThreadId
  /** Null for one about the item as a whole. */
  about: CommentAnchor | null
  /** The words that it was about when it was begun. */
  quote: string
  /** Of a question. */
  asked: (AgencyName & { due: string }) | null
  isResolved: boolean
  /** A question whose answer has not come. */
  isWaiting: boolean
  mayResolve: boolean
  /** In the order in which they were written, the opening first. */
  lines: CommentLineView[]
}

/** Who may be asked. `on-arrival`: nobody of them opens the item before they are in the meeting. */
export interface AskableAgency extends AgencyName {
  sees: 'now' | 'on-arrival'
}

/** An item of an earlier meeting in which something is unresolved. */
export interface EarlierComments extends OpenThreads {
  conferenceId: ConferenceId
  itemId: ItemId
  title: string
  startsAt: string
}

export interface CommentsView {
  itemId: ItemId
  /** Stands for what the view shows; for `known`. */
  tag: string
  mayWrite: boolean
  /** Empty for who may not write. */
  askable: AskableAgency[]
  threads: CommentThreadView[]
  /** About the same case, or the item that this one takes up again. */
  earlier: EarlierComments[]
}

export interface ConferenceCommentsView {
  /** Of the items that the caller may open those in which something is open, by no order. */
  items: (OpenThreads & {
    itemId: ItemId
    /** Of those that wait, put to the agency for which the caller takes part. */
    ours: number
  })[]
}
