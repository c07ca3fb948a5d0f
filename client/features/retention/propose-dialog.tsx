import type { AgencyId } from '../../../shared/ids.ts'
import type { RetentionCaseView, RetentionDeskView } from '../../../shared/protocol/retention.ts'
import { useApi } from '../../lib/services.tsx'
import { retentionApi } from './retention-api.ts'
import { useRetentionTexts } from './use-retention-texts.ts'
import { WordsDialog } from './words-dialog.tsx'

export function ProposeDialog({
  agencyId,
  cases,
  ...rest
}: {
  agencyId: AgencyId
  cases: readonly RetentionCaseView[]
  onStale: () => void
  onDone: (desk: RetentionDeskView) => void
  onClose: () => void
}) {
  const { t } = useRetentionTexts()
  const api = retentionApi(useApi())
  const caseIds = cases.map(({ caseId }) => caseId)
  return (
    <WordsDialog
      {...rest}
      title={t('proposeForm.title')}
      label={t('proposeForm.why')}
      example={t('proposeForm.whyExample')}
      action={t('proposeForm.go')}
      done={t('proposeForm.done', { n: cases.length })}
      send={words => api.propose(agencyId, { caseIds, words })}
    >
      <p>{t('proposeForm.body')}</p>
      <ul className="retention-numbers">
        {cases.map(({ caseId, number }) => (
          <li key={caseId} className="number">
            {number}
          </li>
        ))}
      </ul>
    </WordsDialog>
  )
}
