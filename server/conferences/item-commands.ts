/**
 * Tabling an item, deciding who may open it, and taking it off. The item is a record; its line on the agenda is in the conference's document,
 * so both commands that touch the line are two steps, each of which can be repeated ({@link finishItems} does so after a crash).
 */
import { canReadConference, worksOnCase } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, ItemId, UserId } from '../../shared/ids.ts'
import type { ChangeItemBody, CreateItemBody } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { assertNotSuspended } from '../subject-requests/suspensions.ts'
import { currentZone } from './action-zones.ts'
import { type AdmittedConference, type AdmittedItem, admitToCase, refuse } from './admission.ts'
import { leadAgencyOf } from './case-commands.ts'
import { commit } from './commit.ts'
import { assertOwesNothing, invitedAgenciesOf, keysOf } from './conference-commands.ts'
import type { Conference } from './conference-repository.ts'
import { conferenceFactsOf } from './facts.ts'
import type { Item } from './item-repository.ts'
import { movedBetween, namedAgencies, namedPeople } from './moved-access.ts'
import type { AgendaLine, By, ConferenceParts } from './ports.ts'
import { assertDistinct } from './staff.ts'

/**
 * @param options.after the item behind which an urgent one goes
 * @param options.isReview the line that checks earlier action items: it goes first
 * @param options.answers the objections to minutes that it is tabled for
 */
export async function createItem(
  parts: ConferenceParts,
  by: By,
  { conference }: AdmittedConference,
  input: CreateItemBody,
  options: { after?: ItemId | undefined; isReview?: boolean; answers?: readonly string[] } = {},
): Promise<Item> {
  // Before the meeting an item is announced with the rest.
  if (input.urgent && conference.state !== 'live') throw new Refusal('bad-request', 'urgent-only-live')
  const itemId = parts.newId<ItemId>()
  const line: AgendaLine = {
    minutes: input.minutes,
    label: input.kind === 'general' ? input.label : '',
    ...(input.urgent && options.after !== undefined && { after: options.after }),
    ...(options.isReview && { isFirst: true }),
  }
  const planned = {
    _id: itemId,
    conferenceId: conference._id,
    createdBy: by.actor.userId,
    createdAt: new Date(parts.now()),
    ...(input.urgent && { urgent: true }),
    ...(options.isReview && { review: true }),
    ...(options.answers?.length && { answers: [...options.answers] }),
    ...(input.retabledFrom && { retabledFrom: await earlierItem(parts, by, conference, input, input.retabledFrom) }),
    ...(input.kind === 'general'
      ? { kind: input.kind, caseId: null, agencies: [], recused: [], zones: [] }
      : await caseItemOf(parts, by, conference, input)),
  }
  const item = await commit(parts, by, {
    action: 'item.create',
    subject: planned.caseId ?? undefined,
    object: documentNameOf({ kind: 'item', itemId }),
    reason: input.urgent ? 'urgent' : undefined,
    giving: namedAgencies(planned.agencies),
    write: () => parts.items.insert(planned, line),
    announces: () => keysOf(planned),
  })
  await table(parts, item, line)
  parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId: conference._id }), 'conference')
  return item
}

/**
 * The item that is heard again: of another conference of the same agency, about the same case, or general as this one and of a conference that the
 * person may know. One answer for one that does not exist and one that is not for them. @throws Refusal `bad-request`
 */
async function earlierItem(
  parts: ConferenceParts,
  by: By,
  conference: Conference,
  input: CreateItemBody,
  itemId: ItemId,
): Promise<ItemId> {
  const earlier = await parts.items.find(itemId)
  const its = earlier && (await parts.conferences.find(earlier.conferenceId))
  const isSame = earlier?.caseId === (input.kind === 'case' ? input.caseId : null)
  const mayKnow = its && (input.kind === 'case' || canReadConference(by.actor, conferenceFactsOf(its)))
  const isEarlier = its && its._id !== conference._id && its.hostAgencyId === conference.hostAgencyId
  if (!isSame || !mayKnow || !isEarlier) throw new Refusal('bad-request', 'retabled-unknown')
  return itemId
}

/** Only a case that the person may read can be tabled, and the agency that answers for it is always cleared. */
async function caseItemOf(
  parts: ConferenceParts,
  by: By,
  conference: Conference,
  input: Extract<CreateItemBody, { kind: 'case' }>,
) {
  const { file, facts } = await admitToCase(parts, by, input.caseId)
  // Who reads it in an emergency brings it before nobody.
  if (!worksOnCase(by.actor, facts)) {
    const object = documentNameOf({ kind: 'case', caseId: file._id })
    return refuse(parts, by, 'not-allowed', { subject: file._id, object })
  }
  const lead = leadAgencyOf(file)
  if (!invitedAgenciesOf(conference).includes(lead)) throw new Refusal('bad-request', 'lead-agency-not-invited')
  const agencies = clearanceOf(conference, lead, input.agencies)
  if (agencies.some(agencyId => agencyId !== lead)) await assertNotSuspended(parts, by, file._id)
  // Who was recused from this household's case before stays so at the next meeting, until the leader decides otherwise.
  const earlier = (await parts.items.ofCases([file._id])).flatMap(item => item.recused)
  const recused = [...new Set(earlier)].filter(userId => conference.participants.some(p => p.userId === userId))
  return { kind: 'case' as const, caseId: file._id, agencies, recused, zones: [currentZone(agencies, file)] }
}

/**
 * The agencies as asked for, with the lead agency where it is at the table: one that left must not stand in the way of narrowing.
 * @throws Refusal `bad-request` for one that is not at the table
 */
function clearanceOf(conference: Conference, lead: AgencyId, asked: readonly AgencyId[]): AgencyId[] {
  assertDistinct(asked, 'agency-twice')
  const invited = invitedAgenciesOf(conference)
  if (asked.some(agencyId => !invited.includes(agencyId))) throw new Refusal('bad-request', 'agency-not-invited')
  return asked.includes(lead) || !invited.includes(lead) ? [...asked] : [lead, ...asked]
}

async function table(parts: ConferenceParts, item: Item, line: AgendaLine): Promise<void> {
  await parts.agenda.put(item.conferenceId, item._id, line, item.createdBy)
  await parts.items.markTabled(item._id)
}

/** Changes the clearance of a case item, or who is recused. Clearing one more agency takes somebody who works on the case. */
export async function changeItem(
  parts: ConferenceParts,
  by: By,
  { conference, item, ofCase }: AdmittedItem,
  input: ChangeItemBody,
): Promise<Item> {
  if (input._v !== item._v) throw new Refusal('conflict')
  const agencies = input.agencies
    ? await newClearance(parts, by, { conference, item, ofCase }, input.agencies)
    : item.agencies
  const recused = input.recused ?? item.recused
  assertRecusals(conference, item, recused)
  const zones = ofCase ? [...new Set([...item.zones, currentZone(agencies, ofCase.file)])] : item.zones
  const document = documentNameOf({ kind: 'item', itemId: item._id })
  const clearedNow = movedBetween(namedAgencies(item.agencies), namedAgencies(agencies))
  // Who is recused loses what everybody else has; who is not any more gets it back.
  const recusedNow = movedBetween(namedPeople(item.recused), namedPeople(recused))
  const changed = await commit(parts, by, {
    action: 'item.change',
    subject: item.caseId ?? undefined,
    object: document,
    reason: [input.agencies && 'clearance', input.recused && 'recusal'].filter(Boolean).join('+') || undefined,
    giving: [...clearedNow.giving, ...recusedNow.losing],
    losing: [...clearedNow.losing, ...recusedNow.giving],
    write: () => parts.items.update(item, { agencies, recused, zones }),
    announces: () => keysOf(item),
  })
  // The same word for everybody at the table: it does not say which item, and not that it was one.
  parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId: conference._id }), 'conference')
  parts.documents.notify(document, 'item')
  return changed
}

async function newClearance(
  parts: ConferenceParts,
  by: By,
  { conference, item, ofCase }: Pick<AdmittedItem, 'conference' | 'item' | 'ofCase'>,
  asked: readonly AgencyId[],
): Promise<AgencyId[]> {
  if (ofCase === undefined) throw new Refusal('bad-request', 'general-item-open-to-all')
  const agencies = clearanceOf(conference, leadAgencyOf(ofCase.file), asked)
  const added = agencies.some(agencyId => !item.agencies.includes(agencyId))
  if (added && !worksOnCase(by.actor, ofCase.facts)) {
    return refuse(parts, by, 'not-allowed', {
      subject: ofCase.file._id,
      object: documentNameOf({ kind: 'item', itemId: item._id }),
      detail: 'clearing-takes-case-worker',
    })
  }
  if (added) await assertNotSuspended(parts, by, ofCase.file._id)
  return agencies
}

function assertRecusals(conference: Conference, item: Item, recused: readonly UserId[]): void {
  assertDistinct(recused, 'recused-twice')
  const isNew = (userId: UserId) => !item.recused.includes(userId)
  if (recused.some(userId => isNew(userId) && !conference.participants.some(p => p.userId === userId))) {
    throw new Refusal('bad-request', 'recused-not-participant')
  }
}

/** Takes an item off: while the conference is planned, or before anything was written in it. */
export async function deleteItem(parts: ConferenceParts, by: By, { conference, item }: AdmittedItem): Promise<void> {
  const document = documentNameOf({ kind: 'item', itemId: item._id })
  if (conference.state === 'live' && (await hasContent(parts, item))) {
    throw new Refusal('not-allowed', 'item-has-content')
  }
  await assertOwesNothing(parts, item)
  await commit(parts, by, {
    action: 'item.delete',
    subject: item.caseId ?? undefined,
    object: document,
    write: () => parts.items.markLeaving(item),
    announces: () => keysOf(item),
  })
  await takeOff(parts, item, by.actor.userId)
  parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId: conference._id }), 'conference')
}

/** In its documents, or in the record of its hearing: what was confirmed must not go out of everybody's sight with its item. */
async function hasContent({ documents, isHeard }: ConferenceParts, { _id: itemId }: Item): Promise<boolean> {
  if (await isHeard?.(itemId)) return true
  const kinds = ['item', 'supervision'] as const
  const found = await Promise.all(kinds.map(kind => documents.hasContent(documentNameOf({ kind, itemId }))))
  return found.includes(true)
}

async function takeOff(parts: ConferenceParts, item: Item, behalfOf: UserId): Promise<void> {
  await parts.agenda.remove(item.conferenceId, item._id, behalfOf)
  await parts.items.remove(item._id)
}

/** Finishes what a crash left between the record and the agenda. For the start of the service; how many were finished. */
export async function finishItems(parts: ConferenceParts): Promise<number> {
  const unfinished = await parts.items.unfinished()
  for (const { item, line } of unfinished) {
    const conference = await parts.conferences.find(item.conferenceId)
    if (conference === undefined) await parts.items.remove(item._id)
    else if (item.standing === 'leaving') await takeOff(parts, item, item.createdBy)
    else await table(parts, item, line ?? { minutes: 0, label: '' })
  }
  return unfinished.length
}
