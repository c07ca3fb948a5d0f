import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CASE_AGENCY_ROLES } from '../../../shared/codes.ts'
import type { AgencyId, CaseId } from '../../../shared/ids.ts'
import type { CaseView, ConferenceView } from '../../../shared/protocol/http-api.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { compareNames } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ComboBox } from '../../ui/pickers.tsx'
import { ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { joinNames } from './join-names.ts'

interface AddCaseItemDialogProps {
  view: ConferenceView
  onClose: () => void
  onAdded: (view: ConferenceView) => void
}

/** A case for the agenda: which, who may see it, how long. Agencies of the case are ticked; others are not. */
export function AddCaseItemDialog({ view, onClose, onAdded }: AddCaseItemDialogProps) {
  const { t } = useTranslation('conferences')
  const codes = useCodeSets()
  const common = useTranslation().t
  const language = useLanguage()
  const api = useApi()
  const formId = useId()
  const { data, error, refetch } = useQuery({ queryKey: ['cases'], queryFn: () => api.cases() })
  const [chosen, setChosen] = useState<CaseView>()
  const [cleared, setCleared] = useState<ReadonlySet<AgencyId>>(new Set())
  const [minutes, setMinutes] = useState('15')
  const [tried, setTried] = useState(false)
  const { error: failure, isPending, run, forget } = useCommand()
  const onAgenda = new Set(view.items.map(item => (item.restricted ? undefined : item.case?.caseId)))
  const cases = (data?.cases ?? [])
    .filter(c => !onAgenda.has(c.caseId))
    .sort((a, b) => compareNames(b.number, a.number))
  const lead = chosen?.agencies.find(agency => agency.role === 'lead')
  const leadIsInvited = lead === undefined || view.agencies.some(agency => agency.agencyId === lead.agencyId)
  const seeing = view.agencies.filter(agency => cleared.has(agency.agencyId))
  const others = view.agencies.filter(agency => !cleared.has(agency.agencyId))

  function choose(caseId: CaseId) {
    const found = cases.find(c => c.caseId === caseId)
    setChosen(found)
    const ofCase = new Set(found?.agencies.map(agency => agency.agencyId))
    setCleared(new Set(view.agencies.map(agency => agency.agencyId).filter(id => ofCase.has(id))))
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if (!chosen || cleared.size === 0 || !leadIsInvited) return
    await run(async () => {
      onAdded(
        await api.createItem(view.conferenceId, {
          kind: 'case',
          caseId: chosen.caseId,
          agencies: [...cleared],
          minutes: Math.min(600, Number(minutes) || 0),
        }),
      )
    })
  }

  return (
    <Dialog
      title={t('plan.addCaseItem')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button look="tertiary" onPress={onClose}>
            {common('cancel')}
          </Button>
          {cases.length > 0 ? (
            <Button look="primary" type="submit" form={formId} isPending={isPending} isDisabled={!leadIsInvited}>
              {t('plan.addItem')}
            </Button>
          ) : null}
        </>
      }
    >
      {data === undefined ? error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading /> : null}
      {data && cases.length === 0 ? <p>{t('plan.noCases')}</p> : null}
      <form id={formId} className="stack" noValidate onSubmit={event => void submit(event)}>
        {failure ? <ErrorNotice error={failure} /> : null}
        {cases.length > 0 ? (
          <ComboBox
            label={t('plan.caseField')}
            placeholder={t('plan.casePlaceholder')}
            value={chosen?.caseId ?? null}
            onChange={choose}
            options={cases.map(c => ({
              id: c.caseId,
              label: c.label,
              detail: `${c.number} · ${codes.label('case_stage', c.stage)}`,
            }))}
            errorMessage={tried && !chosen ? common('field.choose', { label: t('plan.caseField') }) : undefined}
          />
        ) : null}
        {chosen ? (
          <>
            {leadIsInvited ? null : (
              <Notice tone="warning" announce="alert">
                {t('plan.leadNotInvited', { agency: lead?.name ?? '' })}
              </Notice>
            )}
            <fieldset className="stack-tight">
              <legend className="field-label">{t('plan.whoSees')}</legend>
              <p className="field-description">{t('plan.whoSeesBody')}</p>
              {view.agencies.map(agency => {
                const part = chosen.agencies.find(a => a.agencyId === agency.agencyId)?.role
                const isLead = part === 'lead'
                return (
                  <Checkbox
                    key={agency.agencyId}
                    isSelected={cleared.has(agency.agencyId)}
                    isDisabled={isLead}
                    onChange={selected => {
                      const next = new Set(cleared)
                      if (selected) next.add(agency.agencyId)
                      else next.delete(agency.agencyId)
                      setCleared(next)
                    }}
                  >
                    <AgencyChip shortName={agency.shortName} name={agency.name} colour={agency.colour} />{' '}
                    <span className="quiet small">
                      {part ? CASE_AGENCY_ROLES[part][language] : t('plan.notOnCase')}
                      {isLead ? ` · ${t('plan.leadAgencyAlways')}` : ''}
                    </span>
                  </Checkbox>
                )
              })}
              <p role="status">
                {others.length === 0
                  ? t('plan.whoSeesAll')
                  : seeing.length > 0
                    ? t('plan.whoSeesSome', {
                        agencies: joinNames(seeing.map(a => a.shortName)),
                        others: joinNames(others.map(a => a.shortName)),
                      })
                    : null}
              </p>
            </fieldset>
            <TextField
              label={t('plan.itemMinutes')}
              width="short"
              inputMode="numeric"
              value={minutes}
              onChange={value => setMinutes(value.replace(/\D/g, '').slice(0, 3))}
              suffix={<span className="field-unit">{t('plan.minutesUnit')}</span>}
            />
          </>
        ) : null}
      </form>
    </Dialog>
  )
}
