/** The short forms of a case's life: grade, ex officio application, reassessment, aftercare contact, help at once. */
import { type ReactNode, useState } from 'react'
import {
  AFTERCARE_STATES,
  type AftercareState,
  CRISIS_REASONS,
  type CrisisReason,
  EX_OFFICIO_GROUNDS,
  type ExOfficioGround,
  REASSESSMENT_RESULTS,
  type ReassessmentResult,
} from '../../../shared/cases/life-codes.ts'
import type { ReassessmentReason } from '../../../shared/code-sets/closing.ts'
import { type CaseGrade, GRADE_SCHEMES } from '../../../shared/code-sets/grades.ts'
import { codesOf, type Label } from '../../../shared/codes.ts'
import { hasResidentNumber } from '../../../shared/identifiers/resident-number.ts'
import type { CaseLifeView } from '../../../shared/protocol/case-life.ts'
import { seoulDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import type { LifeCommand } from './life-api.ts'
import type { LifeDesk } from './use-life.ts'
import { useLifeTexts } from './use-life-texts.ts'

export interface RecordFormProps {
  desk: LifeDesk
  view: CaseLifeView
  onDone: () => void
}

const WORDS_MAX = 2000

/** The frame of them all: a title, what is in it, saving and leaving. `command` is undefined while something is missing. */
export function RecordForm({
  desk,
  onDone,
  title,
  note,
  command,
  children,
}: Pick<RecordFormProps, 'desk' | 'onDone'> & {
  title: string
  note?: string
  command: LifeCommand | undefined
  children: (tried: boolean) => ReactNode
}) {
  const { t } = useLifeTexts()
  const [tried, setTried] = useState(false)
  async function save() {
    setTried(true)
    if (command !== undefined && (await desk.tell(command))) onDone()
  }
  return (
    <fieldset className="stack card life-fieldset">
      <legend>
        <strong>{title}</strong>
      </legend>
      {note === undefined ? null : <p className="quiet small">{note}</p>}
      {children(tried)}
      {tried && command === undefined ? (
        <p className="field-error" role="alert">
          {t('records.required')}
        </p>
      ) : null}
      <div className="row">
        <Button look="primary" isPending={desk.isPending} onPress={() => void save()}>
          {t('records.save')}
        </Button>
        <Button look="tertiary" onPress={onDone}>
          {t('records.cancel')}
        </Button>
      </div>
    </fieldset>
  )
}

/** Several lines; says at once that a resident registration number is going to be masked. */
export function Words({
  label,
  value,
  onChange,
  isRequired = false,
  tried = false,
  rows = 3,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  isRequired?: boolean
  tried?: boolean
  rows?: number
}) {
  const { t } = useLifeTexts()
  return (
    <>
      <TextField
        label={label}
        value={value}
        onChange={onChange}
        rows={rows}
        maxLength={WORDS_MAX}
        isRequired={isRequired}
        validationBehavior="aria"
        errorMessage={isRequired && tried && value.trim() === '' ? t('records.required') : undefined}
      />
      {hasResidentNumber(value) ? <Notice tone="warning">{t('masked')}</Notice> : null}
    </>
  )
}

/** A day up to today. */
function DayUpToToday({
  label,
  value,
  onChange,
  tried,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  tried: boolean
}) {
  const { t } = useLifeTexts()
  const isLater = value > seoulDay(Date.now())
  return (
    <DatePicker
      label={label}
      value={value}
      onChange={onChange}
      errorMessage={isLater ? t('records.dayLater') : tried && value === '' ? t('records.required') : undefined}
    />
  )
}

const isDayUpToToday = (day: string) => day !== '' && day <= seoulDay(Date.now())

function useOptions() {
  const { language } = useLifeTexts()
  return <T extends string>(table: Readonly<Record<T, Label>>) =>
    codesOf(table).map(id => ({ id, label: table[id][language] }))
}

export function GradeForm({ desk, view, onDone }: RecordFormProps) {
  const { t } = useLifeTexts()
  const codes = useCodeSets()
  const [grade, setGrade] = useState<CaseGrade | null>(view.grade === '' ? null : view.grade)
  const [reason, setReason] = useState('')
  const command: LifeCommand | undefined =
    grade === null || reason.trim() === '' ? undefined : { do: 'grade', grade, reason: reason.trim() }
  return (
    <RecordForm desk={desk} onDone={onDone} title={t('records.grade')} command={command}>
      {tried => (
        <>
          <Choice
            label={t('records.gradeChoice')}
            value={grade}
            onChange={setGrade}
            options={GRADE_SCHEMES[view.rules.gradeScheme].grades.map(id => ({
              id,
              label: codes.label('case_grade', id),
            }))}
          />
          <Words label={t('records.reason')} value={reason} onChange={setReason} isRequired tried={tried} rows={2} />
        </>
      )}
    </RecordForm>
  )
}

export function ExOfficioForm({ desk, onDone }: RecordFormProps) {
  const { t } = useLifeTexts()
  const options = useOptions()
  const [ground, setGround] = useState<ExOfficioGround>('consented')
  const [reportedOn, setReportedOn] = useState('')
  const [reason, setReason] = useState('')
  const isWhole = ground === 'consented' || isDayUpToToday(reportedOn)
  return (
    <RecordForm
      desk={desk}
      onDone={onDone}
      title={t('exOfficio.title')}
      note={t('exOfficio.note')}
      command={isWhole ? { do: 'ex-officio', ground, reportedOn, reason: reason.trim() } : undefined}
    >
      {tried => (
        <>
          <Select
            label={t('exOfficio.ground')}
            value={ground}
            onChange={setGround}
            options={options(EX_OFFICIO_GROUNDS)}
          />
          {ground === 'consented' ? null : (
            <DayUpToToday label={t('exOfficio.reportedOn')} value={reportedOn} onChange={setReportedOn} tried={tried} />
          )}
          <Words label={t('exOfficio.reason')} value={reason} onChange={setReason} rows={2} />
        </>
      )}
    </RecordForm>
  )
}

export function ReassessmentForm({ desk, onDone }: RecordFormProps) {
  const { t } = useLifeTexts()
  const options = useOptions()
  const [on, setOn] = useState(seoulDay(Date.now()))
  const codes = useCodeSets()
  const reasons = codes.options('reassessment_reason')
  const [chosen, setReason] = useState<string>('')
  const reason = (reasons.find(({ id }) => id === chosen) ?? reasons[0])?.id as ReassessmentReason | undefined
  const [result, setResult] = useState<ReassessmentResult>('replan')
  const [changedNeeds, setChangedNeeds] = useState('')
  const isWhole = isDayUpToToday(on) && changedNeeds.trim() !== ''
  return (
    <RecordForm
      desk={desk}
      onDone={onDone}
      title={t('reassessment.title')}
      command={
        isWhole && reason !== undefined
          ? { do: 'reassessment', on, reason, result, changedNeeds: changedNeeds.trim() }
          : undefined
      }
    >
      {tried => (
        <>
          <DayUpToToday label={t('reassessment.on')} value={on} onChange={setOn} tried={tried} />
          <Choice label={t('reassessment.reason')} value={reason ?? null} onChange={setReason} options={reasons} />
          <Words
            label={t('reassessment.changedNeeds')}
            value={changedNeeds}
            onChange={setChangedNeeds}
            isRequired
            tried={tried}
          />
          <Choice
            label={t('reassessment.result')}
            value={result}
            onChange={setResult}
            options={options(REASSESSMENT_RESULTS)}
          />
        </>
      )}
    </RecordForm>
  )
}

const SATISFACTIONS = ['none', '1', '2', '3', '4', '5'] as const

export function AftercareForm({ desk, onDone }: RecordFormProps) {
  const { t } = useLifeTexts()
  const options = useOptions()
  const [on, setOn] = useState(seoulDay(Date.now()))
  const [state, setState] = useState<AftercareState>('stable')
  const [changes, setChanges] = useState('')
  const [satisfaction, setSatisfaction] = useState<(typeof SATISFACTIONS)[number]>('none')
  const [measures, setMeasures] = useState('')
  const isWhole = isDayUpToToday(on) && changes.trim() !== ''
  return (
    <RecordForm
      desk={desk}
      onDone={onDone}
      title={t('aftercare.title')}
      command={
        isWhole
          ? {
              do: 'aftercare',
              on,
              state,
              changes: changes.trim(),
              satisfaction: satisfaction === 'none' ? null : Number(satisfaction),
              measures: measures.trim(),
            }
          : undefined
      }
    >
      {tried => (
        <>
          <DayUpToToday label={t('aftercare.on')} value={on} onChange={setOn} tried={tried} />
          <Choice label={t('aftercare.state')} value={state} onChange={setState} options={options(AFTERCARE_STATES)} />
          <Words label={t('aftercare.changes')} value={changes} onChange={setChanges} isRequired tried={tried} />
          <Choice
            label={t('aftercare.satisfaction')}
            value={satisfaction}
            onChange={setSatisfaction}
            options={SATISFACTIONS.map(id => ({ id, label: id === 'none' ? t('aftercare.notAsked') : id }))}
          />
          <Words label={t('aftercare.measures')} value={measures} onChange={setMeasures} rows={2} />
        </>
      )}
    </RecordForm>
  )
}

export function EmergencyForm({ desk, onDone }: RecordFormProps) {
  const { t } = useLifeTexts()
  const codes = useCodeSets()
  const [reason, setReason] = useState<CrisisReason | null>(null)
  const [toldOn, setToldOn] = useState(seoulDay(Date.now()))
  const [words, setWords] = useState('')
  const isWhole = reason !== null && isDayUpToToday(toldOn) && words.trim() !== ''
  return (
    <RecordForm
      desk={desk}
      onDone={onDone}
      title={t('emergency.title')}
      note={t('emergency.note')}
      command={isWhole ? { do: 'emergency', reason, toldOn, words: words.trim() } : undefined}
    >
      {tried => (
        <>
          <Select
            label={t('emergency.reason')}
            value={reason}
            onChange={setReason}
            options={codesOf(CRISIS_REASONS).map(id => ({ id, label: codes.label('crisis_reason', id) }))}
          />
          <DayUpToToday label={t('emergency.toldOn')} value={toldOn} onChange={setToldOn} tried={tried} />
          <Words label={t('emergency.words')} value={words} onChange={setWords} isRequired tried={tried} />
        </>
      )}
    </RecordForm>
  )
}

export function EmergencyEnd({ desk, id }: { desk: LifeDesk; id: string }) {
  const { t } = useLifeTexts()
  const [isOpen, setOpen] = useState(false)
  const [words, setWords] = useState('')
  if (!isOpen) {
    return (
      <Button size="small" onPress={() => setOpen(true)}>
        {t('records.emergencyEnd')}
      </Button>
    )
  }
  return (
    <RecordForm
      desk={desk}
      onDone={() => setOpen(false)}
      title={t('records.emergencyEnd')}
      command={{ do: 'emergency-end', id, words: words.trim() }}
    >
      {() => <Words label={t('emergency.endWords')} value={words} onChange={setWords} rows={2} />}
    </RecordForm>
  )
}
