/** A visit by several agencies: planned with who goes and what to mind, done with what came of it. */
import { VISIT_STATES, type VisitState } from '../../../shared/case-records/kinds.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { Checkbox, Choice, TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { type FieldsProps, MinutesField, WhenFields } from './note-fields.tsx'
import type { VisitForm } from './record-form.ts'
import { useRecordTexts } from './use-record-texts.ts'

interface VisitFieldsProps extends FieldsProps<VisitForm> {
  view: CaseView
  /** As it is stored; undefined for a new one. */
  from: VisitState | undefined
}

export function VisitFields({ form, change, view, from }: VisitFieldsProps) {
  const { t, language } = useRecordTexts()
  const going = view.workers.filter(worker => form.agencies.includes(worker.agencyId))
  const states = codesOf(VISIT_STATES).filter(state =>
    from === undefined ? state !== 'cancelled' : from === 'planned' || state === from,
  )
  function toggleAgency(agencyId: AgencyId, isGoing: boolean) {
    const agencies = isGoing ? [...form.agencies, agencyId] : form.agencies.filter(one => one !== agencyId)
    const people = form.people.filter(userId =>
      view.workers.some(worker => worker.userId === userId && agencies.includes(worker.agencyId)),
    )
    change({ agencies, people, lead: people.some(one => one === form.lead) ? form.lead : '' })
  }
  function togglePerson(userId: UserId, isGoing: boolean) {
    const people = isGoing ? [...form.people, userId] : form.people.filter(one => one !== userId)
    change({ people, lead: form.lead !== '' && people.includes(form.lead) ? form.lead : (people[0] ?? '') })
  }
  return (
    <>
      <Choice
        label={t('form.visitState')}
        value={form.state}
        options={states.map(id => ({ id, label: VISIT_STATES[id][language] }))}
        onChange={state => change({ state })}
      />
      <div className="record-fields">
        <WhenFields form={form} change={change} />
        {form.state === 'done' ? <MinutesField value={form.minutes} onChange={minutes => change({ minutes })} /> : null}
      </div>
      <fieldset className="record-group">
        <legend className="field-label">{t('form.visitAgencies')}</legend>
        <div className="row">
          {view.agencies.map(({ agencyId, name }) => (
            <Checkbox
              key={agencyId}
              isSelected={form.agencies.includes(agencyId)}
              onChange={isGoing => toggleAgency(agencyId, isGoing)}
            >
              {name}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <fieldset className="record-group">
        <legend className="field-label">{t('form.visitPeople')}</legend>
        <div className="row">
          {going.map(({ userId, name, agencyId }) => (
            <Checkbox
              key={userId}
              isSelected={form.people.includes(userId)}
              onChange={isGoing => togglePerson(userId, isGoing)}
            >
              {name} ({view.agencies.find(agency => agency.agencyId === agencyId)?.shortName})
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <Select
        label={t('form.visitLead')}
        value={form.lead === '' ? null : form.lead}
        options={view.workers
          .filter(({ userId }) => form.people.includes(userId))
          .map(({ userId, name }) => ({ id: userId, label: name }))}
        onChange={lead => change({ lead })}
        width="medium"
      />
      <TextField
        label={t('form.visitPurpose')}
        rows={2}
        value={form.purpose}
        onChange={purpose => change({ purpose })}
      />
      <TextField
        label={t('form.visitSafety')}
        placeholder={t('form.visitSafetyExample')}
        rows={2}
        value={form.safety}
        onChange={safety => change({ safety })}
      />
    </>
  )
}
