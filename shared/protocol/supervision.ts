/**
 * What one worker and one supervisor write to each other about a case (사례 슈퍼비전), over HTTP. Lines are only ever added: nobody changes or
 * takes back a line, its writer neither.
 *
 *   GET  /api/cases/:caseId/supervision?known=TAG   SupervisionView, or { unchanged: true } while it would be the one with that tag
 *   POST /api/cases/:caseId/supervision             writeSupervisionBody → SupervisionView
 *   GET  /api/supervision                           { supervisions: SupervisionSummary[] }     the caller's own, of all cases
 *
 * Whoever has no supervision of this case is answered as if there were no such case.
 */
import * as z from 'zod'
import type { SupervisionEntryKind } from '../codes.ts'
import type { CaseId, CommandId, SupervisionEntryId, SupervisionThreadId, UserId } from '../ids.ts'
import { id } from './fields.ts'

export const SUPERVISION_TEXT_MAX = 4000
/** Years of weekly supervision; more is not one conversation, and each look reads all of it. */
export const SUPERVISION_ENTRIES_MAX = 1000

/** Lines of text as people type them: trimmed, no control characters but line breaks and tabs. */
const words = z
  .string()
  .trim()
  .min(1)
  .max(SUPERVISION_TEXT_MAX)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/)

const common = {
  /** The other of the two. */
  with: id<UserId>(),
  /** What I am in it. */
  as: z.enum(['worker', 'supervisor']),
  /** Made by the client: the same line sent again after a lost answer is written once. */
  command: id<CommandId>(),
}
const about = id<SupervisionEntryId>()

export const writeSupervisionBody = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('question'), text: words }),
  z.strictObject({ ...common, kind: z.literal('note'), text: words }),
  z.strictObject({ ...common, kind: z.literal('answer'), about, text: words }),
  /** By who asked. */
  z.strictObject({ ...common, kind: z.literal('resolved'), about }),
  z.strictObject({ ...common, kind: z.literal('reopened'), about }),
])
export type WriteSupervisionBody = z.infer<typeof writeSupervisionBody>

export const supervisionQuery = z.strictObject({ known: id<string>().optional() })

export interface SupervisionEntryView {
  entryId: SupervisionEntryId
  kind: SupervisionEntryKind
  /** The question that it is about; null for a question or note. */
  about: SupervisionEntryId | null
  by: UserId
  at: string
  /** Empty for what is marked only. */
  text: string
}

export interface SupervisionThreadView {
  /** Null while nothing was written. */
  threadId: SupervisionThreadId | null
  with: { userId: UserId; name: string; agencyName: string }
  as: 'worker' | 'supervisor'
  /** False once one of the two may not read it any more. */
  mayWrite: boolean
  /** In the order in which they were written. */
  entries: SupervisionEntryView[]
}

export interface SupervisionView {
  caseId: CaseId
  /** Stands for who may write with whom and how many lines there are; for `known`. */
  tag: string
  threads: SupervisionThreadView[]
}

/** Questions that nobody has marked as resolved since they were asked last. */
export function openQuestionsOf(entries: readonly Pick<SupervisionEntryView, 'entryId' | 'kind' | 'about'>[]) {
  const open = new Set<SupervisionEntryId>()
  for (const { entryId, kind, about: question } of entries) {
    if (kind === 'question') open.add(entryId)
    if (kind === 'resolved' && question !== null) open.delete(question)
    if (kind === 'reopened' && question !== null) open.add(question)
  }
  return open
}

/** One of the caller's own in which something was written. */
export interface SupervisionSummary {
  caseId: CaseId
  number: string
  label: string
  with: { userId: UserId; name: string; agencyName: string }
  as: 'worker' | 'supervisor'
  /** Questions of either that are not resolved. */
  open: number
  /** Of these, asked by the other and not answered by the caller since. */
  waitingForMe: number
  lastAt: string
}

type Line = Pick<SupervisionEntryView, 'entryId' | 'kind' | 'about' | 'by'>

/** How many open questions of the other have no answer of this person after they were asked last. */
export function waitingFor(userId: UserId, entries: readonly Line[]): number {
  const open = openQuestionsOf(entries)
  const asked = entries.filter(({ entryId, kind, by }) => kind === 'question' && by !== userId && open.has(entryId))
  return asked.filter(({ entryId }) => {
    const last = entries.findLast(one => one.entryId === entryId || (one.about === entryId && one.kind !== 'resolved'))
    return last === undefined || last.by !== userId
  }).length
}
