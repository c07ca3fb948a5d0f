/** Every version of a record, the newest first, with who wrote it and why (SPEC CR4). */
import { useQuery } from '@tanstack/react-query'
import type { RiskInstrument } from '../../../shared/case-records/risk-instrument.ts'
import type { CaseId, CaseRecordId } from '../../../shared/ids.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { formatDateTime } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { RecordContentView } from './record-content.tsx'
import { useRecordCalls } from './use-case-records.ts'
import { useRecordTexts } from './use-record-texts.ts'

interface RecordVersionsProps {
  caseId: CaseId
  recordId: CaseRecordId
  view: CaseView
  instruments: readonly RiskInstrument[]
  onClose: () => void
}

export function RecordVersions({ caseId, recordId, view, instruments, onClose }: RecordVersionsProps) {
  const { t, language } = useRecordTexts()
  const calls = useRecordCalls()
  const { data, error, refetch } = useQuery({
    queryKey: ['case-record-versions', recordId],
    queryFn: () => calls.versions(caseId, recordId),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  return (
    <Dialog
      title={t('versions.title')}
      isOpen
      onClose={onClose}
      size="large"
      footer={<Button onPress={onClose}>{t('versions.close')}</Button>}
    >
      {data ? (
        <ol className="stack record-versions">
          {data.versions.map(version => (
            <li key={version.version} className="card">
              <div className="record-head">
                <h3 className="record-when">{t('versions.version', { n: version.version })}</h3>
                <span>{t('card.by', { name: version.by.name, agency: version.by.agency.shortName })}</span>
                <span className="quiet">{formatDateTime(version.writtenAt, language)}</span>
              </div>
              {version.reason === '' ? null : <p>{t('card.why', { reason: version.reason })}</p>}
              <RecordContentView version={version} view={view} instruments={instruments} />
            </li>
          ))}
        </ol>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Dialog>
  )
}
