/** Writing a line: who may, what it answers, then the thread if there is none yet, then the line. Each is one write, and both may be repeated. */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId, SupervisionEntryId, SupervisionThreadId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import {
  openQuestionsOf,
  SUPERVISION_ENTRIES_MAX,
  type WriteSupervisionBody,
} from '../../shared/protocol/supervision.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import type { SupervisionParts } from './ports.ts'
import type { AdmittedSupervision, OwnSupervision } from './supervision-admission.ts'
import type { Entry } from './supervision-repository.ts'

/** @throws Refusal `not-allowed` when there is no such supervision for the two, `bad-request` for a question that is none */
export async function writeSupervision(
  parts: SupervisionParts,
  by: By,
  { caseId, own }: AdmittedSupervision,
  body: WriteSupervisionBody,
): Promise<void> {
  const supervision = own.find(one => one.withUserId === body.with && one.as === body.as)
  // The same for somebody who is nobody and somebody who may not: who supervises whom is told to the two alone.
  if (!supervision?.mayWrite) throw new Refusal('not-allowed', 'supervision-closed')
  const before = supervision.threadId === null ? [] : await parts.supervisions.entries(supervision.threadId)
  const { userId } = by.actor
  if (before.some(entry => entry.command === body.command && entry.by === userId)) return
  if (before.length >= SUPERVISION_ENTRIES_MAX) throw new Refusal('too-large', 'supervision-full')
  if ('about' in body && !isOpenTo(before, body, userId)) return
  const threadId = supervision.threadId ?? (await begin(parts, by, caseId, supervision))
  const entry: Entry = {
    _id: parts.newId<SupervisionEntryId>(),
    threadId,
    sequence: before.length + 1,
    kind: body.kind,
    about: 'about' in body ? body.about : null,
    by: userId,
    at: new Date(parts.now()),
    command: body.command,
    text: 'text' in body ? body.text : '',
  }
  await commit(parts, by, {
    action: 'supervision.write',
    subject: caseId,
    object: objectOf(caseId, threadId),
    reason: body.kind,
    write: () => parts.supervisions.add(entry),
    announces: () => [],
  })
}

/** How the record of access names a thread: with its case. */
export const objectOf = (caseId: CaseId, threadId: SupervisionThreadId) =>
  `${documentNameOf({ kind: 'case', caseId })} supervision.${threadId}`

/** Whether the line changes anything about its question. @throws Refusal when the question is none, or another's to resolve */
function isOpenTo(
  entries: readonly Entry[],
  { kind, about }: Extract<WriteSupervisionBody, { about: SupervisionEntryId }>,
  userId: By['actor']['userId'],
): boolean {
  const question = entries.find(entry => entry._id === about && entry.kind === 'question')
  if (question === undefined) throw new Refusal('bad-request', 'supervision-question')
  const open = openQuestionsOf(
    entries.map(entry => ({ entryId: entry._id, kind: entry.kind, about: entry.about })),
  ).has(about)
  if (kind === 'answer') {
    if (!open) throw new Refusal('conflict', 'supervision-resolved')
    return true
  }
  if (question.by !== userId) throw new Refusal('not-allowed', 'supervision-not-asked')
  return open === (kind === 'resolved')
}

async function begin(
  parts: SupervisionParts,
  by: By,
  caseId: CaseId,
  { worker, agencyId, supervisor }: OwnSupervision,
): Promise<SupervisionThreadId> {
  const _id = parts.newId<SupervisionThreadId>()
  const thread = await commit(parts, by, {
    action: 'supervision.begin',
    subject: caseId,
    object: objectOf(caseId, _id),
    write: () =>
      parts.supervisions.begin({
        _id,
        caseId,
        worker,
        agencyId,
        supervisor,
        createdBy: by.actor.userId,
        createdAt: new Date(parts.now()),
      }),
    announces: () => [],
  })
  return thread._id
}
