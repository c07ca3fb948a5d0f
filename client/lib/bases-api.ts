/** The calls of `shared/protocol/bases.ts`. */
import type { AgencyId, AgreementId, BasisId, CaseId } from '../../shared/ids.ts'
import type {
  AgreementBody,
  AgreementsView,
  BasisBody,
  CaseBasesView,
  ConsentBody,
  EndBasisBody,
} from '../../shared/protocol/bases.ts'
import type { Api } from './api.ts'

export type BasesApi = ReturnType<typeof basesApi>

export function basesApi({ call }: Pick<Api, 'call'>) {
  const ofCase = (caseId: CaseId, rest: string) => `/cases/${encodeURIComponent(caseId)}/${rest}`
  const one = (caseId: CaseId, basisId: BasisId, rest: string) =>
    ofCase(caseId, `bases/${encodeURIComponent(basisId)}/${rest}`)
  const agreements = (agencyId: AgencyId) => `/agencies/${encodeURIComponent(agencyId)}/agreements`
  return {
    open: (caseId: CaseId) => call<CaseBasesView>('GET', ofCase(caseId, 'bases')),
    mark: (caseId: CaseId, body: { _v: number; sensitive: boolean }) =>
      call<CaseBasesView>('PATCH', ofCase(caseId, 'bases'), body),
    enterConsent: (caseId: CaseId, body: ConsentBody) => call<CaseBasesView>('POST', ofCase(caseId, 'consents'), body),
    enterBasis: (caseId: CaseId, body: BasisBody) => call<CaseBasesView>('POST', ofCase(caseId, 'bases'), body),
    end: (caseId: CaseId, basisId: BasisId, body: EndBasisBody) =>
      call<CaseBasesView>('POST', one(caseId, basisId, 'end'), body),
    approve: (caseId: CaseId, basisId: BasisId, body: { _v: number }) =>
      call<CaseBasesView>('POST', one(caseId, basisId, 'approve'), body),
    review: (caseId: CaseId, basisId: BasisId, body: { _v: number; reviewOn: string }) =>
      call<CaseBasesView>('POST', one(caseId, basisId, 'review'), body),
    agreements: (agencyId: AgencyId) => call<AgreementsView>('GET', agreements(agencyId)),
    enterAgreement: (agencyId: AgencyId, body: AgreementBody) =>
      call<AgreementsView>('POST', agreements(agencyId), body),
    endAgreement: (agencyId: AgencyId, agreementId: AgreementId, body: { _v: number }) =>
      call<AgreementsView>('POST', `${agreements(agencyId)}/${encodeURIComponent(agreementId)}/end`, body),
  }
}
