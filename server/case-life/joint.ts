/** Joint case management (공동사례관리): the agreement, what each agency says to the steps, and the passing on of the lead (LIFE.md CJ). */
import type { JointAnswerGiven, LeadOffer } from '../../shared/cases/case-life.ts'
import type { CaseGrade } from '../../shared/code-sets/grades.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type { CaseLifeAnswerBody, CaseLifeBody } from '../../shared/protocol/case-life.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { type AdmittedCase, refuse } from '../conferences/admission.ts'
import { assertSound, followInItems, leadAgencyOf } from '../conferences/case-commands.ts'
import type { OpenedLife } from '../conferences/case-repository.ts'
import type { By } from '../conferences/ports.ts'
import { assertDistinct } from '../conferences/staff.ts'
import { assertNotSuspended } from '../subject-requests/suspensions.ts'
import { keepFormerLead } from './former-lead.ts'
import { admitToWriteCase, caseObject, speaksFor } from './life-admission.ts'
import { contextOf, type LifeChange, type LifeContext, openedAt, writeLife } from './life-writing.ts'
import type { LifeParts } from './ports.ts'

/** Others may change the case while an agency answers; its answer holds all the same. */
const MAX_TRIES = 5

/** An agency's answer to a step or to an offer of the lead. @throws Refusal `not-allowed`, `conflict` where it was answered already */
export async function answerInLife(
  parts: LifeParts,
  by: By,
  admitted: AdmittedCase,
  body: CaseLifeAnswerBody,
): Promise<OpenedLife> {
  for (let left = MAX_TRIES, now = admitted; ; left--) {
    const context = contextOf(parts, by, await openedAt(parts, now))
    try {
      const change = await answered(context, now, body)
      const written = await writeLife(context, change)
      if (change.agencies) await followInItems(parts, context.opened.file, written.file)
      return written
    } catch (error) {
      const isOvertaken = error instanceof Refusal && error.reason === 'conflict' && error.detail === undefined
      if (!isOvertaken || left === 0) throw error
      now = await admitToWriteCase(parts, by, admitted.file._id)
    }
  }
}

async function answered(context: LifeContext, admitted: AdmittedCase, body: CaseLifeAnswerBody): Promise<LifeChange> {
  switch (body.do) {
    case 'acknowledge':
    case 'dissent':
      return saidToStep(context, admitted, body)
    case 'accept-lead':
      return acceptedLead(context, admitted, body.id)
    case 'decline-lead': {
      const offer = await offerTo(context, admitted, body.id)
      return {
        action: 'case.lead-decline',
        code: offer.to,
        life: { offers: offersEnded(context, offer, 'declined') },
        words: { [offer.id]: { ...context.opened.words[offer.id], outcomeReason: body.reason } },
      }
    }
  }
}

async function saidToStep(
  { parts, by, opened, done }: LifeContext,
  { facts }: AdmittedCase,
  body: Extract<CaseLifeAnswerBody, { do: 'acknowledge' | 'dissent' }>,
): Promise<LifeChange> {
  const { file } = opened
  const { entryId, agencyId } = body
  const entry = file.life.history.find(({ id }) => id === entryId)
  if (entry === undefined || !entry.asked.includes(agencyId)) throw new Refusal('bad-request', 'step-unknown')
  if (!speaksFor(by.actor, facts).includes(agencyId)) {
    return refuse(parts, by, 'not-allowed', { subject: file._id, object: caseObject(file._id) })
  }
  const answer: JointAnswerGiven['answer'] = body.do === 'acknowledge' ? 'acknowledged' : 'dissents'
  const before = file.life.answers.findLast(one => one.entryId === entryId && one.agencyId === agencyId)
  if (before !== undefined && (before.answer === 'acknowledged' || answer === 'dissents')) {
    throw new Refusal('conflict', 'step-answered')
  }
  return {
    action: body.do === 'acknowledge' ? 'case.acknowledge' : 'case.dissent',
    code: entry.step ?? entry.to,
    life: { answers: [...file.life.answers, { ...done, entryId, agencyId, answer }] },
    words: body.do === 'dissent' ? { [done.id]: { words: body.words } } : {},
  }
}

export function agreedJointly(
  { opened, done }: LifeContext,
  { from, until, agencies, exitRule }: Extract<CaseLifeBody, { do: 'joint' }>,
): LifeChange {
  const { file } = opened
  const roleOf = (agencyId: AgencyId) => file.agencies.find(agency => agency.agencyId === agencyId)?.role
  assertDistinct(
    agencies.map(agency => agency.agencyId),
    'agency-twice',
  )
  const roles = agencies.map(({ agencyId }) => roleOf(agencyId))
  if (!roles.every(role => role === 'lead' || role === 'co_managing'))
    throw new Refusal('bad-request', 'not-co-managing')
  if (!roles.includes('lead')) throw new Refusal('bad-request', 'joint-without-lead')
  if (until !== '' && until < from) throw new Refusal('bad-request', 'day-earlier')
  return {
    action: 'case.joint',
    code: 'agreed',
    life: { joint: [...file.life.joint, { ...done, from, until, agencies }] },
    words: { [done.id]: { exitRule } },
  }
}

export async function offeredLead(
  { parts, by, opened, done }: LifeContext,
  { facts }: AdmittedCase,
  { kind, to, staysAs, reason }: Extract<CaseLifeBody, { do: 'offer-lead' }>,
  now: { open: LeadOffer | undefined; grade: CaseGrade | '' },
): Promise<LifeChange> {
  const { file } = opened
  if (now.open !== undefined) throw new Refusal('conflict', 'lead-offered')
  const role = file.agencies.find(agency => agency.agencyId === to)?.role
  if (role === undefined || role === 'lead' || !facts.grounded.includes(to)) {
    throw new Refusal('bad-request', 'lead-to-agency-of-case')
  }
  if (kind === 'hand_over' && (now.grade === '' || now.grade === 'general')) {
    throw new Refusal('bad-request', 'hand-over-needs-grade')
  }
  await assertNotSuspended(parts, by, file._id)
  // Somebody there must be able to accept it, and to lead the case then.
  await assertSound(parts.people, { agencies: withLead(file.agencies, to, staysAs), workers: file.workers }, file)
  return {
    action: 'case.lead-offer',
    code: to,
    life: { offers: [...file.life.offers, { ...done, kind, to, staysAs, outcome: null }] },
    words: { [done.id]: { reason } },
  }
}

export function withdrawnLead(
  context: LifeContext,
  { id }: Extract<CaseLifeBody, { do: 'withdraw-lead' }>,
): LifeChange {
  const offer = context.opened.file.life.offers.find(one => one.id === id && one.outcome === null)
  if (offer === undefined) throw new Refusal('conflict', 'offer-over')
  return {
    action: 'case.lead-withdraw',
    code: offer.to,
    life: { offers: offersEnded(context, offer, 'withdrawn') },
    words: {},
  }
}

async function acceptedLead(context: LifeContext, admitted: AdmittedCase, id: string): Promise<LifeChange> {
  const { parts, by, opened } = context
  const { file } = opened
  const offer = await offerTo(context, admitted, id)
  const agencies = withLead(file.agencies, offer.to, offer.staysAs)
  await assertNotSuspended(parts, by, file._id)
  await assertSound(parts.people, { agencies, workers: file.workers }, file)
  await keepFormerLead(parts, by, { ...file, agencies }, { former: leadAgencyOf(file), offer })
  return {
    action: 'case.lead-accept',
    code: offer.to,
    life: { offers: offersEnded(context, offer, 'accepted') },
    words: {},
    agencies,
  }
}

/** The offer that waits for an answer of the person's own agency. */
async function offerTo({ parts, by, opened }: LifeContext, { facts }: AdmittedCase, id: string): Promise<LeadOffer> {
  const { file } = opened
  const offer = file.life.offers.find(one => one.id === id)
  if (offer === undefined) throw new Refusal('conflict', 'offer-over')
  if (!speaksFor(by.actor, facts).includes(offer.to)) {
    return refuse(parts, by, 'not-allowed', { subject: file._id, object: caseObject(file._id) })
  }
  const isOfCase = file.agencies.some(({ agencyId, role }) => agencyId === offer.to && role !== 'lead')
  if (offer.outcome !== null || !isOfCase) throw new Refusal('conflict', 'offer-over')
  return offer
}

function offersEnded(
  { opened, done }: LifeContext,
  offer: LeadOffer,
  kind: NonNullable<LeadOffer['outcome']>['kind'],
): LeadOffer[] {
  const outcome = { kind, by: done.by, at: done.at }
  return opened.file.life.offers.map(one => (one.id === offer.id ? { ...one, outcome } : one))
}

function withLead(
  agencies: OpenedLife['file']['agencies'],
  lead: AgencyId,
  formerAs: LeadOffer['staysAs'],
): OpenedLife['file']['agencies'] {
  return agencies.map(agency => {
    if (agency.agencyId === lead) return { ...agency, role: 'lead' }
    return agency.role === 'lead' ? { ...agency, role: formerAs } : agency
  })
}
