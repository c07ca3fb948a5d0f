/** Entering a request: who asks, how that was checked, what for and since when its clock runs. */
import { useState } from 'react'
import { codesOf, type Label } from '../../../shared/codes.ts'
import { hasResidentNumber } from '../../../shared/identifiers/resident-number.ts'
import { type CaseId, type CommandId, idFromBytes } from '../../../shared/ids.ts'
import { REQUEST_NAME_MAX, REQUEST_WORDS_MAX } from '../../../shared/protocol/subject-requests.ts'
import { lastDayOf } from '../../../shared/subject-requests/request-clock.ts'
import {
  checksFor,
  REQUEST_ASKERS,
  REQUEST_CHECKS,
  REQUEST_KINDS,
  REQUEST_WAYS,
  type RequestAsker,
  type RequestCheck,
  type RequestKind,
  type RequestWay,
} from '../../../shared/subject-requests/request-codes.ts'
import { formatDay, type Language } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useRequestTexts } from './use-request-texts.ts'
import { useSending } from './use-requests.ts'

const newCommand = () => idFromBytes<CommandId>(crypto.getRandomValues(new Uint8Array(16)))
export const optionsOf = <Code extends string>(table: Record<Code, Label>, language: Language, only = codesOf(table)) =>
  only.map(id => ({ id, label: table[id][language] }))

export function RequestForm({ caseId, today, onDone }: { caseId: CaseId; today: string; onDone: () => void }) {
  const { t, language } = useRequestTexts()
  const sending = useSending(caseId)
  // The same command until it is saved: a lost answer enters nothing twice.
  const [command] = useState(newCommand)
  const [kind, setKind] = useState<RequestKind>('access')
  const [asker, setAsker] = useState<RequestAsker>('client')
  const [checked, setChecked] = useState<RequestCheck | null>(null)
  const [came, setCame] = useState<RequestWay>('in_person')
  const [receivedOn, setReceivedOn] = useState(today)
  const [name, setName] = useState('')
  const [relation, setRelation] = useState('')
  const [what, setWhat] = useState('')
  const [tried, setTried] = useState(false)

  const isOther = asker !== 'client'
  const isLater = receivedOn > today
  const hasNumber = [name, relation, what].some(hasResidentNumber)
  const isWhole =
    checked !== null &&
    receivedOn !== '' &&
    !isLater &&
    name.trim() !== '' &&
    what.trim().length > 1 &&
    (!isOther || relation.trim() !== '')

  async function save() {
    setTried(true)
    if (!isWhole || checked === null || hasNumber) return
    const body = {
      command,
      kind,
      asker,
      checked,
      came,
      receivedOn,
      name: name.trim(),
      relation: isOther ? relation.trim() : '',
      what: what.trim(),
    }
    if (await sending.send(api => api.enter(caseId, body), t('form.saved'))) onDone()
  }
  const missing = (value: string) => (tried && value.trim() === '' ? t('required') : undefined)

  return (
    <fieldset className="stack card request-form">
      <legend>
        <strong>{t('form.title')}</strong>
      </legend>
      <Choice label={t('form.kind')} value={kind} onChange={setKind} options={optionsOf(REQUEST_KINDS, language)} />
      <Choice
        label={t('form.asker')}
        value={asker}
        onChange={next => {
          setAsker(next)
          setChecked(null)
        }}
        options={optionsOf(REQUEST_ASKERS, language)}
      />
      <Choice
        label={t('form.checked')}
        value={checked}
        onChange={setChecked}
        options={optionsOf(REQUEST_CHECKS, language, checksFor(asker))}
      />
      <p className="quiet small">{t('form.checkedHelp')}</p>
      {tried && checked === null ? (
        <p className="field-error" role="alert">
          {t('required')}
        </p>
      ) : null}
      <div className="request-pair">
        <TextField
          label={t('form.name')}
          value={name}
          onChange={setName}
          maxLength={REQUEST_NAME_MAX}
          width="medium"
          errorMessage={missing(name)}
        />
        {isOther ? (
          <TextField
            label={t('form.relation')}
            placeholder={t('form.relationExample')}
            value={relation}
            onChange={setRelation}
            maxLength={REQUEST_NAME_MAX}
            width="medium"
            errorMessage={missing(relation)}
          />
        ) : null}
      </div>
      <div className="request-pair">
        <DatePicker
          label={t('form.receivedOn')}
          value={receivedOn}
          onChange={setReceivedOn}
          errorMessage={isLater ? t('notLater') : missing(receivedOn)}
        />
        <Choice label={t('form.came')} value={came} onChange={setCame} options={optionsOf(REQUEST_WAYS, language)} />
      </div>
      {receivedOn === '' || isLater ? null : (
        <p>{t('form.due', { day: formatDay(lastDayOf(receivedOn), language) })}</p>
      )}
      <TextField
        label={t('form.what')}
        placeholder={t('form.whatExample')}
        value={what}
        onChange={setWhat}
        rows={4}
        maxLength={REQUEST_WORDS_MAX}
        errorMessage={hasNumber ? t('residentNumber') : missing(what)}
      />
      {sending.error ? <ErrorNotice error={sending.error} /> : null}
      <div className="row">
        <Button look="primary" isPending={sending.isPending} onPress={() => void save()}>
          {t('form.save')}
        </Button>
        <Button look="tertiary" onPress={onDone}>
          {t('form.cancel')}
        </Button>
      </div>
    </fieldset>
  )
}
