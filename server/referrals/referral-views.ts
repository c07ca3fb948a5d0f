/**
 * Referrals as one person sees them, recorded before they leave. The receiver's view is made of what was given and of nothing else: no draft is opened on
 * its way, and nothing of the case is named (RF5, RF7, RF8).
 */
import { canTakeReferrals } from '../../shared/access.ts'
import type { AgencyId, CaseId } from '../../shared/ids.ts'
import type {
  ReferralBasisView,
  ReferralGroundView,
  ReferralRow,
  ReferralsView,
  ReferralView,
} from '../../shared/protocol/referrals.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { givenOf, type ReferralDraft } from '../../shared/referrals/referral-content.ts'
import { isOfReceiver, referralMovesFor } from '../../shared/referrals/referral-moves.ts'
import { silenceOf } from '../../shared/referrals/silence.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import { caseFactsWith } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import { allocationViewsOf } from '../resources/allocation-views.ts'
import type { ReferralParts } from './ports.ts'
import { type AdmittedReferral, type AdmittedReferrer, referralObject, standingTo } from './referral-admission.ts'
import type { Referral } from './referral-repository.ts'

export async function openReferral(parts: ReferralParts, by: By, admitted: AdmittedReferral): Promise<ReferralView> {
  await recordLook(parts, by, 'referral.open', admitted.referral.caseId, referralObject(admitted.referral._id))
  return referralView(parts, admitted)
}

/** Those of a case, for who may read it; drafts for their own agency's workers alone. The newest first. */
export async function openReferralsOfCase(
  parts: ReferralParts,
  by: By,
  admitted: AdmittedCase,
): Promise<ReferralView[]> {
  const caseId = admitted.file._id
  await recordLook(parts, by, 'referral.list', caseId, `case.${caseId} referrals`)
  const found = await parts.referrals.ofCases([caseId])
  const mine = found.flatMap(referral => standingTo(by, referral, admitted) ?? [])
  const views = await Promise.all(mine.map(one => referralView(parts, one)))
  return views.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

/** What came to the person's agencies, and what these sent about cases that the person works on. */
export async function listReferrals(parts: ReferralParts, by: By): Promise<ReferralsView> {
  const takesFor = by.actor.memberships.map(m => m.agencyId).filter(agencyId => canTakeReferrals(by.actor, agencyId))
  const worksOn = await parts.cases.ofWorker(by.actor.userId)
  const [came, went] = await Promise.all([
    parts.referrals.toAgencies([...new Set(takesFor)]),
    parts.referrals.ofCases(worksOn.map(file => file._id)),
  ])
  const around = await casesAround(parts, [...came, ...went])
  const standing = (referral: Referral) => {
    const ofCase = around.get(referral.caseId)
    return ofCase && standingTo(by, referral, ofCase)
  }
  const inbox = came.flatMap(referral => standing(referral) ?? []).filter(one => one.relation.takes)
  const outbox = went.flatMap(referral => standing(referral) ?? []).filter(one => one.relation.sends)
  const subjects = new Set([...inbox, ...outbox].map(one => one.referral.caseId))
  await Promise.all(
    [...subjects].map(caseId => recordLook(parts, by, 'referral.list', caseId, `case.${caseId} referrals`)),
  )
  const rows = (list: AdmittedReferral[], side: ReferralRow['side']) =>
    Promise.all(list.map(one => referralRow(parts, one, side)))
  const [inRows, outRows] = await Promise.all([rows(inbox, 'receiver'), rows(outbox, 'sender')])
  return { inbox: inRows.sort(byUrgency), outbox: outRows.sort(byUrgency) }
}

/** What waits longest first, then the newest. */
function byUrgency(a: ReferralRow, b: ReferralRow): number {
  const days = (row: ReferralRow) => row.silence?.days ?? -1
  return days(b) - days(a) || (a.createdAt < b.createdAt ? 1 : -1)
}

async function casesAround(
  parts: ReferralParts,
  referrals: readonly Referral[],
): Promise<ReadonlyMap<CaseId, AdmittedCase>> {
  const ids = [...new Set(referrals.map(one => one.caseId))]
  const [files, items] = await Promise.all([parts.cases.findMany(ids), parts.items.ofCases(ids)])
  return new Map(
    files.map(file => {
      const own = items.filter(item => item.caseId === file._id)
      return [file._id, { file, facts: caseFactsWith(file, own) }]
    }),
  )
}

/** Without a record of access: for the answer to a command, which has its own. */
export async function referralView(parts: ReferralParts, admitted: AdmittedReferral): Promise<ReferralView> {
  const { referral, relation } = admitted
  const draft = relation.sends ? ((await parts.referrals.draftOf(referral._id)) ?? null) : null
  const { given, closed } = await contentFor(parts, admitted, draft)
  const common = await commonOf(parts, admitted, closed, relation.takes ? 'receiver' : 'sender')
  const isOurs = relation.takes
  const onIt = (await parts.allocations.ofReferral(referral._id)).filter(
    one => relation.reads || one.agencyId === referral.toAgencyId,
  )
  const allocations = await allocationViewsOf(parts, onIt, one => isOurs && one.agencyId === referral.toAgencyId)
  return {
    ...common,
    given,
    draft,
    ground: groundView(referral, relation.reads),
    steps: await Promise.all(
      referral.steps.map(async ({ at, by: userId, agencyId, move, status, note, declined, plannedOn, codes = {} }) => ({
        at: at.toISOString(),
        byName: await nameOf(parts, userId),
        agency: (await parts.people.agency(agencyId))?.shortName ?? '',
        move,
        status,
        note,
        declined: declined === '' ? null : declined,
        codes,
        plannedOn,
      })),
    ),
    allocations,
    mayAllocate: relation.takes && (referral.status === 'accepted' || referral.status === 'in_progress'),
  }
}

async function referralRow(
  parts: ReferralParts,
  admitted: AdmittedReferral,
  side: ReferralRow['side'],
): Promise<ReferralRow> {
  const { referral, relation } = admitted
  const draft =
    referral.status === 'draft' && relation.sends ? ((await parts.referrals.draftOf(referral._id)) ?? null) : null
  const { given, closed } = await contentFor(parts, admitted, draft)
  const common = await commonOf(parts, admitted, closed, side)
  return {
    ...common,
    ground: groundView(referral, relation.reads),
    request: given?.request ?? '',
    name: given?.fields.name ?? '',
  }
}

type Content = Pick<ReferralView, 'given' | 'closed'>

/** What the reader sees of its content (RF5, RF8). */
export async function contentFor(
  parts: ReferralParts,
  { referral, relation }: AdmittedReferral,
  draft: ReferralDraft | null,
): Promise<Content> {
  if (referral.status === 'draft') return { given: draft && givenOf(draft), closed: null }
  if (relation.reads) return { given: referral.given, closed: null }
  if (referral.status === 'revoked') return { given: null, closed: 'revoked' }
  const rests =
    referral.ground?.of !== 'basis' || (await parts.basisFor(referral.caseId, referral.toAgencyId)) !== undefined
  return rests ? { given: referral.given, closed: null } : { given: null, closed: 'no-basis' }
}

async function commonOf(
  parts: ReferralParts,
  { referral, relation, file }: AdmittedReferral,
  closed: ReferralView['closed'],
  side: ReferralView['side'],
) {
  const today = dayInSeoul(parts.now())
  const dayOf = (step: Referral['steps'][number] | undefined) => (step ? dayInSeoul(step.at) : '')
  const sentOn = dayOf(referral.steps.find(step => step.move === 'send'))
  const plannedOn = referral.steps.findLast(step => step.move === 'accept')?.plannedOn ?? ''
  const heardOn = dayOf(referral.steps.findLast(step => isOfReceiver(step.move)))
  const asked = referral.steps.filter(step => step.move === 'ask')
  const [from, to, writer] = await Promise.all([
    agencyName(parts, referral.fromAgencyId),
    agencyName(parts, referral.toAgencyId),
    nameOf(parts, referral.createdBy),
  ])
  return {
    referralId: referral._id,
    status: referral.status,
    from,
    to,
    service: referral.service,
    codes: referral.codes ?? {},
    closed,
    writer,
    createdAt: referral.createdAt.toISOString(),
    sentOn,
    plannedOn,
    silence: silenceOf({ status: referral.status, sentOn, plannedOn, heardOn }, today) ?? null,
    asked: { times: asked.length, lastOn: dayOf(asked.at(-1)) },
    moves: referralMovesFor(referral.status, relation).filter(move => move !== 'ask' || dayOf(asked.at(-1)) !== today),
    case: relation.reads ? caseBrief(file) : null,
    side,
    _v: referral._v,
  }
}

const caseBrief = ({ _id, number, label }: Case) => ({ caseId: _id, number, label })

function groundView({ ground, groundWords }: Referral, isOwn: boolean): ReferralGroundView | null {
  if (ground === null) return null
  if (ground.of === 'basis') return { of: 'basis', kind: ground.kind, until: ground.until }
  return { of: 'entered', ground: ground.ground, words: isOwn ? groundWords : '' }
}

/** Whether the agency that is to be asked has a basis for this case. @throws Refusal `bad-request` for one that is not there */
export async function referralBasis(
  parts: ReferralParts,
  by: By,
  { file }: AdmittedReferrer,
  to: AgencyId,
): Promise<ReferralBasisView> {
  await recordLook(parts, by, 'referral.basis', file._id, `agency.${to}`)
  const agency = await parts.people.agency(to)
  if (agency?.active !== true) throw new Refusal('bad-request', 'unknown-agency')
  const { agencyId, name, shortName, colour } = agency
  const basis = (await parts.basisFor(file._id, to)) ?? null
  return { agency: { agencyId, name, shortName, colour, public: agency.public }, basis }
}

export async function agencyName({ people }: ReferralParts, agencyId: AgencyId) {
  const agency = await people.agency(agencyId)
  return { agencyId, name: agency?.name ?? '', shortName: agency?.shortName ?? '', colour: agency?.colour ?? -1 }
}

const nameOf = async ({ people }: ReferralParts, userId: Referral['createdBy']) =>
  (await people.person(userId))?.name ?? ''

export const recordLook = (parts: ReferralParts, by: By, action: string, subject: CaseId, object: string) =>
  parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    subject,
    object,
    outcome: 'ok',
  })
