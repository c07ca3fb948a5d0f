/** An entry of one's own agency. When somebody else changed it meanwhile, what was typed stays and what stands there now is shown (RD5). */
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { SERVICE_SECTORS } from '../../../shared/code-sets/services.ts'
import { codesOf, NEED_DOMAINS } from '../../../shared/codes.ts'
import { hasResidentNumber, RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import { type AgencyId, type CommandId, idFromBytes } from '../../../shared/ids.ts'
import type { ChangeResourceBody, ResourceView } from '../../../shared/protocol/resources.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { useDirectory } from '../../lib/use-directory.ts'
import { useDraft } from '../../lib/use-draft.ts'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { serviceOptions } from '../code-sets/service-options.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { resourcesApi } from './resources-api.ts'
import { useResourceTexts } from './use-resource-texts.ts'

type Form = Omit<ChangeResourceBody, '_v' | 'retired'>

const EMPTY: Form = {
  name: '',
  domains: [],
  service: 'donation_goods',
  sector: 'private',
  eligibility: '',
  rule: '',
  cost: '',
  contact: '',
  places: null,
  takenElsewhere: 0,
  from: '',
  until: '',
}

interface ResourceFormProps {
  own: readonly AgencyId[]
  view?: ResourceView
  reload: () => Promise<unknown>
  onClose: () => void
}

export function ResourceForm({ own, view, reload, onClose }: ResourceFormProps) {
  const { t, language } = useResourceTexts()
  const codes = useCodeSets()
  const api = useApi()
  const { person } = useSession()
  const queries = useQueryClient()
  const notify = useNotices()
  const directory = useDirectory(view === undefined && own.length > 1)
  const draft = useDraft<Form>(view ? formOf(view) : EMPTY)
  const form = draft.value
  const [agencyId, setAgency] = useState<AgencyId | null>(own[0] ?? null)
  const [command] = useState(() => idFromBytes<CommandId>(crypto.getRandomValues(new Uint8Array(16))))
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  const [isRetiring, setRetiring] = useState(false)
  useLeaveWarning(draft.isChanged)
  const isConflict = error instanceof ApiError && error.reason === 'conflict'
  const nameFault = form.name.trim() === '' ? t('form.needsName') : undefined
  const domainFault = form.domains.length === 0 ? t('form.needsDomain') : undefined
  const untilFault = form.from !== '' && form.until !== '' && form.until < form.from ? t('form.untilBefore') : undefined
  const services = serviceOptions(codes, view?.service)
  const serviceFault = services.every(one => one.id !== form.service) ? t('entry.needsService') : undefined
  const hasNumber = [form.name, form.eligibility, form.rule, form.cost, form.contact].some(hasResidentNumber)

  async function save(retired: boolean) {
    setTried(true)
    setError(undefined)
    if (nameFault || serviceFault || domainFault || untilFault || hasNumber) return
    setPending(true)
    try {
      if (view)
        await resourcesApi(api).change(view.resourceId, { _v: view._v, retired, ...form, name: form.name.trim() })
      else if (agencyId) await resourcesApi(api).create({ agencyId, command, ...form, name: form.name.trim() })
      draft.clear()
      notify(t('form.saved'))
      await queries.invalidateQueries({ queryKey: ['resources'] })
      onClose()
    } catch (failure) {
      setError(failure)
      if (failure instanceof ApiError && failure.reason === 'conflict') await reload()
    } finally {
      setPending(false)
      setRetiring(false)
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    void save(view?.retired ?? false)
  }

  const agencies = own.map(id => ({
    id,
    label:
      directory.data?.agencies.find(agency => agency.agencyId === id)?.name ?? agencyNameOf(person.memberships, id),
  }))
  return (
    <form className="stack card" noValidate onSubmit={submit}>
      <h2 className="section-title">{t(view ? 'form.titleChange' : 'form.titleNew')}</h2>
      {isConflict && view ? (
        <Notice
          tone="warning"
          announce="alert"
          title={t('form.conflictTitle')}
          actions={<Button onPress={() => void save(view.retired)}>{t('form.conflictGo')}</Button>}
        >
          {t('form.conflictBody', { now: summaryOf(view) })}
        </Notice>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : null}
      <div className="referral-form-row">
        {view === undefined && agencies.length > 1 ? (
          <Select label={t('form.agency')} value={agencyId} options={agencies} onChange={setAgency} />
        ) : null}
        <TextField
          label={t('form.name')}
          placeholder={t('form.nameExample')}
          isRequired
          validationBehavior="aria"
          value={form.name}
          onChange={value => draft.change('name', value)}
          maxLength={60}
          errorMessage={tried ? nameFault : undefined}
        />
        <Select
          label={t('form.service')}
          value={services.find(one => one.id === form.service)?.id ?? null}
          errorMessage={tried ? serviceFault : undefined}
          options={services}
          onChange={value => draft.change('service', value)}
        />
        <Select
          label={t('form.sector')}
          value={form.sector}
          options={codesOf(SERVICE_SECTORS).map(id => ({ id, label: codes.label('service_sector', id) }))}
          onChange={value => draft.change('sector', value)}
        />
      </div>
      <fieldset className="stack">
        <legend className="field-label">{t('form.domains')}</legend>
        <div className="needs-choice">
          {codesOf(NEED_DOMAINS).map(need => (
            <Checkbox
              key={need}
              isSelected={form.domains.includes(need)}
              onChange={on =>
                draft.change(
                  'domains',
                  codesOf(NEED_DOMAINS).filter(one => (one === need ? on : form.domains.includes(one))),
                )
              }
            >
              {codes.label('need_domain', need)}
            </Checkbox>
          ))}
        </div>
        {tried && domainFault ? (
          <p className="field-error" role="alert">
            {domainFault}
          </p>
        ) : null}
      </fieldset>
      <div className="referral-form-row">
        {(['eligibility', 'rule', 'cost', 'contact'] as const).map(field => (
          <TextField
            key={field}
            label={t(`form.${field}`)}
            rows={2}
            value={form[field]}
            onChange={value => draft.change(field, value)}
            maxLength={500}
          />
        ))}
      </div>
      <Checkbox isSelected={form.places !== null} onChange={on => draft.change('places', on ? 10 : null)}>
        {t('form.hasPlaces')}
      </Checkbox>
      {form.places === null ? null : (
        <div className="referral-form-row">
          <TextField
            label={t('form.places')}
            inputMode="numeric"
            value={String(form.places)}
            onChange={value => draft.change('places', countOf(value))}
          />
          <TextField
            label={t('form.taken')}
            description={t('form.takenHelp')}
            inputMode="numeric"
            value={String(form.takenElsewhere)}
            onChange={value => draft.change('takenElsewhere', countOf(value))}
          />
        </div>
      )}
      <div className="referral-form-row">
        <DatePicker label={t('form.from')} value={form.from} onChange={value => draft.change('from', value)} />
        <DatePicker
          label={t('form.until')}
          value={form.until}
          onChange={value => draft.change('until', value)}
          errorMessage={tried ? untilFault : undefined}
        />
      </div>
      {hasNumber ? (
        <Notice tone="danger" announce="alert">
          {RESIDENT_NUMBER_NOTICE[language]}
        </Notice>
      ) : null}
      <div className="row">
        <Button type="submit" look="primary" isPending={isPending && !isRetiring}>
          {t('form.save')}
        </Button>
        <Button look="tertiary" onPress={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        {view ? (
          <Button
            look={view.retired ? 'secondary' : 'danger'}
            onPress={() => (view.retired ? void save(false) : setRetiring(true))}
          >
            {t(view.retired ? 'form.again' : 'form.retire')}
          </Button>
        ) : null}
      </div>
      {view ? (
        <ConfirmDialog
          title={t('form.retireTitle', { name: view.name })}
          isOpen={isRetiring}
          action={t('form.retire')}
          danger
          isPending={isPending}
          onConfirm={() => void save(true)}
          onCancel={() => setRetiring(false)}
        >
          <p>{t('form.retireBody')}</p>
        </ConfirmDialog>
      ) : null}
    </form>
  )
}

function formOf(view: ResourceView): Form {
  const { name, domains, service, sector, eligibility, rule, cost, contact, places, takenElsewhere, from, until } = view
  return { name, domains, service, sector, eligibility, rule, cost, contact, places, takenElsewhere, from, until }
}

const summaryOf = ({ name, eligibility, rule, cost, contact }: ResourceView): string =>
  [name, eligibility, rule, cost, contact].filter(words => words !== '').join(' / ')

/** Digits only; what is no number is none. */
const countOf = (value: string): number => Math.min(100_000, Number(value.replaceAll(/\D/g, '') || '0'))

const agencyNameOf = (memberships: readonly { agencyId: AgencyId; agencyName?: string }[], id: AgencyId): string =>
  memberships.find(one => one.agencyId === id)?.agencyName ?? ''
