/** A paper of the minutes on a page of its own, for the printer. It was recorded when it was made, and can be fetched once. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { type ConferenceId, type ExportId, parseId } from '../../../shared/ids.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { exportsApi } from './exports-api.ts'
import { PaperSheet, textOfLines } from './paper-sheet.tsx'
import { useExportTexts } from './use-export-texts.ts'

export function ExportSheetPage() {
  const params = useParams()
  const conferenceId = parseId<ConferenceId>(params.conferenceId)
  const exportId = parseId<ExportId>(params.exportId)
  if (conferenceId === undefined || exportId === undefined) return <NotFound />
  return <OpenSheet key={exportId} conferenceId={conferenceId} exportId={exportId} />
}

function OpenSheet({ conferenceId, exportId }: { conferenceId: ConferenceId; exportId: ExportId }) {
  const { t } = useExportTexts()
  const api = useApi()
  const calls = useMemo(() => exportsApi(api), [api])
  const notify = useNotices()
  const minutes = `/conferences/${conferenceId}/minutes`
  // Once: asking again would find nothing.
  const { data, error, refetch } = useQuery({
    queryKey: ['export', exportId],
    queryFn: () => calls.paper(conferenceId, exportId),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (error instanceof ApiError && error.reason === 'not-found') {
    return (
      <EmptyState title={t('sheet.once')} action={<ButtonLink to={minutes}>{t('sheet.back')}</ButtonLink>}>
        {t('sheet.onceBody')}
      </EmptyState>
    )
  }
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Loading words={t('sheet.loading')} />

  async function copy(words: string) {
    try {
      await navigator.clipboard.writeText(words)
      notify(t('sheet.copied'))
    } catch {
      notify(t('sheet.copyFailed'), 'warning')
    }
  }
  const [only] = data.blocks
  // One block of fields or lines is made to be pasted elsewhere.
  const isToCopy = data.blocks.length === 1 && only !== undefined
  return (
    <>
      <div className="no-print">
        <PageHeader title={t('sheet.title')} lead={data.title} back={<Link to={minutes}>← {t('sheet.back')}</Link>} />
        <div className="row export-sheet-bar">
          <Button look="primary" onPress={() => window.print()}>
            {t('sheet.print')}
          </Button>
          {isToCopy && only.kind === 'lines' ? (
            <Button onPress={() => void copy([data.title, '', textOfLines(only.lines)].join('\n'))}>
              {t('sheet.copyAll')}
            </Button>
          ) : null}
        </div>
      </div>
      <PaperSheet
        paper={data}
        {...(isToCopy &&
          only.kind === 'fields' && {
            onCopy: field => void copy(field.words),
            copyLabel: label => t('sheet.copyField', { label }),
            copyWords: t('sheet.copy'),
          })}
      />
    </>
  )
}
