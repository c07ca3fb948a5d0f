/**
 * Opening a case and changing its header, agencies and workers. Each command writes its record of access first (a change without a record
 * would be worse than a record without a change), then one document, then announces whose access has changed.
 */
import { canCreateCase } from '../../shared/access.ts'
import { emptyLife } from '../../shared/cases/case-life.ts'
import { trackBy } from '../../shared/cases/stage-moves.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { maskResidentNumbers } from '../../shared/identifiers/resident-number.ts'
import type { AgencyId, CaseId } from '../../shared/ids.ts'
import type { ChangeCaseBody, CreateCaseBody } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { assertNotSuspended } from '../subject-requests/suspensions.ts'
import { currentZone } from './action-zones.ts'
import type { AdmittedCase } from './admission.ts'
import { refuse } from './admission.ts'
import { type Case, type CaseFields, type CaseWorker, openingEntry } from './case-repository.ts'
import { commit } from './commit.ts'
import { movedBetween, namedInCase } from './moved-access.ts'
import type { By, ConferenceParts, PeopleDirectory } from './ports.ts'
import { assertActiveAgencies, assertDistinct, staffNamed } from './staff.ts'

export async function createCase(
  parts: ConferenceParts,
  by: By,
  input: CreateCaseBody,
  options: { synthetic?: boolean } = {},
): Promise<Case> {
  const lead = leadAgencyOf(input)
  if (!canCreateCase(by.actor, lead)) return refuse(parts, by, 'not-allowed', { object: `agency.${lead}` })
  assertFoundByNow(input, parts.now())
  await assertSound(parts.people, input, { agencies: [], workers: [] })
  const caseId = parts.newId<CaseId>()
  const createdAt = new Date(parts.now())
  const stage = input.stage ?? 'registered'
  const reason = masked(input.reason ?? '')
  const first = openingEntry({ id: caseId, stage, at: createdAt, by: by.actor.userId, agencyId: lead })
  // A case that is under way is taken over with a reason (LIFE.md CL7).
  if (first.kind === 'taken_over' && reason === '') throw new Refusal('bad-request', 'taken-over-reason')
  return commit(parts, by, {
    action: 'case.create',
    subject: caseId,
    object: documentNameOf({ kind: 'case', caseId }),
    giving: namedInCase(input),
    write: () =>
      parts.cases.insert({
        _id: caseId,
        number: masked(input.number),
        label: masked(input.label),
        stage,
        life: { ...emptyLife(), track: trackBy(stage) ?? '', history: [first] },
        ...(reason !== '' && { words: { [first.id]: { reason } } }),
        route: input.route ?? '',
        foundOn: input.foundOn ?? '',
        agencies: input.agencies,
        workers: input.workers,
        synthetic: options.synthetic ?? false,
        createdBy: by.actor.userId,
        createdAt,
      }),
    announces: () => [`case:${caseId}`],
  })
}

export async function changeCase(
  parts: ConferenceParts,
  by: By,
  { file }: AdmittedCase,
  input: ChangeCaseBody,
): Promise<Case> {
  if (input._v !== file._v) throw new Refusal('conflict')
  const agencies = input.agencies ?? file.agencies
  // The lead goes to another agency by its acceptance alone (LIFE.md CJ4).
  if (leadAgencyOf({ agencies }) !== leadAgencyOf(file)) throw new Refusal('bad-request', 'lead-by-acceptance')
  const fields: CaseFields = {
    number: masked(input.number ?? file.number),
    label: masked(input.label ?? file.label),
    route: input.route ?? file.route ?? '',
    foundOn: input.foundOn ?? file.foundOn ?? '',
    agencies,
    // With an agency go its workers, unless the command itself says who works on the case.
    workers: input.workers ?? file.workers.filter(worker => agencies.some(a => a.agencyId === worker.agencyId)),
  }
  assertFoundByNow(input, parts.now())
  await assertSound(parts.people, fields, file)
  if (bringsOthers(file, fields)) await assertNotSuspended(parts, by, file._id)
  const changed = await commit(parts, by, {
    action: 'case.change',
    subject: file._id,
    object: documentNameOf({ kind: 'case', caseId: file._id }),
    ...movedBetween(namedInCase(file), namedInCase(fields)),
    write: () => parts.cases.update(file, fields),
    announces: () => [`case:${file._id}`],
  })
  await followInItems(parts, file, changed)
  parts.documents.notify(documentNameOf({ kind: 'case', caseId: file._id }), 'case')
  return changed
}

/**
 * What a change of the case's agencies or of their roles means for its items that are not over: a withdrawn agency is cleared no longer, a new lead agency
 * that is in the meeting is. Each step can be repeated; until all are done access is narrower than it should be or as it was.
 */
export async function followInItems(parts: ConferenceParts, before: Case, after: Case): Promise<void> {
  const withdrawn = before.agencies.filter(b => !after.agencies.some(a => a.agencyId === b.agencyId))
  const lead = leadAgencyOf(after)
  const items = await parts.items.ofCases([after._id])
  const conferences = new Map(
    (await parts.conferences.findMany([...new Set(items.map(item => item.conferenceId))])).map(c => [c._id, c]),
  )
  for (const item of items) {
    const conference = conferences.get(item.conferenceId)
    if (conference && conference.state !== 'closed') {
      for (const { agencyId } of withdrawn) {
        if (!item.agencies.includes(agencyId)) continue
        await parts.items.withdrawAgency(item._id, agencyId)
        parts.changes.announce([`item:${item._id}`])
      }
      const isInvited = conference.participants.some(p => p.agencyId === lead)
      if (isInvited && !item.agencies.includes(lead)) {
        await parts.items.clearAgency(item._id, lead)
        parts.changes.announce([`item:${item._id}`])
      }
    }
    const now = await parts.items.find(item._id)
    if (now) await parts.items.noteZone(item._id, currentZone(now.agencies, after))
    parts.documents.notify(documentNameOf({ kind: 'conference', conferenceId: item.conferenceId }), 'conference')
  }
}

/** Whether another agency than the lead, or somebody who works for one, comes to the case. */
function bringsOthers(before: Case, { agencies, workers }: CaseFields): boolean {
  const lead = leadAgencyOf(before)
  return (
    agencies.some(({ agencyId }) => !before.agencies.some(known => known.agencyId === agencyId)) ||
    workers.some(
      ({ userId, agencyId }) =>
        agencyId !== lead && !before.workers.some(known => known.userId === userId && known.agencyId === agencyId),
    )
  )
}

/** A resident registration number is not kept, in whatever field it was typed (개인정보 보호법 제24조의2). */
const masked = (text: string) => maskResidentNumbers(text).text

/** @throws Refusal `bad-request` unless exactly one agency leads. */
export function leadAgencyOf({ agencies }: Pick<CaseFields, 'agencies'>): AgencyId {
  const [lead, ...more] = agencies.filter(agency => agency.role === 'lead')
  if (lead === undefined || more.length > 0) throw new Refusal('bad-request', 'one-lead-agency')
  return lead.agencyId
}

/** @throws Refusal `bad-request` for a day that has not come yet in Seoul */
function assertFoundByNow({ foundOn = '' }: Pick<ChangeCaseBody, 'foundOn'>, now: number): void {
  if (foundOn > dayInSeoul(now)) throw new Refusal('bad-request', 'found-later')
}

/**
 * One lead agency with a worker who may change the case, and workers of the case's own agencies. Only what is new must be active: an agency
 * that was closed since does not stand in the way of every other change.
 */
export async function assertSound(
  people: PeopleDirectory,
  { agencies, workers }: Pick<CaseFields, 'agencies' | 'workers'>,
  known: Pick<CaseFields, 'agencies' | 'workers'>,
): Promise<void> {
  const lead = leadAgencyOf({ agencies })
  assertDistinct(
    agencies.map(a => a.agencyId),
    'agency-twice',
  )
  assertDistinct(
    workers.map(w => w.userId),
    'worker-twice',
  )
  if (workers.some(worker => !agencies.some(a => a.agencyId === worker.agencyId))) {
    throw new Refusal('bad-request', 'worker-outside-case')
  }
  const newAgencies = agencies.filter(a => !known.agencies.some(k => k.agencyId === a.agencyId))
  await assertActiveAgencies(
    people,
    newAgencies.map(a => a.agencyId),
    'unknown-agency',
  )
  const isKnown = (worker: CaseWorker) =>
    known.workers.some(k => k.userId === worker.userId && k.agencyId === worker.agencyId)
  await staffNamed(
    people,
    workers.filter(worker => !isKnown(worker)),
    'worker-not-staff',
  )
  const leading = await Promise.all(
    workers.filter(worker => worker.agencyId === lead).map(worker => people.person(worker.userId)),
  )
  const mayLead = leading.some(
    person =>
      person?.active &&
      person.memberships.some(m => m.agencyId === lead && (m.role === 'case_worker' || m.role === 'supervisor')),
  )
  if (!mayLead) throw new Refusal('bad-request', 'no-lead-worker')
}
