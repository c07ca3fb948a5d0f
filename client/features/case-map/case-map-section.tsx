import { CaseWorkFrame } from '../case-work/case-work-frame.tsx'
import type { CaseSectionProps } from '../cases/case-sections.tsx'
import { CaseMapScreen } from './case-map-screen.tsx'
import './case-map.css'

/** Genogram and eco-map of a case (가계도·생태도). */
export function CaseMapSection({ caseId, view }: CaseSectionProps) {
  return (
    <CaseWorkFrame caseId={caseId} view={view}>
      <CaseMapScreen />
    </CaseWorkFrame>
  )
}
