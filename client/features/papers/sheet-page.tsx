/** The frame of a printed sheet: its name, the way back, and what it is made of once that is there. */
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { ConferenceId } from '../../../shared/ids.ts'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { usePaperTexts } from './use-paper-texts.ts'
import { conferenceIdOf, type Sheet, useSheet } from './use-sheet.ts'
import './papers.css'
import './sheets.css'

export function SheetPage(props: { title: string; lead: string; children: (sheet: Sheet) => ReactNode }) {
  const conferenceId = conferenceIdOf(useParams())
  if (conferenceId === undefined) return <NotFound />
  return <OpenSheet key={conferenceId} conferenceId={conferenceId} {...props} />
}

function OpenSheet({
  conferenceId,
  title,
  lead,
  children,
}: {
  conferenceId: ConferenceId
  title: string
  lead: string
  children: (sheet: Sheet) => ReactNode
}) {
  const { t } = usePaperTexts()
  const { sheet, error, retry } = useSheet(conferenceId)
  if (error) return <ErrorState error={error} onRetry={retry} />
  if (sheet === undefined) return <Loading words={t('sheets.notReady')} />
  const goesToPlan = sheet.view.mayChange
  const back = goesToPlan ? `/conferences/${conferenceId}/plan` : `/conferences/${conferenceId}`
  return (
    <>
      <div className="no-print">
        <PageHeader
          title={title}
          lead={lead}
          back={<Link to={back}>← {t(goesToPlan ? 'sheets.back' : 'sheets.backRoom')}</Link>}
        />
      </div>
      {children(sheet)}
    </>
  )
}
