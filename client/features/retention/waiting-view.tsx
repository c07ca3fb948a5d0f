/** Destructions that wait for a second person. */
import { useState } from 'react'
import type { DestructionView } from '../../../shared/protocol/retention.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { EmptyState, ErrorNotice } from '../../ui/states.tsx'
import { InspectDialog } from './inspect-dialog.tsx'
import { retentionApi } from './retention-api.ts'
import type { DeskProps } from './retention-page.tsx'
import { useRetentionTexts } from './use-retention-texts.ts'

export function WaitingView({ desk, onChanged, onStale }: DeskProps) {
  const { t, language } = useRetentionTexts()
  const api = retentionApi(useApi())
  const notify = useNotices()
  const [open, setOpen] = useState<DestructionView>()
  const [takingBack, setTakingBack] = useState<DestructionView>()
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()

  async function takeBack({ destructionId, _v }: DestructionView) {
    setPending(true)
    setError(undefined)
    try {
      onChanged(await api.decide(desk.agencyId, destructionId, { do: 'take_back', _v }))
      notify(t('waiting.takenBack'))
    } catch (failure) {
      setError(failure)
      onStale()
    }
    setPending(false)
    setTakingBack(undefined)
  }

  return (
    <div className="stack">
      {error ? <ErrorNotice error={error} /> : null}
      {desk.waiting.length === 0 ? (
        <EmptyState title={t('waiting.none')}>{t('waiting.noneBody')}</EmptyState>
      ) : (
        <>
          <p className="quiet">{t('waiting.lead')}</p>
          <ul className="retention-waiting">
            {desk.waiting.map(one => (
              <li key={one.destructionId} className="card">
                <h2 className="retention-number number">{one.number}</h2>
                <p className="quiet">
                  {t('waiting.by', { name: one.proposedBy, at: formatDateTime(one.proposedAt, language) })}
                </p>
                <p className="retention-words">{one.why}</p>
                {one.isOwn ? <p>{t('waiting.own')}</p> : null}
                <div className="row">
                  {one.isOwn ? (
                    <Button onPress={() => setTakingBack(one)}>{t('waiting.takeBack')}</Button>
                  ) : (
                    <Button
                      look="primary"
                      aria-label={t('waiting.openOf', { number: one.number })}
                      onPress={() => setOpen(one)}
                    >
                      {t('waiting.open')}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      {open ? (
        <InspectDialog
          agencyId={desk.agencyId}
          destruction={open}
          onStale={onStale}
          onClose={() => setOpen(undefined)}
          onDone={next => {
            onChanged(next)
            setOpen(undefined)
          }}
        />
      ) : null}
      <ConfirmDialog
        title={t('waiting.takeBackTitle', { number: takingBack?.number ?? '' })}
        isOpen={takingBack !== undefined}
        action={t('waiting.takeBack')}
        isPending={isPending}
        onCancel={() => setTakingBack(undefined)}
        onConfirm={() => {
          if (takingBack) void takeBack(takingBack)
        }}
      >
        {t('waiting.takeBackBody')}
      </ConfirmDialog>
    </div>
  )
}
