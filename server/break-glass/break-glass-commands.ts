/** Opening a case in an emergency and ending it (SPEC BG1–BG7). */
import { canBreakGlass, canChangeCase, canReadCase, canReviewAccess } from '../../shared/access.ts'
import type { AgencyId, BreakGlassId, CaseId, UserId } from '../../shared/ids.ts'
import type {
  ChangeBreakGlassBody,
  OpenedInEmergencyView,
  OpenInEmergencyBody,
} from '../../shared/protocol/break-glass.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { type AdmittedCase, caseOfRecord, refuse } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { allowanceOf } from './allowance.ts'
import { openingView } from './break-glass-views.ts'
import type { Opening } from './opening-repository.ts'
import type { BreakGlassParts } from './ports.ts'

/** @throws Refusal `not-found` for every number that this person may not open, and for none (BG3) */
export async function openInEmergency(
  parts: BreakGlassParts,
  by: By,
  input: OpenInEmergencyBody,
): Promise<OpenedInEmergencyView> {
  const found = await numbered(parts, input.number)
  // Each of them is judged, so that the work does not tell how many there are of which kind.
  const judged = await Promise.all(found.map(async ofCase => ({ ofCase, ...(await judge(parts, by, input, ofCase)) })))
  const own = judged.find(one => one.reads)
  if (own) return { caseId: own.ofCase.file._id, opening: null }
  const first = judged.find(one => one.minutes !== undefined)
  if (first?.minutes === undefined) {
    return refuse(parts, by, 'not-found', {
      subject: found[0]?.file._id,
      object: `break-glass agency.${input.agencyId}`,
    })
  }
  const { file, facts } = first.ofCase
  const lead = facts.agencies.find(agency => agency.role === 'lead')?.agencyId ?? input.agencyId
  const now = parts.now()
  const opening: Opening = {
    _id: parts.newId<BreakGlassId>(),
    caseId: file._id,
    userId: by.actor.userId,
    agencyId: input.agencyId,
    leadAgencyId: lead,
    reason: input.reason,
    at: new Date(now),
    until: new Date(now + first.minutes * 60_000),
    number: file.number,
    words: input.words,
  }
  await commit(parts, by, {
    action: 'break-glass.open',
    subject: file._id,
    object: `break-glass.${opening._id}`,
    reason: input.reason,
    write: () => parts.openings.insert(opening),
    announces: () => [],
  })
  // Those whom it concerns hear of it before the case opens.
  await parts.onOpened(opening, await concerned(parts, { agencyId: input.agencyId, lead, file }))
  parts.emergencies.begin(opening)
  return { caseId: file._id, opening: openingView(opening, parts.now()) }
}

/** Ended before its time by the person, by who may change the case, or by a privacy officer of one of the two agencies. */
export async function endEmergency(parts: BreakGlassParts, by: By, openingId: BreakGlassId): Promise<void> {
  const opening = await parts.openings.find(openingId)
  const file = opening && (await parts.cases.find(opening.caseId))
  if (!opening || !file || !(await mayEnd(parts, by, opening, file))) {
    return refuse(parts, by, 'not-found', { subject: opening?.caseId, object: `break-glass.${openingId}` })
  }
  if (opening.endedAt || opening.until.getTime() <= parts.now()) return
  await commit(parts, by, {
    action: 'break-glass.end',
    subject: opening.caseId,
    object: `break-glass.${openingId}`,
    losing: [`user.${opening.userId}`],
    write: () => parts.openings.end(openingId, by.actor.userId, new Date(parts.now())),
    announces: () => [],
  })
  parts.emergencies.end(openingId)
}

async function mayEnd(parts: BreakGlassParts, by: By, opening: Opening, file: Case): Promise<boolean> {
  if (opening.userId === by.actor.userId) return true
  if ([opening.agencyId, opening.leadAgencyId].some(agencyId => canReviewAccess(by.actor, agencyId))) return true
  return canChangeCase(by.actor, (await caseOfRecord(parts, file)).facts)
}

/** What an agency allows is a right that is given or taken: on record as one (AU3). */
export async function changeBreakGlass(
  parts: BreakGlassParts,
  by: By,
  agencyId: AgencyId,
  { _v, own, others, minutes }: ChangeBreakGlassBody,
): Promise<void> {
  const known = await parts.openings.settings(agencyId)
  if (known._v !== _v) throw new Refusal('conflict')
  await commit(parts, by, {
    action: 'permission.change',
    object: `break-glass agency.${agencyId}`,
    reason: `${own ? 'own' : 'no-own'}-${others ? 'others' : 'no-others'}-${minutes}`,
    write: () => parts.openings.putSettings(agencyId, _v, { own, others, minutes }),
    announces: () => [],
  })
}

/** For how long this person may open the case; nothing where they may not. */
async function judge(
  parts: BreakGlassParts,
  by: By,
  { agencyId }: OpenInEmergencyBody,
  { file, facts }: AdmittedCase,
): Promise<{ reads: boolean; minutes: number | undefined }> {
  const lead = file.agencies.find(agency => agency.role === 'lead')?.agencyId
  const isOwn = file.agencies.some(agency => agency.agencyId === agencyId)
  const [own, leads] = await Promise.all([
    allowanceOf(parts, agencyId),
    lead === undefined ? undefined : allowanceOf(parts, lead),
  ])
  const isRecused = facts.recusals.some(recusal => recusal.userId === by.actor.userId)
  const allowed =
    !isRecused && canBreakGlass(by.actor, agencyId) && (isOwn ? own.own : (own.own && leads?.others) === true)
  return { reads: canReadCase(by.actor, facts), minutes: allowed ? (leads ?? own).minutes : undefined }
}

/** Everybody of the lead agency who works on the case, and the privacy officers of both agencies. */
async function concerned(
  parts: BreakGlassParts,
  { agencyId, lead, file }: { agencyId: AgencyId; lead: AgencyId; file: Case },
): Promise<{ workers: UserId[]; officers: UserId[] }> {
  const officers = await Promise.all([...new Set([agencyId, lead])].map(id => allowanceOf(parts, id)))
  return {
    workers: file.workers.filter(worker => worker.agencyId === lead).map(worker => worker.userId),
    officers: [...new Set(officers.flatMap(one => one.officers))],
  }
}

const AT_ONCE = 500

/** Every case of that number. All cases are looked at, whichever number it is: numbers lie sealed, and the work must not tell (BG3). */
async function numbered(parts: BreakGlassParts, number: string): Promise<AdmittedCase[]> {
  const wanted = plainNumber(number)
  const ids = await parts.store
    .collection<{ _id: CaseId }>('cases')
    .find({}, { projection: { _id: 1 } })
    .toArray()
  const found: Case[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const files = await parts.cases.findMany(ids.slice(at, at + AT_ONCE).map(({ _id }) => _id))
    found.push(...files.filter(file => plainNumber(file.number) === wanted))
  }
  return Promise.all(found.map(file => caseOfRecord(parts, file)))
}

const plainNumber = (number: string): string => number.normalize('NFKC').replace(/\s/g, '').toLowerCase()
