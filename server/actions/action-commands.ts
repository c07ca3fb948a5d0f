/**
 * The state of an action item: accepted, done, not possible … It is changed by the agency that owes it, or by who conducts the meeting for
 * somebody at the table; also after the meeting, because that is when promises are kept. The words stay in the document.
 */
import { canWriteForOthers, canWriteItem, participationOf } from '../../shared/access.ts'
import { type ActionEntry, actionOf } from '../../shared/documents/actions-document.ts'
import type { ActionId } from '../../shared/ids.ts'
import type { ActionStateView, ChangeActionStatusBody } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { ActionState } from './action-repository.ts'
import { actionDocumentsOf } from './action-zones.ts'
import { type AdmittedItem, refuse } from './admission.ts'
import { commit } from './commit.ts'
import type { By, ConferenceParts } from './ports.ts'

/** The states of the action items in the ledgers that an item shows. Those not listed are `proposed`, version 0. */
export async function actionStatesOf(
  parts: ConferenceParts,
  { item, ofCase }: AdmittedItem,
): Promise<ActionStateView[]> {
  const { current, others } = actionDocumentsOf(item, ofCase?.file)
  const states = await parts.actions.ofDocuments([current, ...others])
  return Promise.all(states.map(state => actionView(parts, state)))
}

export async function changeActionStatus(
  parts: ConferenceParts,
  by: By,
  admitted: AdmittedItem,
  actionId: ActionId,
  { _v, document, status }: ChangeActionStatusBody,
): Promise<ActionStateView> {
  const { item, ofCase } = admitted
  const { current, others } = actionDocumentsOf(item, ofCase?.file)
  const object = `action.${actionId}`
  const subject = item.caseId ?? undefined
  // The document is the caller's word: only one that this item shows counts (SECURITY R03).
  const isShown = document === current || others.includes(document)
  const owed = isShown ? await parts.documents.read(document, doc => owedBy(actionOf(doc, actionId))) : undefined
  if (owed === undefined) return refuse(parts, by, 'not-found', { subject, object })
  if (!maySpeakFor(by, admitted, owed)) return refuse(parts, by, 'not-allowed', { subject, object })

  const known = (await parts.actions.ofDocuments([document])).find(state => state.actionId === actionId)
  if (_v !== (known?._v ?? 0)) throw new Refusal('conflict')
  const next: ActionState = {
    actionId,
    document,
    caseId: item.caseId,
    agencyId: owed,
    status,
    changedAt: new Date(parts.now()),
    changedBy: by.actor.userId,
    _v: _v + 1,
  }
  await commit(parts, by, {
    action: 'action.change',
    subject,
    object,
    reason: status,
    write: () => parts.actions.write(next),
    announces: () => [],
  })
  parts.documents.notify(document, 'actions')
  return actionView(parts, next)
}

const owedBy = (action: ActionEntry | undefined) => action?.agencyId

/** Observers speak for nobody. Who is admitted to the item may: that the conference is over, or has not begun, does not matter here. */
function maySpeakFor(by: By, { facts, itemFacts, ofCase }: AdmittedItem, agencyId: ActionEntry['agencyId']): boolean {
  const asIfLive = { ...facts, state: 'live' as const, accepted: undefined }
  const part = participationOf(by.actor, facts)
  return (
    canWriteItem(by.actor, asIfLive, itemFacts, ofCase?.facts) &&
    (part?.agencyId === agencyId || canWriteForOthers(by.actor, facts))
  )
}

async function actionView(parts: ConferenceParts, state: ActionState): Promise<ActionStateView> {
  const { actionId, document, status, changedAt, changedBy, _v } = state
  const person = await parts.people.person(changedBy)
  return { actionId, document, status, changedAt: changedAt.toISOString(), changedByName: person?.name ?? null, _v }
}
