/** The forms of records without their screen: what they begin with, what is wrong with them, what is sent. */
import type { CarriedOut, CaseRecordKind, VisitState } from '../../../shared/case-records/kinds.ts'
import type { RiskInstrument } from '../../../shared/case-records/risk-instrument.ts'
import type { MonitoringResult } from '../../../shared/code-sets/contacts.ts'
import type { DiscoveryRoute } from '../../../shared/codes.ts'
import { findResidentNumbers, maskResidentNumbers } from '../../../shared/identifiers/resident-number.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { RECORD_NOTE_MAX, RECORD_TEXT_MAX, type RecordContent } from '../../../shared/protocol/case-records.ts'
import { fromSeoulTime, seoulDay, toSeoulTime } from '../../lib/format.ts'

interface When {
  /** `2026-11-24` and `14:00` in Seoul; empty while unfinished. */
  day: string
  time: string
  text: string
}

export interface NoteForm extends When {
  kind: 'process_note'
  minutes: string
  method: string
  purpose: string
  contact: string
  service: string
}

export interface IntakeForm extends When {
  kind: 'intake'
  minutes: string
  session: string
  route: DiscoveryRoute | ''
  method: string
  contact: string
  phone: string
  team: string
  wish: string
}

export interface MonitoringRow {
  row: string
  service: string
  carriedOut: CarriedOut | ''
  note: string
}

export interface MonitoringForm extends When {
  kind: 'monitoring'
  type: string
  rows: MonitoringRow[]
  /** By item, `1` to `5`; without one what was not asked. */
  satisfaction: Record<string, string>
  result: MonitoringResult | ''
}

export interface VisitForm extends When {
  kind: 'joint_visit'
  state: VisitState
  agencies: AgencyId[]
  people: UserId[]
  lead: UserId | ''
  purpose: string
  safety: string
  minutes: string
}

export interface RiskForm extends When {
  kind: 'risk'
  instrument: string
  instrumentVersion: number
  answers: Record<string, string>
  isJudged: boolean
  level: string
  reason: string
}

export type RecordForm = NoteForm | IntakeForm | MonitoringForm | VisitForm | RiskForm

/** What a new form begins with. */
export interface Beginnings {
  now: number
  /** Of the note that this person wrote last. */
  last?: { method: string; purpose: string } | undefined
  plan: readonly { row: string; service: string }[]
  instrument: RiskInstrument | undefined
  ownAgency: AgencyId | undefined
  me: UserId
  /** How the case says that it was found: nobody chooses that twice. */
  route: DiscoveryRoute | ''
}

export function newForm(kind: CaseRecordKind, beginnings: Beginnings): RecordForm {
  const { now, last, plan, instrument, ownAgency, me, route } = beginnings
  const when = { day: seoulDay(now), time: timeOf(now), text: '' }
  switch (kind) {
    case 'process_note': {
      const { method, purpose } = last ?? { method: 'home_visit', purpose: 'counselling' }
      return { kind, ...when, minutes: '', method, purpose, contact: '', service: '' }
    }
    case 'intake':
      return {
        ...{ kind, ...when, minutes: '', session: '1', route, method: 'home_visit' },
        ...{ contact: '', phone: '', team: '', wish: '' },
      }
    case 'monitoring': {
      const rows = plan.map(({ row, service }): MonitoringRow => ({ row, service, carriedOut: '', note: '' }))
      return { kind, ...when, type: 'regular', rows, satisfaction: {}, result: '' }
    }
    case 'joint_visit':
      return {
        ...{ kind, ...when, state: 'planned', agencies: ownAgency === undefined ? [] : [ownAgency] },
        ...{ people: [me], lead: me, purpose: '', safety: '', minutes: '' },
      }
    case 'risk':
      return {
        ...{ kind, ...when, instrument: instrument?.instrument ?? '', instrumentVersion: instrument?.version ?? 1 },
        ...{ answers: {}, isJudged: false, level: '', reason: '' },
      }
  }
}

/** A record's content as a form, to correct it. */
export function toForm(content: RecordContent): RecordForm {
  const when = { day: seoulDay(content.at), time: timeOf(content.at), text: content.text }
  switch (content.kind) {
    case 'process_note':
    case 'intake': {
      const { at: _, ...rest } = content
      const minutes = words(content.minutes)
      return rest.kind === 'intake'
        ? { ...rest, ...when, minutes, session: String(rest.session) }
        : { ...rest, ...when, minutes }
    }
    case 'monitoring': {
      const { type, rows, satisfaction, result } = content
      const points = Object.fromEntries(satisfaction.map(({ item, points: given }) => [item, String(given)]))
      return { kind: 'monitoring', ...when, type, rows: rows.map(row => ({ ...row })), satisfaction: points, result }
    }
    case 'joint_visit': {
      const { at: _, ...rest } = content
      return { ...rest, ...when, minutes: words(content.minutes) }
    }
    case 'risk': {
      const { instrument, instrumentVersion, answers, override } = content
      return {
        ...{ kind: 'risk', ...when, instrument, instrumentVersion },
        answers: Object.fromEntries(answers.map(({ item, answer }) => [item, answer])),
        ...{ isJudged: override !== null, level: override?.level ?? '', reason: override?.reason ?? '' },
      }
    }
  }
}

/** A planned visit whose time has come is opened to write what came of it. */
export function beginCorrection(content: RecordContent, now: number): RecordForm {
  const form = toForm(content)
  const isOver = form.kind === 'joint_visit' && form.state === 'planned' && Date.parse(content.at) <= now
  return isOver ? { ...form, state: 'done' } : form
}

export type FormFault =
  | {
      fault: 'missing'
      field:
        | 'day'
        | 'text'
        | 'method'
        | 'purpose'
        | 'result'
        | 'visitPurpose'
        | 'visitOutcome'
        | 'judgeReason'
        | 'judgeLevel'
        | 'carriedOut'
        | 'session'
    }
  | { fault: 'minutesWrong' | 'dayAhead' | 'twoAgencies' | 'somebody' }
  | { fault: 'tooLong'; most: number; now: number }

/** What keeps a form from being sent, in the order of its fields. */
export function faultsOf(form: RecordForm, now: number): FormFault[] {
  const faults: FormFault[] = []
  const missing = (field: Extract<FormFault, { fault: 'missing' }>['field'], isThere: boolean) => {
    if (!isThere) faults.push({ fault: 'missing', field })
  }
  const at = momentOf(form)
  const isAhead = form.kind === 'joint_visit' && form.state !== 'done'
  if (at === undefined) faults.push({ fault: 'missing', field: 'day' })
  else if (!isAhead && Date.parse(at) > now + 60_000) faults.push({ fault: 'dayAhead' })
  if ('minutes' in form && form.minutes.trim() !== '' && minutesOf(form.minutes) === null) {
    faults.push({ fault: 'minutesWrong' })
  }
  if (form.text.length > RECORD_TEXT_MAX) {
    faults.push({ fault: 'tooLong', most: RECORD_TEXT_MAX, now: form.text.length })
  }
  switch (form.kind) {
    case 'process_note':
      missing('method', form.method !== '')
      missing('purpose', form.purpose !== '')
      missing('text', form.text.trim() !== '')
      break
    case 'intake':
      missing('method', form.method !== '')
      missing('session', /^[1-9]\d?$/.test(form.session.trim()))
      missing('text', form.text.trim() !== '')
      tooLong(faults, form.wish)
      break
    case 'monitoring':
      missing(
        'carriedOut',
        form.rows.every(row => row.carriedOut !== '' && row.service.trim() !== ''),
      )
      missing('result', form.result !== '')
      break
    case 'joint_visit':
      if (form.agencies.length < 2) faults.push({ fault: 'twoAgencies' })
      if (form.people.length === 0 || form.lead === '' || !form.people.includes(form.lead)) {
        faults.push({ fault: 'somebody' })
      }
      missing('visitPurpose', form.purpose.trim() !== '')
      missing('visitOutcome', form.state === 'planned' || form.text.trim() !== '')
      tooLong(faults, form.purpose)
      tooLong(faults, form.safety)
      break
    case 'risk':
      if (form.isJudged) {
        missing('judgeLevel', form.level !== '')
        missing('judgeReason', form.reason.trim() !== '')
      }
      break
  }
  return faults
}

function tooLong(faults: FormFault[], text: string): void {
  if (text.length > RECORD_NOTE_MAX) faults.push({ fault: 'tooLong', most: RECORD_NOTE_MAX, now: text.length })
}

/** What is sent. @throws for a form that {@link faultsOf} finds something wrong with */
export function toContent(form: RecordForm): RecordContent {
  const at = momentOf(form)
  if (at === undefined) throw new Error('No moment')
  const text = form.text.trim()
  switch (form.kind) {
    case 'process_note': {
      const { kind, method, purpose, contact, service, minutes } = form
      return { kind, at, minutes: minutesOf(minutes), method, purpose, contact: contact.trim(), service, text }
    }
    case 'intake': {
      const { kind, route, method, contact, phone, team, wish, minutes, session } = form
      const head = { contact: contact.trim(), phone: phone.trim(), team: team.trim(), wish: wish.trim() }
      return { kind, at, minutes: minutesOf(minutes), session: Number(session), route, method, ...head, text }
    }
    case 'monitoring': {
      const { kind, type, rows, satisfaction, result } = form
      if (result === '') throw new Error('No result')
      return {
        ...{ kind, at, type, result, text },
        rows: rows.map(({ row, service, carriedOut, note }) => {
          if (carriedOut === '') throw new Error('Not said whether it was carried out')
          return { row, service: service.trim(), carriedOut, note: note.trim() }
        }),
        satisfaction: Object.entries(satisfaction)
          .filter(([, points]) => points !== '')
          .map(([item, points]) => ({ item, points: Number(points) })),
      }
    }
    case 'joint_visit': {
      const { kind, state, agencies, people, lead, purpose, safety, minutes } = form
      if (lead === '') throw new Error('Nobody leads')
      const what = { purpose: purpose.trim(), safety: safety.trim(), text: state === 'planned' ? '' : text }
      return { kind, at, state, agencies, people, lead, ...what, minutes: minutesOf(minutes) }
    }
    case 'risk': {
      const { kind, instrument, instrumentVersion, answers, isJudged, level, reason } = form
      return {
        ...{ kind, at, instrument, instrumentVersion, text },
        answers: Object.entries(answers).map(([item, answer]) => ({ item, answer })),
        override: isJudged ? { level, reason: reason.trim() } : null,
      }
    }
  }
}

/** How many resident registration numbers stand in what was typed. */
export function residentNumbersIn(form: object): number {
  return stringsOf(form).reduce((count, text) => count + findResidentNumbers(text).length, 0)
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

/** The form with each of them masked. */
export function withoutResidentNumbers<F extends object>(form: F): F {
  const masked = (value: unknown): unknown => {
    if (typeof value === 'string') return maskResidentNumbers(value).text
    if (Array.isArray(value)) return value.map(masked)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, masked(part)]))
  }
  return masked(form) as F
}

/** A draft is what its form was; anything else is none. Fields that a later version of the form has come from `fresh`. */
export function readDraft(
  draft: string | undefined,
  fresh: RecordForm,
): { form: RecordForm; narrow: boolean } | undefined {
  if (draft === undefined || draft === '') return undefined
  try {
    const read: unknown = JSON.parse(draft)
    if (typeof read !== 'object' || read === null || !('form' in read)) return undefined
    const { form } = read
    if (typeof form !== 'object' || form === null || !('kind' in form) || form.kind !== fresh.kind) return undefined
    const known = Object.fromEntries(
      Object.entries(form).filter(([field, value]) =>
        sameShape(value, (fresh as object as Record<string, unknown>)[field]),
      ),
    )
    return { form: { ...fresh, ...known }, narrow: 'narrow' in read && read.narrow === true }
  } catch {
    // Cut short or of another time: what is stored is not lost by it, it is only no form.
    return undefined
  }
}

const sameShape = (value: unknown, fresh: unknown): boolean =>
  typeof value === typeof fresh &&
  Array.isArray(value) === Array.isArray(fresh) &&
  (value === null) === (fresh === null)

export const draftOf = (form: RecordForm, narrow: boolean): string => JSON.stringify({ form, narrow })

function momentOf({ day, time }: When): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  const [hour, minute] = time.split(':').map(Number)
  if (!year || !month || !date || hour === undefined || minute === undefined) return undefined
  if (Number.isNaN(hour) || Number.isNaN(minute)) return undefined
  return fromSeoulTime({ year, month, day: date, hour, minute })
}

function timeOf(instant: string | number): string {
  const { hour, minute } = toSeoulTime(instant)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

function minutesOf(typed: string): number | null {
  const minutes = Number(typed.trim())
  return typed.trim() !== '' && Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440 ? minutes : null
}

const words = (minutes: number | null): string => (minutes === null ? '' : String(minutes))
