import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { CONFERENCE_STATES, type ConferenceState } from '../../../shared/codes.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'

type Move = 'toScheduled' | 'toDraft' | 'toLive' | 'toClosed'

const TARGET: Readonly<Record<Move, ConferenceState>> = {
  toScheduled: 'scheduled',
  toDraft: 'draft',
  toLive: 'live',
  toClosed: 'closed',
}

/** What can be done from here; the usual next step first. The server has the same table. */
const MOVES: Readonly<Record<ConferenceState, readonly Move[]>> = {
  draft: ['toScheduled'],
  scheduled: ['toLive', 'toDraft'],
  live: ['toClosed'],
  closed: [],
}

interface PlanStateProps {
  view: ConferenceView
  hasUnsaved: boolean
  onError: (error: unknown) => void
}

export function PlanState({ view, hasUnsaved, onError }: PlanStateProps) {
  const { t } = useTranslation('conferences')
  const language = useLanguage()
  const api = useApi()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notify = useNotices()
  const [asking, setAsking] = useState<Move | 'delete'>()
  const [isPending, setPending] = useState(false)
  const hasLeader = view.participants.some(p => p.role === 'leader')

  async function run(command: () => Promise<void>) {
    setPending(true)
    try {
      await command()
      void queries.invalidateQueries({ queryKey: ['conferences'] })
    } catch (error) {
      onError(error)
      window.scrollTo(0, 0)
    } finally {
      setPending(false)
      setAsking(undefined)
    }
  }

  const move = (to: ConferenceState) =>
    run(async () => {
      const next = await api.moveConference(view.conferenceId, { _v: view._v, to })
      queries.setQueryData(['conference', view.conferenceId], next)
      notify(t('plan.stateChanged', { state: CONFERENCE_STATES[to][language] }))
      if (to === 'live' && next.myRole !== null) await navigate(`/conferences/${view.conferenceId}`)
    })

  const remove = () =>
    run(async () => {
      await api.deleteConference(view.conferenceId, view._v)
      notify(t('plan.deleted'))
      await navigate('/')
    })

  return (
    <Section title={t('plan.state')}>
      <div className="row">
        <strong>{CONFERENCE_STATES[view.state][language]}</strong>
        {MOVES[view.state].map((what, index) => (
          <Button
            key={what}
            look={what === 'toClosed' ? 'danger' : index === 0 ? 'primary' : 'tertiary'}
            isDisabled={hasUnsaved || (!hasLeader && what !== 'toDraft')}
            // What is still open is looked at in the room, which alone closes over it with a reason.
            onPress={() =>
              what === 'toClosed' && view.mayConduct
                ? void navigate(`/conferences/${view.conferenceId}#close`)
                : setAsking(what)
            }
          >
            {t(`plan.${what}`)}
          </Button>
        ))}
        {view.state === 'draft' ? (
          <span className="push">
            <Button look="text" onPress={() => setAsking('delete')}>
              {t('plan.deleteDraft')}
            </Button>
          </span>
        ) : null}
      </div>
      {hasUnsaved ? <p className="quiet small">{t('plan.saveFirst')}</p> : null}
      {!hasLeader && !hasUnsaved ? <p className="quiet small">{t('plan.needsLeader')}</p> : null}
      {asking !== undefined && asking !== 'delete' ? (
        <ConfirmDialog
          title={t(`plan.${asking}Title`)}
          isOpen
          action={t(`plan.${asking}`)}
          danger={asking === 'toClosed'}
          isPending={isPending}
          onCancel={() => setAsking(undefined)}
          onConfirm={() => void move(TARGET[asking])}
        >
          {t(`plan.${asking}Body`, { n: view.participants.length })}
        </ConfirmDialog>
      ) : null}
      {asking === 'delete' ? (
        <ConfirmDialog
          title={t('plan.deleteTitle')}
          isOpen
          action={t('delete', { ns: 'common' })}
          danger
          isPending={isPending}
          onCancel={() => setAsking(undefined)}
          onConfirm={() => void remove()}
        >
          {t('plan.deleteBody', { title: view.title })}
        </ConfirmDialog>
      ) : null}
    </Section>
  )
}
