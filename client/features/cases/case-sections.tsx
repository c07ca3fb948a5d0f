/** The sections of a case's page, in the order of its tabs. Each lives in its own feature folder and is loaded when it is opened. */
import { type ComponentType, lazy } from 'react'
import type { CaseId } from '../../../shared/ids.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import type { casesKo } from './texts-ko.ts'

export interface CaseSectionProps {
  caseId: CaseId
  view: CaseView
}

export interface CaseSection {
  /** The last part of its address: `/cases/<id>/<path>`; the first section has none. */
  path: string
  title: keyof (typeof casesKo)['sections']
  Content: ComponentType<CaseSectionProps>
  /** Left out: everybody who may read the case. */
  isFor?: (view: CaseView) => boolean
}

export const CASE_SECTIONS: readonly CaseSection[] = [
  {
    path: '',
    title: 'basics',
    Content: lazy(async () => ({ default: (await import('./case-basics.tsx')).CaseBasics })),
  },
  {
    path: 'life',
    title: 'life',
    Content: lazy(async () => ({ default: (await import('../case-life/case-life.tsx')).CaseLife })),
  },
  {
    path: 'household',
    title: 'household',
    Content: lazy(async () => ({ default: (await import('../case-work/household-section.tsx')).HouseholdSection })),
  },
  {
    path: 'map',
    title: 'map',
    Content: lazy(async () => ({ default: (await import('../case-map/case-map-section.tsx')).CaseMapSection })),
  },
  {
    path: 'needs',
    title: 'needs',
    Content: lazy(async () => ({ default: (await import('../case-work/needs-section.tsx')).NeedsSection })),
  },
  {
    path: 'records',
    title: 'records',
    Content: lazy(async () => ({ default: (await import('../case-records/records-section.tsx')).RecordsSection })),
  },
  {
    path: 'bases',
    title: 'bases',
    Content: lazy(async () => ({ default: (await import('../bases/bases-section.tsx')).BasesSection })),
  },
  {
    path: 'help',
    title: 'help',
    Content: lazy(async () => ({ default: (await import('../resources/help-section.tsx')).HelpSection })),
  },
  {
    path: 'requests',
    title: 'requests',
    Content: lazy(async () => ({
      default: (await import('../subject-requests/requests-section.tsx')).RequestsSection,
    })),
    isFor: view => view.mayChange,
  },
  {
    path: 'access',
    title: 'access',
    Content: lazy(async () => ({
      default: (await import('../access-desk/case-access-section.tsx')).CaseAccessSection,
    })),
    isFor: view => view.mayChange,
  },
]
