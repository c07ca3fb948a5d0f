/** Referrals over HTTP: parse, admit, call, present. */
import type { ReferralId } from '../../../shared/ids.ts'
import {
  changeReferralBody,
  createReferralsBody,
  moveReferralBody,
  printReferralBody,
} from '../../../shared/protocol/referrals.ts'
import { createAllocationBody } from '../../../shared/protocol/resources.ts'
import { admitToCase, admitToItem } from '../../conferences/admission.ts'
import type { ReferralParts } from '../../referrals/ports.ts'
import { admitToRefer, admitToReferral } from '../../referrals/referral-admission.ts'
import { changeReferral, createReferrals, moveReferral, printReferral } from '../../referrals/referral-commands.ts'
import {
  listReferrals,
  openReferral,
  openReferralsOfCase,
  referralBasis,
  referralView,
} from '../../referrals/referral-views.ts'
import { listReferralsAtItem } from '../../referrals/referrals-at-item.ts'
import { createAllocationOnReferral } from '../../resources/allocation-commands.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function referralRoutes(parts: ReferralParts): Route[] {
  type Asking = Parameters<typeof byOf>[0] & { params: { referralId: ReferralId } }
  const admit = (call: Asking) => admitToReferral(parts, byOf(call), call.params.referralId)
  /** As a command left it. */
  const after = async (call: Asking) => referralView(parts, await admit(call))

  return [
    route({
      method: 'GET',
      path: '/api/referrals',
      policy: 'signed-in',
      handle: call => listReferrals(parts, byOf(call)),
    }),
    route({
      method: 'GET',
      path: '/api/referrals/:referralId',
      policy: 'canReadReferral',
      authorise: admit,
      handle: (call, admitted) => openReferral(parts, byOf(call), admitted),
    }),
    route({
      method: 'PATCH',
      path: '/api/referrals/:referralId',
      policy: 'canReadReferral',
      body: changeReferralBody,
      authorise: admit,
      async handle(call, admitted) {
        await changeReferral(parts, byOf(call), admitted, call.body)
        return after(call)
      },
    }),
    route({
      method: 'POST',
      path: '/api/referrals/:referralId/moves',
      policy: 'canReadReferral',
      body: moveReferralBody,
      authorise: admit,
      async handle(call, admitted) {
        await moveReferral(parts, byOf(call), admitted, call.body)
        return call.body.move === 'discard' ? { discarded: true } : after(call)
      },
    }),
    route({
      method: 'POST',
      path: '/api/referrals/:referralId/prints',
      policy: 'canReadReferral',
      body: printReferralBody,
      authorise: admit,
      handle: (call, admitted) => printReferral(parts, byOf(call), admitted, call.body),
    }),
    route({
      method: 'POST',
      path: '/api/referrals/:referralId/allocations',
      policy: 'canReadReferral',
      body: createAllocationBody,
      authorise: admit,
      async handle(call, admitted) {
        await createAllocationOnReferral(parts, byOf(call), admitted, call.body)
        return after(call)
      },
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/referrals',
      policy: 'canReadCase',
      authorise: call => admitToCase(parts, byOf(call), call.params.caseId),
      handle: async (call, admitted) => ({ referrals: await openReferralsOfCase(parts, byOf(call), admitted) }),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/referrals',
      policy: 'canWriteCase',
      body: createReferralsBody,
      authorise: call => admitToRefer(parts, byOf(call), call.params.caseId),
      async handle(call, admitted) {
        await createReferrals(parts, byOf(call), admitted, call.body)
        return { referrals: await openReferralsOfCase(parts, byOf(call), admitted) }
      },
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/referral-basis/:agencyId',
      policy: 'canWriteCase',
      authorise: call => admitToRefer(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => referralBasis(parts, byOf(call), admitted, call.params.agencyId),
    }),
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/items/:itemId/referrals',
      policy: 'canReadItem',
      evenForGuests: true,
      authorise: call => admitToItem(parts, byOf(call), call.params.conferenceId, call.params.itemId),
      handle: async (call, admitted) => ({ referrals: await listReferralsAtItem(parts, byOf(call), admitted) }),
    }),
  ]
}
