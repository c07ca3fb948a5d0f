import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { moveAgendaItem, setMinutes } from '../../../shared/documents/conference-document.ts'
import type { Place } from '../../../shared/documents/ordering.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { formatMinutes } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { AgendaProposals } from '../actions/agenda-proposals.tsx'
import { PlanPapers } from '../papers/plan-papers.tsx'
import { SeriesOffer } from '../series/series-offer.tsx'
import { AddCaseItemDialog } from './add-case-item-dialog.tsx'
import { AddGeneralItemDialog } from './add-general-item-dialog.tsx'
import { type AgendaLine, joinAgenda } from './agenda-lines.ts'
import { AgendaList } from './agenda-list.tsx'
import { ClearanceTable } from './clearance-table.tsx'
import { useConferenceDocument } from './use-conference-document.ts'

interface PlanAgendaProps {
  view: ConferenceView
  onError: (error: unknown) => void
}

/** The items, in their order, and who may see which. */
export function PlanAgenda({ view, onError }: PlanAgendaProps) {
  const { t } = useTranslation('conferences')
  const language = useLanguage()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const [adding, setAdding] = useState<'case' | 'general'>()
  const [removing, setRemoving] = useState<AgendaLine>()
  const [isPending, setPending] = useState(false)
  const shared = useConferenceDocument(view.conferenceId)
  const lines = joinAgenda(shared?.agenda ?? [], view.items)
  const nameOf = (line: AgendaLine) => line.name ?? t(line.restricted ? 'plan.restrictedItem' : 'plan.generalItem')
  const mayOrder = shared?.mayOrder ?? false
  const doc = shared?.state.doc
  const planned = lines.reduce((sum, line) => sum + line.minutes, 0)
  const isRefused = shared?.state.line.phase === 'refused'

  function update(next: ConferenceView) {
    queries.setQueryData(['conference', view.conferenceId], next)
    void queries.invalidateQueries({ queryKey: ['conferences'] })
  }

  function move(line: AgendaLine, place: Place, number: number) {
    if (!doc || !mayOrder) return
    moveAgendaItem(doc, line.itemId, place)
    notify(t('plan.moved', { item: nameOf(line), n: number }), 'info')
  }

  async function remove(line: AgendaLine) {
    setPending(true)
    try {
      await api.deleteItem(view.conferenceId, line.itemId)
      await queries.invalidateQueries({ queryKey: ['conference', view.conferenceId] })
    } catch (error) {
      onError(error)
      window.scrollTo(0, 0)
    } finally {
      setPending(false)
      setRemoving(undefined)
    }
  }

  const addButtons = (
    <>
      <Button onPress={() => setAdding('case')}>{t('plan.addCaseItem')}</Button>
      <Button look="tertiary" onPress={() => setAdding('general')}>
        {t('plan.addGeneralItem')}
      </Button>
    </>
  )

  return (
    <>
      <AgendaProposals view={view} onTaken={update} onError={onError} />
      <Section
        title={t('plan.agenda')}
        lead={isRefused ? t('plan.orderElsewhere') : t('plan.agendaLead')}
        actions={lines.length > 0 ? addButtons : undefined}
      >
        {lines.length === 0 ? (
          <EmptyState title={t('plan.agendaEmpty')} action={addButtons}>
            {t('plan.agendaEmptyBody')}
          </EmptyState>
        ) : (
          <div className="stack">
            <AgendaList
              lines={lines}
              nameOf={nameOf}
              mayOrder={mayOrder}
              onMove={move}
              onMinutes={(line, minutes) => {
                if (doc && mayOrder) setMinutes(doc, line.itemId, minutes)
              }}
              onRemove={setRemoving}
            />
            {planned > 0 ? (
              <p className="quiet">
                {t('plan.total', {
                  sum: formatMinutes(planned, language),
                  planned: formatMinutes(view.minutes, language),
                })}
              </p>
            ) : null}
            {planned > view.minutes ? <Notice tone="warning">{t('plan.over')}</Notice> : null}
            <ClearanceTable view={view} lines={lines} nameOf={nameOf} onSaved={update} onError={onError} />
            <PlanPapers view={view} lines={lines} nameOf={nameOf} />
          </div>
        )}
        {adding === 'case' ? (
          <AddCaseItemDialog
            view={view}
            onClose={() => setAdding(undefined)}
            onAdded={next => {
              update(next)
              setAdding(undefined)
            }}
          />
        ) : null}
        {adding === 'general' ? (
          <AddGeneralItemDialog
            conferenceId={view.conferenceId}
            onClose={() => setAdding(undefined)}
            onAdded={next => {
              update(next)
              setAdding(undefined)
            }}
          />
        ) : null}
        <ConfirmDialog
          title={t('plan.removeItemTitle', { item: removing ? nameOf(removing) : '' })}
          isOpen={removing !== undefined}
          action={t('plan.removeItemAction')}
          danger
          isPending={isPending}
          onCancel={() => setRemoving(undefined)}
          onConfirm={() => {
            if (removing) void remove(removing)
          }}
        >
          {t('plan.removeItemBody')}
        </ConfirmDialog>
      </Section>
      <SeriesOffer view={view} />
    </>
  )
}
