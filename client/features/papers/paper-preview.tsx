import { useEffect, useState } from 'react'
import type { ConferenceId } from '../../../shared/ids.ts'
import type { PaperView } from '../../../shared/protocol/papers.ts'
import { formatDateTime } from '../../lib/format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice, Loading } from '../../ui/states.tsx'
import { usePaperTexts } from './use-paper-texts.ts'
import { usePapersApi } from './use-papers.ts'

export interface PaperBytes {
  url: string
  /** Of a text. */
  text: string | undefined
}

/** A tab that was opened from here still loads its PDF for a moment after the dialog has gone. */
const TAB_LOADS_MS = 60_000

/** The bytes of a paper while they are on the screen; nothing of them stays in the page afterwards. */
export function usePaperBytes(
  conferenceId: ConferenceId,
  paper: PaperView,
): PaperBytes | { error: unknown } | undefined {
  const api = usePapersApi()
  const { itemId, paperId, kind } = paper
  const [bytes, setBytes] = useState<PaperBytes | { error: unknown }>()
  useEffect(() => {
    let isHere = true
    let url: string | undefined
    api
      .content(conferenceId, { itemId, paperId })
      .then(async blob => {
        const text = kind === 'text' ? await blob.text() : undefined
        if (!isHere) return
        url = URL.createObjectURL(blob)
        setBytes({ url, text })
      })
      .catch((error: unknown) => {
        if (isHere) setBytes({ error })
      })
    return () => {
      isHere = false
      setBytes(undefined)
      const gone = url
      if (gone !== undefined) setTimeout(() => URL.revokeObjectURL(gone), kind === 'pdf' ? TAB_LOADS_MS : 0)
    }
  }, [api, conferenceId, itemId, paperId, kind])
  return bytes
}

/** A picture or a text is shown here; a PDF by the browser, in a tab of its own. */
export function PaperPreview({
  conferenceId,
  paper,
  onClose,
}: {
  conferenceId: ConferenceId
  paper: PaperView
  onClose: () => void
}) {
  const { t, language } = usePaperTexts()
  const bytes = usePaperBytes(conferenceId, paper)
  return (
    <Dialog
      title={paper.title}
      isOpen
      onClose={onClose}
      size={paper.kind === 'pdf' ? 'medium' : 'large'}
      footer={
        bytes && 'url' in bytes ? (
          <>
            <a className="button button-tertiary button-medium" href={bytes.url} download={paper.fileName}>
              {t('preview.download')}
            </a>
            <a
              className="button button-primary button-medium"
              href={bytes.url}
              target="_blank"
              rel="noopener noreferrer"
            >
              {t('preview.newTab')}
            </a>
          </>
        ) : undefined
      }
    >
      {bytes === undefined ? <Loading words={t('preview.loading')} /> : null}
      {bytes && 'error' in bytes ? <ErrorNotice error={bytes.error} /> : null}
      {bytes && 'url' in bytes ? (
        <>
          <PaperContent paper={paper} bytes={bytes} />
          {paper.kind === 'pdf' ? <p>{t('preview.pdf')}</p> : null}
          <p className="quiet small">
            {paper.scannedAt
              ? t('preview.scanned', { at: formatDateTime(paper.scannedAt, language) })
              : t('preview.notScanned')}
          </p>
          <p className="quiet small">{t('preview.downloadWarning')}</p>
        </>
      ) : null}
    </Dialog>
  )
}

/** What can be shown in a page: a picture, a text. Nothing for a PDF. */
export function PaperContent({ paper, bytes, onShown }: { paper: PaperView; bytes: PaperBytes; onShown?: () => void }) {
  useEffect(() => {
    if (paper.kind === 'text' || paper.kind === 'pdf') onShown?.()
  }, [paper.kind, onShown])
  if (paper.kind === 'pdf') return null
  if (paper.kind === 'text') return <div className="paper-text">{bytes.text}</div>
  return <img className="paper-picture" src={bytes.url} alt={paper.title} onLoad={onShown} onError={onShown} />
}
