/** The calls of `shared/protocol/case-life.ts`, over the interface's own way of asking. */
import type { AgencyId, CaseId } from '../../../shared/ids.ts'
import type {
  CaseLifeAnswerInput,
  CaseLifeInput,
  CaseLifeView,
  CaseRulesView,
  ChangeCaseRulesBody,
  NearLifeView,
} from '../../../shared/protocol/case-life.ts'
import type { Api } from '../../lib/api.ts'

export const lifeApi = ({ call }: Api) => ({
  open: (caseId: CaseId) => call<CaseLifeView>('GET', `/cases/${caseId}/life`),
  change: (caseId: CaseId, body: CaseLifeInput) => call<CaseLifeView>('POST', `/cases/${caseId}/life`, body),
  answer: (caseId: CaseId, body: CaseLifeAnswerInput) =>
    call<CaseLifeView>('POST', `/cases/${caseId}/life/answers`, body),
  near: () => call<NearLifeView>('GET', '/case-life'),
  rules: (agencyId: AgencyId) => call<CaseRulesView>('GET', `/agencies/${agencyId}/case-rules`),
  changeRules: (agencyId: AgencyId, body: ChangeCaseRulesBody) =>
    call<CaseRulesView>('PATCH', `/agencies/${agencyId}/case-rules`, body),
})

/** A command as a screen gives it: the version is that of what it shows. */
export type LifeCommand<Body = CaseLifeInput> = Body extends unknown ? Omit<Body, '_v'> : never
