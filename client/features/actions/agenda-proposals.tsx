/** While planning: what the agenda lacks, made from what is open; each line with its reasons, taken by one press or all at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProposalReason } from '../../../shared/agenda/proposed-agenda.ts'
import { DEFERRAL_KINDS } from '../../../shared/codes.ts'
import type { ProposalView } from '../../../shared/protocol/action-api.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { formatShortDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { useActionItemTexts } from './use-action-item-texts.ts'
import './actions.css'

export interface AgendaProposalsProps {
  view: ConferenceView
  onTaken: (view: ConferenceView) => void
  onError: (error: unknown) => void
}

export function AgendaProposals({ view, onTaken, onError }: AgendaProposalsProps) {
  const { t } = useActionItemTexts()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const [isPending, setPending] = useState(false)
  // What is open changes with the agenda: each version of it asks again.
  const key = ['proposals', view.conferenceId, view.items.length]
  const isPlanned = view.state === 'draft' || view.state === 'scheduled'
  const { data } = useQuery({ queryKey: key, queryFn: () => api.proposals(view.conferenceId), enabled: isPlanned })
  if (!isPlanned || data === undefined || data.proposals.length === 0) return null

  async function take(proposals: readonly ProposalView[]) {
    setPending(true)
    try {
      const next = await api.takeProposals(view.conferenceId, { keys: proposals.map(proposal => proposal.key) })
      notify(t('next.taken'), 'success')
      onTaken(next)
      await queries.invalidateQueries({ queryKey: ['proposals', view.conferenceId] })
    } catch (error) {
      onError(error)
      window.scrollTo(0, 0)
    } finally {
      setPending(false)
    }
  }

  return (
    <Section
      title={t('next.title')}
      lead={t('next.lead')}
      actions={
        data.proposals.length > 1 ? (
          <Button look="secondary" isPending={isPending} onPress={() => void take(data.proposals)}>
            {t('next.takeAll', { count: data.proposals.length })}
          </Button>
        ) : undefined
      }
    >
      <ul className="proposals" data-testid="proposals">
        {data.proposals.map(proposal => (
          <Line key={proposal.key} proposal={proposal} isPending={isPending} onTake={() => void take([proposal])} />
        ))}
      </ul>
    </Section>
  )
}

function Line({ proposal, isPending, onTake }: { proposal: ProposalView; isPending: boolean; onTake: () => void }) {
  const { t } = useActionItemTexts()
  const reasonWords = useReasonWords()
  const name = proposal.kind === 'review' ? t('next.review') : proposal.label
  return (
    <li className="proposal">
      <div className="action-row-words">
        <p>
          <strong>{name}</strong> {proposal.number ? <span className="quiet">({proposal.number})</span> : null}
        </p>
        <p className="action-marks">
          {proposal.reasons.map(reason => (
            <Chip key={`${reason.why} ${'since' in reason ? reason.since : ''}`}>{reasonWords(reason)}</Chip>
          ))}
          {proposal.comments > 0 ? <Chip>{t('next.comments', { count: proposal.comments })}</Chip> : null}
        </p>
      </div>
      <Button
        size="small"
        look="tertiary"
        isPending={isPending}
        aria-label={t('next.takeLabel', { name })}
        onPress={onTake}
      >
        {t('next.take')}
      </Button>
    </li>
  )
}

function useReasonWords(): (reason: ProposalReason) => string {
  const { t, language } = useActionItemTexts()
  return reason => {
    switch (reason.why) {
      case 'actions':
      case 'asks':
        return t(`next.because.${reason.why}`, { count: reason.count })
      case 'objection':
        return t('next.because.objection', { day: formatShortDay(reason.since, language) })
      case 'deferred': {
        const day = formatShortDay(reason.since, language)
        if (reason.kind === '') return t('next.because.deferred', { day })
        const why = DEFERRAL_KINDS[reason.kind][language]
        if (reason.by === '') return t('next.because.deferredWhy', { day, why })
        return t('next.because.deferredBy', { day, why, by: formatShortDay(reason.by, language) })
      }
    }
  }
}
