/** What agencies can give, and who gives what, over HTTP: parse, admit, call, present. */
import {
  changeResourceBody,
  createAllocationBody,
  createResourceBody,
  endAllocationBody,
  tickBody,
} from '../../../shared/protocol/resources.ts'
import { admitToCase } from '../../conferences/admission.ts'
import type { ReferralParts } from '../../referrals/ports.ts'
import { admitToRefer } from '../../referrals/referral-admission.ts'
import {
  type AdmittedAllocation,
  admitToAllocation,
  createAllocation,
  endAllocation,
  tickAllocation,
} from '../../resources/allocation-commands.ts'
import type { Allocation } from '../../resources/allocation-repository.ts'
import { allocationsView, allocationViewsOf, openAllocations } from '../../resources/allocation-views.ts'
import {
  admitToResource,
  admitToResources,
  changeResource,
  createResource,
  listResources,
} from '../../resources/resource-commands.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function resourceRoutes(parts: ReferralParts): Route[] {
  const viewOf = async (changed: Allocation, { mayChange }: AdmittedAllocation) => {
    const [view] = await allocationViewsOf(parts, [changed], () => mayChange)
    return view ?? {}
  }

  return [
    route({
      method: 'GET',
      path: '/api/resources',
      policy: 'canSeeResources',
      authorise: call => admitToResources(parts, byOf(call)),
      handle: async call => ({ resources: await listResources(parts, byOf(call)) }),
    }),
    route({
      method: 'POST',
      path: '/api/resources',
      // Asked by the command, which alone knows the agency.
      policy: 'signed-in',
      body: createResourceBody,
      handle: call => createResource(parts, byOf(call), call.body),
    }),
    route({
      method: 'PATCH',
      path: '/api/resources/:resourceId',
      policy: 'canKeepResources',
      body: changeResourceBody,
      authorise: call => admitToResource(parts, byOf(call), call.params.resourceId),
      handle: (call, resource) => changeResource(parts, byOf(call), resource, call.body),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/allocations',
      policy: 'canReadCase',
      authorise: call => admitToCase(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => openAllocations(parts, byOf(call), admitted),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/allocations',
      policy: 'canWriteCase',
      body: createAllocationBody,
      authorise: call => admitToRefer(parts, byOf(call), call.params.caseId),
      async handle(call, admitted) {
        await createAllocation(parts, byOf(call), admitted, call.body)
        return allocationsView(parts, byOf(call), admitted)
      },
    }),
    route({
      method: 'POST',
      path: '/api/allocations/:allocationId/ticks',
      policy: 'canReadCase',
      body: tickBody,
      authorise: call => admitToAllocation(parts, byOf(call), call.params.allocationId),
      handle: async (call, admitted) => viewOf(await tickAllocation(parts, byOf(call), admitted, call.body), admitted),
    }),
    route({
      method: 'POST',
      path: '/api/allocations/:allocationId/end',
      policy: 'canReadCase',
      body: endAllocationBody,
      authorise: call => admitToAllocation(parts, byOf(call), call.params.allocationId),
      handle: async (call, admitted) => viewOf(await endAllocation(parts, byOf(call), admitted, call.body), admitted),
    }),
  ]
}
