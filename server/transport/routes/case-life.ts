/** A case's life over HTTP: parse, admit, call, present. */
import { caseLifeAnswerBody, caseLifeBody, changeCaseRulesBody } from '../../../shared/protocol/case-life.ts'
import { admitToChangeRules, admitToRules, changeCaseRules } from '../../case-life/case-rules.ts'
import { answerInLife } from '../../case-life/joint.ts'
import { admitToWriteCase } from '../../case-life/life-admission.ts'
import { changeLife } from '../../case-life/life-commands.ts'
import { lifeView, openLife } from '../../case-life/life-views.ts'
import { openNearLife } from '../../case-life/near-life.ts'
import type { LifeParts } from '../../case-life/ports.ts'
import { admitToCase, admitToChangeCase } from '../../conferences/admission.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function caseLifeRoutes(parts: LifeParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/case-life',
      policy: 'signed-in',
      handle: call => openNearLife(parts, byOf(call)),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/life',
      policy: 'canReadCase',
      authorise: call => admitToCase(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => openLife(parts, byOf(call), admitted),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/life',
      policy: 'canChangeCase',
      body: caseLifeBody,
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: async (call, admitted) =>
        lifeView(parts, byOf(call), await changeLife(parts, byOf(call), admitted, call.body)),
    }),
    route({
      method: 'POST',
      path: '/api/cases/:caseId/life/answers',
      policy: 'canWriteCase',
      body: caseLifeAnswerBody,
      authorise: call => admitToWriteCase(parts, byOf(call), call.params.caseId),
      handle: async (call, admitted) =>
        lifeView(parts, byOf(call), await answerInLife(parts, byOf(call), admitted, call.body)),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/case-rules',
      policy: 'canSeeFigures',
      authorise: call => admitToRules(parts, byOf(call), call.params.agencyId),
      handle: (_call, agencyId) => parts.cases.rulesOf(agencyId),
    }),
    route({
      method: 'PATCH',
      path: '/api/agencies/:agencyId/case-rules',
      policy: 'canAdministerAgency',
      body: changeCaseRulesBody,
      authorise: call => admitToChangeRules(parts, byOf(call), call.params.agencyId),
      handle: (call, agencyId) => changeCaseRules(parts, byOf(call), agencyId, call.body),
    }),
  ]
}
