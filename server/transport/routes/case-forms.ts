/** Forms of a case over HTTP: the record of what is printed. */
import { casePrintBody } from '../../../shared/protocol/case-forms.ts'
import { admitToPrintForm, type CaseFormParts, recordCasePrint } from '../../case-forms/case-form-commands.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function caseFormRoutes(parts: CaseFormParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/cases/:caseId/prints',
      policy: 'canWriteCase',
      body: casePrintBody,
      authorise: call => admitToPrintForm(parts, byOf(call), call.params.caseId),
      handle: (call, admitted) => recordCasePrint(parts, byOf(call), admitted, call.body),
    }),
  ]
}
