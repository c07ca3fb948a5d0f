import { ProgressBar } from 'react-aria-components'
import { PAPERS_PER_ITEM } from '../../../shared/protocol/papers.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useErrorWords } from '../../ui/states.tsx'
import { papersKo } from './texts-ko.ts'
import type { UploadQueue, UploadRow } from './upload-queue.ts'
import { usePaperTexts } from './use-paper-texts.ts'

type RefusedDetail = keyof typeof papersKo.refused
const isRefusedDetail = (detail: string | undefined): detail is RefusedDetail =>
  detail !== undefined && Object.hasOwn(papersKo.refused, detail)

/** Files on their way, and those that did not arrive with what to do about it. */
export function UploadRows({ queue }: { queue: UploadQueue<File> }) {
  if (queue.rows.length === 0) return null
  return (
    <ul className="uploads">
      {queue.rows.map(row => (
        <li key={row.id}>
          {row.state === 'failed' ? <Failed row={row} queue={queue} /> : <OnItsWay row={row} queue={queue} />}
        </li>
      ))}
    </ul>
  )
}

function OnItsWay({ row, queue }: { row: UploadRow; queue: UploadQueue<File> }) {
  const { t } = usePaperTexts()
  const percent = row.bytes === 0 ? 0 : Math.min(100, Math.floor((row.sent / row.bytes) * 100))
  const words =
    row.state === 'waiting'
      ? t('upload.waiting')
      : percent === 100
        ? t('upload.checking')
        : t('upload.sending', { percent })
  return (
    <div className="upload">
      <ProgressBar value={percent} aria-label={t('upload.label', { name: row.name })} className="upload-progress">
        <span className="upload-name">{row.name}</span>
        <span className="upload-bar" aria-hidden="true">
          <span className="upload-done" style={{ inlineSize: `${percent}%` }} />
        </span>
        <span className="quiet small upload-words">{words}</span>
      </ProgressBar>
      <Button
        look="text"
        size="small"
        aria-label={t('upload.cancel', { name: row.name })}
        onPress={() => queue.putAway(row.id)}
      >
        {t('upload.cancelShort')}
      </Button>
    </div>
  )
}

function Failed({ row, queue }: { row: UploadRow; queue: UploadQueue<File> }) {
  const { t } = usePaperTexts()
  const errorWords = useErrorWords()
  const detail = row.error?.detail
  const words =
    row.fault !== undefined
      ? t(`fault.${row.fault}`, { max: PAPERS_PER_ITEM })
      : isRefusedDetail(detail)
        ? t(`refused.${detail}`)
        : row.error?.reason === 'too-large'
          ? t('fault.tooLarge')
          : errorWords(row.error).body
  return (
    <Notice
      tone="warning"
      announce="alert"
      title={t('upload.failed', { name: row.name })}
      actions={
        <>
          {row.mayRetry ? (
            <Button look="secondary" size="small" onPress={() => queue.retry(row.id)}>
              {t('upload.retry')}
            </Button>
          ) : null}
          <Button look="text" size="small" onPress={() => queue.putAway(row.id)}>
            {t('upload.putAway')}
          </Button>
        </>
      }
    >
      {words}
    </Notice>
  )
}
