/** A person's supervisions, recorded as opened before their lines leave. */
import { createHash } from 'node:crypto'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { idFromBytes } from '../../shared/ids.ts'
import {
  openQuestionsOf,
  type SupervisionSummary,
  type SupervisionThreadView,
  type SupervisionView,
  waitingFor,
} from '../../shared/protocol/supervision.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { By } from '../conferences/ports.ts'
import type { SupervisionParts } from './ports.ts'
import { type AdmittedSupervision, type OwnSupervision, ownSupervisionsOf } from './supervision-admission.ts'
import { objectOf } from './supervision-commands.ts'

/** @param known the tag of what the caller has; while nothing is new, nothing leaves and nothing is recorded */
export async function openSupervision(
  parts: SupervisionParts,
  by: By,
  { caseId, own }: AdmittedSupervision,
  known?: string,
): Promise<SupervisionView | { unchanged: true }> {
  const tag = await tagOf(parts, own)
  if (known === tag) return { unchanged: true }
  const threads = await Promise.all(own.map(one => threadView(parts, one)))
  for (const { threadId, entries } of threads) {
    if (threadId === null || entries.length === 0) continue
    await parts.audit.record({
      actor: by.actor.userId,
      sessionId: by.sessionId,
      address: by.address,
      action: 'supervision.open',
      subject: caseId,
      object: objectOf(caseId, threadId),
      outcome: 'ok',
    })
  }
  // A line that was written since the tag was made leaves with this one and once more with the next.
  return { caseId, tag, threads }
}

/** The person's own in which something was written, what waits for them first. Each household that is named is recorded. */
export async function listSupervisions(parts: SupervisionParts, by: By): Promise<SupervisionSummary[]> {
  const threads = await parts.supervisions.ofPersonEverywhere(by.actor.userId)
  const caseIds = [...new Set(threads.map(thread => thread.caseId))]
  const files = await parts.cases.findMany(caseIds)
  const all = await Promise.all(files.map(file => summariesOf(parts, by, file)))
  return all.flat().sort((a, b) => b.waitingForMe - a.waitingForMe || (a.lastAt < b.lastAt ? 1 : -1))
}

async function summariesOf(parts: SupervisionParts, by: By, file: Case): Promise<SupervisionSummary[]> {
  const { userId } = by.actor
  const own = await ownSupervisionsOf(parts, by, file._id)
  const summaries = await Promise.all(
    own.map(async one => {
      const lines = one.threadId === null ? [] : await parts.supervisions.lines(one.threadId)
      const last = lines.at(-1)
      if (last === undefined) return []
      const entries = lines.map(({ _id, kind, about, by: writer }) => ({ entryId: _id, kind, about, by: writer }))
      return [
        {
          caseId: file._id,
          number: file.number,
          label: file.label,
          with: await otherOf(parts, one),
          as: one.as,
          open: openQuestionsOf(entries).size,
          waitingForMe: waitingFor(userId, entries),
          lastAt: last.at.toISOString(),
        },
      ]
    }),
  )
  const found = summaries.flat()
  if (found.length > 0) {
    await parts.audit.record({
      actor: userId,
      sessionId: by.sessionId,
      address: by.address,
      action: 'supervision.list',
      subject: file._id,
      object: `${documentNameOf({ kind: 'case', caseId: file._id })} supervision`,
      outcome: 'ok',
    })
  }
  return found
}

async function otherOf(parts: SupervisionParts, own: OwnSupervision): Promise<SupervisionThreadView['with']> {
  const agency = own.withAgencyId === null ? undefined : await parts.people.agency(own.withAgencyId)
  return { userId: own.withUserId, name: own.with?.name ?? '', agencyName: agency?.shortName ?? '' }
}

async function tagOf(parts: SupervisionParts, own: readonly OwnSupervision[]): Promise<string> {
  const count = await parts.supervisions.countEntries(own.flatMap(({ threadId }) => threadId ?? []))
  const standing = own.map(({ threadId, as, withUserId, mayWrite }) => [threadId, as, withUserId, mayWrite])
  const digest = createHash('sha256')
    .update(JSON.stringify([count, standing]))
    .digest()
  return idFromBytes<string>(digest.subarray(0, 16))
}

async function threadView(parts: SupervisionParts, own: OwnSupervision): Promise<SupervisionThreadView> {
  const entries = own.threadId === null ? [] : await parts.supervisions.entries(own.threadId)
  return {
    threadId: own.threadId,
    with: await otherOf(parts, own),
    as: own.as,
    mayWrite: own.mayWrite,
    entries: entries.map(({ _id, kind, about, by, at, text }) => ({
      entryId: _id,
      kind,
      about,
      by,
      at: at.toISOString(),
      text,
    })),
  }
}
