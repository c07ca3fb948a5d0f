/** Writing a line: what it is about, who is asked, then one insert. Everything is refused before anything is written. */
import { canResolveComment, participationOf } from '../../shared/access.ts'
import { quoteOf } from '../../shared/comments/anchors.ts'
import { standingOf } from '../../shared/comments/threads.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CommentLineId, CommentThreadId } from '../../shared/ids.ts'
import { COMMENT_LINES_MAX, type WriteCommentBody } from '../../shared/protocol/comments.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { askableBy } from './askable.ts'
import { commentObject } from './comment-admission.ts'
import type { ClearLine, CommentLine } from './comment-repository.ts'
import type { CommentParts } from './ports.ts'

/** A question for later than that is an action item. */
const DUE_WITHIN_DAYS = 366

type Opening = Extract<WriteCommentBody, { kind: 'remark' | 'question' }>
type Following = Exclude<WriteCommentBody, Opening>

/**
 * @throws Refusal `conflict` for words that the server does not have, `bad-request` for a thread that is not this item's, for an agency that may not
 * open it and for a day that is none, `not-allowed` for a mark that is another's to set
 */
export async function writeComment(
  parts: CommentParts,
  by: By,
  admitted: AdmittedItem,
  body: WriteCommentBody,
): Promise<void> {
  const { item, conference, facts } = admitted
  const { userId } = by.actor
  const before = await parts.comments.clearLines(item._id)
  if (before.some(line => line.command === body.command && line.by === userId)) return
  if (before.length >= COMMENT_LINES_MAX) throw new Refusal('too-large', 'comments-full')
  const lineId = parts.newId<CommentLineId>()
  const part =
    'threadId' in body
      ? followingOf(by, admitted, before, body, lineId)
      : await openingOf(parts, by, admitted, body, lineId)
  if (part === undefined) return
  const line: CommentLine = {
    _id: lineId,
    conferenceId: conference._id,
    itemId: item._id,
    sequence: before.length + 1,
    by: userId,
    agencyId: participationOf(by.actor, facts)?.agencyId ?? null,
    at: new Date(parts.now()),
    command: body.command,
    ...part,
  }
  await commit(parts, by, {
    action: 'comment.write',
    subject: item.caseId ?? undefined,
    object: commentObject(item._id, line.threadId),
    reason: line.kind,
    // Refused by the store is what stands there already: the same command, or the same mark by somebody else in this moment.
    write: () => parts.comments.add(line),
    announces: () => [],
  })
  parts.documents.notify(documentNameOf({ kind: 'item', itemId: item._id }), 'item')
}

type Part = Pick<CommentLine, 'threadId' | 'kind' | 'asked' | 'due' | 'mark' | 'text' | 'about' | 'quote'>

async function openingOf(
  parts: CommentParts,
  by: By,
  admitted: AdmittedItem,
  body: Opening,
  mark: string,
): Promise<Part> {
  const asked = body.kind === 'question' ? body.asked : null
  const due = body.kind === 'question' ? body.due : null
  if (asked !== null) {
    const askable = await askableBy(parts, by, admitted)
    if (!askable.some(agency => agency.agencyId === asked)) throw new Refusal('bad-request', 'comment-agency')
  }
  const today = dayInSeoul(parts.now())
  if (due !== null && (due < today || due > addDays(today, DUE_WITHIN_DAYS))) {
    throw new Refusal('bad-request', 'comment-day')
  }
  const { about, text } = body
  const document = documentNameOf({ kind: 'item', itemId: admitted.item._id })
  const quote = about === null ? '' : await parts.documents.read(document, doc => quoteOf(doc, about))
  // Their own words that have not come here yet, or words that somebody took away just now.
  if (quote === undefined) throw new Refusal('conflict', 'comment-place')
  const threadId = parts.newId<CommentThreadId>()
  return { threadId, kind: body.kind, asked, due, mark, text, about, quote }
}

/** Undefined where the line would change nothing. */
function followingOf(
  by: By,
  { facts, itemFacts, ofCase }: AdmittedItem,
  before: readonly ClearLine[],
  body: Following,
  mark: string,
): Part | undefined {
  const { threadId, kind } = body
  const thread = before.filter(line => line.threadId === threadId)
  const [opening] = thread
  // One of another item is not found here, whether or not there is one (SECURITY R03).
  if (opening === undefined) throw new Refusal('bad-request', 'comment-thread')
  const { isResolved } = standingOf(thread)
  const common = { threadId, kind, asked: null, due: null, about: null, quote: '' }
  if (kind === 'reply') {
    if (isResolved) throw new Refusal('conflict', 'comment-resolved')
    return { ...common, mark, text: body.text }
  }
  if (!canResolveComment(by.actor, facts, itemFacts, ofCase?.facts, { by: opening.by })) {
    throw new Refusal('not-allowed', 'comment-not-yours')
  }
  if (isResolved === (kind === 'resolved')) return undefined
  const marks = thread.filter(line => line.kind === 'resolved' || line.kind === 'reopened').length
  return { ...common, mark: `mark ${marks + 1}`, text: '' }
}
