/** The numbered pack: items that I may open with their papers 1-1, 1-2 …; pictures and texts in full, a PDF by its number. */
import { useCallback, useEffect, useState } from 'react'
import { PAPER_KINDS } from '../../../shared/codes.ts'
import type { ConferenceId, PaperId } from '../../../shared/ids.ts'
import type { PaperView } from '../../../shared/protocol/papers.ts'
import { formatDateTime } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { lineName } from './line-name.ts'
import { type NumberedPaper, numberedPack } from './pack.ts'
import { PaperContent, PaperPreview, usePaperBytes } from './paper-preview.tsx'
import { PrintGate } from './print-gate.tsx'
import { SheetPage } from './sheet-page.tsx'
import { formatBytes, usePaperTexts } from './use-paper-texts.ts'
import { useConferencePapers } from './use-papers.ts'
import type { Sheet } from './use-sheet.ts'

export function PackPage() {
  const { t } = usePaperTexts()
  return (
    <SheetPage title={t('sheets.pack')} lead={t('pack.lead')}>
      {sheet => <Pack sheet={sheet} />}
    </SheetPage>
  )
}

function Pack({ sheet: { view, lines } }: { sheet: Sheet }) {
  const { t, language } = usePaperTexts()
  const { data, error, refetch } = useConferencePapers(view.conferenceId)
  const [settled, setSettled] = useState<ReadonlySet<PaperId>>(new Set())
  const [shown, setShown] = useState<PaperView>()
  const onSettled = useCallback((paperId: PaperId) => setSettled(known => new Set([...known, paperId])), [])
  if (error && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Loading words={t('sheets.notReady')} />
  const pack = numberedPack(lines, data.papers)
  const papers = pack.flatMap(item => item.papers)
  if (view.myStatement === 'needed') {
    return (
      <EmptyState
        title={t('pack.statement')}
        action={<ButtonLink to={`/conferences/${view.conferenceId}`}>{t('pack.toRoom')}</ButtonLink>}
      >
        {t('pack.statementBody')}
      </EmptyState>
    )
  }
  if (papers.length === 0) return <EmptyState title={t('pack.empty')}>{t('pack.emptyBody')}</EmptyState>
  const ready = papers.filter(({ paper }) => settled.has(paper.paperId)).length

  return (
    <PrintGate
      conferenceId={view.conferenceId}
      what={{ what: 'pack', papers: papers.map(({ paper }) => paper.paperId) }}
      proposedPurpose={t('gate.proposedPack', { title: view.title })}
      waiting={ready < papers.length ? t('gate.loading', { ready, all: papers.length }) : undefined}
    >
      <header className="sheet-head">
        <h2 className="sheet-title">
          {view.title} {t('title')}
        </h2>
        <p>{[formatDateTime(view.startsAt, language), view.place].filter(Boolean).join(' · ')}</p>
      </header>
      <nav aria-label={t('pack.contents')} className="pack-contents">
        {pack.map(({ line, papers: own }) => (
          <section key={line.itemId}>
            <h3>{t('pack.item', { number: line.number, name: lineName(line, t) })}</h3>
            <ul>
              {own.map(({ number, paper }) => (
                <li key={paper.paperId} className="pack-line">
                  <span className="pack-number">{number}</span>
                  <span>{paper.title}</span>
                  <span className="quiet small">
                    {PAPER_KINDS[paper.kind][language]} · {formatBytes(paper.bytes)}
                    {paper.kind === 'pdf' ? ` · ${t('pack.pdfApart')}` : ''}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      {papers.map(one => (
        <PackedPaper
          key={one.paper.paperId}
          conferenceId={view.conferenceId}
          numbered={one}
          onSettled={onSettled}
          onOpen={setShown}
        />
      ))}
      {shown ? (
        <PaperPreview conferenceId={view.conferenceId} paper={shown} onClose={() => setShown(undefined)} />
      ) : null}
    </PrintGate>
  )
}

interface PackedPaperProps {
  conferenceId: ConferenceId
  numbered: NumberedPaper
  onSettled: (paperId: PaperId) => void
  onOpen: (paper: PaperView) => void
}

function PackedPaper(props: PackedPaperProps) {
  const { number, paper } = props.numbered
  const { t } = usePaperTexts()
  return (
    <article className={`packed packed-${paper.kind}`} aria-label={`${number} ${paper.title}`}>
      <h3 className="packed-title">
        <span className="pack-number">{number}</span> {paper.title}
      </h3>
      {paper.kind === 'pdf' ? (
        <PdfLine {...props} words={t('pack.openPdf', { number, title: paper.title })} />
      ) : (
        <Inline {...props} />
      )}
    </article>
  )
}

/** Opened only when somebody asks for it: what is not shown is not read. */
function PdfLine({ numbered: { paper }, onSettled, onOpen, words }: PackedPaperProps & { words: string }) {
  const { t } = usePaperTexts()
  useEffect(() => onSettled(paper.paperId), [onSettled, paper.paperId])
  return (
    <p>
      <span className="only-print">{t('pack.pdfApart')}</span>
      <button type="button" className="paper-title no-print" onClick={() => onOpen(paper)}>
        {words}
      </button>
    </p>
  )
}

function Inline({ conferenceId, numbered: { paper }, onSettled }: PackedPaperProps) {
  const { t } = usePaperTexts()
  const bytes = usePaperBytes(conferenceId, paper)
  const hasFailed = bytes !== undefined && 'error' in bytes
  const settle = useCallback(() => onSettled(paper.paperId), [onSettled, paper.paperId])
  useEffect(() => {
    if (hasFailed) settle()
  }, [hasFailed, settle])
  if (bytes === undefined) return <Loading words={t('preview.loading')} />
  if ('error' in bytes) return <Notice tone="warning">{t('pack.failed')}</Notice>
  return <PaperContent paper={paper} bytes={bytes} onShown={settle} />
}
