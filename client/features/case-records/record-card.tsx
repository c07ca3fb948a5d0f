/** One record in the list: when, what, by whom; corrected in its place; its earlier versions. */
import { useState } from 'react'
import { Link } from 'react-router'
import { CASE_RECORD_KINDS } from '../../../shared/case-records/kinds.ts'
import type { CaseId } from '../../../shared/ids.ts'
import type { CaseRecordsView, CaseRecordView } from '../../../shared/protocol/case-records.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { formatDateTime } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { LockIcon } from '../../ui/icons.tsx'
import { RecordContentView } from './record-content.tsx'
import { RecordCorrection } from './record-correction.tsx'
import { RecordVersions } from './record-versions.tsx'
import { useRecordTexts } from './use-record-texts.ts'

interface RecordCardProps {
  caseId: CaseId
  record: CaseRecordView
  records: CaseRecordsView
  view: CaseView
  excerpt?: React.ReactNode
  onChanged: () => void
}

export function RecordCard({ caseId, record, records, view, excerpt, onChanged }: RecordCardProps) {
  const { t, language } = useRecordTexts()
  const [isCorrecting, setCorrecting] = useState(false)
  const [isLookingBack, setLookingBack] = useState(false)
  const { content, version, first, by, narrowTo, mayCorrect } = record
  const what = `${CASE_RECORD_KINDS[content.kind][language]} ${formatDateTime(content.at, language)}`
  const isPlannedVisit = content.kind === 'joint_visit' && content.state === 'planned'
  return (
    <li className={`card record${narrowTo ? ' is-narrow' : ''}`}>
      <div className="record-head">
        <Chip tone="primary">{CASE_RECORD_KINDS[content.kind][language]}</Chip>
        <h3 className="record-when">{formatDateTime(content.at, language)}</h3>
        <AgencyChip shortName={first.by.agency.shortName} name={first.by.agency.name} colour={first.by.agency.colour} />
        <span>{first.by.name}</span>
        {narrowTo ? <Chip icon={<LockIcon size={16} />}>{t('ownOf', { agency: narrowTo.shortName })}</Chip> : null}
        {version > 1 ? <span className="quiet small">{t('card.corrected', { n: version, name: by.name })}</span> : null}
        <span className="record-buttons">
          {mayCorrect && !isCorrecting ? (
            <Button
              look={isPlannedVisit ? 'secondary' : 'text'}
              size="small"
              aria-label={t('card.correctLabel', { what })}
              onPress={() => setCorrecting(true)}
            >
              {t(isPlannedVisit ? 'card.visitDone' : 'card.correct')}
            </Button>
          ) : null}
          {version > 1 ? (
            <Button
              look="text"
              size="small"
              aria-label={t('card.versionsLabel', { what })}
              onPress={() => setLookingBack(true)}
            >
              {t('card.versions')}
            </Button>
          ) : null}
        </span>
      </div>
      {excerpt}
      {isCorrecting ? (
        <RecordCorrection
          caseId={caseId}
          record={record}
          records={records}
          view={view}
          onDone={() => {
            setCorrecting(false)
            onChanged()
          }}
          onCancel={() => setCorrecting(false)}
        />
      ) : (
        <>
          <RecordContentView version={record} view={view} instruments={records.instruments} />
          {content.kind === 'monitoring' && content.result === 'change' ? (
            <p className="small">
              {t('card.change')} <Link to={`/cases/${caseId}/life`}>{t('card.toLife')}</Link>
            </p>
          ) : null}
        </>
      )}
      {isLookingBack ? (
        <RecordVersions
          caseId={caseId}
          recordId={record.recordId}
          view={view}
          instruments={records.instruments}
          onClose={() => setLookingBack(false)}
        />
      ) : null}
    </li>
  )
}
