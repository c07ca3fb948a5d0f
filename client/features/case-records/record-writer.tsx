/** One form for a record, new or corrected: fields of its kind, for whom it is, and saving it so that nothing typed is lost. */
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { VisitState } from '../../../shared/case-records/kinds.ts'
import { CASE_RECORD_KINDS } from '../../../shared/case-records/kinds.ts'
import { instrumentOf } from '../../../shared/case-records/risk-sample.ts'
import { RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import type { CaseId } from '../../../shared/ids.ts'
import type { CaseRecordsView } from '../../../shared/protocol/case-records.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { formatTime } from '../../lib/format.ts'
import { useCommand } from '../../lib/use-command.ts'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { LockIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { MonitoringFields } from './monitoring-fields.tsx'
import { type Change, IntakeFields, NoteFields } from './note-fields.tsx'
import { draftOf, faultsOf, type RecordForm, residentNumbersIn, withoutResidentNumbers } from './record-form.ts'
import { RiskFields } from './risk-fields.tsx'
import { useFaultWords } from './use-fault-words.ts'
import { type DraftState, useKeptDraft } from './use-kept-draft.ts'
import { useRecordTexts } from './use-record-texts.ts'
import { VisitFields } from './visit-fields.tsx'

interface RecordWriterProps {
  caseId: CaseId
  view: CaseView
  records: CaseRecordsView
  /** What it begins with. */
  start: RecordForm
  startNarrow?: boolean
  /** The record that is corrected; undefined for a new one. */
  correcting?: { narrow: boolean; visitState: VisitState | undefined }
  /** What stands above the fields: that somebody else was first. */
  above?: React.ReactNode
  saveWords?: string
  /** Resolves once it is stored; throws what keeps it from being. */
  save: (form: RecordForm, narrow: boolean, reason: string) => Promise<void>
  /** @param isDiscarded what was typed is given up; otherwise nothing was */
  onCancel: (isDiscarded: boolean) => void
}

export function RecordWriter(props: RecordWriterProps) {
  const { caseId, view, records, start, startNarrow = false, correcting, above, saveWords, save, onCancel } = props
  const { t, language } = useRecordTexts()
  const faultWords = useFaultWords()
  const [form, setForm] = useState(start)
  const [narrow, setNarrow] = useState(correcting?.narrow ?? startNarrow)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { error, isPending, run, forget } = useCommand()
  const [isAsking, setAsking] = useState(false)
  const isChanged = form !== start || narrow !== (correcting?.narrow ?? startNarrow)
  const numbers = residentNumbersIn(form) + residentNumbersIn({ reason })
  const faults = faultsOf(form, Date.now())
  const agency = records.own?.name ?? ''
  // What came of a planned visit is no correction and needs no reason.
  const isOutcome =
    form.kind === 'joint_visit' && correcting?.visitState === 'planned' && form.state !== correcting.visitState
  const asksReason = correcting !== undefined && !isOutcome
  // A correction is of something stored: only what is new has a draft of its own.
  const keeps = correcting === undefined && isChanged && numbers === 0 && !isPending
  const { state: draft, settled } = useKeptDraft(caseId, form.kind, keeps ? draftOf(form, narrow) : undefined)
  useLeaveWarning(isChanged && draft.is !== 'kept')

  // Each kind of form has fields of its own and is handed to them as it is.
  const change: Change<RecordForm> = part => setForm(now => ({ ...now, ...part }) as RecordForm)

  async function submit(event?: FormEvent) {
    event?.preventDefault()
    setTried(true)
    forget()
    const needsReason = asksReason && reason.trim() === ''
    if (faults.length > 0 || needsReason || numbers > 0 || isPending) return
    await run(async () => {
      await settled()
      await save(form, narrow, isOutcome ? t('form.visitReason') : reason.trim())
    })
  }

  function onKeyDown(event: KeyboardEvent) {
    // The Enter that ends a syllable belongs to the syllable.
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    void submit()
  }

  function mask() {
    setForm(withoutResidentNumbers(form))
    setReason(withoutResidentNumbers({ reason }).reason)
  }

  const kind = CASE_RECORD_KINDS[form.kind][language]
  const textLabel =
    form.kind === 'joint_visit'
      ? t(form.state === 'cancelled' ? 'form.visitWhy' : 'form.visitOutcome')
      : t(form.kind === 'monitoring' || form.kind === 'risk' ? 'form.opinion' : 'form.text')
  return (
    <form
      className={`card stack record-writer${narrow ? ' is-narrow' : ''}`}
      aria-label={t(correcting ? 'form.correct' : 'form.new', { kind })}
      noValidate
      onSubmit={event => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <h3 className="record-writer-title">{t(correcting ? 'form.correct' : 'form.new', { kind })}</h3>
      {narrow ? (
        <p className="record-narrow">
          <LockIcon size={18} /> {t('ownOn', { agency })}
        </p>
      ) : null}
      {above}
      {error ? <ErrorNotice error={error} /> : null}
      <KindFields form={form} change={change} view={view} records={records} from={correcting?.visitState} />
      {form.kind === 'joint_visit' && form.state === 'planned' ? null : (
        <TextField
          label={textLabel}
          rows={form.kind === 'process_note' || form.kind === 'intake' ? 6 : 3}
          // Everything else of a note is mostly right as it stands: the words come first.
          autoFocus={form.kind === 'process_note'}
          value={form.text}
          onChange={text => change({ text })}
        />
      )}
      {asksReason ? (
        <TextField
          label={t('form.reason')}
          placeholder={t('form.reasonExample')}
          maxLength={200}
          value={reason}
          onChange={setReason}
          isRequired
          validationBehavior="aria"
          errorMessage={tried && reason.trim() === '' ? t('form.missing', { field: t('form.reason') }) : undefined}
        />
      ) : correcting || form.kind === 'joint_visit' ? null : (
        <div className="stack-tight">
          <Checkbox isSelected={narrow} onChange={setNarrow}>
            {t('own')}
          </Checkbox>
          <p className="quiet small">{narrow ? t('ownHow', { agency }) : t('sharedWith')}</p>
        </div>
      )}
      {numbers > 0 ? (
        <Notice
          tone="warning"
          announce="alert"
          actions={
            <Button size="small" onPress={mask}>
              {t('form.mask')}
            </Button>
          }
        >
          {RESIDENT_NUMBER_NOTICE[language]}
        </Notice>
      ) : null}
      {tried && faults.length > 0 ? (
        <div role="alert">
          {faults.map(fault => (
            <p className="field-error" key={faultWords(fault)}>
              {faultWords(fault)}
            </p>
          ))}
        </div>
      ) : null}
      <div className="row">
        <Button type="submit" look="primary" isPending={isPending}>
          {saveWords ?? t('form.save')}
        </Button>
        <Button look="tertiary" onPress={() => (isChanged ? setAsking(true) : onCancel(false))}>
          {t('form.cancel')}
        </Button>
        <span className="quiet small">{t('form.saveKey')}</span>
        <DraftWords state={draft} />
      </div>
      <ConfirmDialog
        title={t('form.discardTitle')}
        isOpen={isAsking}
        action={t('form.discard')}
        danger
        onCancel={() => setAsking(false)}
        onConfirm={() => void settled().then(() => onCancel(true))}
      >
        {t('form.discardBody')}
      </ConfirmDialog>
    </form>
  )
}

interface KindFieldsProps {
  form: RecordForm
  change: Change<RecordForm>
  view: CaseView
  records: CaseRecordsView
  from: VisitState | undefined
}

function KindFields({ form, change, view, records, from }: KindFieldsProps) {
  switch (form.kind) {
    case 'process_note':
      return <NoteFields form={form} change={change} />
    case 'intake':
      return <IntakeFields form={form} change={change} />
    case 'monitoring':
      return <MonitoringFields form={form} change={change} />
    case 'joint_visit':
      return <VisitFields form={form} change={change} view={view} from={from} />
    case 'risk': {
      const sheet = instrumentOf(records.instruments, form.instrument, form.instrumentVersion)
      return sheet === undefined ? null : <RiskFields form={form} change={change} sheet={sheet} />
    }
  }
}

function DraftWords({ state }: { state: DraftState }) {
  const { t } = useRecordTexts()
  if (state.is === 'nothing') return null
  return (
    <span className="quiet small push">
      {state.is === 'kept'
        ? t('form.draftKept', { at: formatTime(state.at) })
        : t(state.is === 'keeping' ? 'form.draftKeeping' : 'form.draftWaiting')}
    </span>
  )
}
