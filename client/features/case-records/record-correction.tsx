/** A correction. When somebody else's came first, both stand there, and what was typed is still in its fields (SPEC CR6). */
import { useRef, useState } from 'react'
import type { CaseId } from '../../../shared/ids.ts'
import type { CaseRecordsView, CaseRecordVersionView, CaseRecordView } from '../../../shared/protocol/case-records.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { ApiError } from '../../lib/api.ts'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { RecordContentView } from './record-content.tsx'
import { beginCorrection, toContent } from './record-form.ts'
import { RecordWriter } from './record-writer.tsx'
import { newCommandId, useRecordCalls } from './use-case-records.ts'
import { useRecordTexts } from './use-record-texts.ts'

interface RecordCorrectionProps {
  caseId: CaseId
  record: CaseRecordView
  records: CaseRecordsView
  view: CaseView
  onDone: () => void
  onCancel: () => void
}

export function RecordCorrection({ caseId, record, records, view, onDone, onCancel }: RecordCorrectionProps) {
  const { t } = useRecordTexts()
  const calls = useRecordCalls()
  const notify = useNotices()
  const [start] = useState(() => beginCorrection(record.content, Date.now()))
  const [theirs, setTheirs] = useState<CaseRecordVersionView>()
  // The version that the person had before their eyes; a colleague's that comes meanwhile is no reason to write over it unseen.
  const known = useRef(record.version)
  const command = useRef(newCommandId())

  async function save(form: typeof start, _narrow: boolean, reason: string) {
    const body = { command: command.current, _v: known.current, reason, content: toContent(form) }
    try {
      await calls.correct(caseId, record.recordId, body)
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'conflict') throw error
      const { versions } = await calls.versions(caseId, record.recordId)
      const [newest] = versions
      if (newest === undefined) throw error
      setTheirs(newest)
      known.current = newest.version
      command.current = newCommandId()
      return
    }
    notify(t('form.corrected'))
    onDone()
  }

  return (
    <RecordWriter
      caseId={caseId}
      view={view}
      records={records}
      start={start}
      correcting={{
        narrow: record.narrowTo !== null,
        visitState: record.content.kind === 'joint_visit' ? record.content.state : undefined,
      }}
      above={
        theirs ? (
          <Notice tone="warning" announce="alert" title={t('conflict.title', { name: theirs.by.name })}>
            <p>{t('conflict.body')}</p>
            <div className="card record-theirs">
              <strong>{t('conflict.theirs', { n: theirs.version })}</strong>
              <RecordContentView version={theirs} view={view} instruments={records.instruments} />
            </div>
            <p>
              <strong>{t('conflict.mine')}</strong>
            </p>
          </Notice>
        ) : null
      }
      {...(theirs && { saveWords: t('conflict.over') })}
      save={save}
      onCancel={onCancel}
    />
  )
}
