/**
 * What a thread of comments is: lines that are only added, the first of them a remark or a question. Its standing is read from the lines and stands
 * nowhere else (server/comments/SPEC.md).
 */
import type { Label } from '../codes.ts'
import type { AgencyId, CommentThreadId, UserId } from '../ids.ts'

export const COMMENT_KINDS = {
  remark: { ko: '댓글', en: 'Comment' },
  question: { ko: '질문', en: 'Question' },
  reply: { ko: '답글', en: 'Reply' },
  resolved: { ko: '해결', en: 'Resolved' },
  reopened: { ko: '다시 엶', en: 'Opened again' },
} as const satisfies Record<string, Label>
export type CommentKind = keyof typeof COMMENT_KINDS

/** What a thread may begin with. */

export interface ThreadLine {
  threadId: CommentThreadId
  kind: CommentKind
  by: UserId
  /** For whom the writer took part. */
  agencyId: AgencyId | null
  /** Of a question: who is asked. */
  asked: AgencyId | null
}

export interface ThreadStanding {
  isResolved: boolean
  /** Of an open question: nobody of the asked agency has replied since it was asked, or opened again. */
  isWaiting: boolean
}

/** @param lines of one thread in their order, the opening first */
export function standingOf(lines: readonly Pick<ThreadLine, 'kind' | 'agencyId' | 'asked'>[]): ThreadStanding {
  const asked = lines[0]?.asked ?? null
  const standing = { isResolved: false, isWaiting: asked !== null }
  for (const { kind, agencyId } of lines) {
    if (kind === 'resolved') standing.isResolved = true
    if (kind === 'reopened') {
      standing.isResolved = false
      standing.isWaiting = asked !== null
    }
    if (kind === 'reply' && agencyId === asked) standing.isWaiting = false
  }
  return { isResolved: standing.isResolved, isWaiting: standing.isWaiting && !standing.isResolved }
}

/** Lines by thread, the threads in the order of their first lines. */
export function threadsOf<Line extends Pick<ThreadLine, 'threadId'>>(
  lines: readonly Line[],
): ReadonlyMap<CommentThreadId, readonly Line[]> {
  const threads = new Map<CommentThreadId, Line[]>()
  for (const line of lines) {
    const known = threads.get(line.threadId)
    if (known) known.push(line)
    else threads.set(line.threadId, [line])
  }
  return threads
}

export interface OpenThreads {
  /** Not resolved. */
  open: number
  /** Of these, questions whose answer has not come. */
  waiting: number
}

/** @returns with `asked`: the agencies that the waiting questions are put to, once for each of them */
export function openThreadsOf(lines: readonly ThreadLine[]): OpenThreads & { asked: readonly AgencyId[] } {
  let open = 0
  const asked: AgencyId[] = []
  for (const thread of threadsOf(lines).values()) {
    const { isResolved, isWaiting } = standingOf(thread)
    if (!isResolved) open += 1
    const to = thread[0]?.asked ?? null
    if (isWaiting && to !== null) asked.push(to)
  }
  return { open, waiting: asked.length, asked }
}
