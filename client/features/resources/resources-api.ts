/** The calls of `shared/protocol/resources.ts`. */
import type { AllocationId, CaseId, ReferralId, ResourceId } from '../../../shared/ids.ts'
import type { CaseActionsView } from '../../../shared/protocol/action-api.ts'
import type { ReferralView } from '../../../shared/protocol/referrals.ts'
import type {
  AllocationsView,
  AllocationView,
  ChangeResourceBody,
  CreateAllocationBody,
  CreateResourceBody,
  EndAllocationBody,
  ResourceView,
  TickBody,
} from '../../../shared/protocol/resources.ts'
import type { Api } from '../../lib/api.ts'

export function resourcesApi({ call }: Pick<Api, 'call'>) {
  const at = encodeURIComponent
  return {
    list: () => call<{ resources: ResourceView[] }>('GET', '/resources'),
    create: (body: CreateResourceBody) => call<ResourceView>('POST', '/resources', body),
    change: (id: ResourceId, body: ChangeResourceBody) => call<ResourceView>('PATCH', `/resources/${at(id)}`, body),
    allocations: (id: CaseId) => call<AllocationsView>('GET', `/cases/${at(id)}/allocations`),
    allocate: (id: CaseId, body: CreateAllocationBody) =>
      call<AllocationsView>('POST', `/cases/${at(id)}/allocations`, body),
    allocateOn: (id: ReferralId, body: CreateAllocationBody) =>
      call<ReferralView>('POST', `/referrals/${at(id)}/allocations`, body),
    tick: (id: AllocationId, body: TickBody) => call<AllocationView>('POST', `/allocations/${at(id)}/ticks`, body),
    end: (id: AllocationId, body: EndAllocationBody) =>
      call<AllocationView>('POST', `/allocations/${at(id)}/end`, body),
    actions: (id: CaseId) => call<CaseActionsView>('GET', `/cases/${at(id)}/actions`),
  }
}
