/** A person's supervisions of a case, recorded as opened before their lines leave. */
import { createHash } from 'node:crypto'
import { idFromBytes } from '../../shared/ids.ts'
import type { SupervisionThreadView, SupervisionView } from '../../shared/protocol/supervision.ts'
import type { By } from '../conferences/ports.ts'
import type { SupervisionParts } from './ports.ts'
import type { AdmittedSupervision, OwnSupervision } from './supervision-admission.ts'
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

async function tagOf(parts: SupervisionParts, own: readonly OwnSupervision[]): Promise<string> {
  const count = await parts.supervisions.countEntries(own.flatMap(({ threadId }) => threadId ?? []))
  const standing = own.map(({ threadId, as, withUserId, mayWrite }) => [threadId, as, withUserId, mayWrite])
  const digest = createHash('sha256')
    .update(JSON.stringify([count, standing]))
    .digest()
  return idFromBytes<string>(digest.subarray(0, 16))
}

async function threadView(parts: SupervisionParts, own: OwnSupervision): Promise<SupervisionThreadView> {
  const agency = own.withAgencyId === null ? undefined : await parts.people.agency(own.withAgencyId)
  const entries = own.threadId === null ? [] : await parts.supervisions.entries(own.threadId)
  return {
    threadId: own.threadId,
    with: { userId: own.withUserId, name: own.with?.name ?? '', agencyName: agency?.shortName ?? '' },
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
