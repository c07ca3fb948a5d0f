/** An item's versions as one person sees them. What a stop left out is taken before the list is made (SPEC HI2). */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { UserId } from '../../shared/ids.ts'
import type { HistoryView, VersionSummary, VersionView } from '../../shared/protocol/history.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { type AdmittedVersion, isVisible, mayName, mayRestore, versionObject } from './history-admission.ts'
import { momentsToMakeUpFor } from './moments.ts'
import type { HistoryParts } from './ports.ts'
import { contentOfVersion, decodeVersion } from './version-payload.ts'
import type { Version } from './version-repository.ts'

export async function listVersions(parts: HistoryParts, by: By, admitted: AdmittedItem): Promise<HistoryView> {
  const { item } = admitted
  await makeUp(parts, admitted)
  await record(parts, by, admitted, 'history.list', documentNameOf({ kind: 'item', itemId: item._id }))
  return viewOf(parts, by, admitted)
}

/** The list as it is, for who has just changed it. */
export async function viewOf(parts: HistoryParts, by: By, admitted: AdmittedItem): Promise<HistoryView> {
  const found = await parts.versions.ofItem(admitted.item._id)
  const visible = found.filter(version => isVisible(by.actor, admitted, version))
  const seen = new Set(visible.map(version => version._id))
  const summaries = await Promise.all(visible.map(version => summaryOf(parts, admitted, version)))
  return {
    // What was gone back to may lie before the person's agency came to the item.
    versions: summaries.map(one => (one.from !== null && !seen.has(one.from) ? { ...one, from: null } : one)),
    mayName: mayName(by.actor, admitted),
    mayRestore: mayRestore(by.actor, admitted),
  }
}

export async function openVersion(
  parts: HistoryParts,
  by: By,
  { version, ...admitted }: AdmittedVersion,
): Promise<VersionView> {
  const content = contentOfVersion(await decodeVersion(await parts.versions.stateOf(version)))
  await record(parts, by, admitted, 'history.open', versionObject(version.itemId, version._id))
  return { version: await summaryOf(parts, admitted, version), content }
}

/** Waits for what is being taken, and takes what should be there. */
async function makeUp(parts: HistoryParts, admitted: AdmittedItem): Promise<void> {
  const { conference, item } = admitted
  await parts.keeper.inTurn(conference._id, async () => {
    if (conference.state !== 'closed') return
    const { state } = await parts.minutes.find(conference._id)
    for (const moment of momentsToMakeUpFor(conference, state)) {
      // Known of since the moment itself, and not taken.
      await parts.keeper.take({ ...admitted, item }, { ...moment, notedAt: moment.at.getTime() })
    }
  })
}

async function summaryOf(
  parts: HistoryParts,
  { conference }: Pick<AdmittedItem, 'conference'>,
  { _id, moment, at, number, by, name, from, isLate }: Version,
): Promise<VersionSummary> {
  const userId = by ?? (moment === 'closed' ? await closedBy(parts, conference._id) : null)
  return {
    versionId: _id,
    moment,
    at: at.toISOString(),
    number,
    by: userId === null ? null : { userId, name: (await parts.people.person(userId))?.name ?? '' },
    name,
    from,
    isLate,
  }
}

async function closedBy(
  { meetings }: HistoryParts,
  conferenceId: Parameters<HistoryParts['meetings']['find']>[0],
): Promise<UserId | null> {
  return (await meetings.find(conferenceId)).state.closing?.by ?? null
}

async function record(
  parts: HistoryParts,
  by: By,
  { item }: Pick<AdmittedItem, 'item'>,
  action: 'history.list' | 'history.open',
  object: string,
): Promise<void> {
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    subject: item.caseId ?? undefined,
    object,
    outcome: 'ok',
  })
}
