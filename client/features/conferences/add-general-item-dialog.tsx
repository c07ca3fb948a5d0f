import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConferenceId } from '../../../shared/ids.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { useLineFault } from '../../lib/line-fault.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Dialog, FormButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { LABEL_MAX } from './plan-form.ts'

interface AddGeneralItemDialogProps {
  conferenceId: ConferenceId
  onClose: () => void
  onAdded: (view: ConferenceView) => void
}

/** An item about no case. Its name is read by everybody invited. */
export function AddGeneralItemDialog({ conferenceId, onClose, onAdded }: AddGeneralItemDialogProps) {
  const { t } = useTranslation('conferences')
  const api = useApi()
  const lineFault = useLineFault()
  const formId = useId()
  const [label, setLabel] = useState('')
  const [minutes, setMinutes] = useState('10')
  const [tried, setTried] = useState(false)
  const { error: failure, isPending, run, forget } = useCommand()
  const fault = lineFault(t('plan.generalLabel'), label, LABEL_MAX)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if (fault) return
    await run(async () => {
      const length = Math.min(600, Number(minutes) || 0)
      onAdded(await api.createItem(conferenceId, { kind: 'general', label: label.trim(), minutes: length }))
    })
  }

  return (
    <Dialog
      title={t('plan.addGeneralItem')}
      isOpen
      onClose={onClose}
      footer={<FormButtons form={formId} action={t('plan.addItem')} isPending={isPending} onCancel={onClose} />}
    >
      <form id={formId} className="stack" noValidate onSubmit={event => void submit(event)}>
        {failure ? <ErrorNotice error={failure} /> : null}
        <TextField
          label={t('plan.generalLabel')}
          description={t('plan.generalHelp')}
          placeholder={t('plan.generalExample')}
          value={label}
          onChange={setLabel}
          autoFocus
          errorMessage={tried ? fault : undefined}
        />
        <TextField
          label={t('plan.itemMinutes')}
          width="short"
          inputMode="numeric"
          value={minutes}
          onChange={value => setMinutes(value.replace(/\D/g, '').slice(0, 3))}
          suffix={<span className="field-unit">{t('plan.minutesUnit')}</span>}
        />
      </form>
    </Dialog>
  )
}
