/** What came of a case's referrals, as material of the item in which the case is heard (RF17). */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { ItemReferralView } from '../../shared/protocol/referrals.ts'
import { isOfReceiver, isReferralOver } from '../../shared/referrals/referral-moves.ts'
import { silenceOf } from '../../shared/referrals/silence.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import type { By } from '../conferences/ports.ts'
import type { ReferralParts } from './ports.ts'
import { type AdmittedReferral, standingTo } from './referral-admission.ts'
import type { Referral } from './referral-repository.ts'
import { agencyName, contentFor, recordLook } from './referral-views.ts'

/** What waits for an answer first, then what was heard last. Empty in an item about no case. */
export async function listReferralsAtItem(
  parts: ReferralParts,
  by: By,
  { conference, item, ofCase }: AdmittedItem,
): Promise<ItemReferralView[]> {
  if (ofCase === undefined) return []
  const caseId = ofCase.file._id
  const until = conference.closedAt ?? new Date(parts.now())
  const found = (await parts.referrals.ofCases([caseId])).flatMap(referral => asOf(referral, until) ?? [])
  const mine = found.flatMap(referral => standingTo(by, referral, ofCase) ?? [])
  if (mine.length === 0) return []
  const since = await lastHeard(parts, caseId, conference)
  const shown = mine.filter(
    ({ referral: { status, steps } }) =>
      !isReferralOver(status) || since === undefined || (steps.at(-1)?.at.getTime() ?? 0) > since.getTime(),
  )
  if (shown.length === 0) return []
  await recordLook(parts, by, 'referral.list', caseId, documentNameOf({ kind: 'item', itemId: item._id }))
  const views = await Promise.all(shown.map(one => viewAtItem(parts, one, dayInSeoul(until))))
  return views.sort((a, b) => daysOf(b) - daysOf(a) || (lastOn(a) < lastOn(b) ? 1 : -1))
}

const daysOf = ({ silence }: ItemReferralView) => silence?.days ?? -1
const lastOn = ({ heardOn, sentOn }: ItemReferralView) => heardOn || sentOn

/** As it stood at that moment; undefined for one that was not sent by then. */
function asOf(referral: Referral, until: Date): Referral | undefined {
  const steps = referral.steps.filter(step => step.at.getTime() <= until.getTime())
  const last = steps.at(-1)
  return last && { ...referral, steps, status: last.status }
}

/** When a conference in which this case was on the agenda was last closed before this one began; undefined where it never was. */
async function lastHeard(parts: ReferralParts, caseId: CaseId, now: Conference): Promise<Date | undefined> {
  const items = await parts.items.ofCases([caseId])
  const ids = [...new Set(items.map(item => item.conferenceId))].filter(id => id !== now._id)
  const closings = (await parts.conferences.findMany(ids)).flatMap(({ state, startsAt, closedAt }) =>
    state === 'closed' && closedAt && startsAt.getTime() <= now.startsAt.getTime() ? [closedAt] : [],
  )
  return closings.sort((a, b) => b.getTime() - a.getTime())[0]
}

async function viewAtItem(parts: ReferralParts, admitted: AdmittedReferral, today: string): Promise<ItemReferralView> {
  const { referral } = admitted
  const { steps, status } = referral
  const answers = steps.filter(step => isOfReceiver(step.move))
  const dayOf = (step: Referral['steps'][number] | undefined) => (step ? dayInSeoul(step.at) : '')
  const sentOn = dayOf(steps.find(step => step.move === 'send'))
  const plannedOn = steps.findLast(step => step.move === 'accept')?.plannedOn ?? ''
  const heardOn = dayOf(answers.at(-1))
  const declined = answers.at(-1)?.declined ?? ''
  const [from, to, { given }] = await Promise.all([
    agencyName(parts, referral.fromAgencyId),
    agencyName(parts, referral.toAgencyId),
    contentFor(parts, admitted, null),
  ])
  return {
    referralId: referral._id,
    from,
    to,
    service: referral.service,
    request: given?.request ?? '',
    status,
    sentOn,
    plannedOn,
    heardOn,
    declined: declined === '' ? null : declined,
    note: answers.findLast(step => step.note !== '')?.note ?? '',
    silence: silenceOf({ status, sentOn, plannedOn, heardOn }, today) ?? null,
  }
}
