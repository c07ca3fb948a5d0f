/** Told at once, by whoever moved it: that something was referred or asked for again, and what was answered (NT10). */
import { type Actor, canReadReferral, relationToReferral } from '../../shared/access.ts'
import type { AgencyId, CaseId, ReferralId, UserId } from '../../shared/ids.ts'
import type { NoticeKind } from '../../shared/notices/notice-kinds.ts'
import type { NoticeGroup } from '../../shared/protocol/notices.ts'
import type { ReferralMove, ReferralStatus } from '../../shared/referrals/referral-codes.ts'
import { caseOfRecord } from '../conferences/admission.ts'
import type { NoticeParts } from './ports.ts'
import { tell } from './telling.ts'

export interface ReferralNews {
  referralId: ReferralId
  toAgencyId: AgencyId
  move: ReferralMove
  /** Counts the steps of the referral. */
  step: number
  by: UserId
  /** Who wrote it, sent it and asked again. */
  senders: readonly UserId[]
}

const TOLD: Partial<Record<ReferralMove, Extract<NoticeKind, `referral_${string}`>>> = {
  send: 'referral_received',
  ask: 'referral_asked',
  accept: 'referral_answered',
  decline: 'referral_answered',
  report: 'referral_answered',
  complete: 'referral_answered',
}

export async function tellOfReferral(parts: NoticeParts, news: ReferralNews): Promise<void> {
  const kind = TOLD[news.move]
  if (kind === undefined) return
  const { referralId, step, by } = news
  const to = kind === 'referral_answered' ? news.senders : await takersOf(parts, news.toAgencyId)
  for (const userId of new Set(to)) {
    if (userId === by) continue
    await tell(parts, {
      event: `referral/${referralId}/${step}`,
      userId,
      kind,
      about: { of: 'referral', referralId, move: news.move },
    })
  }
}

const takersOf = async ({ staffOf }: NoticeParts, agencyId: AgencyId): Promise<UserId[]> =>
  (await staffOf(agencyId))
    .filter(({ role }) => role === 'case_worker' || role === 'supervisor')
    .map(({ userId }) => userId)

/** As far as a referral lies in clear. */
interface ReferralOutline {
  _id: ReferralId
  caseId: CaseId
  fromAgencyId: AgencyId
  toAgencyId: AgencyId
  status: ReferralStatus
}

/** Who reads its case is led there; to the receiver nothing of the household is named. Undefined where it does not exist for the person any more. */
export async function judgedReferral(
  parts: NoticeParts,
  actor: Actor,
  { referralId }: { referralId: ReferralId },
  kind: NoticeKind,
): Promise<{ isOver: boolean; group: NoticeGroup; agency: string } | undefined> {
  const referral = await parts.store.collection<ReferralOutline>('referrals').findOne({ _id: referralId })
  const file = referral ? await parts.cases.find(referral.caseId) : undefined
  if (!referral || file === undefined) return undefined
  const { facts } = await caseOfRecord(parts, file)
  const about = { ...referral, isDraft: referral.status === 'draft' }
  if (!canReadReferral(actor, about, facts)) return undefined
  const { reads } = relationToReferral(actor, about, facts)
  const isAnswer = kind === 'referral_answered'
  const other = await parts.people.agency(isAnswer ? referral.toAgencyId : referral.fromAgencyId)
  return {
    isOver: !isAnswer && referral.status !== 'sent' && referral.status !== 'received',
    group: reads ? { of: 'case', caseId: file._id, number: file.number, label: file.label } : { of: 'referrals' },
    agency: other?.shortName ?? '',
  }
}
