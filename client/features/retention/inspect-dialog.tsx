/** What exactly would be destroyed, read by the second person, who types the number or refuses with a reason (RT6). */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AgencyId } from '../../../shared/ids.ts'
import type { DestructionView, InspectionView, RetentionDeskView } from '../../../shared/protocol/retention.ts'
import {
  DESTROYED_KINDS,
  DESTRUCTION_GROUNDS,
  type DestroyedKind,
  HOLD_REASONS,
  STANDING_HOLDS,
} from '../../../shared/retention/retention-codes.ts'
import { ApiError } from '../../lib/api.ts'
import { formatDateTime, formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { retentionApi } from './retention-api.ts'
import { useRetentionTexts } from './use-retention-texts.ts'
import { WordsDialog } from './words-dialog.tsx'

interface InspectProps {
  agencyId: AgencyId
  destruction: DestructionView
  onStale: () => void
  onDone: (desk: RetentionDeskView) => void
  onClose: () => void
}

const plain = (number: string) => number.normalize('NFKC').replace(/\s/g, '')

export function InspectDialog({ agencyId, destruction, onStale, onDone, onClose }: InspectProps) {
  const { t } = useRetentionTexts()
  const api = retentionApi(useApi())
  const notify = useNotices()
  const { destructionId, number } = destruction
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const [isRefusing, setRefusing] = useState(false)
  const [isPending, setPending] = useState(false)
  const [isChanged, setChanged] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const { data, error, refetch } = useQuery({
    queryKey: ['destruction', destructionId],
    queryFn: () => api.inspect(agencyId, destructionId),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const isNumber = plain(typed) === plain(number)
  const mayDestroy = data !== undefined && isFree(data)

  async function destroy() {
    setTried(true)
    if (data === undefined || !isNumber) return
    setPending(true)
    setFailure(undefined)
    try {
      const { _v } = data.destruction
      const done = await api.decide(agencyId, destructionId, { do: 'confirm', _v, number: typed, counts: data.counts })
      notify(t('inspect.done', { number }))
      onDone(done)
      return
    } catch (problem) {
      if (problem instanceof ApiError && problem.detail === 'counts-changed') {
        setChanged(true)
        await refetch()
      } else {
        setFailure(problem)
        onStale()
      }
    }
    setPending(false)
  }

  if (isRefusing && data !== undefined) {
    return (
      <WordsDialog
        title={t('inspect.refuseGo')}
        label={t('inspect.refuseWhy')}
        action={t('inspect.refuseGo')}
        done={t('inspect.refused')}
        send={words => api.decide(agencyId, destructionId, { do: 'refuse', _v: data.destruction._v, words })}
        onStale={onStale}
        onDone={onDone}
        onClose={() => setRefusing(false)}
      >
        <p className="number">{number}</p>
      </WordsDialog>
    )
  }

  return (
    <Dialog
      title={t('inspect.title', { number })}
      isOpen
      size="large"
      onClose={onClose}
      footer={
        data ? (
          <>
            <Button onPress={() => setRefusing(true)}>{t('inspect.refuse')}</Button>
            <Button
              look="danger"
              isPending={isPending}
              isDisabled={!mayDestroy || !isNumber}
              onPress={() => void destroy()}
            >
              {t('inspect.go')}
            </Button>
          </>
        ) : null
      }
    >
      {data ? (
        <div className="stack">
          {isChanged ? (
            <Notice tone="warning" announce="alert">
              {t('inspect.changed')}
            </Notice>
          ) : null}
          {failure ? <ErrorNotice error={failure} /> : null}
          <What inspection={data} />
          <Hindrance inspection={data} />
          {mayDestroy ? (
            <>
              <Notice tone="danger">{t('inspect.warning')}</Notice>
              <TextField
                label={t('inspect.number', { number })}
                value={typed}
                onChange={setTyped}
                autoComplete="off"
                width="medium"
                errorMessage={isTried && !isNumber ? t('inspect.wrong') : undefined}
              />
            </>
          ) : null}
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Dialog>
  )
}

const isFree = ({ isDue, standingHolds, holds }: InspectionView): boolean =>
  isDue && standingHolds.length === 0 && holds.every(hold => !hold.isHolding)

function Hindrance({ inspection }: { inspection: InspectionView }) {
  const { t, language } = useRetentionTexts()
  const holds = [
    ...inspection.standingHolds.map(hold => STANDING_HOLDS[hold][language]),
    ...inspection.holds.filter(hold => hold.isHolding).map(hold => HOLD_REASONS[hold.reason][language]),
  ]
  if (holds.length > 0) return <Notice tone="warning">{t('inspect.held', { holds: holds.join(', ') })}</Notice>
  return inspection.isDue ? null : <Notice tone="warning">{t('inspect.notDue')}</Notice>
}

function What({ inspection: { destruction, label, counts } }: { inspection: InspectionView }) {
  const { t, language } = useRetentionTexts()
  const { closedOn, decreeDue, consentDue, ground, years } = destruction
  return (
    <>
      <dl className="retention-facts">
        <div>
          <dt>{t('inspect.household')}</dt>
          <dd>{label}</dd>
        </div>
        <div>
          <dt>{t('inspect.days')}</dt>
          <dd>
            {t(ground === 'request' ? 'inspect.daysByRequest' : 'inspect.daysBody', {
              closed: formatDay(closedOn, language),
              decree: formatDay(decreeDue, language),
              consent: formatDay(consentDue, language),
              ground: DESTRUCTION_GROUNDS[ground][language],
              years,
            })}
          </dd>
        </div>
        <div>
          <dt>{t('inspect.proposed')}</dt>
          <dd>
            {destruction.proposedBy} · {formatDateTime(destruction.proposedAt, language)}
          </dd>
        </div>
        <div>
          <dt>{t('inspect.why')}</dt>
          <dd className="retention-words">{destruction.why}</dd>
        </div>
      </dl>
      <table className="table retention-counts">
        <caption>{t('inspect.what')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('inspect.kind')}</th>
            <th scope="col">{t('inspect.count')}</th>
          </tr>
        </thead>
        <tbody>
          {(Object.entries(counts) as [DestroyedKind, number][]).map(([kind, count]) => (
            <tr key={kind}>
              <th scope="row">{DESTROYED_KINDS[kind][language]}</th>
              <td className="number">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t('inspect.stays')}</p>
    </>
  )
}
