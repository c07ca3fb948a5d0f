/** A case's ledger as one person sees it, recorded before it leaves; and what is reckoned from it (AL1, AL5, AL6, AL8). */
import { type CaseFacts, canChangeCase } from '../../shared/access.ts'
import type { AgencyId, AllocationId } from '../../shared/ids.ts'
import type { AllocationsView, AllocationView } from '../../shared/protocol/resources.ts'
import {
  EMERGENCY_KINDS,
  type EmergencyGiving,
  type EmergencyKind,
  emergencyCount,
} from '../../shared/resources/emergency-limits.ts'
import { doublesOf, type Giving, lastDayOf, sumOf } from '../../shared/resources/giving.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import type { ReferralParts } from '../referrals/ports.ts'
import { workingAgencyOf } from '../referrals/referral-admission.ts'
import type { Allocation } from './allocation-repository.ts'

export async function openAllocations(parts: ReferralParts, by: By, admitted: AdmittedCase): Promise<AllocationsView> {
  const caseId = admitted.file._id
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'allocation.list',
    subject: caseId,
    object: `case.${caseId} allocations`,
    outcome: 'ok',
  })
  return allocationsView(parts, by, admitted)
}

/** Without a record of access: for the answer to a command, which has its own. */
export async function allocationsView(
  parts: ReferralParts,
  by: By,
  { file, facts }: AdmittedCase,
): Promise<AllocationsView> {
  const known = await parts.allocations.ofCase(file._id)
  known.sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : a.at < b.at ? 1 : -1))
  const summed = known.map(one => ({ ...one, given: one.ticks.map(tick => tick.day) }))
  const givers = [...new Set(known.map(one => one.agencyId))]
  const mine = mayEnterFor(by, facts)
  return {
    allocations: await allocationViewsOf(parts, known, one => mine.includes(one.agencyId)),
    doubles: doublePairs(known),
    emergency: (Object.keys(EMERGENCY_KINDS) as EmergencyKind[])
      .map(kind => emergencyCount(kind, emergencyGivings(known)))
      .filter(count => count.before > 0),
    sums: [
      ...(await Promise.all(
        givers.map(async agencyId => ({ agency: await agencyName(parts, agencyId), sum: sumOf(summed, agencyId) })),
      )),
      ...(givers.length > 1 ? [{ agency: null, sum: sumOf(summed) }] : []),
    ],
    mayEnterFor: await Promise.all(mine.map(agencyId => agencyName(parts, agencyId))),
  }
}

export function allocationViewsOf(
  parts: ReferralParts,
  allocations: readonly Allocation[],
  mayChange: (one: Allocation) => boolean,
): Promise<AllocationView[]> {
  return Promise.all(
    allocations.map(async one => {
      const { _id, _v, agencyId, service, emergency, what, amount, rule, rhythm, from, until, endedOn, endReason } = one
      const resource = one.resourceId === '' ? undefined : await parts.resources.find(one.resourceId)
      const ticks = [...one.ticks].sort((a, b) => (a.day < b.day ? -1 : 1))
      return {
        allocationId: _id,
        agency: await agencyName(parts, agencyId),
        service,
        codes: one.codes ?? {},
        emergency,
        what,
        amount,
        rule,
        rhythm,
        from,
        until,
        endedOn,
        endReason,
        despite: one.despite,
        source: one.source,
        resourceName: resource?.name ?? '',
        enteredFor: one.enteredFor,
        byName: await nameOf(parts, one.by),
        at: one.at.toISOString(),
        ticks: await Promise.all(
          ticks.map(async ({ day, by, at }) => ({ day, byName: await nameOf(parts, by), at: at.toISOString() })),
        ),
        mayChange: mayChange(one),
        _v,
      }
    }),
  )
}

/** For which agencies of the case the person enters what is given: their own, and all of them for the lead agency's workers (AL1). */
export function mayEnterFor(by: By, facts: CaseFacts): AgencyId[] {
  const own = workingAgencyOf(by, facts)
  if (own === undefined) return []
  const others = canChangeCase(by.actor, facts) ? facts.agencies.map(agency => agency.agencyId) : []
  return [...new Set([own, ...others])]
}

export const emergencyGivings = (allocations: readonly Giving[]): EmergencyGiving[] =>
  allocations.flatMap(one => {
    const until = lastDayOf(one)
    return one.emergency === '' || until < one.from ? [] : [{ kind: one.emergency, from: one.from, until }]
  })

function doublePairs(known: readonly Allocation[]): [AllocationId, AllocationId][] {
  return known.flatMap((one, index) =>
    doublesOf(one, known.slice(index + 1)).map(other => [one._id, other._id] satisfies [AllocationId, AllocationId]),
  )
}

async function agencyName({ people }: ReferralParts, agencyId: AgencyId) {
  const agency = await people.agency(agencyId)
  return { agencyId, name: agency?.name ?? '', shortName: agency?.shortName ?? '', colour: agency?.colour ?? -1 }
}

const nameOf = async ({ people }: ReferralParts, userId: Allocation['by']) => (await people.person(userId))?.name ?? ''
