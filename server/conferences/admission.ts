/**
 * Before anything is read or changed: is this person let in? Every command and view begins with one of these and works on what it returns.
 * Who may not know that a thing exists gets `not-found`, the same for a thing that does not exist, with the same record of the attempt
 * (SECURITY R01). That the work behind it is not the same does not show: the boundaries let denials go on a beat (decision 20).
 */
import {
  type CaseFacts,
  type ConferenceFacts,
  canChangeCase,
  canChangeConference,
  canReadCase,
  canReadConference,
  canReadItem,
  type ItemFacts,
} from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { Refusal, type RefusalReason } from '../../shared/protocol/refusals.ts'
import { RecordedRefusal } from '../auth/recorded-refusal.ts'
import type { Case } from './case-repository.ts'
import type { Conference } from './conference-repository.ts'
import { caseFactsWith, conferenceFactsOf, itemFactsOf } from './facts.ts'
import type { Item } from './item-repository.ts'
import type { By, ConferenceParts } from './ports.ts'

export interface AdmittedCase {
  file: Case
  facts: CaseFacts
}

export interface AdmittedConference {
  conference: Conference
  facts: ConferenceFacts
}

export interface AdmittedItem extends AdmittedConference {
  item: Item
  itemFacts: ItemFacts
  /** The case of a case item, whether or not the person works on it. */
  ofCase: AdmittedCase | undefined
}

/** Records a refusal and throws it. */
export async function refuse(
  parts: Pick<ConferenceParts, 'audit'>,
  by: By,
  reason: RefusalReason,
  about: { subject?: string | undefined; object?: string | undefined; detail?: string },
): Promise<never> {
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'authz.deny',
    subject: about.subject,
    object: about.object,
    outcome: 'denied',
    reason: about.detail ?? reason,
  })
  throw new RecordedRefusal(reason, about.detail)
}

export async function admitToCase(parts: ConferenceParts, by: By, caseId: CaseId): Promise<AdmittedCase> {
  const [file, items] = await Promise.all([parts.cases.find(caseId), parts.items.ofCases([caseId])])
  const facts = file && caseFactsWith(file, items)
  if (file && facts && canReadCase(by.actor, facts)) return { file, facts }
  return refuse(parts, by, 'not-found', {
    subject: file?._id,
    object: documentNameOf({ kind: 'case', caseId }),
  })
}

export async function admitToChangeCase(parts: ConferenceParts, by: By, caseId: CaseId): Promise<AdmittedCase> {
  const admitted = await admitToCase(parts, by, caseId)
  if (canChangeCase(by.actor, admitted.facts)) return admitted
  return refuse(parts, by, 'not-allowed', { subject: caseId, object: documentNameOf({ kind: 'case', caseId }) })
}

export async function admitToConference(
  parts: ConferenceParts,
  by: By,
  conferenceId: ConferenceId,
  /** Whose data were asked for within it; for the record of a refusal. */
  subject?: CaseId | undefined,
): Promise<AdmittedConference> {
  const conference = await parts.conferences.find(conferenceId)
  const facts = conference && conferenceFactsOf(conference)
  if (conference && facts && canReadConference(by.actor, facts)) return { conference, facts }
  return refuse(parts, by, 'not-found', { subject, object: documentNameOf({ kind: 'conference', conferenceId }) })
}

/** @param options.evenWhenClosed for what may still be done about a conference that is over */
export async function admitToChangeConference(
  parts: ConferenceParts,
  by: By,
  conferenceId: ConferenceId,
  options: { evenWhenClosed?: boolean } = {},
): Promise<AdmittedConference> {
  const admitted = await admitToConference(parts, by, conferenceId)
  const object = documentNameOf({ kind: 'conference', conferenceId })
  if (!canChangeConference(by.actor, admitted.facts)) return refuse(parts, by, 'not-allowed', { object })
  if (admitted.conference.state === 'closed' && !options.evenWhenClosed) {
    throw new Refusal('not-allowed', 'conference-closed')
  }
  return admitted
}

/** An item of this conference that the person may open. An item of another conference is not found here (SECURITY R03). */
export async function admitToItem(
  parts: ConferenceParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
): Promise<AdmittedItem> {
  const item = await parts.items.find(itemId)
  const found = item && item.conferenceId === conferenceId ? item : undefined
  const admitted = await admitToConference(parts, by, conferenceId, found?.caseId ?? undefined)
  const ofCase = found && (await caseOf(parts, found))
  if (found && canReadItem(by.actor, admitted.facts, itemFactsOf(found), ofCase?.facts)) {
    return { ...admitted, item: found, itemFacts: itemFactsOf(found), ofCase }
  }
  return refuse(parts, by, 'not-found', {
    subject: found?.caseId ?? undefined,
    object: documentNameOf({ kind: 'item', itemId }),
  })
}

/** An item that the person may open in a conference that the person may change. */
export async function admitToChangeItem(
  parts: ConferenceParts,
  by: By,
  conferenceId: ConferenceId,
  itemId: ItemId,
): Promise<AdmittedItem> {
  const admitted = await admitToItem(parts, by, conferenceId, itemId)
  if (!canChangeConference(by.actor, admitted.facts)) {
    return refuse(parts, by, 'not-allowed', {
      subject: admitted.item.caseId ?? undefined,
      object: documentNameOf({ kind: 'item', itemId }),
    })
  }
  if (admitted.conference.state === 'closed') throw new Refusal('not-allowed', 'conference-closed')
  return admitted
}

/** The case of an item with its facts; undefined for a general item. */
export async function caseOf(
  parts: Pick<ConferenceParts, 'cases' | 'items'>,
  item: Item,
): Promise<AdmittedCase | undefined> {
  if (item.caseId === null) return undefined
  const file = await parts.cases.find(item.caseId)
  return file && caseOfRecord(parts, file)
}

/** A case with its facts as its items' recusals make them now. */
export async function caseOfRecord(parts: Pick<ConferenceParts, 'items'>, file: Case): Promise<AdmittedCase> {
  return { file, facts: caseFactsWith(file, await parts.items.ofCases([file._id])) }
}
