import { useState } from 'react'
import type { CaseBasesView } from '../../../shared/protocol/bases.ts'
import { ApiError } from '../../lib/api.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { closedByMark } from './paper-words.ts'
import { useBasesTexts } from './use-bases-texts.ts'

interface SensitiveMarkProps {
  view: CaseBasesView
  onChanged: (view: CaseBasesView) => void
  onReload: () => Promise<void>
}

/** Whether the case holds sensitive information; both ways ask once, because either opens or closes it to somebody. */
export function SensitiveMark({ view, onChanged, onReload }: SensitiveMarkProps) {
  const { t } = useBasesTexts()
  const api = basesApi(useApi())
  const notify = useNotices()
  const [isAsking, setAsking] = useState(false)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  const closed = closedByMark(view).map(id => view.agencies.find(row => row.agencyId === id)?.name ?? '')

  async function mark() {
    setPending(true)
    setError(undefined)
    try {
      onChanged(await api.mark(view.caseId, { _v: view._v, sensitive: !view.sensitive }))
      notify(t('done.marked'))
    } catch (failure) {
      setError(failure)
      if (failure instanceof ApiError && failure.reason === 'conflict') await onReload()
    } finally {
      setPending(false)
      setAsking(false)
    }
  }

  return (
    <Section
      title={t('sensitive.title')}
      actions={
        view.mayChange ? (
          <Button onPress={() => setAsking(true)}>{t(view.sensitive ? 'sensitive.toNo' : 'sensitive.toYes')}</Button>
        ) : null
      }
    >
      {error ? <ErrorNotice error={error} /> : null}
      <p>{t(view.sensitive ? 'sensitive.yes' : 'sensitive.no')}</p>
      <ConfirmDialog
        title={t(view.sensitive ? 'sensitive.opensTitle' : 'sensitive.toYes')}
        isOpen={isAsking}
        action={t(view.sensitive ? 'sensitive.toNo' : 'sensitive.toYes')}
        danger={!view.sensitive && closed.length > 0}
        isPending={isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => void mark()}
      >
        {view.sensitive
          ? t('sensitive.opensBody')
          : closed.length > 0
            ? t('sensitive.closes', { agencies: closed.join(', ') })
            : t('sensitive.closesNobody')}
      </ConfirmDialog>
    </Section>
  )
}
