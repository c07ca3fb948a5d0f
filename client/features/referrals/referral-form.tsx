/** Writing a referral: to whom, what is asked for, and of the household what is given. Beside it stands what the receiver will see. */
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useCallback, useState } from 'react'
import type { Service } from '../../../shared/code-sets/services.ts'
import { codesOf, NEED_DOMAINS } from '../../../shared/codes.ts'
import { hasResidentNumber, RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import { type AgencyId, type CaseId, type CommandId, idFromBytes } from '../../../shared/ids.ts'
import { REFERRAL_RECEIVERS_MAX, type ReferralView } from '../../../shared/protocol/referrals.ts'
import { REFERRAL_FIELDS, type ReferralField } from '../../../shared/referrals/referral-codes.ts'
import { fieldsInOrder, givenOf, type ReferralDraft, textsOf } from '../../../shared/referrals/referral-content.ts'
import { ApiError } from '../../lib/api.ts'
import { compareNames } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useDirectory } from '../../lib/use-directory.ts'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { ComboBox, Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { serviceOptions } from '../code-sets/service-options.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { FromCase } from './from-case.tsx'
import { GivenFields } from './given-fields.tsx'
import { referralsApi } from './referrals-api.ts'
import { useReferralTexts } from './use-referral-texts.ts'

const EMPTY: ReferralDraft = {
  request: '',
  contact: '',
  needs: [],
  fields: {},
  chosen: ['name'],
  givesNeeds: true,
}

const ROWS: Partial<Record<ReferralField, number>> = { wishes: 2, problem: 3, health: 2, attachments: 2 }

export interface Receiver {
  agencyId: AgencyId
  name: string
  colour: number
}

interface ReferralFormProps {
  caseId: CaseId
  /** The draft that is changed; none for a new one. */
  view?: ReferralView
  /** How the case is called. */
  label: string
  /** How to reach who writes, as it was said in the last one. */
  contact?: string
  service?: Service
  /** Chosen in the directory of help, which goes beyond the agencies that the person finds by name. */
  to?: readonly Receiver[]
  onClose: () => void
}

export function ReferralForm({
  caseId,
  view,
  label,
  contact = '',
  service: proposed,
  to: proposedTo = [],
  onClose,
}: ReferralFormProps) {
  const { t, language } = useReferralTexts()
  const codes = useCodeSets()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const directory = useDirectory(view === undefined)
  const [draft, setDraft] = useState<ReferralDraft>(view?.draft ?? { ...EMPTY, contact })
  const [chosen, setService] = useState<Service>(view?.service ?? proposed ?? 'counselling')
  const [to, setTo] = useState<readonly AgencyId[]>(proposedTo.map(agency => agency.agencyId))
  /** The same while it is sent again after a lost answer. */
  const [command] = useState(() => idFromBytes<CommandId>(crypto.getRandomValues(new Uint8Array(16))))
  const [basedOn, setBasedOn] = useState(view?._v)
  const [isChanged, setChanged] = useState(false)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  useLeaveWarning(isChanged)

  /** What the case answers is not yet something that the person wrote. */
  const begin = useCallback((next: (draft: ReferralDraft) => ReferralDraft) => setDraft(next), [])
  const change = (fields: Partial<ReferralDraft>) => {
    setChanged(true)
    setDraft(now => ({ ...now, ...fields }))
  }
  const isNew = view === undefined
  const services = serviceOptions(codes, view?.service)
  // What was proposed may be retired by now: then it is asked for.
  const service = services.find(one => one.id === chosen)?.id ?? null
  const serviceFault = service === null ? t('write.needsService') : undefined
  const toFault = isNew && to.length === 0 ? t('write.needsTo') : undefined
  const requestFault = draft.request.trim() === '' ? t('write.needsRequest') : undefined
  const hasNumber = textsOf(draft).some(hasResidentNumber)
  const isConflict = error instanceof ApiError && error.reason === 'conflict'
  const agencies = (directory.data?.agencies ?? []).filter(agency => agency.active)
  const nameOf = (id: AgencyId) => [...agencies, ...proposedTo].find(agency => agency.agencyId === id)

  async function save(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    setError(undefined)
    if (toFault || service === null || requestFault || hasNumber) return
    setPending(true)
    try {
      if (view) await referralsApi(api).change(view.referralId, { _v: basedOn ?? view._v, service, draft })
      else await referralsApi(api).create(caseId, { command, to: [...to], service, draft })
      setChanged(false)
      notify(t('write.saved'))
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['case-referrals', caseId] }),
        queries.invalidateQueries({ queryKey: ['referrals'] }),
        ...(view ? [queries.invalidateQueries({ queryKey: ['referral', view.referralId] })] : []),
      ])
      onClose()
    } catch (failure) {
      setError(failure)
      if (view && failure instanceof ApiError && failure.reason === 'conflict') {
        await queries.invalidateQueries({ queryKey: ['case-referrals', caseId] })
      }
    } finally {
      setPending(false)
    }
  }

  return (
    <form className="stack card" noValidate onSubmit={event => void save(event)}>
      <h3>{t(isNew ? 'write.title' : 'write.titleChange')}</h3>
      <p className="quiet">{t('write.lead')}</p>
      {isConflict && view ? (
        <Notice
          tone="warning"
          announce="alert"
          title={t('write.conflictTitle')}
          actions={
            <Button
              onPress={() => {
                // What stands there now is shown beneath; what was typed stays in the form and is saved over it only by another press.
                setBasedOn(view._v)
                setError(undefined)
              }}
            >
              {t('write.conflictLoad')}
            </Button>
          }
        >
          <p>{t('write.conflictBody')}</p>
          {view.given ? <GivenFields given={view.given} /> : null}
        </Notice>
      ) : error ? (
        <ErrorNotice error={error} />
      ) : null}
      {isNew ? (
        <div className="stack">
          {to.length > 0 ? (
            <div className="referral-receivers">
              {to.map(id => (
                <span key={id} className="row">
                  <AgencyChip shortName={nameOf(id)?.name ?? ''} colour={nameOf(id)?.colour ?? -1} />
                  <Button
                    look="text"
                    size="small"
                    aria-label={t('write.toRemove', { agency: nameOf(id)?.name ?? '' })}
                    onPress={() => setTo(to.filter(other => other !== id))}
                  >
                    {t('remove', { ns: 'common' })}
                  </Button>
                </span>
              ))}
            </div>
          ) : null}
          {to.length < REFERRAL_RECEIVERS_MAX ? (
            <ComboBox
              label={t(to.length === 0 ? 'write.to' : 'write.toAdd')}
              description={t('write.toHelp')}
              clearOnChoice
              value={null}
              options={agencies
                .filter(agency => !to.includes(agency.agencyId))
                .sort((a, b) => compareNames(a.name, b.name))
                .map(agency => ({
                  id: agency.agencyId,
                  label: agency.name,
                  detail: `${agency.shortName} · ${agency.city}`,
                }))}
              onChange={id => {
                setChanged(true)
                setTo([...to, id])
              }}
              errorMessage={tried ? toFault : undefined}
            />
          ) : null}
        </div>
      ) : null}
      <div className="referral-form-row">
        <Select
          label={t('one.service')}
          value={service}
          options={services}
          errorMessage={tried ? serviceFault : undefined}
          onChange={next => {
            setChanged(true)
            setService(next)
          }}
        />
        <TextField
          label={t('write.contact')}
          value={draft.contact}
          onChange={contact => change({ contact })}
          maxLength={120}
        />
      </div>
      <TextField
        label={t('write.request')}
        description={t('write.requestHelp')}
        rows={3}
        isRequired
        validationBehavior="aria"
        value={draft.request}
        onChange={request => change({ request })}
        maxLength={1000}
        errorMessage={tried ? requestFault : undefined}
      />
      <FromCase
        caseId={caseId}
        label={label}
        onBegin={isNew ? begin : undefined}
        onChange={next => {
          setChanged(true)
          setDraft(next)
        }}
      />
      <fieldset className="stack">
        <legend className="field-label">{t('write.needs')}</legend>
        <div className="needs-choice">
          {codesOf(NEED_DOMAINS).map(need => (
            <Checkbox
              key={need}
              isSelected={draft.needs.includes(need)}
              onChange={on =>
                change({ needs: codesOf(NEED_DOMAINS).filter(one => (one === need ? on : draft.needs.includes(one))) })
              }
            >
              {codes.label('need_domain', need)}
            </Checkbox>
          ))}
        </div>
        {draft.needs.length > 0 ? (
          <Checkbox isSelected={draft.givesNeeds} onChange={givesNeeds => change({ givesNeeds })}>
            {t('write.givesNeeds')}
          </Checkbox>
        ) : null}
      </fieldset>
      <fieldset className="stack">
        <legend className="field-label">{t('write.fields')}</legend>
        <p className="quiet small">{t('write.fieldsLead')}</p>
        {fieldsInOrder.map(field => (
          <div key={field} className="referral-field">
            <TextField
              label={REFERRAL_FIELDS[field][language]}
              {...(ROWS[field] !== undefined && { rows: ROWS[field] })}
              value={draft.fields[field] ?? ''}
              onChange={words => change({ fields: { ...draft.fields, [field]: words } })}
              maxLength={1000}
            />
            <Checkbox
              isSelected={draft.chosen.includes(field)}
              onChange={on =>
                change({ chosen: fieldsInOrder.filter(one => (one === field ? on : draft.chosen.includes(one))) })
              }
            >
              {t('write.give', { field: REFERRAL_FIELDS[field][language] })}
            </Checkbox>
          </div>
        ))}
      </fieldset>
      {hasNumber ? (
        <Notice tone="danger" announce="alert">
          {RESIDENT_NUMBER_NOTICE[language]}
        </Notice>
      ) : null}
      <div className="referral-preview">
        <h3>{t('write.preview')}</h3>
        <GivenFields given={givenOf(draft)} />
      </div>
      <div className="row">
        <Button type="submit" look="primary" isPending={isPending}>
          {t('write.save')}
        </Button>
        <Button look="tertiary" onPress={onClose}>
          {t('write.leave')}
        </Button>
      </div>
    </form>
  )
}
