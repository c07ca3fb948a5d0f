import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Loading } from '../../ui/states.tsx'
import { CaseLedger } from '../actions/case-ledger.tsx'
import { CaseEditor } from './case-editor.tsx'
import { CaseFacts } from './case-facts.tsx'
import { toCaseForm } from './case-form.ts'
import type { CaseSectionProps } from './case-sections.tsx'

const CaseSupervision = lazy(async () => ({
  default: (await import('../room/supervision/case-supervision.tsx')).CaseSupervision,
}))

/** Its head to change for the lead agency's workers, to read for the others; what was promised for it; its supervision. */
export function CaseBasics({ caseId, view }: CaseSectionProps) {
  const queries = useQueryClient()
  if (!view.mayChange)
    return (
      <>
        <CaseFacts view={view} />
        <CaseLedger caseId={caseId} />
      </>
    )
  return (
    <div className="stack">
      <CaseEditor
        key={caseId}
        base={toCaseForm(view)}
        view={view}
        reload={() => queries.refetchQueries({ queryKey: ['case', caseId] })}
      />
      <CaseLedger key={`ledger ${caseId}`} caseId={caseId} />
      {/* Who may change the case works on it for its lead agency: theirs is the supervision. */}
      <Suspense fallback={<Loading />}>
        <CaseSupervision key={caseId} caseId={caseId} on="page" />
      </Suspense>
    </div>
  )
}
