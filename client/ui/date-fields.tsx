/** Date and time as plain strings (`2026-11-24`, `14:00`) over React Aria's fields, so that forms know no calendar library. */
import { CalendarDate, parseDate, parseTime, type Time } from '@internationalized/date'
import {
  DateField as AriaDateField,
  DatePicker as AriaDatePicker,
  TimeField as AriaTimeField,
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DateSegment,
  type DateValue,
  Dialog,
  FieldError,
  Group,
  Heading,
  Popover,
} from 'react-aria-components'
import { FieldLabel, type FieldWords } from './fields.tsx'
import { CalendarIcon } from './icons.tsx'

interface StringFieldProps extends Pick<FieldWords, 'label' | 'errorMessage'> {
  value: string
  onChange: (value: string) => void
  isDisabled?: boolean
}

/** A day with a calendar beside it. An unfinished date is an empty string. */
export function DatePicker({ label, errorMessage, value, onChange, isDisabled = false }: StringFieldProps) {
  return (
    <AriaDatePicker<DateValue>
      className="field field-medium"
      value={toDate(value)}
      isDisabled={isDisabled}
      isInvalid={errorMessage !== undefined}
      onChange={date => onChange(date === null ? '' : toDayString(date))}
      shouldForceLeadingZeros={false}
    >
      <FieldLabel label={label} />
      <Group className="field-box">
        <DateInput className="input date-input">
          {segment => <DateSegment segment={segment} className="date-segment" />}
        </DateInput>
        <Button className="field-suffix-button">
          <CalendarIcon />
        </Button>
      </Group>
      <FieldError className="field-error">{errorMessage}</FieldError>
      <Popover className="popover">
        <Dialog className="calendar-dialog">
          <Calendar className="calendar">
            <header className="calendar-head">
              <Button slot="previous" className="button button-text button-icon">
                ‹
              </Button>
              <Heading className="calendar-title" />
              <Button slot="next" className="button button-text button-icon">
                ›
              </Button>
            </header>
            <CalendarGrid weekdayStyle="short">
              <CalendarGridHeader>
                {day => <CalendarHeaderCell className="calendar-day">{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>{date => <CalendarCell date={date} className="calendar-cell" />}</CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  )
}

/** A time of day, 24 hours as offices write it. */
export function TimeField({ label, errorMessage, value, onChange, isDisabled = false }: StringFieldProps) {
  return (
    <AriaTimeField<Time>
      className="field field-short"
      hourCycle={24}
      shouldForceLeadingZeros
      value={toTime(value)}
      isDisabled={isDisabled}
      isInvalid={errorMessage !== undefined}
      onChange={time => onChange(time === null ? '' : `${two(time.hour)}:${two(time.minute)}`)}
    >
      <FieldLabel label={label} />
      <DateInput className="input date-input">
        {segment => <DateSegment segment={segment} className="date-segment" />}
      </DateInput>
      <FieldError className="field-error">{errorMessage}</FieldError>
    </AriaTimeField>
  )
}

/** A day typed by its parts, without a calendar: small places. */
export function DayField({ label, errorMessage, value, onChange, isDisabled = false }: StringFieldProps) {
  return (
    <AriaDateField<DateValue>
      className="field field-medium"
      value={toDate(value)}
      isDisabled={isDisabled}
      isInvalid={errorMessage !== undefined}
      onChange={date => onChange(date === null ? '' : toDayString(date))}
    >
      <FieldLabel label={label} />
      <DateInput className="input date-input">
        {segment => <DateSegment segment={segment} className="date-segment" />}
      </DateInput>
      <FieldError className="field-error">{errorMessage}</FieldError>
    </AriaDateField>
  )
}

function toDate(value: string): CalendarDate | null {
  try {
    return parseDate(value)
  } catch {
    // Empty or unfinished: the field shows its placeholders.
    return null
  }
}

function toTime(value: string): Time | null {
  try {
    return parseTime(value)
  } catch {
    // As above.
    return null
  }
}

function toDayString(date: DateValue): string {
  return new CalendarDate(date.year, date.month, date.day).toString()
}

const two = (value: number) => String(value).padStart(2, '0')
