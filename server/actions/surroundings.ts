/**
 * What stands around action items: their cases, the items and conferences that show them, and whether an agency has a supervisor. Read
 * once for a whole list; from it alone follow who may see and move each (SPEC AC3, AC12) and how often it was carried (SPEC AC9).
 */
import {
  type ActionFacts,
  type Actor,
  agencySpokenFor,
  canChangeCase,
  canEnterRoom,
  canReadCase,
  canReadItem,
  canWriteCase,
  canWriteForOthers,
  needsStatement,
  worksOnCase,
} from '../../shared/access.ts'
import { type Carries, carriesOf, type MeetingHeld } from '../../shared/actions/carries.ts'
import { parseDocumentName } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { zonesOf } from '../conferences/action-zones.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { caseFactsWith, conferenceFactsOf, itemFactsOf } from '../conferences/facts.ts'
import type { Item } from '../conferences/item-repository.ts'
import type { LedgerOutline } from './ledger-repository.ts'
import type { ActionParts } from './ports.ts'

export interface Surroundings {
  cases: ReadonlyMap<CaseId, AdmittedCase>
  itemsOfCase: ReadonlyMap<CaseId, readonly Item[]>
  generalItems: ReadonlyMap<ItemId, Item>
  conferences: ReadonlyMap<ConferenceId, Conference>
  supervised: readonly AgencyId[]
  /** By ledger, what {@link showing} has found. */
  shown: Map<string, readonly Shown[]>
}

export interface Shown {
  item: Item
  conference: Conference
}

/** @param actor left out where it is judged for several people; whether other agencies than one's own have a supervisor is nothing to a person */
export async function surroundingsOf(
  parts: ActionParts,
  entries: readonly LedgerOutline[],
  actor?: Actor,
): Promise<Surroundings> {
  const caseIds = [...new Set(entries.flatMap(entry => (entry.caseId === null ? [] : [entry.caseId])))]
  const generalIds = entries.flatMap(({ caseId, words }) => (caseId === null && words.itemId ? [words.itemId] : []))
  const [files, ofCases, general] = await Promise.all([
    parts.cases.findMany(caseIds),
    parts.items.ofCases(caseIds),
    Promise.all([...new Set<ItemId>(generalIds)].map(itemId => parts.items.find(itemId))),
  ])
  const itemsOfCase = new Map<CaseId, Item[]>(caseIds.map(caseId => [caseId, []]))
  for (const item of ofCases) if (item.caseId !== null) itemsOfCase.get(item.caseId)?.push(item)
  const generalItems = general.filter(item => item !== undefined)
  const conferenceIds = new Set<ConferenceId>([...ofCases, ...generalItems].map(item => item.conferenceId))
  for (const { document, words } of entries) {
    const ref = parseDocumentName(document)
    if (ref?.kind === 'conference') conferenceIds.add(ref.conferenceId)
    if (words.conferenceId) conferenceIds.add(words.conferenceId)
  }
  const conferences = await parts.conferences.findMany([...conferenceIds])
  const named = entries.flatMap(({ standing: { agencyId, offer } }) => [agencyId, offer?.agencyId ?? agencyId])
  const isAsked = (agencyId: AgencyId) => actor?.memberships.some(one => one.agencyId === agencyId) ?? true
  const supervised = await supervisedAmong(parts, [...new Set(named)].filter(isAsked))
  return {
    cases: new Map(
      files.map(file => {
        return [file._id, { file, facts: caseFactsWith(file, itemsOfCase.get(file._id) ?? []) }]
      }),
    ),
    itemsOfCase,
    generalItems: new Map(generalItems.map(item => [item._id, item])),
    conferences: new Map(conferences.map(conference => [conference._id, conference])),
    supervised,
    shown: new Map(),
  }
}

/** Those of these agencies that have a supervisor. */
export async function supervisedAmong(
  { staffOf }: Pick<ActionParts, 'staffOf'>,
  agencyIds: readonly AgencyId[],
): Promise<AgencyId[]> {
  const led = await Promise.all(
    agencyIds.map(async agencyId => (await staffOf(agencyId)).some(member => member.role === 'supervisor')),
  )
  return agencyIds.filter((_, at) => led[at])
}

/** The items that show this ledger, with their conferences. */
export function showing(
  around: Surroundings,
  entry: Pick<LedgerOutline, 'document' | 'caseId' | 'words'>,
): readonly Shown[] {
  // A case's ledger is shown as a whole; that of a conference by the items that its action items name.
  if (entry.caseId === null) return shownBy(around, entry)
  const found = around.shown.get(entry.document) ?? shownBy(around, entry)
  around.shown.set(entry.document, found)
  return found
}

function shownBy(around: Surroundings, entry: Pick<LedgerOutline, 'document' | 'caseId' | 'words'>): readonly Shown[] {
  const ref = parseDocumentName(entry.document)
  if (ref?.kind === 'conference') {
    const conference = around.conferences.get(ref.conferenceId)
    const item = entry.words.itemId === '' ? undefined : around.generalItems.get(entry.words.itemId)
    return conference && item ? [{ item, conference }] : []
  }
  if (ref?.kind !== 'actions') return []
  const file = around.cases.get(ref.caseId)?.file
  if (file === undefined) return []
  return (around.itemsOfCase.get(ref.caseId) ?? []).flatMap(item => {
    const zones = zonesOf(item, file)
    const shows = ref.zone === 'open' ? zones.has('open') : item._id === ref.zone && zones.has('own')
    const conference = around.conferences.get(item.conferenceId)
    return shows && conference ? [{ item, conference }] : []
  })
}

/** The facts on which the policy judges an action item for a person. */
export function factsOf(actor: Actor, around: Surroundings, entry: LedgerOutline): ActionFacts {
  const { agencyId, ownerUserId, offer } = entry.standing
  const ofCase = entry.caseId === null ? undefined : around.cases.get(entry.caseId)
  const ref = parseDocumentName(entry.document)
  const open = ref?.kind === 'actions' && ref.zone === 'open'
  const through = {
    reads: false,
    speaks: false,
    conducts: false,
    leads: false,
    meetsTaker: false,
    inEmergency: false,
  }
  for (const { item, conference } of showing(around, entry)) {
    const facts = conferenceFactsOf(conference)
    if (!canReadItem(actor, facts, itemFactsOf(item), ofCase?.facts)) continue
    through.reads = true
    if (agencySpokenFor(actor, facts) !== undefined) through.speaks = true
    if (canWriteForOthers(actor, facts)) {
      through.conducts = true
      if (facts.participants.some(participant => participant.agencyId === offer?.agencyId)) through.meetsTaker = true
    }
    if (entry.caseId === null && canWriteForOthers(actor, facts)) through.leads = true
  }
  if (ref?.kind === 'conference' && !through.reads) {
    // Its item is gone; the meeting that it was promised in is not.
    const conference = around.conferences.get(ref.conferenceId)
    const facts = conference && conferenceFactsOf(conference)
    if (facts && canEnterRoom(actor, facts) && !needsStatement(actor, facts)) {
      through.reads = true
      through.speaks = agencySpokenFor(actor, facts) !== undefined
      through.conducts = canWriteForOthers(actor, facts)
    }
  }
  if (ofCase && open && canReadCase(actor, ofCase.facts)) {
    through.inEmergency = !through.reads && !worksOnCase(actor, ofCase.facts)
    through.reads = true
    if (canWriteCase(actor, ofCase.facts)) through.speaks = true
  }
  if (ofCase && through.reads && canChangeCase(actor, ofCase.facts)) through.leads = true
  return {
    agencyId,
    ownerUserId,
    offer,
    escalatedTo: entry.escalatedTo,
    open,
    through,
    recused: ofCase?.facts.recusals.some(recusal => recusal.userId === actor.userId) ?? false,
    supervised: around.supervised,
    grounded: entry.caseId === null ? undefined : (ofCase?.facts.grounded ?? []),
  }
}

/** How often it was carried, by the conferences that are closed now. */
export function carriesIn(around: Surroundings, entry: LedgerOutline): Carries {
  const held: MeetingHeld[] = showing(around, entry).flatMap(({ conference }) =>
    conference.state === 'closed' && conference.closedAt !== null
      ? [{ conferenceId: conference._id, closedAt: conference.closedAt.getTime() }]
      : [],
  )
  const steps = entry.history.map(({ at, move, status, until, before }) => ({
    at: at.getTime(),
    move,
    status,
    until,
    before,
  }))
  return carriesOf({ at: entry.words.madeAt, conferenceId: entry.words.conferenceId }, steps, held)
}
