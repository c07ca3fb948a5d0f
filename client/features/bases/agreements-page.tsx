import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AgencyId } from '../../../shared/ids.ts'
import type { AgreementsView, AgreementView } from '../../../shared/protocol/bases.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { AgreementForm } from './agreement-form.tsx'
import { useBasesTexts } from './use-bases-texts.ts'
import './bases.css'

/** 업무협약: what one's agency agreed with others, to be named by a basis (BASES.md BS14). */
export function AgreementsPage() {
  const { actor } = useSession()
  const agencyId = actor.memberships[0]?.agencyId
  return agencyId === undefined ? <NotFound /> : <Agreements agencyId={agencyId} />
}

function Agreements({ agencyId }: { agencyId: AgencyId }) {
  const { t } = useBasesTexts()
  const api = basesApi(useApi())
  const queries = useQueryClient()
  const notify = useNotices()
  const key = ['agreements', agencyId]
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => api.agreements(agencyId) })
  const [isAdding, setAdding] = useState(false)
  const [ending, setEnding] = useState<AgreementView>()
  const [isPending, setPending] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const changed = (view: AgreementsView) => queries.setQueryData(key, view)

  async function end(agreement: AgreementView) {
    setPending(true)
    setFailed(undefined)
    try {
      changed(await api.endAgreement(agencyId, agreement.agreementId, { _v: agreement._v }))
      notify(t('agreements.ended'))
    } catch (failure) {
      setFailed(failure)
      await refetch()
    } finally {
      setPending(false)
      setEnding(undefined)
    }
  }

  return (
    <div className="stack">
      <PageHeader title={t('agreements.title')} />
      <p>{t('agreements.lead')}</p>
      {failed ? <ErrorNotice error={failed} /> : null}
      {data.mayChange && !isAdding ? (
        <div>
          <Button look="primary" onPress={() => setAdding(true)}>
            {t('agreements.add')}
          </Button>
        </div>
      ) : null}
      {data.mayChange ? null : <p className="quiet">{t('agreements.keepers')}</p>}
      {isAdding ? (
        <AgreementForm
          agencyId={agencyId}
          onClose={() => setAdding(false)}
          onSaved={view => {
            changed(view)
            setAdding(false)
            notify(t('agreements.saved'))
          }}
        />
      ) : null}
      {data.agreements.length === 0 ? <p className="quiet">{t('agreements.none')}</p> : null}
      <ul className="bases-list">
        {data.agreements.map(agreement => (
          <Agreement
            key={agreement.agreementId}
            agreement={agreement}
            onEnd={data.mayChange ? () => setEnding(agreement) : undefined}
          />
        ))}
      </ul>
      <ConfirmDialog
        title={t('agreements.endTitle')}
        isOpen={ending !== undefined}
        danger
        action={t('agreements.end')}
        isPending={isPending}
        onCancel={() => setEnding(undefined)}
        onConfirm={() => ending && void end(ending)}
      >
        {t('agreements.endBody')}
      </ConfirmDialog>
    </div>
  )
}

function Agreement({ agreement, onEnd }: { agreement: AgreementView; onEnd: (() => void) | undefined }) {
  const { t, language } = useBasesTexts()
  const { title, scope, parties, from, until, endedOn, inForce } = agreement
  const last = endedOn ?? until
  const isAhead = from > dayInSeoul(Date.now())
  return (
    <li className="card stack-tight">
      <div className="row">
        <strong>{title}</strong>
        <Chip tone={inForce ? 'success' : 'neutral'}>
          {t(inForce ? 'agreements.inForce' : isAhead && endedOn === null ? 'agreements.notYet' : 'agreements.over')}
        </Chip>
        <span>
          {last === null
            ? t('papers.periodOpen', { from: formatDay(from, language) })
            : t('papers.period', { from: formatDay(from, language), until: formatDay(last, language) })}
        </span>
      </div>
      <p>{scope}</p>
      <div className="row">
        {parties.map(party => (
          <AgencyChip key={party.agencyId} shortName={party.shortName} name={party.name} colour={party.colour} />
        ))}
      </div>
      {onEnd && endedOn === null ? (
        <div>
          <Button size="small" onPress={onEnd}>
            {t('agreements.end')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
