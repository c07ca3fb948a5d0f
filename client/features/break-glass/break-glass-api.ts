/** The calls of `shared/protocol/break-glass.ts`. */
import type { AgencyId, BreakGlassId } from '../../../shared/ids.ts'
import type {
  BreakGlassSettingsView,
  BreakGlassView,
  ChangeBreakGlassBody,
  OpenedInEmergencyView,
  OpenInEmergencyBody,
} from '../../../shared/protocol/break-glass.ts'
import type { Api } from '../../lib/api.ts'

export function breakGlassApi(api: Pick<Api, 'call'>) {
  const at = encodeURIComponent
  return {
    mine: (): Promise<BreakGlassView> => api.call('GET', '/break-glass'),
    open: (body: OpenInEmergencyBody): Promise<OpenedInEmergencyView> => api.call('POST', '/break-glass', body),
    end: (openingId: BreakGlassId): Promise<BreakGlassView> => api.call('POST', `/break-glass/${at(openingId)}/end`),
    settings: (agencyId: AgencyId): Promise<BreakGlassSettingsView> =>
      api.call('GET', `/agencies/${at(agencyId)}/break-glass`),
    change: (agencyId: AgencyId, body: ChangeBreakGlassBody): Promise<BreakGlassSettingsView> =>
      api.call('PATCH', `/agencies/${at(agencyId)}/break-glass`, body),
  }
}
