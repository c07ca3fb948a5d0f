import type { ConferenceId } from '../../../shared/ids.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { usePaperTexts } from './use-paper-texts.ts'

/** The way from planning to what is printed of it. */
export function PlanSheets({ conferenceId }: { conferenceId: ConferenceId }) {
  const { t } = usePaperTexts()
  const path = `/conferences/${conferenceId}`
  return (
    <Section title={t('sheets.title')} lead={t('sheets.lead')}>
      <div className="row">
        <ButtonLink to={`${path}/invitation`}>{t('sheets.invitation')}</ButtonLink>
        <ButtonLink to={`${path}/plan-sheet`}>{t('sheets.plan')}</ButtonLink>
        <ButtonLink to={`${path}/pack`}>{t('sheets.pack')}</ButtonLink>
      </div>
    </Section>
  )
}
