/**
 * Which supervisions of a case are a person's, on facts as they are now: those that they could begin, and those that are written in already. Who has
 * none gets the answer that a missing case gets.
 */
import {
  type Actor,
  type CaseFacts,
  type CaseHearing,
  canOpenSupervision,
  canReadSupervision,
  type SupervisionFacts,
  supervises,
} from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, SupervisionThreadId, UserId } from '../../shared/ids.ts'
import { refuse } from '../conferences/admission.ts'
import { caseFactsWith, conferenceFactsOf, itemFactsOf } from '../conferences/facts.ts'
import type { By, DirectoryPerson } from '../conferences/ports.ts'
import type { SupervisionParts } from './ports.ts'

export interface OwnSupervision extends SupervisionFacts {
  /** Null while nothing was written. */
  threadId: SupervisionThreadId | null
  as: 'worker' | 'supervisor'
  with: DirectoryPerson | undefined
  withUserId: UserId
  /** For whom the other one is in it, to show beside the name. */
  withAgencyId: AgencyId | null
  /** Both may read it. */
  mayWrite: boolean
}

export interface AdmittedSupervision {
  caseId: CaseId
  own: OwnSupervision[]
}

export async function admitToSupervision(
  parts: SupervisionParts,
  by: By,
  caseId: CaseId,
): Promise<AdmittedSupervision> {
  const about = await heardCase(parts, caseId)
  if (about && canOpenSupervision(by.actor, about.facts, about.hearings)) {
    return { caseId, own: await ownSupervisions(parts, by, about) }
  }
  // Who works on the case no more for its lead agency may still read what they wrote as long as their reason of then holds.
  const own = about ? await ownSupervisions(parts, by, about) : []
  if (own.length > 0) return { caseId, own }
  return refuse(parts, by, 'not-found', {
    subject: about ? caseId : undefined,
    object: `${documentNameOf({ kind: 'case', caseId })} supervision`,
  })
}

/** The person's own of a case, asked for no one's sake but theirs: nothing is refused, and nothing recorded. */
export async function ownSupervisionsOf(parts: SupervisionParts, by: By, caseId: CaseId): Promise<OwnSupervision[]> {
  const about = await heardCase(parts, caseId)
  return about ? ownSupervisions(parts, by, about) : []
}

interface HeardCase {
  caseId: CaseId
  facts: CaseFacts
  hearings: CaseHearing[]
}

/** A case with every item in which it is or was heard. */
async function heardCase(parts: SupervisionParts, caseId: CaseId): Promise<HeardCase | undefined> {
  const [file, items] = await Promise.all([parts.cases.find(caseId), parts.items.ofCases([caseId])])
  const conferences = await parts.conferences.findMany([...new Set(items.map(item => item.conferenceId))])
  if (file === undefined) return undefined
  const hearings = items.flatMap(item => {
    const conference = conferences.find(one => one._id === item.conferenceId)
    return conference ? [{ conference: conferenceFactsOf(conference), item: itemFactsOf(item) }] : []
  })
  return { caseId, facts: caseFactsWith(file, items), hearings }
}

async function ownSupervisions(parts: SupervisionParts, by: By, about: HeardCase): Promise<OwnSupervision[]> {
  const { caseId, facts, hearings } = about
  const { actor } = by
  const lead = facts.agencies.find(agency => agency.role === 'lead')?.agencyId
  const people = await peopleOf(parts, about, lead)
  const known = await parts.supervisions.ofPerson(caseId, actor.userId)
  const possible: (SupervisionFacts & { _id: SupervisionThreadId | null })[] = [...known]
  for (const other of people.values()) {
    if (lead === undefined) break
    const pairs = [
      { worker: actor.userId, supervisor: other.userId },
      { worker: other.userId, supervisor: actor.userId },
    ]
    for (const { worker, supervisor } of pairs) {
      const isKnown = known.some(one => one.worker === worker && one.supervisor === supervisor)
      if (!isKnown && mayBoth(actor, other, { worker, agencyId: lead, supervisor }, about)) {
        possible.push({ _id: null, worker, agencyId: lead, supervisor })
      }
    }
  }
  return Promise.all(
    possible
      .filter(pair => canReadSupervision(actor, pair, facts, hearings))
      .map(async ({ _id, worker, agencyId, supervisor }) => {
        const pair = { worker, agencyId, supervisor }
        const as = worker === actor.userId ? ('worker' as const) : ('supervisor' as const)
        const withUserId = as === 'worker' ? supervisor : worker
        const other = people.get(withUserId) ?? (await parts.people.person(withUserId))
        return {
          ...pair,
          threadId: _id,
          as,
          with: other,
          withUserId,
          withAgencyId: as === 'supervisor' ? agencyId : agencyOfSupervisor(other, pair, about),
          mayWrite: other !== undefined && mayBoth(actor, other, pair, about),
        }
      }),
  )
}

/** Who could be the other one: workers for the lead agency, who sits for it where the case is heard, and who is invited there as a supervisor. */
async function peopleOf(
  parts: SupervisionParts,
  { facts, hearings }: HeardCase,
  lead: AgencyId | undefined,
): Promise<Map<UserId, DirectoryPerson>> {
  const seated = hearings.flatMap(({ conference }) => conference.participants)
  const ids = new Set([
    ...facts.workers.filter(worker => worker.agencyId === lead).map(worker => worker.userId),
    ...seated.filter(one => one.role === 'supervisor' || one.agencyId === lead).map(one => one.userId),
  ])
  const found = await Promise.all([...ids].map(userId => parts.people.person(userId)))
  return new Map(found.flatMap(person => (person ? [[person.userId, person] as const] : [])))
}

/** The actor as they are now, the other one even if they have not arrived yet: what is written before a meeting waits for them. */
function mayBoth(
  actor: Actor,
  other: DirectoryPerson,
  pair: SupervisionFacts,
  { facts, hearings }: HeardCase,
): boolean {
  return (
    other.active &&
    other.userId !== actor.userId &&
    canReadSupervision(actor, pair, facts, hearings) &&
    canReadSupervision(actorOf(other), pair, facts, hearings.map(asIfArrived))
  )
}

function agencyOfSupervisor(
  person: DirectoryPerson | undefined,
  pair: SupervisionFacts,
  { facts, hearings }: HeardCase,
): AgencyId | null {
  if (person === undefined) return null
  const hearing = hearings.map(asIfArrived).find(one => supervises(actorOf(person), one, facts, pair.agencyId))
  return hearing?.conference.participants.find(one => one.userId === person.userId)?.agencyId ?? null
}

const asIfArrived = ({ conference, item }: CaseHearing): CaseHearing => ({
  conference: { ...conference, state: 'live', accepted: undefined },
  item,
})

const actorOf = ({ userId, memberships }: DirectoryPerson): Actor => ({ userId, operator: false, memberships })
