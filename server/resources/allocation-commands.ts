/** Entering what is given, ticking its days off, ending it: refused before anything is written, then one single-document write (AL1–AL10). */
import { canReadCase } from '../../shared/access.ts'
import type { AgencyId, AllocationId, CaseId, ReferralId, ResourceId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { CreateAllocationBody, EndAllocationBody, TickBody } from '../../shared/protocol/resources.ts'
import { emergencyCount } from '../../shared/resources/emergency-limits.ts'
import { doublesOf, type Giving, givingDays } from '../../shared/resources/giving.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { assertOffered, versionsOf } from '../code-sets/code-sets.ts'
import { caseOfRecord, refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import type { ReferralParts } from '../referrals/ports.ts'
import { type AdmittedReferral, type AdmittedReferrer, standingTo } from '../referrals/referral-admission.ts'
import { assertNoResidentNumber } from '../referrals/referral-commands.ts'
import type { Allocation } from './allocation-repository.ts'
import { emergencyGivings, mayEnterFor } from './allocation-views.ts'

export const allocationObject = (allocationId: AllocationId) => `allocation.${allocationId}`

/** By a worker of the case (AL1). */
export async function createAllocation(
  parts: ReferralParts,
  by: By,
  admitted: AdmittedReferrer,
  body: CreateAllocationBody,
): Promise<void> {
  const { file, facts, agencyId: own } = admitted
  if (!mayEnterFor(by, facts).includes(body.agencyId)) {
    await refuse(parts, by, 'not-allowed', {
      subject: file._id,
      object: `agency.${body.agencyId}`,
      detail: 'not-your-agency',
    })
  }
  if (body.source.of === 'referral') await assertReferralOf(parts, body.source.referralId, file._id)
  if (await isKnown(parts, by, body)) return
  const next = assertWhole(body)
  const known = await parts.allocations.ofCase(file._id)
  if (body.despite === '' && doublesOf(next, known).length > 0) throw new Refusal('conflict', 'allocation-double')
  if (body.despite === '' && isBeyond(next, known)) throw new Refusal('conflict', 'allocation-over-limit')
  await write(parts, by, file._id, body, { enteredFor: body.agencyId !== own })
}

/** By who took a referral: for their own agency, and without a word of what others give (AL2, AL5). */
export async function createAllocationOnReferral(
  parts: ReferralParts,
  by: By,
  { referral, relation }: AdmittedReferral,
  body: CreateAllocationBody,
): Promise<void> {
  const isTaken = referral.status === 'accepted' || referral.status === 'in_progress'
  if (!relation.takes || !isTaken || body.agencyId !== referral.toAgencyId) {
    await refuse(parts, by, 'not-allowed', { subject: referral.caseId, object: `referral.${referral._id}` })
  }
  const source = { of: 'referral' as const, referralId: referral._id }
  if (await isKnown(parts, by, body)) return
  assertWhole(body)
  await write(parts, by, referral.caseId, { ...body, source }, { enteredFor: false })
}

async function write(
  parts: ReferralParts,
  by: By,
  caseId: CaseId,
  body: CreateAllocationBody,
  { enteredFor }: { enteredFor: boolean },
): Promise<void> {
  const { command, agencyId, service, emergency, rhythm, from, until, source, what, amount, rule, despite } = body
  assertNoResidentNumber([what, rule, despite])
  await assertResourceOf(parts, body.resourceId, agencyId)
  const codeSets = await parts.codeSets.now()
  assertOffered(codeSets, [['service', service]])
  const allocationId = parts.newId<AllocationId>()
  await commit(parts, by, {
    action: 'allocation.write',
    subject: caseId,
    object: allocationObject(allocationId),
    reason: enteredFor ? 'entered-for' : undefined,
    write: () =>
      parts.allocations.insert({
        _id: allocationId,
        caseId,
        agencyId,
        service,
        codes: versionsOf(codeSets, ['service']),
        emergency,
        rhythm,
        from,
        until,
        endedOn: '',
        resourceId: body.resourceId ?? '',
        referralId: source.of === 'referral' ? source.referralId : '',
        source,
        once: source.of === 'action' ? `action ${caseId} ${source.actionId}` : allocationId,
        command,
        ticks: [],
        enteredFor,
        by: by.actor.userId,
        at: new Date(parts.now()),
        what,
        amount,
        rule,
        despite,
        endReason: '',
      }),
    announces: () => [],
  })
  tellCase(parts, caseId)
}

/** @throws Refusal `bad-request` for days that do not fit, and for emergency support without its kind */
function assertWhole({ agencyId, service, emergency, rhythm, from, until }: CreateAllocationBody): Giving {
  if ((service === 'emergency_welfare') !== (emergency !== ''))
    throw new Refusal('bad-request', 'allocation-emergency-kind')
  if (until < from) throw new Refusal('bad-request', 'until-before-from')
  if (rhythm === 'once' && until !== from) throw new Refusal('bad-request', 'until-before-from')
  return { agencyId, service, emergency, rhythm, from, until, endedOn: '' }
}

function isBeyond(next: Giving, known: readonly Allocation[]): boolean {
  if (next.emergency === '') return false
  const giving = { kind: next.emergency, from: next.from, until: next.until }
  return emergencyCount(next.emergency, emergencyGivings(known), giving).standing === 'beyond'
}

/** The same press again: what it wrote stands (AL4). */
const isKnown = async (parts: ReferralParts, by: By, { command }: CreateAllocationBody): Promise<boolean> =>
  (await parts.allocations.byCommand(command))?.by === by.actor.userId

/** The days and counts of another agency's entry are not moved by what this one enters. */
async function assertResourceOf(
  parts: ReferralParts,
  resourceId: ResourceId | null,
  agencyId: AgencyId,
): Promise<void> {
  if (resourceId === null) return
  const resource = await parts.resources.find(resourceId)
  if (resource?.agencyId !== agencyId) throw new Refusal('bad-request', 'allocation-resource')
}

async function assertReferralOf(parts: ReferralParts, referralId: ReferralId, caseId: CaseId): Promise<void> {
  if ((await parts.referrals.find(referralId))?.caseId !== caseId)
    throw new Refusal('bad-request', 'allocation-referral')
}

export interface AdmittedAllocation {
  allocation: Allocation
  mayChange: boolean
}

/** Through its case, or through the referral that it was entered on (AL1, AL2). */
export async function admitToAllocation(
  parts: ReferralParts,
  by: By,
  allocationId: AllocationId,
): Promise<AdmittedAllocation> {
  const allocation = await parts.allocations.find(allocationId)
  const admitted = allocation && (await standingToAllocation(parts, by, allocation))
  return (
    admitted ?? refuse(parts, by, 'not-found', { subject: allocation?.caseId, object: allocationObject(allocationId) })
  )
}

async function standingToAllocation(
  parts: ReferralParts,
  by: By,
  allocation: Allocation,
): Promise<AdmittedAllocation | undefined> {
  const file = await parts.cases.find(allocation.caseId)
  if (file === undefined) return undefined
  const ofCase = await caseOfRecord(parts, file)
  if (canReadCase(by.actor, ofCase.facts)) {
    return { allocation, mayChange: mayEnterFor(by, ofCase.facts).includes(allocation.agencyId) }
  }
  const referral = allocation.referralId === '' ? undefined : await parts.referrals.find(allocation.referralId)
  const takes = referral && standingTo(by, referral, ofCase)?.relation.takes
  return takes === true && referral?.toAgencyId === allocation.agencyId ? { allocation, mayChange: true } : undefined
}

/** @throws Refusal `conflict` for another version, `bad-request` for a day that is none of its */
export async function tickAllocation(
  parts: ReferralParts,
  by: By,
  { allocation, mayChange }: AdmittedAllocation,
  { _v, day, given }: TickBody,
): Promise<Allocation> {
  await assertMayChange(parts, by, allocation, mayChange)
  if (allocation._v !== _v) throw new Refusal('conflict')
  const isTicked = allocation.ticks.some(tick => tick.day === day)
  if (given && !givingDays(allocation).includes(day)) throw new Refusal('bad-request', 'allocation-day')
  if (given && day > dayInSeoul(parts.now())) throw new Refusal('bad-request', 'allocation-day-ahead')
  if (given === isTicked) return allocation
  const others = allocation.ticks.filter(tick => tick.day !== day)
  const ticks = given ? [...others, { day, by: by.actor.userId, at: new Date(parts.now()) }] : others
  return change(parts, by, allocation, { ticks }, { action: 'allocation.tick', reason: given ? 'given' : 'taken-back' })
}

/** Ended early or cancelled: from that day on nothing more is given (AL9). */
export async function endAllocation(
  parts: ReferralParts,
  by: By,
  { allocation, mayChange }: AdmittedAllocation,
  { _v, on, reason }: EndAllocationBody,
): Promise<Allocation> {
  await assertMayChange(parts, by, allocation, mayChange)
  if (allocation._v !== _v) throw new Refusal('conflict')
  assertNoResidentNumber([reason])
  if (allocation.ticks.some(tick => tick.day >= on)) throw new Refusal('conflict', 'allocation-given-later')
  return change(
    parts,
    by,
    allocation,
    { endedOn: on, endReason: reason },
    { action: 'allocation.write', reason: 'ended' },
  )
}

async function change(
  parts: ReferralParts,
  by: By,
  allocation: Allocation,
  fields: Partial<Pick<Allocation, 'ticks' | 'endedOn' | 'endReason'>>,
  record: { action: string; reason: string },
): Promise<Allocation> {
  const { ticks, endedOn, endReason } = { ...allocation, ...fields }
  const changed = await commit(parts, by, {
    ...record,
    subject: allocation.caseId,
    object: allocationObject(allocation._id),
    write: () => parts.allocations.update(allocation, { ticks, endedOn, endReason }),
    announces: () => [],
  })
  tellCase(parts, allocation.caseId)
  return changed
}

async function assertMayChange(parts: ReferralParts, by: By, { _id, caseId }: Allocation, may: boolean): Promise<void> {
  if (!may) await refuse(parts, by, 'not-allowed', { subject: caseId, object: allocationObject(_id) })
}

function tellCase(parts: ReferralParts, caseId: CaseId): void {
  parts.documents.notify(`case.${caseId}`, 'case')
}
