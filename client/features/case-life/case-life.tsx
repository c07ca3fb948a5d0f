/** The section 진행 of a case's page: where it stands, what is asked, what comes next, and the way so far. */

import { CASE_TRACKS } from '../../../shared/cases/life-codes.ts'
import { ApiError } from '../../lib/api.ts'
import { Chip } from '../../ui/chips.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { Acknowledgements } from './acknowledgements.tsx'
import { Clocks } from './clocks.tsx'
import { JointPanel } from './joint-panel.tsx'
import { LeadPanel } from './lead-panel.tsx'
import { LifeHistory } from './life-history.tsx'
import { LifeRecords } from './life-records.tsx'
import { missingIn, NextStages } from './next-stages.tsx'
import { StageRail } from './stage-rail.tsx'
import { useLife } from './use-life.ts'
import { useLifeTexts } from './use-life-texts.ts'
import './case-life.css'

export function CaseLife({ caseId }: CaseSectionProps) {
  const { t, language } = useLifeTexts()
  const codes = useCodeSets()
  const desk = useLife(caseId)
  const { view, error } = desk
  if (view === undefined) {
    return desk.loadError ? <ErrorState error={desk.loadError} onRetry={desk.reload} /> : <Loading />
  }
  const missing = error instanceof ApiError ? missingIn(error.detail) : []
  return (
    <div className="stack case-life">
      <StageRail view={view} />
      <p className="life-line">
        <span>
          {t('track')}{' '}
          {view.track === '' ? (
            <span className="quiet">{t('notYet')}</span>
          ) : (
            <Chip tone="primary">{CASE_TRACKS[view.track][language]}</Chip>
          )}
        </span>
        <span>
          {t('grade')}{' '}
          {view.grade === '' ? (
            <span className="quiet">{t('notYet')}</span>
          ) : (
            <Chip tone={view.grade === 'general' ? 'neutral' : 'warning'}>{codes.label('case_grade', view.grade)}</Chip>
          )}
        </span>
      </p>
      {desk.isOvertaken ? (
        <Notice tone="warning" announce="alert" title={t('conflictTitle')}>
          {t('conflictBody')}
        </Notice>
      ) : missing.length > 0 ? null : error ? (
        <ErrorNotice error={error} />
      ) : null}
      <Acknowledgements desk={desk} view={view} />
      <LeadPanel desk={desk} view={view} part="asked" />
      <NextStages desk={desk} view={view} refused={missing} />
      <Clocks view={view} />
      <JointPanel desk={desk} view={view} />
      {view.leads ? <LeadPanel desk={desk} view={view} part="offer" /> : null}
      <LifeRecords desk={desk} view={view} />
      <LifeHistory view={view} />
    </div>
  )
}
