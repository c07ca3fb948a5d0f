import { codesOf } from '../../../../shared/codes.ts'
import type { CaseId } from '../../../../shared/ids.ts'
import { CASE_FORMS } from '../../../../shared/protocol/case-forms.ts'
import { ButtonLink } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { useCaseWork } from '../case-work-context.ts'
import { useCaseWorkTexts } from '../use-case-work-texts.ts'

/** The way from what was written to what is printed of it. */
export function FormLinks({ caseId }: { caseId: CaseId }) {
  const { t, language } = useCaseWorkTexts()
  const { state } = useCaseWork()
  if (state.mayWrite === false) return null
  return (
    <Section title={t('forms.title')} lead={t('forms.lead')}>
      <div className="row">
        {codesOf(CASE_FORMS).map(form => (
          <ButtonLink key={form} to={`/cases/${caseId}/forms/${form}`}>
            {CASE_FORMS[form][language]}
          </ButtonLink>
        ))}
      </div>
    </Section>
  )
}
