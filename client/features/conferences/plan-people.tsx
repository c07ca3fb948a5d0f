import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AGENCY_ROLES, CONFERENCE_ROLES, type ConferenceRole } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { compareNames } from '../../lib/format.ts'
import type { DirectoryAgency } from '../../lib/use-directory.ts'
import type { Draft } from '../../lib/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { ComboBox, Select } from '../../ui/pickers.tsx'
import { isUsuallyInvited, type PlanFaults, type PlanForm, partsFor } from './plan-form.ts'

interface PlanPeopleProps {
  form: PlanForm
  change: Draft<PlanForm>['change']
  faults: PlanFaults
  agencies: readonly DirectoryAgency[]
}

/** Which agencies come, who of them, and as what. */
export function PlanPeople({ form, change, faults, agencies }: PlanPeopleProps) {
  const { t } = useTranslation('conferences')
  const [leaving, setLeaving] = useState<DirectoryAgency>()
  const invited = form.agencies.flatMap(id => agencies.find(agency => agency.agencyId === id) ?? [])
  const toAdd = agencies
    .filter(agency => agency.active && !form.agencies.includes(agency.agencyId))
    .sort((a, b) => compareNames(a.name, b.name))

  function add(agencyId: AgencyId) {
    const agency = agencies.find(a => a.agencyId === agencyId)
    if (!agency) return
    const people = agency.people.filter(person => isUsuallyInvited(person.role))
    change('agencies', [...form.agencies, agencyId])
    change('participants', [
      ...form.participants,
      ...people.map(person => ({ userId: person.userId, agencyId, role: 'attendee' as const })),
    ])
  }

  function remove(agencyId: AgencyId) {
    change(
      'agencies',
      form.agencies.filter(id => id !== agencyId),
    )
    change(
      'participants',
      form.participants.filter(p => p.agencyId !== agencyId),
    )
  }

  function setPart(agencyId: AgencyId, userId: UserId, role: ConferenceRole | undefined) {
    const others = form.participants.filter(p => !(p.userId === userId && p.agencyId === agencyId))
    if (role === undefined) return change('participants', others)
    const before = form.participants.some(p => p.userId === userId && p.agencyId === agencyId)
    change(
      'participants',
      before
        ? form.participants.map(p => (p.userId === userId && p.agencyId === agencyId ? { ...p, role } : p))
        : [...form.participants, { userId, agencyId, role }],
    )
  }

  const withPeople = new Set(form.participants.map(p => p.agencyId)).size
  return (
    <div className="stack">
      {invited.length === 0 ? <p className="quiet">{t('plan.nobody')}</p> : null}
      <ul className="plan-agencies">
        {invited.map(agency => (
          <InvitedAgency
            key={agency.agencyId}
            agency={agency}
            form={form}
            isHost={agency.agencyId === form.hostAgencyId}
            onPart={(userId, role) => setPart(agency.agencyId, userId, role)}
            onRemove={() =>
              form.participants.some(p => p.agencyId === agency.agencyId) ? setLeaving(agency) : remove(agency.agencyId)
            }
          />
        ))}
      </ul>
      {toAdd.length > 0 ? (
        <ComboBox
          label={t('plan.addAgency')}
          placeholder={t('plan.addAgencyPlaceholder')}
          width="medium"
          value={null}
          clearOnChoice
          options={toAdd.map(agency => ({
            id: agency.agencyId,
            label: agency.name,
            detail: [agency.shortName, agency.city].filter(Boolean).join(' · '),
          }))}
          onChange={add}
        />
      ) : (
        <p className="quiet">{t('plan.noMoreAgencies')}</p>
      )}
      {form.participants.some(one => one.role === 'supervisor') ? (
        <p className="quiet small">{t('plan.supervisorHelp')}</p>
      ) : null}
      <p>
        <strong>{t('plan.countPeople', { agencies: withPeople, people: form.participants.length })}</strong>
      </p>
      {faults.leaders !== undefined ? (
        <p className="field-error" role="alert">
          {faults.leaders === 0 ? t('plan.needsLeader') : t('plan.twoLeaders', { n: faults.leaders })}
        </p>
      ) : null}
      {faults.minuteTakers !== undefined ? (
        <p className="field-error" role="alert">
          {t('plan.twoMinuteTakers', { n: faults.minuteTakers })}
        </p>
      ) : null}
      <ConfirmDialog
        title={t('plan.removeAgencyTitle', { agency: leaving?.shortName ?? '' })}
        isOpen={leaving !== undefined}
        action={t('remove', { ns: 'common' })}
        danger
        onCancel={() => setLeaving(undefined)}
        onConfirm={() => {
          if (leaving) remove(leaving.agencyId)
          setLeaving(undefined)
        }}
      >
        {t('plan.removeAgencyBody')}
      </ConfirmDialog>
    </div>
  )
}

interface InvitedAgencyProps {
  agency: DirectoryAgency
  form: PlanForm
  isHost: boolean
  onPart: (userId: UserId, role: ConferenceRole | undefined) => void
  onRemove: () => void
}

function InvitedAgency({ agency, form, isHost, onPart, onRemove }: InvitedAgencyProps) {
  const { t } = useTranslation('conferences')
  const language = useLanguage()
  const partOf = (userId: UserId) =>
    form.participants.find(p => p.userId === userId && p.agencyId === agency.agencyId)?.role
  // Those who usually come first, then the rest; names as Koreans sort.
  const people = [...agency.people].sort(
    (a, b) => Number(isUsuallyInvited(b.role)) - Number(isUsuallyInvited(a.role)) || compareNames(a.name, b.name),
  )
  return (
    <li className="plan-agency">
      <div className="plan-agency-name">
        <AgencyChip shortName={agency.shortName} name={agency.name} colour={agency.colour} />
        <span className="plan-agency-full">{agency.name}</span>
        {isHost ? null : (
          <Button
            look="text"
            size="small"
            onPress={onRemove}
            aria-label={t('plan.removeAgency', { agency: agency.name })}
          >
            {t('remove', { ns: 'common' })}
          </Button>
        )}
      </div>
      <fieldset className="plan-agency-people">
        <legend className="visually-hidden">{t('plan.agencyPeople', { agency: agency.name })}</legend>
        {people.length === 0 ? <p className="quiet small">{t('plan.noPeople')}</p> : null}
        {people.map(person => {
          const part = partOf(person.userId)
          const parts = partsFor(person.role)
          return (
            <div key={person.userId} className="plan-person">
              <Checkbox
                isSelected={part !== undefined}
                onChange={selected =>
                  onPart(person.userId, selected ? (parts.includes('attendee') ? 'attendee' : 'observer') : undefined)
                }
              >
                {person.name} <span className="quiet small">{AGENCY_ROLES[person.role][language]}</span>
              </Checkbox>
              {part === undefined ? null : (
                <Select
                  label={t('plan.part', { name: person.name })}
                  labelHidden
                  width="short"
                  value={part}
                  onChange={role => onPart(person.userId, role)}
                  options={parts.map(id => ({ id, label: CONFERENCE_ROLES[id][language] }))}
                />
              )}
            </div>
          )
        })}
      </fieldset>
    </li>
  )
}
