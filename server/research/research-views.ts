/** A person's sheets in a conference, one of them, and what agencies have shared about an item; each recorded before it leaves. */
import { agenciesThatOpen, canResearch, mayHaveResearch, participationOf } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import {
  type ConferenceResearchView,
  EMPTY_SHEET,
  type ResearchSheetView,
  type SharedMoment,
  type SharedResearchView,
} from '../../shared/protocol/research.ts'
import { type AdmittedConference, type AdmittedItem, caseOf } from '../conferences/admission.ts'
import { itemFactsOf } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import type { ResearchParts } from './ports.ts'
import { type AdmittedSheet, researchObject } from './research-admission.ts'
import type { Sheet } from './research-repository.ts'

/** The sheets of the person's agency; while the statement is missing, none is named (SPEC RS2). */
export async function listSheets(
  parts: ResearchParts,
  by: By,
  { conference, facts }: AdmittedConference,
): Promise<ConferenceResearchView> {
  const agencyId = participationOf(by.actor, facts)?.agencyId
  const items = await parts.items.ofConference(conference._id)
  const asked = await Promise.all(items.map(async item => ({ item, ofCase: await caseOf(parts, item) })))
  const head = { title: conference.title, startsAt: conference.startsAt.toISOString() }
  const own = asked.flatMap(({ item, ofCase }) =>
    ofCase && mayHaveResearch(by.actor, facts, itemFactsOf(item), ofCase.facts) ? [{ item, ofCase }] : [],
  )
  const open = own.filter(({ item, ofCase }) => canResearch(by.actor, facts, itemFactsOf(item), ofCase.facts))
  if (agencyId === undefined || open.length === 0) {
    return { ...head, statement: own.length > open.length ? 'needed' : 'accepted', sheets: [] }
  }
  const object = `${documentNameOf({ kind: 'conference', conferenceId: conference._id })} research`
  await Promise.all(
    [...new Set(open.map(({ ofCase }) => ofCase.file._id))].map(subject =>
      record(parts, by, { action: 'research.list', subject, object }),
    ),
  )
  const sheets = await Promise.all(
    open.map(async ({ item, ofCase }) => {
      const known = await parts.research.find({ itemId: item._id, agencyId })
      return {
        itemId: item._id,
        case: { label: ofCase.file.label, number: ofCase.file.number },
        standing: standingOf(known),
        savedAt: known?.savedAt.toISOString() ?? null,
        sharedAt: known?.shown?.at.toISOString() ?? null,
      }
    }),
  )
  return { ...head, statement: 'accepted', sheets }
}

function standingOf(known: Sheet | undefined): ConferenceResearchView['sheets'][number]['standing'] {
  if (known === undefined || (known.isEmpty && known.shown === null)) return 'empty'
  if (known.shown === null) return 'own'
  return isChanged(known) ? 'changed' : 'shared'
}

/** Whether a shared part reads otherwise now. */
function isChanged({ sheet, shown }: Sheet): boolean {
  if (shown === null) return false
  const keys = Object.keys(shown.sheet) as (keyof typeof shown.sheet)[]
  return keys.some(key => shown.sheet[key] !== sheet[key])
}

export async function openSheet(parts: ResearchParts, by: By, admitted: AdmittedSheet): Promise<ResearchSheetView> {
  const { item, ofCase, agencyId, conference } = admitted
  await record(parts, by, { action: 'research.open', subject: ofCase.file._id, object: researchObject(item._id) })
  const known = await parts.research.find({ itemId: item._id, agencyId })
  const agency = await parts.people.agency(agencyId)
  return {
    itemId: item._id,
    agencyId,
    agencyName: agency?.name ?? '',
    case: { label: ofCase.file.label, number: ofCase.file.number },
    sheet: known?.sheet ?? EMPTY_SHEET,
    mayWrite: conference.state !== 'closed',
    _v: known?._v ?? 0,
    savedAt: known?.savedAt.toISOString() ?? null,
    savedBy: known ? await nameOf(parts, known.savedBy) : null,
    shared: known?.shown ? await momentOf(parts, known.shown) : null,
    changedSince: known !== undefined && isChanged(known),
    mayTakeBack: known?.shown != null && conference.state === 'scheduled',
  }
}

/** For who may open the item: what was shared, and which agencies have shared nothing (SPEC RS3, RS7). */
export async function openShared(parts: ResearchParts, by: By, admitted: AdmittedItem): Promise<SharedResearchView> {
  const { item, ofCase, facts, itemFacts, conference } = admitted
  const caseId: CaseId | undefined = ofCase?.file._id
  const shown = await parts.research.shownOf([item._id])
  if (shown.length > 0) {
    await record(parts, by, { action: 'research.open', subject: caseId, object: `${researchObject(item._id)} shared` })
  }
  const seated = new Set(
    conference.participants.filter(p => p.guest === undefined && p.role !== 'observer').map(p => p.agencyId),
  )
  const isIn = (agencyId: AgencyId) => shown.some(one => one.agencyId === agencyId)
  const could = ofCase ? agenciesThatOpen(itemFacts, ofCase.facts).filter(id => seated.has(id) && !isIn(id)) : []
  const named = async (agencyId: AgencyId) => ({
    agencyId,
    agencyName: (await parts.people.agency(agencyId))?.name ?? '',
  })
  const byName = (a: { agencyName: string }, b: { agencyName: string }) =>
    a.agencyName.localeCompare(b.agencyName, 'ko')
  const shared = await Promise.all(
    shown.map(async one => ({
      ...(await named(one.agencyId)),
      ...(await momentOf(parts, one.shown)),
      sheet: one.shown.sheet,
    })),
  )
  return {
    itemId: item._id,
    shared: shared.sort(byName),
    missing: (await Promise.all(could.map(named))).sort(byName),
    hasOwn: canResearch(by.actor, facts, itemFacts, ofCase?.facts),
  }
}

const record = (
  parts: ResearchParts,
  by: By,
  what: { action: string; subject: string | undefined; object: string },
): Promise<void> =>
  parts.audit.record({ actor: by.actor.userId, sessionId: by.sessionId, address: by.address, ...what, outcome: 'ok' })

const nameOf = async (parts: ResearchParts, userId: UserId) => ({
  userId,
  name: (await parts.people.person(userId))?.name ?? '',
})

const momentOf = async (
  parts: ResearchParts,
  { version, at, by }: { version: number; at: Date; by: UserId },
): Promise<SharedMoment> => ({ version, at: at.toISOString(), by: await nameOf(parts, by) })
