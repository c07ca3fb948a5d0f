/** Entering what is given. The same help that is there already is told while the form is filled in, and needs a reason (RESOURCES.md AL5, AL6). */
import { type FormEvent, useState } from 'react'
import type { Service } from '../../../shared/code-sets/services.ts'
import { codesOf } from '../../../shared/codes.ts'
import { hasResidentNumber, RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import { type AgencyId, type CommandId, idFromBytes, type ResourceId } from '../../../shared/ids.ts'
import type {
  AllocationSource,
  AllocationView,
  CreateAllocationBody,
  ResourceView,
} from '../../../shared/protocol/resources.ts'
import { EMERGENCY_KINDS, type EmergencyKind, emergencyCount } from '../../../shared/resources/emergency-limits.ts'
import { doublesOf, lastDayOf, RHYTHMS, type Rhythm } from '../../../shared/resources/giving.ts'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { serviceOptions } from '../code-sets/service-options.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useGivenWhen } from './given-when.ts'
import { useResourceTexts } from './use-resource-texts.ts'

export interface AllocationProposal {
  agencyId?: AgencyId
  service?: Service
  what?: string
  amount?: number
  rule?: string
  from?: string
}

interface AllocationFormProps {
  /** For whom the reader may enter. */
  agencies: readonly { agencyId: AgencyId; name: string }[]
  /** What is there already, for those who may know; empty for who may not. */
  known: readonly AllocationView[]
  resources: readonly ResourceView[]
  source: AllocationSource
  proposal?: AllocationProposal
  onSave: (body: CreateAllocationBody) => Promise<void>
  onClose: () => void
}

const NONE = 'none'

export function AllocationForm({
  agencies,
  known,
  resources,
  source,
  proposal = {},
  onSave,
  onClose,
}: AllocationFormProps) {
  const { t, language } = useResourceTexts()
  const givenWhen = useGivenWhen()
  const [agencyId, setAgency] = useState<AgencyId | null>(proposal.agencyId ?? agencies[0]?.agencyId ?? null)
  const codes = useCodeSets()
  const services = serviceOptions(codes)
  const [chosen, setService] = useState<Service>(proposal.service ?? 'donation_goods')
  // What was proposed may be retired by now: then it is asked for.
  const service = services.find(one => one.id === chosen)?.id ?? null
  const [emergency, setEmergency] = useState<EmergencyKind | null>(null)
  const [what, setWhat] = useState(proposal.what ?? '')
  const [amount, setAmount] = useState(proposal.amount === undefined ? '' : String(proposal.amount))
  const [rule, setRule] = useState(proposal.rule ?? '')
  const [rhythm, setRhythm] = useState<Rhythm>('once')
  const [from, setFrom] = useState(proposal.from ?? '')
  const [until, setUntil] = useState('')
  const [resourceId, setResource] = useState<ResourceId | typeof NONE>(NONE)
  const [despite, setDespite] = useState('')
  /** The same while it is sent again after a lost answer. */
  const [command] = useState(() => idFromBytes<CommandId>(crypto.getRandomValues(new Uint8Array(16))))
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  useLeaveWarning(what !== (proposal.what ?? '') || despite !== '')

  const isEmergency = service === 'emergency_welfare'
  const lastDay = rhythm === 'once' ? from : until
  const won = amount.replaceAll(/[,\s원]/g, '')
  const faults = {
    service: service === null ? t('entry.needsService') : undefined,
    what: what.trim() === '' ? t('entry.needsWhat') : undefined,
    from: from === '' ? t('entry.needsDay') : undefined,
    until: rhythm !== 'once' && (until === '' || until < from) ? t('entry.needsUntil') : undefined,
    emergency: isEmergency && emergency === null ? t('entry.needsEmergency') : undefined,
    amount: won !== '' && !/^[1-9]\d{0,9}$/.test(won) ? t('entry.badAmount') : undefined,
  }
  const next =
    agencyId === null || service === null || from === '' || lastDay === ''
      ? undefined
      : {
          agencyId,
          service,
          emergency: isEmergency && emergency !== null ? emergency : ('' as const),
          rhythm,
          from,
          until: lastDay,
          endedOn: '',
        }
  const compared = known.map(one => ({ ...one, agencyId: one.agency.agencyId }))
  const doubles = next ? doublesOf(next, compared) : []
  const count =
    next && next.emergency !== ''
      ? emergencyCount(
          next.emergency,
          compared.flatMap(one =>
            one.emergency === '' ? [] : [{ kind: one.emergency, from: one.from, until: lastDayOf(one) }],
          ),
          { kind: next.emergency, from, until: lastDay },
        )
      : undefined
  const needsReason = doubles.length > 0 || count?.standing === 'beyond'
  const reasonFault = needsReason && despite.trim() === '' ? t('entry.needsDespite') : undefined
  const hasNumber = [what, rule, despite].some(hasResidentNumber)
  const ofAgency = resources.filter(resource => resource.agency.agencyId === agencyId && !resource.retired)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    setError(undefined)
    if (agencyId === null || service === null || Object.values(faults).some(Boolean) || reasonFault || hasNumber) return
    setPending(true)
    try {
      await onSave({
        command,
        agencyId,
        service,
        emergency: isEmergency && emergency !== null ? emergency : '',
        what: what.trim(),
        amount: won === '' ? null : Number(won),
        rule: rule.trim(),
        rhythm,
        from,
        until: lastDay,
        resourceId: resourceId === NONE ? null : resourceId,
        source,
        despite: needsReason ? despite.trim() : '',
      })
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(false)
    }
  }

  return (
    <form className="stack card" noValidate onSubmit={event => void submit(event)}>
      <h3>{t('entry.title')}</h3>
      {error ? <ErrorNotice error={error} /> : null}
      <div className="referral-form-row">
        {agencies.length > 1 ? (
          <Select
            label={t('entry.agency')}
            value={agencyId}
            options={agencies.map(agency => ({ id: agency.agencyId, label: agency.name }))}
            onChange={id => {
              setAgency(id)
              setResource(NONE)
            }}
          />
        ) : null}
        <Select
          label={t('entry.service')}
          value={service}
          options={services}
          onChange={setService}
          errorMessage={tried ? faults.service : undefined}
        />
        {isEmergency ? (
          <Select
            label={t('entry.emergency')}
            isRequired
            value={emergency}
            options={codesOf(EMERGENCY_KINDS).map(id => ({ id, label: EMERGENCY_KINDS[id][language] }))}
            onChange={setEmergency}
            errorMessage={tried ? faults.emergency : undefined}
          />
        ) : null}
        {ofAgency.length > 0 ? (
          <Select<ResourceId | typeof NONE>
            label={t('entry.resource')}
            value={resourceId}
            options={[
              { id: NONE, label: t('entry.noResource') },
              ...ofAgency.map(resource => ({ id: resource.resourceId, label: resource.name })),
            ]}
            onChange={setResource}
          />
        ) : null}
      </div>
      <div className="referral-form-row">
        <TextField
          label={t('entry.what')}
          placeholder={t('entry.whatExample')}
          isRequired
          validationBehavior="aria"
          value={what}
          onChange={setWhat}
          maxLength={300}
          errorMessage={tried ? faults.what : undefined}
        />
        <TextField
          label={t('entry.amount')}
          description={t('entry.amountHelp')}
          inputMode="numeric"
          value={amount}
          onChange={setAmount}
          errorMessage={tried ? faults.amount : undefined}
        />
        <TextField label={t('entry.rule')} value={rule} onChange={setRule} maxLength={300} />
      </div>
      <div className="referral-form-row">
        <Select
          label={t('entry.rhythm')}
          value={rhythm}
          options={codesOf(RHYTHMS).map(id => ({ id, label: RHYTHMS[id][language] }))}
          onChange={setRhythm}
        />
        <DatePicker
          label={t('entry.from')}
          value={from}
          onChange={setFrom}
          errorMessage={tried ? faults.from : undefined}
        />
        {rhythm === 'once' ? null : (
          <DatePicker
            label={t('entry.until')}
            value={until}
            onChange={setUntil}
            errorMessage={tried ? faults.until : undefined}
          />
        )}
      </div>
      {count && count.standing !== 'within' ? (
        <Notice tone="warning" announce="status" title={t('help.emergency')}>
          {t(count.counts === 'months' ? 'help.emergencyCountMonths' : 'help.emergencyCountTimes', {
            kind: EMERGENCY_KINDS[count.kind][language],
            before: count.after,
            most: count.most,
          })}{' '}
          – {t(`help.standing.${count.standing}`)}
        </Notice>
      ) : null}
      {doubles.length > 0 ? (
        <Notice tone="warning" announce="status" title={t('entry.doubleTitle')}>
          <ul>
            {doubles.map(one => (
              <li key={one.allocationId}>
                {t('entry.doubleLine', { agency: one.agency.name, what: one.what, when: givenWhen(one) })}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {needsReason ? (
        <TextField
          label={t('entry.despite')}
          rows={2}
          isRequired
          validationBehavior="aria"
          value={despite}
          onChange={setDespite}
          maxLength={300}
          errorMessage={tried ? reasonFault : undefined}
        />
      ) : null}
      {hasNumber ? (
        <Notice tone="danger" announce="alert">
          {RESIDENT_NUMBER_NOTICE[language]}
        </Notice>
      ) : null}
      <div className="row">
        <Button type="submit" look="primary" isPending={isPending}>
          {t('entry.save')}
        </Button>
        <Button look="tertiary" onPress={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
      </div>
    </form>
  )
}
