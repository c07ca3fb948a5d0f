/** By what right agencies may know of a case, as one of its workers sees it (BASES.md BS15). */
import { canChangeCase, canReadConference } from '../../shared/access.ts'
import {
  groundsOf,
  lastDayOf,
  needsApproval,
  proposedFor,
  standingOf,
  standingUnder,
} from '../../shared/bases/bases.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type {
  AgencyBasisView,
  AgreementView,
  BasisView,
  BasisWords,
  CaseBasesView,
} from '../../shared/protocol/bases.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import { conferenceFactsOf } from '../conferences/facts.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { type Agreement, isInForce } from './agreement-repository.ts'
import { mayApprove } from './basis-commands.ts'
import type { BasesOfCase, Basis } from './basis-repository.ts'

/** With a record of access: it names what the household agreed to. */
export async function openBases(parts: ConferenceParts, by: By, admitted: AdmittedCase): Promise<CaseBasesView> {
  const caseId = admitted.file._id
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'basis.open',
    subject: caseId,
    object: documentNameOf({ kind: 'case', caseId }),
    outcome: 'ok',
  })
  return basesView(parts, by, admitted)
}

/** Without a record of its own: for the answer to a command, which has one. */
export async function basesView(parts: ConferenceParts, by: By, admitted: AdmittedCase): Promise<CaseBasesView> {
  const { file, facts } = admitted
  const caseId = file._id
  const known = await parts.bases.find(caseId)
  const today = dayInSeoul(parts.now())
  const mayChange = canChangeCase(by.actor, facts)
  const lead = leadAgencyOf(file)
  return {
    caseId,
    _v: known._v,
    today,
    sensitive: known.sensitive,
    mayChange,
    agencies: await agencyViews(parts, by, admitted, known, { mayChange, lead, today }),
    bases: mayChange ? await basisViews(parts, by, admitted, known, today) : [],
    agreements: mayChange ? await agreementViews(parts, await parts.agreements.ofAgency(lead)) : [],
  }
}

interface Looking {
  mayChange: boolean
  lead: AgencyId
  today: string
}

async function agencyViews(
  parts: ConferenceParts,
  by: By,
  { file }: AdmittedCase,
  known: BasesOfCase,
  { mayChange, lead, today }: Looking,
): Promise<AgencyBasisView[]> {
  const items = await parts.items.ofCases([file._id])
  const ids = [...new Set(items.map(item => item.conferenceId))]
  const conferences = (await parts.conferences.findMany(ids)).filter(conference =>
    canReadConference(by.actor, conferenceFactsOf(conference)),
  )
  const clearedIn = (agencyId: AgencyId) =>
    conferences
      .filter(({ _id }) => items.some(item => item.conferenceId === _id && item.agencies.includes(agencyId)))
      .map(({ _id, title, startsAt, state }) => ({
        conferenceId: _id,
        title,
        startsAt: startsAt.toISOString(),
        state,
      }))
      .sort((a, b) => (a.startsAt < b.startsAt ? 1 : -1))
  const asked = new Set([
    ...file.agencies.map(agency => agency.agencyId),
    ...(mayChange ? items.flatMap(item => item.agencies) : groundsOf(known, today).open),
    ...(mayChange ? known.bases.flatMap(one => one.receivers.map(receiver => receiver.agencyId)) : []),
  ])
  const views = [...asked].map(async (agencyId): Promise<AgencyBasisView> => {
    const agency = await parts.people.agency(agencyId)
    const { standing, by: best } = standingOf(known, agencyId, today)
    const isLead = agencyId === lead
    return {
      ...(await nameOf(parts, agencyId)),
      public: agency?.public ?? false,
      role: file.agencies.find(one => one.agencyId === agencyId)?.role ?? null,
      standing: isLead ? 'own_task' : standing,
      basis: isLead ? null : (best?.basis ?? null),
      sensitive: isLead || (best?.sensitive ?? false),
      until: isLead || best === undefined ? null : lastDayOf(best),
      proposed: proposedFor({ public: agency?.public ?? false }),
      clearedIn: clearedIn(agencyId),
    }
  })
  return Promise.all(views)
}

const EMPTY: BasisWords = {
  sections: [],
  keptAt: '',
  under14: false,
  representative: null,
  law: '',
  purpose: '',
  items: '',
  reason: '',
  sensitiveLaw: '',
  measures: '',
}

async function basisViews(
  parts: ConferenceParts,
  by: By,
  admitted: AdmittedCase,
  known: BasesOfCase,
  today: string,
): Promise<BasisView[]> {
  const words = await parts.bases.words(known.caseId)
  const views = known.bases.map(async (one): Promise<BasisView> => {
    const { basisId, basis, given, refused, sensitive, from, until, givenOn, reviewOn, agreementId } = one
    return {
      basisId,
      basis,
      given: [...given],
      refused,
      sensitive,
      from,
      until,
      givenOn,
      reviewOn,
      agreementId,
      receivers: await Promise.all(
        one.receivers.map(async ({ agencyId, end }) => ({
          ...(await nameOf(parts, agencyId)),
          standing: standingUnder(one, agencyId, today, known.sensitive) ?? ('none' as const),
          end: end && { why: end.why, on: end.on, byName: end.by === null ? '' : await personName(parts, end.by) },
        })),
      ),
      approval: await approvalOf(parts, one),
      mayApprove: mayApprove(by, admitted, one),
      enteredBy: await personName(parts, one.enteredBy),
      enteredAt: one.enteredAt.toISOString(),
      words: words.get(basisId) ?? EMPTY,
    }
  })
  return (await Promise.all(views)).reverse()
}

async function approvalOf(parts: ConferenceParts, one: Basis): Promise<BasisView['approval']> {
  if (!needsApproval(one.basis)) return 'not-needed'
  if (one.approvedBy === null || one.approvedAt === null) return 'waiting'
  return { byName: await personName(parts, one.approvedBy), on: dayInSeoul(one.approvedAt) }
}

export function agreementViews(parts: ConferenceParts, agreements: readonly Agreement[]): Promise<AgreementView[]> {
  const today = dayInSeoul(parts.now())
  return Promise.all(
    agreements.map(async agreement => ({
      agreementId: agreement._id,
      parties: await Promise.all(agreement.parties.map(agencyId => nameOf(parts, agencyId))),
      title: agreement.title,
      scope: agreement.scope,
      from: agreement.from,
      until: agreement.until || null,
      endedOn: agreement.endedOn || null,
      inForce: isInForce(agreement, today),
      _v: agreement._v,
    })),
  )
}

async function nameOf(parts: ConferenceParts, agencyId: AgencyId) {
  const agency = await parts.people.agency(agencyId)
  return { agencyId, name: agency?.name ?? '', shortName: agency?.shortName ?? '', colour: agency?.colour ?? 0 }
}

const personName = async (parts: ConferenceParts, userId: Basis['enteredBy']) =>
  (await parts.people.person(userId))?.name ?? ''
