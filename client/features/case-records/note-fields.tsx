/** The head fields that a note and a first interview share, and those of each. */
import { codesOf, DISCOVERY_ROUTES, isCode } from '../../../shared/codes.ts'
import { DatePicker, TimeField } from '../../ui/date-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import type { IntakeForm, NoteForm, RecordForm } from './record-form.ts'
import { useRecordTexts } from './use-record-texts.ts'

export type Change<F extends RecordForm> = (part: Partial<F>) => void

export interface FieldsProps<F extends RecordForm> {
  form: F
  change: Change<F>
}

/** A list has no empty choice; this is the one for nothing. */
const NOTHING = 'nothing'

export function WhenFields<F extends RecordForm>({ form, change }: FieldsProps<F>) {
  const { t } = useRecordTexts()
  const set = (part: { day: string } | { time: string }) => change(part as Partial<F>)
  return (
    <>
      <DatePicker label={t('form.day')} value={form.day} onChange={day => set({ day })} />
      <TimeField label={t('form.time')} value={form.time} onChange={time => set({ time })} />
    </>
  )
}

export function MinutesField({ value, onChange }: { value: string; onChange: (minutes: string) => void }) {
  const { t } = useRecordTexts()
  return <TextField label={t('form.minutes')} width="short" inputMode="numeric" value={value} onChange={onChange} />
}

function ContactFields<F extends NoteForm | IntakeForm>({ form, change }: FieldsProps<F>) {
  const { t } = useRecordTexts()
  const codes = useCodeSets()
  const set = (part: { method: string } | { contact: string }) => change(part as Partial<F>)
  return (
    <>
      <Select
        label={t('form.method')}
        value={form.method}
        options={codes.options('contact_method', { kept: form.method })}
        onChange={method => set({ method })}
        width="medium"
      />
      <TextField
        label={t('form.contact')}
        placeholder={t('form.contactExample')}
        width="medium"
        maxLength={60}
        value={form.contact}
        onChange={contact => set({ contact })}
      />
    </>
  )
}

export function NoteFields({ form, change }: FieldsProps<NoteForm>) {
  const { t } = useRecordTexts()
  const codes = useCodeSets()
  return (
    <div className="record-fields">
      <WhenFields form={form} change={change} />
      <MinutesField value={form.minutes} onChange={minutes => change({ minutes })} />
      <ContactFields form={form} change={change} />
      <Select
        label={t('form.purpose')}
        value={form.purpose}
        options={codes.options('contact_purpose', { kept: form.purpose })}
        onChange={purpose => change({ purpose })}
        width="medium"
      />
      <Select
        label={t('form.service')}
        value={form.service === '' ? NOTHING : form.service}
        options={[{ id: NOTHING, label: t('form.serviceNone') }, ...codes.options('service', { kept: form.service })]}
        onChange={service => change({ service: service === NOTHING ? '' : service })}
        width="medium"
      />
    </div>
  )
}

export function IntakeFields({ form, change }: FieldsProps<IntakeForm>) {
  const { t } = useRecordTexts()
  const codes = useCodeSets()
  return (
    <>
      <div className="record-fields">
        <WhenFields form={form} change={change} />
        <MinutesField value={form.minutes} onChange={minutes => change({ minutes })} />
        <TextField
          label={t('form.session')}
          width="short"
          inputMode="numeric"
          value={form.session}
          onChange={session => change({ session })}
        />
        <ContactFields form={form} change={change} />
        <TextField
          label={t('form.phone')}
          width="medium"
          maxLength={30}
          value={form.phone}
          onChange={phone => change({ phone })}
        />
        <Select
          label={t('form.route')}
          value={form.route === '' ? NOTHING : form.route}
          options={[
            { id: NOTHING, label: t('form.routeNone') },
            ...codesOf(DISCOVERY_ROUTES).map(id => ({ id: id as string, label: codes.label('discovery_route', id) })),
          ]}
          onChange={route => change({ route: isCode(DISCOVERY_ROUTES, route) ? route : '' })}
          width="medium"
        />
        <TextField
          label={t('form.team')}
          width="medium"
          maxLength={60}
          value={form.team}
          onChange={team => change({ team })}
        />
      </div>
      <TextField label={t('form.wish')} rows={2} value={form.wish} onChange={wish => change({ wish })} />
    </>
  )
}
