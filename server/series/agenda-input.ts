/**
 * What the next agenda is proposed from (SPEC AG), read for the person who plans: the cases that they may read, and of earlier conferences of the
 * same host the items that they may open.
 */
import { type CaseFacts, canReadAction, canReadCase, canReadConference, canReadItem } from '../../shared/access.ts'
import { asksForDecision } from '../../shared/actions/carries.ts'
import type { AgendaInput, Objection, OpenAction, Tabling } from '../../shared/agenda/proposed-agenda.ts'
import type { CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { earlierConferences } from '../actions/action-views.ts'
import { isStanding } from '../actions/admit-action.ts'
import type { ActionParts } from '../actions/ports.ts'
import { carriesIn, factsOf, surroundingsOf } from '../actions/surroundings.ts'
import type { OpenComments } from '../comments/ports.ts'
import type { AdmittedConference } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import type { Case } from '../conferences/case-repository.ts'
import { invitedAgenciesOf } from '../conferences/conference-commands.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { caseFactsWith, conferenceFactsOf, itemFactsOf } from '../conferences/facts.ts'
import type { Item } from '../conferences/item-repository.ts'
import type { By } from '../conferences/ports.ts'
import { type Deferred, deferredIn as deferredItems } from '../meetings/deferrals.ts'
import type { HearingRepository } from '../meetings/hearing-repository.ts'
import type { MeetingRepository } from '../meetings/meeting-repository.ts'
import type { AgendaProposals } from '../minutes/agenda-proposals.ts'

export interface AgendaParts extends ActionParts {
  hearings: Pick<HearingRepository, 'ofConference'>
  meetings: Pick<MeetingRepository, 'find'>
  objections: Pick<AgendaProposals, 'openOf'>
  /** What is said beside the items; left out where nobody asks for it. */
  comments?: OpenComments
}

export interface AgendaSources {
  input: AgendaInput
  /** Of the cases that may be proposed. */
  cases: ReadonlyMap<CaseId, Case>
  /** Where the items that may be taken up again were. */
  conferenceOf: ReadonlyMap<ItemId, Conference>
}

export async function readAgendaInput(
  parts: AgendaParts,
  by: By,
  { conference }: AdmittedConference,
): Promise<AgendaSources> {
  await parts.projector.settled()
  const { cases, facts } = await casesFor(parts, by, conference)
  const caseIds = [...cases.keys()]
  const { items, conferences } = await tabledItems(parts, by, conference, caseIds, facts)
  const deferred = await deferredIn(parts, [...conferences.values()])
  const tablings = items.map(item => tablingOf(item, conferences, deferred))
  return {
    input: {
      conference: {
        conferenceId: conference._id,
        startsAt: conference.startsAt.toISOString(),
        day: dayInSeoul(conference.startsAt),
      },
      cases: caseIds,
      actions: await openActions(parts, by, conference, caseIds),
      tablings,
      objections: await objectionsFor(parts, by, conference, cases, conferences),
    },
    cases,
    conferenceOf: new Map(
      items.flatMap(item => {
        const held = conferences.get(item.conferenceId)
        return held ? [[item._id, held] as const] : []
      }),
    ),
  }
}

/** The cases that the person works on and whose lead agency is invited, by number (SPEC AG3). */
async function casesFor(parts: AgendaParts, by: By, conference: Conference) {
  const invited = invitedAgenciesOf(conference)
  const files = await parts.cases.ofWorker(by.actor.userId)
  const items = await parts.items.ofCases(files.map(file => file._id))
  const facts = new Map<CaseId, CaseFacts>()
  const readable = files
    .filter(file => {
      const own = caseFactsWith(
        file,
        items.filter(item => item.caseId === file._id),
      )
      facts.set(file._id, own)
      return canReadCase(by.actor, own) && invited.includes(leadAgencyOf(file))
    })
    .sort((a, b) => (a.number < b.number ? -1 : 1))
  return { cases: new Map(readable.map(file => [file._id, file])), facts }
}

/** This conference's items and, of others of the same host, those that the person may open. Drafts plan nothing for anybody yet but are not doubled. */
async function tabledItems(
  parts: AgendaParts,
  by: By,
  conference: Conference,
  caseIds: readonly CaseId[],
  facts: ReadonlyMap<CaseId, CaseFacts>,
): Promise<{ items: Item[]; conferences: ReadonlyMap<ConferenceId, Conference> }> {
  const own = (await parts.conferences.ofPerson(by.actor.userId)).filter(
    one => one.hostAgencyId === conference.hostAgencyId && canReadConference(by.actor, conferenceFactsOf(one)),
  )
  const known = new Map([conference, ...own].map(one => [one._id, one]))
  const [ofCases, ...ofConferences] = await Promise.all([
    parts.items.ofCases(caseIds),
    ...[...known.keys()].map(id => parts.items.ofConference(id)),
  ])
  const elsewhere = await parts.conferences.findMany(
    [...new Set(ofCases.map(item => item.conferenceId))].filter(id => !known.has(id)),
  )
  for (const one of elsewhere) known.set(one._id, one)
  const all = new Map([...ofCases, ...ofConferences.flat()].map(item => [item._id, item]))
  // Of cases that the person does not work on as well: what is known of those says whether their items are open.
  const others = [...all.values()].flatMap(({ caseId }) => (caseId === null || facts.has(caseId) ? [] : [caseId]))
  const [files, itemsOfOthers] = await Promise.all([
    parts.cases.findMany([...new Set(others)]),
    parts.items.ofCases([...new Set(others)]),
  ])
  const factsOfAll = new Map(facts)
  for (const file of files) {
    const itemsOfCase = itemsOfOthers.filter(item => item.caseId === file._id)
    factsOfAll.set(file._id, caseFactsWith(file, itemsOfCase))
  }
  const items = [...all.values()].filter(item => {
    if (item.conferenceId === conference._id) return true
    const held = known.get(item.conferenceId)
    if (held === undefined) return false
    const caseFacts = item.caseId === null ? undefined : factsOfAll.get(item.caseId)
    return canReadItem(by.actor, conferenceFactsOf(held), itemFactsOf(item), caseFacts)
  })
  return { items, conferences: known }
}

/** What stands deferred in these conferences and is to be tabled again. */
async function deferredIn(parts: AgendaParts, conferences: readonly Conference[]): Promise<Map<ItemId, Deferred>> {
  const held = conferences.filter(({ state }) => state === 'live' || state === 'closed')
  const found = await Promise.all(held.map(({ _id }) => deferredItems(parts, _id)))
  return new Map(
    found
      .flat()
      .filter(one => one.retable)
      .map(one => [one.itemId, one]),
  )
}

function tablingOf(
  item: Item,
  conferences: ReadonlyMap<ConferenceId, Conference>,
  deferred: ReadonlyMap<ItemId, Deferred>,
): Tabling {
  const conference = conferences.get(item.conferenceId)
  const deferral = deferred.get(item._id)
  return {
    itemId: item._id,
    caseId: item.caseId,
    conferenceId: item.conferenceId,
    startsAt: (conference?.startsAt ?? item.createdAt).toISOString(),
    state: conference?.state ?? 'closed',
    isReview: item.review === true,
    deferral: deferral ? { kind: deferral.kind, by: deferral.reopenBy } : null,
    from: item.retabledFrom ?? null,
    answers: item.answers ?? [],
  }
}

/** Of the cases that may be proposed, and of what earlier conferences of the same host promised about no case. */
async function openActions(
  parts: AgendaParts,
  by: By,
  conference: Conference,
  caseIds: readonly CaseId[],
): Promise<OpenAction[]> {
  const [ofCases, general] = await Promise.all([
    parts.ledger.ofCases(caseIds),
    earlierConferences(parts, by, conference).then(documents => parts.ledger.ofDocuments(documents)),
  ])
  const entries = [...ofCases, ...general].filter(isStanding)
  const around = await surroundingsOf(parts, entries)
  const day = dayInSeoul(parts.now())
  return entries.flatMap(entry => {
    const { caseId, standing, words } = entry
    if (!canReadAction(by.actor, factsOf(by.actor, around, entry))) return []
    const { status, until, before } = standing
    const asks = asksForDecision(standing, carriesIn(around, entry), day)
    return [{ caseId, madeIn: words.conferenceId, status, until, before, asks }]
  })
}

/** Objections to minutes of the same host: about cases that may be proposed, and about what is no case where the person may know of the meeting. */
async function objectionsFor(
  parts: AgendaParts,
  by: By,
  conference: Conference,
  cases: ReadonlyMap<CaseId, Case>,
  conferences: ReadonlyMap<ConferenceId, Conference>,
): Promise<Objection[]> {
  const open = await parts.objections.openOf(conference.hostAgencyId)
  return open
    .filter(one => {
      if (one.conferenceId === conference._id) return false
      if (one.caseId !== null) return cases.has(one.caseId)
      const held = conferences.get(one.conferenceId)
      return held !== undefined && canReadConference(by.actor, conferenceFactsOf(held))
    })
    .map(({ _id, itemId, caseId, conferenceId, at }) => ({
      id: _id,
      itemId,
      caseId,
      conferenceId,
      at: at.toISOString(),
    }))
}
