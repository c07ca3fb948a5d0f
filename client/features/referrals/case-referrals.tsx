import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Service } from '../../../shared/code-sets/services.ts'
import type { CaseId, ReferralId } from '../../../shared/ids.ts'
import type { ReferralView } from '../../../shared/protocol/referrals.ts'
import { formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { CodeNote } from '../code-sets/code-name.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { type Receiver, ReferralForm } from './referral-form.tsx'
import { ReferralMoves } from './referral-moves.tsx'
import { ReferralStatusChip } from './referral-status.tsx'
import { referralsApi } from './referrals-api.ts'
import { SilenceWords } from './silence-words.tsx'
import { useReferralTexts } from './use-referral-texts.ts'
import './referrals.css'

export interface Wanted {
  service: Service
  to: readonly Receiver[]
}

interface CaseReferralsProps {
  caseId: CaseId
  /** How the household is called in its case. */
  label: string
  mayWrite: boolean
  /** Chosen in the directory: a referral is begun with it. */
  wanted: Wanted | undefined
  onClosed: () => void
}

/** The referrals of a case, each with its state, how long nothing was heard, and the last answer. */
export function CaseReferrals({ caseId, label, mayWrite, wanted, onClosed }: CaseReferralsProps) {
  const { t } = useReferralTexts()
  const api = useApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['case-referrals', caseId],
    queryFn: async () => (await referralsApi(api).ofCase(caseId)).referrals,
    staleTime: 0,
    gcTime: 0,
  })
  const [writing, setWriting] = useState<'new' | ReferralId>()
  const isNew = writing === 'new' || wanted !== undefined
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <Section
      title={t('section.title')}
      lead={t('section.lead')}
      actions={
        mayWrite && !isNew ? (
          <Button look="primary" onPress={() => setWriting('new')}>
            {t('write.open')}
          </Button>
        ) : undefined
      }
    >
      {isNew ? (
        <ReferralForm
          caseId={caseId}
          label={label}
          contact={data.find(view => view.draft !== null)?.draft?.contact ?? ''}
          {...(wanted && { service: wanted.service, to: wanted.to })}
          onClose={() => {
            setWriting(undefined)
            onClosed()
          }}
        />
      ) : null}
      {data.length === 0 && !isNew ? (
        <EmptyState title={t('section.empty')}>{t('section.emptyBody')}</EmptyState>
      ) : (
        <div className="stack">
          {data.map(view =>
            writing === view.referralId ? (
              <ReferralForm
                key={view.referralId}
                caseId={caseId}
                label={label}
                view={view}
                onClose={() => setWriting(undefined)}
              />
            ) : (
              <ReferralCard key={view.referralId} view={view} onWrite={() => setWriting(view.referralId)} />
            ),
          )}
        </div>
      )}
    </Section>
  )
}

function ReferralCard({ view, onWrite }: { view: ReferralView; onWrite: () => void }) {
  const { t, language } = useReferralTexts()
  const codes = useCodeSets()
  const last = view.steps.findLast(step => step.note !== '' || step.declined !== null)
  return (
    <article className="card referral-card">
      <div className="referral-card-head">
        <Link to={`/referrals/${view.referralId}`}>
          <strong>{codes.label('service', view.service)}</strong>
        </Link>
        <CodeNote set="service" code={view.service} version={view.codes.service} />
        <span className="quiet">→</span>
        <AgencyChip shortName={view.to.shortName} name={view.to.name} colour={view.to.colour} />
        <ReferralStatusChip status={view.status} />
        {view.plannedOn === '' ? null : <span>{t('atItem.from', { day: formatDay(view.plannedOn, language) })}</span>}
        <SilenceWords row={view} />
      </div>
      {view.given ? <p className="typed">{view.given.request}</p> : null}
      {last ? (
        <p className="typed">
          <span className="quiet small">{last.agency}</span>{' '}
          {last.declined === null ? '' : `${codes.label('decline_reason', last.declined)}: `}
          {last.note}
        </p>
      ) : null}
      <div className="row">
        <ReferralMoves view={view} onGone={() => undefined} />
        {view.status === 'draft' ? <Button onPress={onWrite}>{t('write.titleChange')}</Button> : null}
      </div>
    </article>
  )
}
