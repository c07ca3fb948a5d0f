/** The calls of `shared/protocol/subject-requests.ts`. */
import type { AgencyId, CaseId, SubjectRequestId } from '../../../shared/ids.ts'
import type {
  DeskRequestsView,
  EnterRequestBody,
  HandOutBody,
  HandOutView,
  MoveRequestBody,
  NearRequestsView,
  SubjectRequestsView,
} from '../../../shared/protocol/subject-requests.ts'
import type { Api } from '../../lib/api.ts'

export const requestsApi = ({ call }: Pick<Api, 'call'>) => ({
  ofCase: (caseId: CaseId) => call<SubjectRequestsView>('GET', `/cases/${caseId}/subject-requests`),
  enter: (caseId: CaseId, body: EnterRequestBody) =>
    call<SubjectRequestsView>('POST', `/cases/${caseId}/subject-requests`, body),
  move: (caseId: CaseId, requestId: SubjectRequestId, body: MoveRequestBody) =>
    call<SubjectRequestsView>('POST', `/cases/${caseId}/subject-requests/${requestId}`, body),
  handOut: (caseId: CaseId, requestId: SubjectRequestId, body: HandOutBody) =>
    call<HandOutView>('POST', `/cases/${caseId}/subject-requests/${requestId}/hand-outs`, body),
  near: () => call<NearRequestsView>('GET', '/subject-requests'),
  ofAgency: (agencyId: AgencyId) => call<DeskRequestsView>('GET', `/agencies/${agencyId}/subject-requests`),
})
