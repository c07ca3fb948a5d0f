/** The page of a sheet that is printed out of a case's document: its head, and the sheet once the document is there and one may write in it (CF1, CF2). */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CaseId } from '../../../shared/ids.ts'
import type { CasePrintBody } from '../../../shared/protocol/case-forms.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import type { PrintView } from '../../../shared/protocol/papers.ts'
import type { Api } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { type CaseDocument, useCaseDocument } from './use-case-document.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

interface CasePrintFrameProps {
  caseId: CaseId
  title: string
  lead: string
  back: { to: string; words: string }
  /** While the document is not there. */
  waiting: string
  children: (view: CaseView, document: CaseDocument) => ReactNode
}

export function CasePrintFrame({ caseId, title, lead, back, waiting, children }: CasePrintFrameProps) {
  const api = useApi()
  const { data, error, refetch } = useQuery({ queryKey: ['case', caseId], queryFn: () => api.case(caseId) })
  const document = useCaseDocument(caseId)
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <>
      <div className="no-print">
        <PageHeader title={title} lead={lead} back={<Link to={back.to}>← {back.words}</Link>} />
      </div>
      {document?.state.loaded ? (
        children(data, document)
      ) : document?.state.line.phase === 'refused' ? (
        <NotFound />
      ) : (
        <Loading words={waiting} />
      )}
    </>
  )
}

/** In place of a sheet, for who may read and not print. */
export function NotForReaders() {
  const { t } = useCaseWorkTexts()
  return <Notice>{t('forms.readOnly')}</Notice>
}

/** A print is recorded before it is made (CF2). */
export const recordCasePrint = (api: Pick<Api, 'call'>, caseId: CaseId, body: CasePrintBody): Promise<PrintView> =>
  api.call('POST', `/cases/${encodeURIComponent(caseId)}/prints`, body)
