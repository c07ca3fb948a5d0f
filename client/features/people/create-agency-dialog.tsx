import { type FormEvent, useId, useState } from 'react'
import { AGENCY_TYPES, type AgencyType, codesOf } from '../../../shared/codes.ts'
import type { AgencyView } from '../../../shared/protocol/http-api.ts'
import { AGENCY_NAME_MAX, CITY_MAX, SHORT_NAME_MAX, useLineFault } from '../../lib/line-fault.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Dialog, FormButtons } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { usePeopleTexts } from './use-people-texts.ts'

export function CreateAgencyDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void
  onCreated: (agency: AgencyView) => void
}) {
  const { t, language } = usePeopleTexts()
  const api = useApi()
  const notify = useNotices()
  const lineFault = useLineFault()
  const formId = useId()
  const [form, setForm] = useState({ name: '', shortName: '', city: '' })
  const [type, setType] = useState<AgencyType>('dong')
  const [sector, setSector] = useState<'public' | 'private'>('public')
  const [tried, setTried] = useState(false)
  const { error, isPending, run, forget } = useCommand()
  const change = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value })
  const faults = {
    name: lineFault(t('agencies.name'), form.name, AGENCY_NAME_MAX),
    shortName: lineFault(t('agencies.shortName'), form.shortName, SHORT_NAME_MAX),
    city: lineFault(t('agencies.city'), form.city, CITY_MAX),
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if (Object.values(faults).some(Boolean)) return
    await run(async () => {
      const agency = await api.createAgency({
        name: form.name.trim(),
        shortName: form.shortName.trim(),
        city: form.city.trim(),
        type,
        public: sector === 'public',
      })
      notify(t('agencies.created', { name: agency.name }))
      onCreated(agency)
    })
  }

  return (
    <Dialog
      title={t('agencies.create')}
      isOpen
      onClose={onClose}
      footer={<FormButtons form={formId} action={t('agencies.create')} isPending={isPending} onCancel={onClose} />}
    >
      <form id={formId} className="stack" noValidate onSubmit={event => void submit(event)}>
        {error ? <ErrorNotice error={error} /> : null}
        <TextField
          label={t('agencies.name')}
          value={form.name}
          onChange={change('name')}
          autoFocus
          errorMessage={tried ? faults.name : undefined}
        />
        <TextField
          label={t('agencies.shortName')}
          description={t('agencies.shortNameHelp')}
          value={form.shortName}
          onChange={change('shortName')}
          width="medium"
          errorMessage={tried ? faults.shortName : undefined}
        />
        <Select
          label={t('agencies.type')}
          value={type}
          onChange={setType}
          width="medium"
          options={codesOf(AGENCY_TYPES).map(id => ({ id, label: AGENCY_TYPES[id][language] }))}
        />
        <Choice
          label={t('agencies.sector')}
          value={sector}
          onChange={setSector}
          options={[
            { id: 'public', label: t('agencies.public') },
            { id: 'private', label: t('agencies.private') },
          ]}
        />
        <TextField
          label={t('agencies.city')}
          description={t('agencies.cityHelp')}
          value={form.city}
          onChange={change('city')}
          width="medium"
          errorMessage={tried ? faults.city : undefined}
        />
      </form>
    </Dialog>
  )
}
