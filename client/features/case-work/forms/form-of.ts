/** A form out of what is known of a case: its own parts in its own order, those that were picked (CF1, CF3). */
import { CASE_FORMS, type CaseForm } from '../../../../shared/protocol/case-forms.ts'
import { closureParts } from './closure-evaluation.ts'
import { consentParts } from './consent.ts'
import type { FormData } from './form-data.ts'
import { intakeParts } from './intake.ts'
import { needsAssessmentParts } from './needs-assessment.ts'
import { servicePlanParts } from './service-plan.ts'
import type { FormSheet, SheetPart } from './sheet.ts'

export function formOf(form: CaseForm, data: FormData): FormSheet {
  return {
    title: CASE_FORMS[form][data.language],
    parts: partsOf(form, data).filter(({ part }) => data.has(part)),
  }
}

function partsOf(form: CaseForm, data: FormData): SheetPart[] {
  switch (form) {
    case 'consent':
      return consentParts(data)
    case 'intake':
      return intakeParts(data)
    case 'needs_assessment':
      return needsAssessmentParts(data)
    case 'service_plan':
      return servicePlanParts(data)
    case 'closure_evaluation':
      return closureParts(data)
  }
}
