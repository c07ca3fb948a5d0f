/** The calls of `shared/protocol/referrals.ts`. */
import type { AgencyId, CaseId, ConferenceId, ItemId, ReferralId } from '../../../shared/ids.ts'
import type {
  ChangeReferralBody,
  CreateReferralsBody,
  ItemReferralView,
  MoveReferralBody,
  PrintReferralBody,
  ReferralBasisView,
  ReferralPrintView,
  ReferralsView,
  ReferralView,
} from '../../../shared/protocol/referrals.ts'
import type { Api } from '../../lib/api.ts'

export type ReferralsApi = ReturnType<typeof referralsApi>

export function referralsApi({ call }: Pick<Api, 'call'>) {
  const one = (id: ReferralId) => `/referrals/${encodeURIComponent(id)}`
  const ofCase = (id: CaseId) => `/cases/${encodeURIComponent(id)}`
  return {
    list: () => call<ReferralsView>('GET', '/referrals'),
    open: (id: ReferralId) => call<ReferralView>('GET', one(id)),
    change: (id: ReferralId, body: ChangeReferralBody) => call<ReferralView>('PATCH', one(id), body),
    move: (id: ReferralId, body: MoveReferralBody) =>
      call<ReferralView | { discarded: true }>('POST', `${one(id)}/moves`, body),
    print: (id: ReferralId, body: PrintReferralBody) => call<ReferralPrintView>('POST', `${one(id)}/prints`, body),
    ofCase: (id: CaseId) => call<{ referrals: ReferralView[] }>('GET', `${ofCase(id)}/referrals`),
    create: (id: CaseId, body: CreateReferralsBody) =>
      call<{ referrals: ReferralView[] }>('POST', `${ofCase(id)}/referrals`, body),
    ofItem: (conferenceId: ConferenceId, itemId: ItemId) =>
      call<{ referrals: ItemReferralView[] }>(
        'GET',
        `/conferences/${encodeURIComponent(conferenceId)}/items/${encodeURIComponent(itemId)}/referrals`,
      ),
    basis: (id: CaseId, to: AgencyId) =>
      call<ReferralBasisView>('GET', `${ofCase(id)}/referral-basis/${encodeURIComponent(to)}`),
  }
}
