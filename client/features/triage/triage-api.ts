/** The calls of `shared/protocol/triage.ts`. */
import type { AgencyId, CaseId, ConferenceId, FindingId } from '../../../shared/ids.ts'
import type {
  BecomeCaseBody,
  FindingsQueryBody,
  FindingsView,
  FindingView,
  TableCasesBody,
  TableOutcome,
  TriageBody,
  TriageOutcome,
} from '../../../shared/protocol/triage.ts'
import type { Api } from '../../lib/api.ts'

export interface TriageApi {
  list(agencyId: AgencyId, asked: FindingsQueryBody): Promise<FindingsView>
  triage(agencyId: AgencyId, body: TriageBody): Promise<{ outcomes: TriageOutcome[] }>
  becomeCase(
    agencyId: AgencyId,
    findingId: FindingId,
    body: BecomeCaseBody,
  ): Promise<{ caseId: CaseId; finding: FindingView }>
  table(conferenceId: ConferenceId, body: TableCasesBody): Promise<{ outcomes: TableOutcome[] }>
}

export function triageApi(api: Pick<Api, 'call'>): TriageApi {
  const at = encodeURIComponent
  const of = (agencyId: AgencyId) => `/agencies/${at(agencyId)}/findings`
  return {
    list: (agencyId, asked) => api.call('POST', of(agencyId), asked),
    triage: (agencyId, body) => api.call('POST', `${of(agencyId)}/triage`, body),
    becomeCase: (agencyId, findingId, body) => api.call('POST', `${of(agencyId)}/${at(findingId)}/case`, body),
    table: (conferenceId, body) => api.call('POST', `/conferences/${at(conferenceId)}/cases`, body),
  }
}
