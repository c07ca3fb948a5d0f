/** The papers of one item: a quiet list, files on their way, and where new ones are added by button or dropped. */
import { useState } from 'react'
import { DropZone, FileTrigger } from 'react-aria-components'
import { PAPER_KINDS } from '../../../shared/codes.ts'
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import type { PaperView } from '../../../shared/protocol/papers.ts'
import { formatShortDate, formatTime } from '../../lib/format.ts'
import { useCommand } from '../../lib/use-command.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { CloseIcon } from '../../ui/icons.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { PaperPreview } from './paper-preview.tsx'
import { ACCEPTED_TYPES } from './upload-queue.ts'
import { UploadRows } from './upload-rows.tsx'
import { formatBytes, usePaperTexts } from './use-paper-texts.ts'
import { usePapersApi, useReloadPapers, useUploads } from './use-papers.ts'
import './papers.css'

export interface PaperShelfProps {
  conferenceId: ConferenceId
  itemId: ItemId
  /** The item's name, for labels; empty where the place says it. */
  itemName: string
  papers: readonly PaperView[]
  mayAdd: boolean
  /** What may be added and who sees it; said once where several shelves stand together. */
  hint: string | undefined
}

export function PaperShelf({ conferenceId, itemId, itemName, papers, mayAdd, hint }: PaperShelfProps) {
  const { t } = usePaperTexts()
  const api = usePapersApi()
  const notify = useNotices()
  const reload = useReloadPapers(conferenceId)
  const [shown, setShown] = useState<PaperView>()
  const [removing, setRemoving] = useState<PaperView>()
  const { error, isPending, run } = useCommand()
  const uploads = useUploads(conferenceId, itemId, {
    count: papers.length,
    onArrived: () => {
      notify(t('upload.arrived'))
      void reload()
    },
  })

  async function remove(paper: PaperView) {
    await run(async () => {
      await api.remove(conferenceId, paper)
      notify(t('removed', { title: paper.title }))
    })
    setRemoving(undefined)
    await reload()
  }

  const list = (
    <>
      {papers.length > 0 ? (
        <ul className="papers" aria-label={itemName ? `${itemName} ${t('title')}` : t('title')}>
          {papers.map(paper => (
            <PaperRow key={paper.paperId} paper={paper} onOpen={setShown} onRemove={setRemoving} />
          ))}
        </ul>
      ) : mayAdd ? null : (
        <p className="papers-none quiet small">{t('noneReader')}</p>
      )}
      {error ? <ErrorNotice error={error} /> : null}
    </>
  )

  return (
    <>
      {mayAdd ? (
        <DropZone
          className="paper-drop"
          aria-label={`${itemName} ${t('drop')}`.trim()}
          onDrop={event => {
            const files = event.items.flatMap(item => (item.kind === 'file' ? [item.getFile()] : []))
            void Promise.all(files).then(all => uploads?.add(all))
          }}
        >
          {list}
          {uploads ? <UploadRows queue={uploads} /> : null}
          <div className="paper-add">
            <FileTrigger
              acceptedFileTypes={ACCEPTED_TYPES}
              allowsMultiple
              onSelect={files => {
                if (files) uploads?.add([...files])
              }}
            >
              <Button look="tertiary" size="small" aria-label={itemName ? `${itemName} ${t('add')}` : undefined}>
                {t('add')}
              </Button>
            </FileTrigger>
            {hint ? <span className="quiet small">{hint}</span> : null}
          </div>
        </DropZone>
      ) : (
        list
      )}
      {shown ? <PaperPreview conferenceId={conferenceId} paper={shown} onClose={() => setShown(undefined)} /> : null}
      {removing ? (
        <ConfirmDialog
          title={t('removeTitle', { title: removing.title })}
          isOpen
          action={t('delete', { ns: 'common' })}
          danger
          isPending={isPending}
          onCancel={() => setRemoving(undefined)}
          onConfirm={() => void remove(removing)}
        >
          {t('removeBody')}
        </ConfirmDialog>
      ) : null}
    </>
  )
}

function PaperRow({
  paper,
  onOpen,
  onRemove,
}: {
  paper: PaperView
  onOpen: (paper: PaperView) => void
  onRemove: (paper: PaperView) => void
}) {
  const { t, language } = usePaperTexts()
  const when = `${formatShortDate(paper.addedAt, language)} ${formatTime(paper.addedAt)}`
  return (
    <li className="paper">
      <Chip>{PAPER_KINDS[paper.kind][language]}</Chip>
      <button
        type="button"
        className="paper-title"
        aria-label={t('open', { title: paper.title })}
        onClick={() => onOpen(paper)}
      >
        {paper.title}
      </button>
      <span className="paper-facts quiet small">
        {formatBytes(paper.bytes)} · {t('by', { agency: paper.addedBy.agencyName, name: paper.addedBy.name, when })}
      </span>
      {paper.mayRemove ? (
        <IconButton label={t('remove', { title: paper.title })} onPress={() => onRemove(paper)}>
          <CloseIcon size={16} />
        </IconButton>
      ) : null}
    </li>
  )
}
