/** Adding to the agenda: a general item by a neutral name, a case item with the agencies that will see it, in words. */
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { MAX_LABEL_LENGTH, MAX_MINUTES } from '../../../../shared/documents/conference-document.ts'
import type { AgencyId, CaseId } from '../../../../shared/ids.ts'
import { useApi } from '../../../lib/services.tsx'
import { Button } from '../../../ui/button.tsx'
import { AgencyChip } from '../../../ui/chips.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Checkbox, Choice, TextField } from '../../../ui/fields.tsx'
import { ComboBox } from '../../../ui/pickers.tsx'
import { ErrorNotice } from '../../../ui/states.tsx'
import { useRoomTexts } from '../i18n/use-room-texts.ts'
import { useRoom } from '../room-context.tsx'

export function AddItemDialog({ onClose }: { onClose: () => void }) {
  const { t } = useRoomTexts()
  const { client, view, me } = useRoom()
  const api = useApi()
  const form = useId()
  const cases = useQuery({ queryKey: ['cases'], queryFn: () => api.cases() })
  const [kind, setKind] = useState<'general' | 'case'>('general')
  const [label, setLabel] = useState('')
  const [minutes, setMinutes] = useState('10')
  const isLive = view.state === 'live'
  /** What comes up in the meeting was seldom announced. */
  const [isUrgent, setUrgent] = useState(isLive)
  const [caseId, setCaseId] = useState<CaseId | null>(null)
  const [cleared, setCleared] = useState<ReadonlySet<AgencyId>>(() => new Set(me.agencyId ? [me.agencyId] : []))
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  const tabled = new Set(view.items.map(item => (item.restricted ? null : item.case?.caseId)))
  const choices = (cases.data?.cases ?? []).filter(one => !tabled.has(one.caseId))
  const badMinutes = !/^\d{1,3}$/.test(minutes) || Number(minutes) > MAX_MINUTES
  const complete = !badMinutes && (kind === 'general' ? label.trim() !== '' : caseId !== null && cleared.size > 0)

  const choose = (id: CaseId) => {
    setCaseId(id)
    const involved = choices.find(one => one.caseId === id)?.agencies.map(agency => agency.agencyId) ?? []
    const invited = new Set(view.agencies.map(agency => agency.agencyId))
    setCleared(new Set(involved.filter(agency => invited.has(agency))))
  }
  const submit = async () => {
    if (!complete || busy) return
    setBusy(true)
    setError(null)
    try {
      const about =
        kind === 'case' && caseId !== null
          ? { kind: 'case' as const, caseId, agencies: [...cleared] }
          : { kind: 'general' as const, label: label.trim() }
      await api.createItem(view.conferenceId, { ...about, minutes: Number(minutes), urgent: isLive && isUrgent })
      await client.refresh()
      onClose()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={t('addItem.title')}
      isOpen
      onClose={onClose}
      footer={
        <Button look="primary" type="submit" form={form} isDisabled={!complete} isPending={busy}>
          {t('addItem.action')}
        </Button>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          void submit()
        }}
      >
        {error === null ? null : <ErrorNotice error={error} />}
        <Choice
          label={t('addItem.kind')}
          value={kind}
          onChange={setKind}
          options={[
            { id: 'general', label: t('addItem.general') },
            { id: 'case', label: t('addItem.case') },
          ]}
        />
        {kind === 'general' ? (
          <TextField
            label={t('addItem.label')}
            description={t('addItem.labelHint')}
            placeholder={t('addItem.labelExample')}
            value={label}
            onChange={setLabel}
            maxLength={MAX_LABEL_LENGTH}
            autoFocus
          />
        ) : (
          <>
            {cases.error ? <ErrorNotice error={cases.error} /> : null}
            {cases.data && choices.length === 0 ? <p className="quiet">{t('addItem.noCases')}</p> : null}
            <ComboBox
              label={t('addItem.chooseCase')}
              value={caseId}
              onChange={choose}
              options={choices.map(one => ({ id: one.caseId, label: one.label, detail: one.number }))}
            />
            <fieldset className="stack-small">
              <legend className="field-label">{t('addItem.who')}</legend>
              <p className="field-description">{t('addItem.whoHint')}</p>
              {view.agencies.map(agency => (
                <Checkbox
                  key={agency.agencyId}
                  isSelected={cleared.has(agency.agencyId)}
                  onChange={selected => {
                    const next = new Set(cleared)
                    if (selected) next.add(agency.agencyId)
                    else next.delete(agency.agencyId)
                    setCleared(next)
                  }}
                >
                  <AgencyChip {...agency} />
                </Checkbox>
              ))}
            </fieldset>
          </>
        )}
        <TextField
          label={t('addItem.minutes')}
          width="short"
          inputMode="numeric"
          value={minutes}
          onChange={setMinutes}
          errorMessage={badMinutes ? t('addItem.badMinutes') : undefined}
        />
        {isLive ? (
          <div>
            <Checkbox isSelected={isUrgent} onChange={setUrgent} aria-describedby={`${form}-urgent`}>
              {t('addItem.urgent')}
            </Checkbox>
            <p className="field-description" id={`${form}-urgent`}>
              {t('addItem.urgentHint')}
            </p>
          </div>
        ) : null}
      </form>
    </Dialog>
  )
}
