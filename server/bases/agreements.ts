/** Agreements between agencies (업무협약): entered and ended by who runs an agency or leads its work (BASES.md BS14). */
import { canKeepAgreements, canReadAgreements } from '../../shared/access.ts'
import type { AgencyId, AgreementId } from '../../shared/ids.ts'
import type { AgreementBody, AgreementsView } from '../../shared/protocol/bases.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import { namedAgencies } from '../conferences/moved-access.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { assertActiveAgencies, assertDistinct } from '../conferences/staff.ts'
import { registerEnded, tellRooms, withEnd } from './basis-commands.ts'
import { type BasesOfCase, type Basis, stillNamed } from './basis-repository.ts'
import { agreementViews } from './basis-views.ts'
import { assertNoResidentNumber } from './basis-words.ts'

/** Its own staff read them; one answer for another agency's and for one that does not exist. */
export async function admitToAgreements(parts: ConferenceParts, by: By, agencyId: AgencyId): Promise<AgencyId> {
  if (canReadAgreements(by.actor, agencyId)) return agencyId
  return refuse(parts, by, 'not-found', { object: `agency.${agencyId}` })
}

export async function admitToKeepAgreements(parts: ConferenceParts, by: By, agencyId: AgencyId): Promise<AgencyId> {
  if (canKeepAgreements(by.actor, agencyId)) return agencyId
  return refuse(parts, by, 'not-found', { object: `agency.${agencyId}` })
}

export async function openAgreements(parts: ConferenceParts, by: By, agencyId: AgencyId): Promise<AgreementsView> {
  const agreements = await parts.agreements.ofAgency(agencyId)
  return {
    mayChange: canKeepAgreements(by.actor, agencyId),
    agreements: await agreementViews(parts, agreements),
  }
}

export async function enterAgreement(
  parts: ConferenceParts,
  by: By,
  agencyId: AgencyId,
  { parties, title, scope, from, until }: AgreementBody,
): Promise<void> {
  assertDistinct([agencyId, ...parties], 'agency-twice')
  await assertActiveAgencies(parts.people, parties, 'unknown-agency')
  if (until !== null && until < from) throw new Refusal('bad-request', 'basis-days-backwards')
  assertNoResidentNumber({ title, scope })
  const _id = parts.newId<AgreementId>()
  await commit(parts, by, {
    action: 'agreement.enter',
    object: `agency.${agencyId}`,
    reason: _id,
    write: () =>
      parts.agreements.insert({
        _id,
        parties: [agencyId, ...parties],
        title,
        scope,
        from,
        until: until ?? '',
        enteredBy: by.actor.userId,
        enteredAt: new Date(parts.now()),
      }),
    announces: () => [],
  })
}

/** Ends it, and with it every basis that names it: one write each, so that doing it again finishes what was left (BS14). */
export async function endAgreement(
  parts: ConferenceParts,
  by: By,
  agencyId: AgencyId,
  agreementId: AgreementId,
  { _v }: { _v: number },
): Promise<void> {
  const agreement = await parts.agreements.find(agreementId)
  if (agreement === undefined || !agreement.parties.includes(agencyId)) {
    return refuse(parts, by, 'not-found', { object: `agency.${agencyId}` })
  }
  if (agreement.endedOn === '') {
    if (agreement._v !== _v) throw new Refusal('conflict')
    await commit(parts, by, {
      action: 'agreement.end',
      object: `agency.${agencyId}`,
      reason: agreementId,
      write: () => parts.agreements.end(agreement, dayInSeoul(parts.now())),
      announces: () => [],
    })
  }
  for (const known of await parts.bases.naming(agreementId)) {
    for (const one of known.bases) {
      if (one.agreementId === agreementId && stillNamed(one).length > 0) await endWith(parts, by, known.caseId, one)
    }
  }
}

/** Somebody else changed the same case in between this often: what is left is ended when it is asked for again. */
const MAX_TRIES = 5

async function endWith(
  parts: ConferenceParts,
  by: By,
  caseId: BasesOfCase['caseId'],
  { basisId }: Basis,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const known = await parts.bases.find(caseId)
    const one = known.bases.find(basis => basis.basisId === basisId)
    if (one === undefined || stillNamed(one).length === 0) return
    const named = stillNamed(one)
    const ended = withEnd(one, named, { why: 'ended', by: by.actor.userId }, parts.now())
    const bases = known.bases.map(basis => (basis.basisId === basisId ? ended : basis))
    try {
      await commit(parts, by, {
        action: 'basis.end',
        subject: caseId,
        object: `case.${caseId}`,
        reason: 'agreement',
        losing: namedAgencies(named),
        write: () => parts.bases.put(known, { sensitive: known.sensitive, bases }, dayInSeoul(parts.now())),
        announces: () => [`case:${caseId}`],
      })
      await registerEnded(parts, [ended])
      await tellRooms(parts, caseId)
      return
    } catch (error) {
      const isRace = error instanceof Refusal && error.reason === 'conflict'
      if (!isRace || attempt === MAX_TRIES) throw error
    }
  }
}
