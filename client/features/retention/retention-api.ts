/** The calls of `shared/protocol/retention.ts`. */
import type { AgencyId, DestructionId, RetentionHoldId } from '../../../shared/ids.ts'
import type {
  ChangeRetentionBody,
  DecideDestructionBody,
  HoldCaseBody,
  InspectionView,
  LiftHoldBody,
  ProposeDestructionBody,
  RetentionDeskView,
} from '../../../shared/protocol/retention.ts'
import { type Api, ApiError, toApiError } from '../../lib/api.ts'

export function retentionApi(api: Pick<Api, 'call' | 'again'>) {
  const at = encodeURIComponent
  const of = (agencyId: AgencyId) => `/agencies/${at(agencyId)}/retention`
  return {
    desk: (agencyId: AgencyId): Promise<RetentionDeskView> => api.call('GET', of(agencyId)),
    changeRule: (agencyId: AgencyId, body: ChangeRetentionBody): Promise<RetentionDeskView> =>
      api.call('POST', `${of(agencyId)}/rules`, body),
    hold: (agencyId: AgencyId, body: HoldCaseBody): Promise<RetentionDeskView> =>
      api.call('POST', `${of(agencyId)}/holds`, body),
    lift: (agencyId: AgencyId, holdId: RetentionHoldId, body: LiftHoldBody): Promise<RetentionDeskView> =>
      api.call('POST', `${of(agencyId)}/holds/${at(holdId)}`, body),
    propose: (agencyId: AgencyId, body: ProposeDestructionBody): Promise<RetentionDeskView> =>
      api.call('POST', `${of(agencyId)}/proposals`, body),
    inspect: (agencyId: AgencyId, destructionId: DestructionId): Promise<InspectionView> =>
      api.call('GET', `${of(agencyId)}/destructions/${at(destructionId)}`),
    decide: (
      agencyId: AgencyId,
      destructionId: DestructionId,
      body: DecideDestructionBody,
    ): Promise<RetentionDeskView> => api.call('POST', `${of(agencyId)}/destructions/${at(destructionId)}`, body),
    file: (agencyId: AgencyId, purpose: string): Promise<Blob> =>
      api.again(async () => {
        const response = await fetch(`/api${of(agencyId)}/register/file`, {
          method: 'POST',
          credentials: 'same-origin',
          cache: 'no-store',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ purpose }),
        }).catch(() => {
          throw new ApiError('unreachable')
        })
        if (!response.ok) throw toApiError(response.status, await response.json().catch(() => undefined))
        return response.blob()
      }),
  }
}
