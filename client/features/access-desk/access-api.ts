/** The calls of `shared/protocol/access-desk.ts`. */
import type { AccessFlagId, AgencyId, CaseId } from '../../../shared/ids.ts'
import type {
  AccessCaseView,
  CaseAccessView,
  DisclosuresQuery,
  DisclosuresView,
  FlagsView,
  MonthReviewView,
  MoveFlagBody,
} from '../../../shared/protocol/access-desk.ts'
import type { Api } from '../../lib/api.ts'
import { readFile } from '../../lib/files-api.ts'

export function accessApi(api: Pick<Api, 'call' | 'again'>) {
  const at = encodeURIComponent
  const of = (agencyId: AgencyId) => `/agencies/${at(agencyId)}`
  return {
    find: (agencyId: AgencyId, text: string): Promise<{ cases: AccessCaseView[] }> =>
      api.call('GET', `${of(agencyId)}/access/cases?${new URLSearchParams({ text })}`),
    ofCase: (agencyId: AgencyId, caseId: CaseId): Promise<CaseAccessView> =>
      api.call('GET', `${of(agencyId)}/access/cases/${at(caseId)}`),
    ofOwnCase: (caseId: CaseId): Promise<CaseAccessView> => api.call('GET', `/cases/${at(caseId)}/access`),
    file: (agencyId: AgencyId, caseId: CaseId, purpose: string): Promise<Blob> =>
      readFile(api, `${of(agencyId)}/access/cases/${at(caseId)}/file`, { purpose }),
    month: (agencyId: AgencyId, month: string): Promise<MonthReviewView> =>
      api.call('GET', `${of(agencyId)}/access/months/${at(month)}`),
    sign: (agencyId: AgencyId, month: string, opinion: string): Promise<MonthReviewView> =>
      api.call('POST', `${of(agencyId)}/access/months/${at(month)}`, { opinion }),
    flags: (agencyId: AgencyId): Promise<FlagsView> => api.call('GET', `${of(agencyId)}/access/flags`),
    moveFlag: (agencyId: AgencyId, flagId: AccessFlagId, body: MoveFlagBody): Promise<FlagsView> =>
      api.call('POST', `${of(agencyId)}/access/flags/${at(flagId)}`, body),
    explanations: (): Promise<FlagsView> => api.call('GET', '/access/explanations'),
    explain: (flagId: AccessFlagId, body: MoveFlagBody): Promise<FlagsView> =>
      api.call('POST', `/access/explanations/${at(flagId)}`, body),
    disclosures: (agencyId: AgencyId, query: DisclosuresQuery): Promise<DisclosuresView> =>
      api.call('GET', `${of(agencyId)}/disclosures?${new URLSearchParams(given(query))}`),
    disclosuresFile: (agencyId: AgencyId, query: DisclosuresQuery, purpose: string): Promise<Blob> =>
      readFile(api, `${of(agencyId)}/disclosures/file`, { ...given(query), purpose }),
  }
}

const given = (query: DisclosuresQuery): Record<string, string> =>
  Object.fromEntries(Object.entries(query).flatMap(([key, value]) => (value ? [[key, value]] : [])))
