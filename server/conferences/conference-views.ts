/**
 * Conferences as one person sees them. Of an item that is not for the person the view says that it exists and nothing else: no title, no
 * agencies, no count; what a person must not know is never read into a view in the first place.
 */
import {
  agenciesThatOpen,
  type ConferenceFacts,
  canChangeConference,
  canConductConference,
  canReadConference,
  canReadItem,
  canSupervise,
  canWriteConferenceNotes,
  canWriteForOthers,
  canWriteItem,
  needsStatement,
  participationOf,
  recusedFrom,
} from '../../shared/access.ts'
import { groundOf, opens } from '../../shared/bases/bases.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type { ConferenceSummary, ConferenceView, ItemGround, ItemView } from '../../shared/protocol/http-api.ts'
import { actionDocumentsOf } from './action-zones.ts'
import type { AdmittedCase } from './admission.ts'
import { invitedAgenciesOf } from './conference-commands.ts'
import type { Conference } from './conference-repository.ts'
import { caseFactsWith, conferenceFactsOf, type GroundedCase, itemFactsOf } from './facts.ts'
import type { Item } from './item-repository.ts'
import type { By, ConferenceParts } from './ports.ts'

/** The conferences that the person may know of, the next first, then the past ones backwards. */
export async function listConferences(parts: ConferenceParts, by: By): Promise<ConferenceSummary[]> {
  const conferences = await parts.conferences.ofPerson(by.actor.userId)
  const readable = conferences.filter(conference => canReadConference(by.actor, conferenceFactsOf(conference)))
  const summaries = await Promise.all(readable.map(conference => summaryOf(parts, by, conference)))
  const isOver = (summary: ConferenceSummary) => summary.state === 'closed'
  return summaries.sort((a, b) => {
    if (isOver(a) !== isOver(b)) return isOver(a) ? 1 : -1
    const forward = a.startsAt < b.startsAt ? -1 : 1
    return isOver(a) ? -forward : forward
  })
}

/** One conference with its items. Each household that the view names is recorded as opened before the view leaves. */
export async function openConference(parts: ConferenceParts, by: By, conference: Conference): Promise<ConferenceView> {
  const facts = conferenceFactsOf(conference)
  const items = await parts.items.ofConference(conference._id)
  const cases = await casesOf(parts, items)
  const views = await Promise.all(
    items.map(item => itemView(parts, by, conference, item, item.caseId === null ? undefined : cases.get(item.caseId))),
  )
  await Promise.all(views.map(view => recordOpening(parts, by, conference, view)))
  return {
    ...(await summaryOf(parts, by, conference)),
    remoteLink: conference.remoteLink,
    participants: await Promise.all(
      conference.participants.map(async ({ userId, agencyId, role, guest }) => ({
        userId,
        name: (await parts.people.person(userId))?.name ?? '',
        agencyId,
        role,
        ...(guest && { guest: true as const }),
      })),
    ),
    agencies: await Promise.all(
      [...new Set([conference.hostAgencyId, ...invitedAgenciesOf(conference)])].map(async agencyId => ({
        ...(await agencyBrief(parts, agencyId)),
        public: (await parts.people.agency(agencyId))?.public ?? false,
      })),
    ),
    items: views,
    myStatement: needsStatement(by.actor, facts)
      ? 'needed'
      : conference.accepted?.includes(by.actor.userId)
        ? 'given'
        : 'not-needed',
    mayConduct: canConductConference(by.actor, facts),
    mayWriteNotes: canWriteConferenceNotes(by.actor, facts),
    mayWriteForOthers: canWriteForOthers(by.actor, facts),
    startedAt: conference.startedAt?.toISOString() ?? null,
    closedAt: conference.closedAt?.toISOString() ?? null,
    synthetic: conference.synthetic,
    _v: conference._v,
  }
}

async function summaryOf(parts: ConferenceParts, by: By, conference: Conference): Promise<ConferenceSummary> {
  const facts = conferenceFactsOf(conference)
  const host = await parts.people.agency(conference.hostAgencyId)
  const leader = conference.participants.find(({ role }) => role === 'leader')
  const document = documentNameOf({ kind: 'conference', conferenceId: conference._id })
  return {
    conferenceId: conference._id,
    type: conference.type,
    title: conference.title,
    startsAt: conference.startsAt.toISOString(),
    minutes: conference.minutes,
    place: conference.place,
    state: conference.state,
    hostAgencyId: conference.hostAgencyId,
    hostAgencyName: host?.name ?? '',
    myRole: participationOf(by.actor, facts)?.role ?? null,
    mayChange: mayStillChange(by, facts),
    leaderName: leader ? ((await parts.people.person(leader.userId))?.name ?? '') : '',
    presentCount: conference.participants.filter(p => parts.documents.isIn(p.userId, document)).length,
  }
}

const mayStillChange = (by: By, facts: ConferenceFacts) =>
  facts.state !== 'closed' && canChangeConference(by.actor, facts)

async function itemView(
  parts: ConferenceParts,
  by: By,
  conference: Conference,
  item: Item,
  ofCase: AdmittedCase | undefined,
): Promise<ItemView> {
  const facts = conferenceFactsOf(conference)
  const itemFacts = itemFactsOf(item)
  if (!canReadItem(by.actor, facts, itemFacts, ofCase?.facts)) return { restricted: true, itemId: item._id }
  const { current, others } = actionDocumentsOf(item, ofCase?.file)
  const mayChangeClearance = mayStillChange(by, facts)
  return {
    restricted: false,
    itemId: item._id,
    kind: item.kind,
    case: ofCase ? caseBrief(ofCase) : null,
    agencies: await Promise.all(item.agencies.map(agencyId => agencyBrief(parts, agencyId))),
    grounds: ofCase ? groundsAtTable(conference, item, ofCase, mayChangeClearance) : [],
    narrowed: isNarrowed(conference, item, ofCase),
    urgent: item.urgent === true,
    review: item.review === true,
    retabled: item.retabledFrom !== undefined,
    recused: mayChangeClearance ? item.recused : [],
    mayWrite: canWriteItem(by.actor, facts, itemFacts, ofCase?.facts),
    mayChangeClearance,
    actionDocument: current,
    otherActionDocuments: others,
    supervision: canSupervise(by.actor, facts, itemFacts, ofCase?.facts)
      ? { readers: await supervisionReaders(parts, conference, item, ofCase) }
      : null,
    _v: item._v,
  }
}

/** Who may read what a supervision keeps about the item, also those who have not arrived yet: told to these alone. */
async function supervisionReaders(
  parts: ConferenceParts,
  conference: Conference,
  item: Item,
  ofCase: AdmittedCase | undefined,
): Promise<{ userId: UserId; name: string }[]> {
  const facts: ConferenceFacts = { ...conferenceFactsOf(conference), state: 'live', accepted: undefined }
  const people = await Promise.all(conference.participants.map(({ userId }) => parts.people.person(userId)))
  return people.flatMap(person => {
    if (!person?.active) return []
    const actor = { userId: person.userId, operator: false, memberships: person.memberships }
    return canSupervise(actor, facts, itemFactsOf(item), ofCase?.facts)
      ? [{ userId: person.userId, name: person.name }]
      : []
  })
}

function caseBrief({ file }: AdmittedCase) {
  const { _id, number, label, stage, agencies } = file
  const lead = agencies.find(agency => agency.role === 'lead')
  return { caseId: _id, number, label, stage, leadAgencyId: lead?.agencyId ?? ('' as AgencyId) }
}

/** By what right each agency at the table, or cleared for the item, may know of its case (BASES.md BS16). */
function groundsAtTable(conference: Conference, item: Item, { file }: AdmittedCase, mayChange: boolean): ItemGround[] {
  const lead = file.agencies.find(agency => agency.role === 'lead')?.agencyId
  const asked = new Set([...invitedAgenciesOf(conference), ...item.agencies])
  const { grounds }: GroundedCase = file
  return [...asked].map(agencyId => {
    const ground = groundOf(grounds, agencyId, lead)
    if (mayChange) return { agencyId, ...ground }
    // Why somebody does not see it concerns those alone who can mend it.
    return opens(ground.standing)
      ? { agencyId, standing: ground.standing, basis: null, until: ground.until }
      : { agencyId, standing: 'none', basis: null, until: null }
  })
}

/** Whether somebody invited may not open it. */
function isNarrowed(conference: Conference, item: Item, ofCase: AdmittedCase | undefined): boolean {
  if (recusedFrom(item, ofCase?.facts).length > 0) return true
  const open = agenciesThatOpen(item, ofCase?.facts)
  return item.kind === 'case' && invitedAgenciesOf(conference).some(agencyId => !open.includes(agencyId))
}

async function agencyBrief(parts: ConferenceParts, agencyId: AgencyId) {
  const agency = await parts.people.agency(agencyId)
  return { agencyId, name: agency?.name ?? '', shortName: agency?.shortName ?? '', colour: agency?.colour ?? 0 }
}

/** The cases of these items, each with its recusals. */
async function casesOf(parts: ConferenceParts, items: readonly Item[]): Promise<Map<CaseId, AdmittedCase>> {
  const caseIds = [...new Set(items.map(item => item.caseId).filter(caseId => caseId !== null))]
  const [files, itemsOfCases] = await Promise.all([parts.cases.findMany(caseIds), parts.items.ofCases(caseIds)])
  return new Map(
    files.map(file => {
      const own = itemsOfCases.filter(item => item.caseId === file._id)
      return [file._id, { file, facts: caseFactsWith(file, own) }]
    }),
  )
}

async function recordOpening(parts: ConferenceParts, by: By, conference: Conference, view: ItemView): Promise<void> {
  if (view.restricted || view.case === null) return
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'item.list',
    subject: view.case.caseId,
    object: documentNameOf({ kind: 'item', itemId: view.itemId }),
    outcome: 'ok',
    reason: conference.state,
  })
}
