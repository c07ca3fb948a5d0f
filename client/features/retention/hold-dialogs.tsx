/** Holding a case, and lifting the hold. */
import { useState } from 'react'
import type { AgencyId } from '../../../shared/ids.ts'
import type { HoldView, RetentionCaseView, RetentionDeskView } from '../../../shared/protocol/retention.ts'
import { HOLD_REASONS, type HoldReason } from '../../../shared/retention/retention-codes.ts'
import { useApi } from '../../lib/services.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { retentionApi } from './retention-api.ts'
import { useRetentionTexts } from './use-retention-texts.ts'
import { WordsDialog } from './words-dialog.tsx'

interface Shared {
  agencyId: AgencyId
  one: RetentionCaseView
  onDone: (desk: RetentionDeskView) => void
  onClose: () => void
}

export function HoldDialog({ agencyId, one, today, onDone, onClose }: Shared & { today: string }) {
  const { t, language } = useRetentionTexts()
  const api = retentionApi(useApi())
  const [reason, setReason] = useState<HoldReason>(one.requestedOn === null ? 'litigation' : 'legal_duty')
  const [until, setUntil] = useState('')
  const [isTried, setTried] = useState(false)
  const isDay = until >= today && until !== ''
  return (
    <WordsDialog
      title={t('holdForm.title')}
      label={t('holdForm.words')}
      example={t('holdForm.wordsExample')}
      action={t('holdForm.go')}
      done={t('holdForm.done')}
      mayGo={isDay}
      onTried={() => setTried(true)}
      send={words => api.hold(agencyId, { caseId: one.caseId, reason, until, words })}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t('holdForm.body', { number: one.number })}</p>
      <Select
        label={t('holdForm.reason')}
        value={reason}
        onChange={setReason}
        options={(Object.keys(HOLD_REASONS) as HoldReason[]).map(id => ({ id, label: HOLD_REASONS[id][language] }))}
      />
      <DatePicker
        label={t('holdForm.until')}
        value={until}
        onChange={setUntil}
        errorMessage={isTried && !isDay ? t('holdForm.noDay') : undefined}
      />
    </WordsDialog>
  )
}

export function LiftDialog({
  agencyId,
  one,
  hold,
  onStale,
  onDone,
  onClose,
}: Shared & { hold: HoldView; onStale: () => void }) {
  const { t } = useRetentionTexts()
  const api = retentionApi(useApi())
  return (
    <WordsDialog
      title={t('liftForm.title')}
      label={t('liftForm.words')}
      action={t('liftForm.go')}
      done={t('liftForm.done')}
      send={words => api.lift(agencyId, hold.holdId, { _v: hold._v, words })}
      onStale={onStale}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t('liftForm.body', { number: one.number })}</p>
    </WordsDialog>
  )
}
