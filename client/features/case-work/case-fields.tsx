/** Short fields of a case's document. Each is written when it is left; what cannot be read stays where it was typed, with its words. */
import type * as Y from 'yjs'
import { hasResidentNumber } from '../../../shared/identifiers/resident-number.ts'
import { formatDay, seoulDay } from '../../lib/format.ts'
import { readDay } from '../../room/read-promise.ts'
import { useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { DraftField } from '../room/draft-field.tsx'
import { RichText } from '../room/text/rich-text.tsx'
import { useCaseWork } from './case-work-context.ts'
import { readBirth, readCount, readWon } from './read-fields.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

interface FieldProps<Value> {
  label: string
  value: Value
  onCommit: (value: Value) => void
}

export function WordsField({
  most,
  placeholder,
  isWide = false,
  onCommit,
  ...field
}: FieldProps<string> & { most: number; placeholder?: string; isWide?: boolean }) {
  const { t } = useCaseWorkTexts()
  const { mayWrite } = useCaseWork()
  const notify = useNotices()
  return (
    <DraftField
      {...field}
      isReadOnly={!mayWrite}
      {...(placeholder !== undefined && { placeholder })}
      className={isWide ? 'case-field case-field-wide' : 'case-field'}
      check={text => (text.trim().length > most ? t('field.tooLong', { most }) : null)}
      onCommit={text => {
        if (hasResidentNumber(text)) notify(t('resident.maskedField'), 'warning')
        onCommit(text)
      }}
    />
  )
}

export function DayTextField({ value, onCommit, ...field }: FieldProps<string>) {
  const { t, language } = useCaseWorkTexts()
  const { mayWrite } = useCaseWork()
  const today = seoulDay(Date.now())
  return (
    <DraftField
      {...field}
      isReadOnly={!mayWrite}
      className="case-field"
      value={value === '' ? '' : formatDay(value, language)}
      placeholder={t('field.dayExample')}
      check={text => (readDay(text, today) === undefined ? t('field.badDay') : null)}
      onCommit={text => onCommit(readDay(text, today) ?? '')}
    />
  )
}

export function BirthField({ value, onCommit, ...field }: FieldProps<string>) {
  const { t } = useCaseWorkTexts()
  const { mayWrite } = useCaseWork()
  const today = seoulDay(Date.now())
  const notify = useNotices()
  return (
    <DraftField
      {...field}
      isReadOnly={!mayWrite}
      className="case-field"
      value={value}
      placeholder={t('field.birthExample')}
      check={text => {
        if (hasResidentNumber(text)) return null
        return readBirth(text, today) === undefined ? t('field.badBirth') : null
      }}
      onCommit={text => {
        if (!hasResidentNumber(text)) {
          onCommit(readBirth(text, today) ?? '')
          return
        }
        // Of a whole number only the birthday is taken.
        notify(t('resident.maskedField'), 'warning')
        onCommit(readBirth(text.replace(/\D/g, '').slice(0, 6), today) ?? '')
      }}
    />
  )
}

export function AmountField({ value, onCommit, ...field }: FieldProps<number | null>) {
  const { t } = useCaseWorkTexts()
  const { mayWrite } = useCaseWork()
  return (
    <DraftField
      {...field}
      isReadOnly={!mayWrite}
      className="case-field"
      inputMode="text"
      value={value === null ? '' : new Intl.NumberFormat('ko-KR').format(value)}
      placeholder={t('field.amountExample')}
      check={text => (readWon(text) === undefined ? t('field.badAmount') : null)}
      onCommit={text => onCommit(readWon(text) ?? null)}
    />
  )
}

export function CountField({
  value,
  least,
  most,
  onCommit,
  ...field
}: FieldProps<number | null> & { least: number; most: number }) {
  const { t } = useCaseWorkTexts()
  const { mayWrite } = useCaseWork()
  return (
    <DraftField
      {...field}
      isReadOnly={!mayWrite}
      className="case-field case-field-short"
      inputMode="numeric"
      value={value === null ? '' : String(value)}
      check={text => (readCount(text, least, most) === undefined ? t('field.badNumber', { least, most }) : null)}
      onCommit={text => onCommit(readCount(text, least, most) ?? null)}
    />
  )
}

const NONE = 'none-of-these'

/** One of a list, or none. */
export function CodeField<T extends string>({
  label,
  value,
  options,
  none,
  onCommit,
}: FieldProps<T | ''> & { options: readonly { id: T; label: string }[]; none?: string }) {
  const { t } = useCaseWorkTexts()
  const { mayWrite } = useCaseWork()
  const known = options.some(option => option.id === value)
  return (
    <div className="case-field">
      <Select<string>
        label={label}
        isDisabled={!mayWrite}
        value={value === '' ? NONE : value}
        options={[
          { id: NONE, label: none ?? t('field.none') },
          ...options,
          // One that is not offered any more stays what it is.
          ...(known || value === '' ? [] : [{ id: value, label: value }]),
        ]}
        onChange={next => onCommit(options.find(option => option.id === next)?.id ?? '')}
      />
    </div>
  )
}

/** A long text with its name above it. */
export function LongText({
  fragment,
  field,
  label,
  placeholder,
  variant = 'block',
  startsHere = false,
}: {
  fragment: Y.XmlFragment
  field: string
  label: string
  placeholder: string
  variant?: 'block' | 'line'
  startsHere?: boolean
}) {
  const { state, mayWrite } = useCaseWork()
  return (
    <div className={`case-text case-text-${variant}`}>
      <span className="draft-label" aria-hidden="true">
        {label}
      </span>
      <RichText
        link={state}
        fragment={fragment}
        field={field}
        label={label}
        placeholder={placeholder}
        variant={variant}
        editable={mayWrite}
        toolbar={variant === 'block'}
        startsHere={startsHere}
      />
    </div>
  )
}
