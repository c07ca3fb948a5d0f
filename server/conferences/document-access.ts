/**
 * Who may open which document, and write in it, now. Answers the room's question from the records alone, everything read fresh; what the
 * answer rests on is named in `dependsOn`, so that an announced change voids it. One answer, undefined, for a document that does not
 * exist and one that is not for this person.
 */
import {
  type Actor,
  canConductConference,
  canEnterRoom,
  canReadCase,
  canReadItem,
  canSupervise,
  canWriteCase,
  canWriteConferenceNotes,
  canWriteForOthers,
  canWriteItem,
  participationOf,
} from '../../shared/access.ts'
import type { PresentMode } from '../../shared/codes.ts'
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import type { DocumentAccess, DocumentGrant, SignedInPerson, WriterFacts } from '../rooms/ports.ts'
import { currentZone, zonesOf } from './action-zones.ts'
import { type AdmittedCase, caseOf } from './admission.ts'
import { invitedAgenciesOf } from './conference-commands.ts'
import type { Conference } from './conference-repository.ts'
import { caseFactsWith, conferenceFactsOf, itemFactsOf } from './facts.ts'
import type { Item } from './item-repository.ts'
import type { ConferenceRecords, SignIns } from './ports.ts'

/** A right to read, before it is dressed with the person's name. */
interface Right {
  mayWrite: boolean
  conducts: boolean
  /** For whom the person is here. */
  agencyId: AgencyId | null
  /** The meeting that they are here through; null for who works on the case. */
  at: ConferenceId | null
  clearedAgencies: readonly AgencyId[]
  dependsOn: readonly string[]
}

/** How a person attends a meeting, as its record of attendance says; null while it says nothing. Announced under `user:…`. */
export type ModeOf = (conferenceId: ConferenceId, userId: UserId) => Promise<PresentMode | null>

export function createDocumentAccess(
  records: ConferenceRecords,
  signIns: SignIns,
  modeOf: ModeOf = async () => null,
): DocumentAccess {
  return {
    async grantFor(person, ref) {
      const actor = await signIns.actorOf(person)
      if (actor === undefined) return undefined
      const right = await rightTo(records, actor, ref)
      return right && grantOf(records, modeOf, person, right)
    },
    onChange: listener => records.changes.onChange(listener),
  }
}

function rightTo(records: ConferenceRecords, actor: Actor, ref: DocumentRef): Promise<Right | undefined> {
  switch (ref.kind) {
    case 'conference':
      return conferenceRight(records, actor, ref.conferenceId)
    case 'item':
      return itemRight(records, actor, ref.itemId)
    case 'case':
      return caseRight(records, actor, ref.caseId)
    case 'supervision':
      return supervisionRight(records, actor, ref.itemId)
    case 'actions':
      return ref.zone === 'open'
        ? openLedgerRight(records, actor, ref.caseId)
        : ownLedgerRight(records, actor, ref.caseId, ref.zone)
  }
}

async function conferenceRight(
  records: ConferenceRecords,
  actor: Actor,
  conferenceId: ConferenceId,
): Promise<Right | undefined> {
  const conference = await records.conferences.find(conferenceId)
  if (conference === undefined) return undefined
  const facts = conferenceFactsOf(conference)
  if (!canEnterRoom(actor, facts)) return undefined
  return {
    mayWrite: canWriteConferenceNotes(actor, facts) || canConductConference(actor, facts),
    conducts: canConductConference(actor, facts),
    agencyId: participationOf(actor, facts)?.agencyId ?? null,
    at: conferenceId,
    clearedAgencies: invitedAgenciesOf(conference),
    dependsOn: [`conference:${conferenceId}`],
  }
}

async function itemRight(records: ConferenceRecords, actor: Actor, itemId: ItemId): Promise<Right | undefined> {
  const item = await records.items.find(itemId)
  const conference = item && (await records.conferences.find(item.conferenceId))
  if (!item || !conference) return undefined
  return rightThroughItem(actor, conference, item, await caseOf(records, item))
}

/** What taking part in an item's conference gives in the item, and so in its action items. */
function rightThroughItem(
  actor: Actor,
  conference: Conference,
  item: Item,
  ofCase: AdmittedCase | undefined,
): Right | undefined {
  const facts = conferenceFactsOf(conference)
  const itemFacts = itemFactsOf(item)
  if (!canReadItem(actor, facts, itemFacts, ofCase?.facts)) return undefined
  return {
    mayWrite: canWriteItem(actor, facts, itemFacts, ofCase?.facts),
    conducts: canWriteForOthers(actor, facts),
    agencyId: participationOf(actor, facts)?.agencyId ?? null,
    at: item.conferenceId,
    clearedAgencies: item.kind === 'general' ? invitedAgenciesOf(conference) : item.agencies,
    dependsOn: keysThroughItem(item),
  }
}

/** What a supervision keeps about a case item: the same right to all who may read it. */
async function supervisionRight(records: ConferenceRecords, actor: Actor, itemId: ItemId): Promise<Right | undefined> {
  const item = await records.items.find(itemId)
  const conference = item && (await records.conferences.find(item.conferenceId))
  const ofCase = item && (await caseOf(records, item))
  if (!item || !conference || !ofCase) return undefined
  const facts = conferenceFactsOf(conference)
  if (!canSupervise(actor, facts, itemFactsOf(item), ofCase.facts)) return undefined
  const agencyId = participationOf(actor, facts)?.agencyId ?? null
  return {
    mayWrite: true,
    conducts: false,
    agencyId,
    at: item.conferenceId,
    clearedAgencies: agencyId === null ? [] : [agencyId],
    dependsOn: keysThroughItem(item),
  }
}

function keysThroughItem(item: Item): string[] {
  const keys = [`item:${item._id}`, `conference:${item.conferenceId}`]
  return item.caseId === null ? keys : [...keys, `case:${item.caseId}`]
}

async function caseRight(records: ConferenceRecords, actor: Actor, caseId: CaseId): Promise<Right | undefined> {
  const file = await records.cases.find(caseId)
  if (file === undefined) return undefined
  return rightThroughCase(actor, { file, facts: caseFactsWith(file, await records.items.ofCases([caseId])) })
}

function rightThroughCase(actor: Actor, { file, facts }: AdmittedCase): Right | undefined {
  if (!canReadCase(actor, facts)) return undefined
  return {
    mayWrite: canWriteCase(actor, facts),
    conducts: false,
    agencyId:
      [...facts.workers, ...(facts.emergencyReaders ?? [])].find(one => one.userId === actor.userId)?.agencyId ?? null,
    at: null,
    clearedAgencies: file.agencies.map(agency => agency.agencyId),
    // Recusals are announced under the case as well.
    dependsOn: [`case:${file._id}`],
  }
}

/**
 * The case's open ledger: its workers, and who may open an item of the case that keeps, or kept, its action items here. Who is recused from
 * any item of the case is shown none of it.
 */
async function openLedgerRight(records: ConferenceRecords, actor: Actor, caseId: CaseId): Promise<Right | undefined> {
  const file = await records.cases.find(caseId)
  if (file === undefined) return undefined
  const items = await records.items.ofCases([caseId])
  if (items.some(item => item.recused.includes(actor.userId))) return undefined
  const ofCase = { file, facts: caseFactsWith(file, items) }
  const conferences = new Map(
    (await records.conferences.findMany([...new Set(items.map(item => item.conferenceId))])).map(c => [c._id, c]),
  )
  const rights = items
    .filter(item => zonesOf(item, file).has('open'))
    .map(item => {
      const conference = conferences.get(item.conferenceId)
      const right = conference && rightThroughItem(actor, conference, item, ofCase)
      // An item that has been narrowed since is only read here: what it adds goes to its own ledger.
      return right && { ...right, mayWrite: right.mayWrite && currentZone(item.agencies, file) === 'open' }
    })
  const all = [rightThroughCase(actor, ofCase), ...rights].filter(right => right !== undefined)
  const [first] = all
  if (first === undefined) return undefined
  const writing = all.filter(right => right.mayWrite)
  return {
    mayWrite: writing.length > 0,
    conducts: writing.some(right => right.conducts),
    agencyId: (writing[0] ?? first).agencyId,
    at: (writing[0] ?? first).at,
    clearedAgencies: [...new Set(all.flatMap(right => right.clearedAgencies))],
    // Every item and conference that could add to or take from the answer; a new item is announced under its case.
    dependsOn: [...new Set([`case:${caseId}`, ...items.flatMap(keysThroughItem)])],
  }
}

/** The ledger of one restricted item: who may open that item. */
async function ownLedgerRight(
  records: ConferenceRecords,
  actor: Actor,
  caseId: CaseId,
  itemId: ItemId,
): Promise<Right | undefined> {
  const item = await records.items.find(itemId)
  if (item === undefined || item.caseId !== caseId) return undefined
  const ofCase = await caseOf(records, item)
  const conference = await records.conferences.find(item.conferenceId)
  if (!ofCase || !conference || !zonesOf(item, ofCase.file).has('own')) return undefined
  const right = rightThroughItem(actor, conference, item, ofCase)
  // The case's workers among them keep the ledger after the meeting.
  return right && { ...right, mayWrite: right.mayWrite || canWriteAfterwards(actor, conference, item, ofCase) }
}

function canWriteAfterwards(actor: Actor, conference: Conference, item: Item, ofCase: AdmittedCase): boolean {
  const asIfLive = { ...conferenceFactsOf(conference), state: 'live' as const, accepted: undefined }
  return canWriteCase(actor, ofCase.facts) && canWriteItem(actor, asIfLive, itemFactsOf(item), ofCase.facts)
}

async function grantOf(
  records: ConferenceRecords,
  modeOf: ModeOf,
  person: SignedInPerson,
  right: Right,
): Promise<DocumentGrant> {
  const { userId, sessionId } = person
  const { agencyId, at, mayWrite, conducts, clearedAgencies } = right
  const [known, agency, mode] = await Promise.all([
    records.people.person(userId),
    agencyId === null ? undefined : records.people.agency(agencyId),
    at === null ? null : modeOf(at, userId),
  ])
  const writer: WriterFacts = { userId, agencyId, conducts, clearedAgencies }
  return {
    mayWrite,
    writer,
    identity: {
      userId,
      name: known?.name ?? '',
      agencyId,
      agencyName: agency?.shortName ?? '',
      colour: agency?.colour ?? 0,
      mode,
    },
    dependsOn: [
      `user:${userId}`,
      `session:${sessionId}`,
      ...(agencyId === null ? [] : [`agency:${agencyId}`]),
      ...right.dependsOn,
    ],
  }
}
