import { useTranslation } from 'react-i18next'
import { canPlanConference } from '../../../shared/access.ts'
import { CONFERENCE_TYPES, codesOf } from '../../../shared/codes.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { useSession } from '../../lib/session.tsx'
import type { DirectoryAgency } from '../../lib/use-directory.ts'
import type { Draft } from '../../lib/use-draft.ts'
import { DatePicker, TimeField } from '../../ui/date-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { PLACE_MAX, type PlanFaults, type PlanForm, TITLE_MAX } from './plan-form.ts'

interface PlanBasicsProps {
  form: PlanForm
  title: string
  change: Draft<PlanForm>['change']
  faults: PlanFaults
  isNew: boolean
  agencies: readonly DirectoryAgency[]
}

/** Kind, title, time, place. The title proposes itself until somebody writes one. */
export function PlanBasics({ form, title, change, faults, isNew, agencies }: PlanBasicsProps) {
  const { t } = useTranslation('conferences')
  const common = useTranslation().t
  const language = useLanguage()
  const { actor } = useSession()
  const hosts = agencies.filter(agency => canPlanConference(actor, agency.agencyId))
  const hostName = agencies.find(agency => agency.agencyId === form.hostAgencyId)?.name ?? ''
  const titleLabel = t('plan.titleField')
  const placeLabel = t('plan.place')
  return (
    <Section title={t('plan.basics')}>
      <div className="plan-basics">
        <Select
          label={t('plan.type')}
          value={form.type}
          onChange={type => change('type', type)}
          options={codesOf(CONFERENCE_TYPES).map(id => ({ id, label: CONFERENCE_TYPES[id][language] }))}
        />
        <TextField
          label={titleLabel}
          description={t('plan.titleHelp')}
          value={title}
          onChange={value => change('title', value)}
          errorMessage={
            faults.title === 'missing'
              ? common('field.required', { label: titleLabel })
              : faults.title === 'too-long'
                ? common('field.tooLong', { label: titleLabel, max: TITLE_MAX, now: title.trim().length })
                : undefined
          }
        />
        <div className="plan-when">
          <DatePicker
            label={t('plan.date')}
            value={form.date}
            onChange={date => change('date', date)}
            errorMessage={
              faults.when && form.date === '' ? common('field.required', { label: t('plan.date') }) : undefined
            }
          />
          <TimeField
            label={t('plan.time')}
            value={form.time}
            onChange={time => change('time', time)}
            errorMessage={
              faults.when && form.time === '' ? common('field.required', { label: t('plan.time') }) : undefined
            }
          />
          <TextField
            label={t('plan.minutes')}
            width="short"
            inputMode="numeric"
            value={Number.isNaN(form.minutes) ? '' : String(form.minutes)}
            onChange={value => {
              const digits = value.replace(/\D/g, '').slice(0, 3)
              change('minutes', digits === '' ? Number.NaN : Number(digits))
            }}
            suffix={<span className="field-unit">{t('plan.minutesUnit')}</span>}
            errorMessage={faults.minutes ? t('plan.minutesRange') : undefined}
          />
        </div>
        {isNew && hosts.length > 1 ? (
          <Select
            label={t('plan.host')}
            value={form.hostAgencyId}
            onChange={hostAgencyId => change('hostAgencyId', hostAgencyId)}
            options={hosts.map(agency => ({ id: agency.agencyId, label: agency.name }))}
          />
        ) : (
          <p className="plan-host">
            <span className="field-label">{t('plan.host')}</span>
            {hostName}
          </p>
        )}
        <TextField
          label={placeLabel}
          value={form.place}
          onChange={value => change('place', value)}
          placeholder={t('plan.placeExample')}
          errorMessage={
            faults.place
              ? common('field.tooLong', { label: placeLabel, max: PLACE_MAX, now: form.place.trim().length })
              : undefined
          }
        />
        <TextField
          label={t('plan.remoteLink')}
          type="url"
          value={form.remoteLink}
          onChange={value => change('remoteLink', value)}
          placeholder={t('plan.remoteLinkExample')}
          errorMessage={faults.remoteLink ? t('plan.remoteLinkWrong') : undefined}
        />
      </div>
    </Section>
  )
}
