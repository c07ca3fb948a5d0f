/** Naming what stands, and putting an item back to a version (SPEC HI5–HI7). In turn with the moments of the meeting; each step may be repeated. */
import { actionsOf } from '../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { isSameContent } from '../../shared/history/item-content.ts'
import { restoreActions, restoreItem } from '../../shared/history/restoring.ts'
import type { ItemVersionId } from '../../shared/history/version-moments.ts'
import type { ActionId, ConferenceId, ItemId } from '../../shared/ids.ts'
import {
  NAMED_VERSIONS_MAX,
  type NameVersionBody,
  RESTORES_MAX,
  type RestoreVersionBody,
} from '../../shared/protocol/history.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { actionDocumentsOf } from '../conferences/action-zones.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import { invitedAgenciesOf } from '../conferences/conference-commands.ts'
import type { By } from '../conferences/ports.ts'
import { admitToName, admitToRestore, versionObject } from './history-admission.ts'
import type { HistoryParts } from './ports.ts'
import { contentOfVersion, decodeVersion, type VersionState } from './version-payload.ts'

interface ItemPlace {
  conferenceId: ConferenceId
  itemId: ItemId
}

/** Admitted when its turn has come: the facts may be others by then. @throws Refusal `too-large` when there are too many already */
export async function nameVersion(
  parts: HistoryParts,
  by: By,
  { conferenceId, itemId }: ItemPlace,
  { command, name }: NameVersionBody,
): Promise<void> {
  await parts.keeper.inTurn(conferenceId, async () => {
    const admitted = await admitToName(parts, by, conferenceId, itemId)
    const { item } = admitted
    const once = `named|${by.actor.userId}|${command}`
    const known = await parts.versions.ofItem(item._id)
    if (known.some(version => version.once === once)) return
    if (known.filter(version => version.moment === 'named').length >= NAMED_VERSIONS_MAX) {
      throw new Refusal('too-large', 'history-full')
    }
    await commit(parts, by, {
      action: 'history.name',
      subject: item.caseId ?? undefined,
      object: documentNameOf({ kind: 'item', itemId: item._id }),
      write: () => parts.keeper.take(admitted, { moment: 'named', once, number: 0, ...whoNow(parts, by), name }),
      announces: () => [],
    })
  })
}

/** @throws Refusal `too-large` when it was done too often, or as the guard refuses an edit */
export async function restoreVersion(
  parts: HistoryParts,
  by: By,
  { conferenceId, itemId, versionId }: ItemPlace & { versionId: ItemVersionId },
  { command }: RestoreVersionBody,
): Promise<void> {
  await parts.keeper.inTurn(conferenceId, async () => {
    const { version, ...admitted } = await admitToRestore(parts, by, conferenceId, itemId, versionId)
    const { item } = admitted
    const commandKey = `${by.actor.userId}|${command}`
    const known = await parts.versions.ofItem(item._id)
    if (known.some(one => one.once === `restored|${commandKey}`)) return
    if (known.filter(one => one.moment === 'restored').length >= RESTORES_MAX) {
      throw new Refusal('too-large', 'history-full')
    }
    const target = await decodeVersion(await parts.versions.stateOf(version))
    const now = await parts.keeper.stateOf(admitted)
    if (isSameContent(contentOfVersion(now), contentOfVersion(target))) return
    await keepBefore(parts, by, admitted, { now, commandKey })
    await commit(parts, by, {
      action: 'history.restore',
      subject: item.caseId ?? undefined,
      object: versionObject(item._id, version._id),
      write: () => putBack(parts, by, admitted, target),
      announces: () => [],
    })
    await parts.keeper.take(admitted, {
      moment: 'restored',
      once: `restored|${commandKey}`,
      number: 0,
      ...whoNow(parts, by),
      from: version._id,
    })
  })
}

/** What stands, unless the last version is the same. */
async function keepBefore(
  parts: HistoryParts,
  by: By,
  admitted: AdmittedItem,
  { now, commandKey }: { now: VersionState; commandKey: string },
): Promise<void> {
  const last = (await parts.versions.ofItem(admitted.item._id)).at(-1)
  const kept = last && contentOfVersion(await decodeVersion(await parts.versions.stateOf(last)))
  if (kept && isSameContent(kept, contentOfVersion(now))) return
  const once = `before|${commandKey}`
  await parts.keeper.take(admitted, { moment: 'before_restore', once, number: 0, ...whoNow(parts, by) })
}

async function putBack(parts: HistoryParts, by: By, admitted: AdmittedItem, target: VersionState): Promise<void> {
  const { conference, item, ofCase } = admitted
  const { _id: itemId } = item
  const on = { behalfOf: by.actor.userId }
  const cleared = new Set(item.kind === 'general' ? invitedAgenciesOf(conference) : item.agencies)
  const content = contentOfVersion(target)
  const { current, others } = actionDocumentsOf(item, ofCase?.file)
  const answered = new Set(
    (await parts.ledger.ofDocuments([current]))
      .filter(entry => entry.standing.status !== 'proposed' || entry.history.length > 0)
      .map(entry => entry.actionId),
  )
  const elsewhere = new Set<ActionId>()
  for (const ledger of others) {
    const ids = await parts.documents.read(ledger, doc => actionsOf(doc).map(action => action.id))
    for (const id of ids) elsewhere.add(id)
  }
  await parts.documents.edit(documentNameOf({ kind: 'item', itemId }), on, doc =>
    restoreItem(doc, content, agencyId => cleared.has(agencyId)),
  )
  await parts.documents.edit(current, on, doc =>
    restoreActions(doc, content.actions, {
      itemId,
      isAnswered: id => answered.has(id),
      isElsewhere: id => elsewhere.has(id),
    }),
  )
}

const whoNow = (parts: HistoryParts, by: By) => ({ at: new Date(parts.now()), by: by.actor.userId })
