/** By what right agencies may know of a case, over HTTP: parse, admit, call, present. */
import type { AgencyId } from '../../../shared/ids.ts'
import {
  agreementBody,
  approveBasisBody,
  basisBody,
  consentBody,
  endAgreementBody,
  endBasisBody,
  markSensitiveBody,
  reviewBasisBody,
} from '../../../shared/protocol/bases.ts'
import {
  admitToAgreements,
  admitToKeepAgreements,
  endAgreement,
  enterAgreement,
  openAgreements,
} from '../../bases/agreements.ts'
import {
  approveBasis,
  endBasis,
  enterBasis,
  enterConsent,
  markSensitive,
  reviewBasis,
} from '../../bases/basis-commands.ts'
import { basesView, openBases } from '../../bases/basis-views.ts'
import { type AdmittedCase, admitToCase, admitToChangeCase } from '../../conferences/admission.ts'
import type { ConferenceParts } from '../../conferences/ports.ts'
import { byOf, type Calling } from '../by.ts'
import { command } from '../command.ts'
import { type Route, route } from '../route.ts'

export function basesRoutes(parts: ConferenceParts): Route[] {
  const show = (call: Calling, admitted: AdmittedCase) => basesView(parts, byOf(call), admitted)
  const showAgreements = (call: Calling, agencyId: AgencyId) => openAgreements(parts, byOf(call), agencyId)

  return [
    route({
      method: 'GET',
      path: '/api/cases/:caseId/bases',
      policy: 'canReadCase',
      authorise: call => admitToCase(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => openBases(parts, byOf(call), admitted),
    }),
    route({
      method: 'PATCH',
      path: '/api/cases/:caseId/bases',
      policy: 'canChangeCase',
      body: markSensitiveBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: command((call, admitted) => markSensitive(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/consents',
      policy: 'canChangeCase',
      body: consentBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: command((call, admitted) => enterConsent(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/bases',
      policy: 'canChangeCase',
      body: basisBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: command((call, admitted) => enterBasis(parts, byOf(call), admitted, call.body), show),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/bases/:basisId/end',
      policy: 'canChangeCase',
      body: endBasisBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: command((call, admitted) => endBasis(parts, byOf(call), admitted, call.params.basisId, call.body), show),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/bases/:basisId/approve',
      policy: 'canChangeCase',
      body: approveBasisBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: command(
        (call, admitted) => approveBasis(parts, byOf(call), admitted, call.params.basisId, call.body),
        show,
      ),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/bases/:basisId/review',
      policy: 'canChangeCase',
      body: reviewBasisBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: command(
        (call, admitted) => reviewBasis(parts, byOf(call), admitted, call.params.basisId, call.body),
        show,
      ),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/agreements',
      policy: 'canReadAgreements',
      authorise: call => admitToAgreements(parts, byOf(call), call.params.agencyId),
      handle: showAgreements,
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/agreements',
      policy: 'canKeepAgreements',
      body: agreementBody,
      authorise: call => admitToKeepAgreements(parts, byOf(call), call.params.agencyId),
      handle: command((call, agencyId) => enterAgreement(parts, byOf(call), agencyId, call.body), showAgreements),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/agreements/:agreementId/end',
      policy: 'canKeepAgreements',
      body: endAgreementBody,
      authorise: call => admitToKeepAgreements(parts, byOf(call), call.params.agencyId),
      handle: command(
        (call, agencyId) => endAgreement(parts, byOf(call), agencyId, call.params.agreementId, call.body),
        showAgreements,
      ),
    }),
  ]
}
