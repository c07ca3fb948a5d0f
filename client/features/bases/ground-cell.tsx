/** One cell of agency × item: by what right, and the way to mend it where there is none. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { opens } from '../../../shared/bases/bases.ts'
import type { AgencyId, CaseId } from '../../../shared/ids.ts'
import type { CaseBasesView } from '../../../shared/protocol/bases.ts'
import type { ItemGround } from '../../../shared/protocol/http-api.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { formatShortDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { BasisChip } from './basis-chip.tsx'
import { BasisForm } from './basis-form.tsx'
import { ConsentForm } from './consent-form.tsx'
import { useBasesTexts } from './use-bases-texts.ts'
import './bases.css'

interface GroundCellProps {
  caseId: CaseId
  agency: { agencyId: AgencyId; shortName: string; public: boolean }
  itemName: string
  ground: ItemGround
  /** It is cleared for the item: without a basis that shows nothing. */
  isCleared: boolean
  onFixed: () => void
}

export function GroundCell({ caseId, agency, itemName, ground, isCleared, onFixed }: GroundCellProps) {
  const { t, language } = useBasesTexts()
  const [isFixing, setFixing] = useState(false)
  const isOpen = opens(ground.standing)
  return (
    <div className="bases-cell">
      <BasisChip standing={ground.standing} />
      {ground.standing === 'ending' && ground.until !== null ? (
        <span className="small">{t('cell.until', { date: formatShortDay(ground.until, language) })}</span>
      ) : null}
      {isCleared && (!isOpen || ground.standing === 'ending') ? (
        <Button
          look="text"
          size="small"
          aria-label={t('cell.fixLabel', { agency: agency.shortName, item: itemName })}
          onPress={() => setFixing(true)}
        >
          {t('cell.fix')}
        </Button>
      ) : null}
      {isFixing ? (
        <FixDialog
          caseId={caseId}
          agency={agency}
          onClose={() => setFixing(false)}
          onFixed={() => {
            setFixing(false)
            onFixed()
          }}
        />
      ) : null}
    </div>
  )
}

interface FixDialogProps extends Pick<GroundCellProps, 'caseId' | 'agency' | 'onFixed'> {
  onClose: () => void
}

/** The same papers as on the case's page, where the gap was seen. */
function FixDialog({ caseId, agency, onClose, onFixed }: FixDialogProps) {
  const { t } = useBasesTexts()
  const api = basesApi(useApi())
  const queries = useQueryClient()
  const key = ['case-bases', caseId]
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => api.open(caseId) })
  const form = {
    receivers: [agency.agencyId],
    onSaved: (view: CaseBasesView) => {
      queries.setQueryData(key, view)
      onFixed()
    },
    onReload: async () => {
      await refetch()
    },
    onClose,
  }
  return (
    <Dialog title={t('cell.title', { agency: agency.shortName })} isOpen onClose={onClose} size="large" role="dialog">
      {data === undefined ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )
      ) : !data.mayChange ? (
        <Notice>{t('cell.notMine')}</Notice>
      ) : agency.public ? (
        <BasisForm view={data} {...form} />
      ) : (
        <ConsentForm view={data} {...form} />
      )}
    </Dialog>
  )
}

interface GroundSummaryProps {
  /** Every cell that is switched on. */
  cleared: readonly ItemGround[]
}

/** Before the meeting: how many cells show nothing although they are switched on. */
export function GroundSummary({ cleared }: GroundSummaryProps) {
  const { t } = useBasesTexts()
  const missing = cleared.filter(({ standing }) => !opens(standing)).length
  const ending = cleared.filter(({ standing }) => standing === 'ending').length
  if (missing > 0) {
    return (
      <Notice tone="warning" title={t('cell.summary', { count: missing })}>
        {t('cell.summaryHow')}
      </Notice>
    )
  }
  return ending > 0 ? <Notice tone="warning">{t('cell.ending', { count: ending })}</Notice> : null
}
