/**
 * The rows of the service plan (서비스 제공계획, DOMAIN §5.5) with what 사회보장급여법 제15조 wants said of each: kind, method, quantity and period of
 * the help, and who gives it. Their order is their priority. What is promised in a meeting is an action item; this is the plan it belongs to.
 */
import type * as Y from 'yjs'
import { PLAN_INTERVALS, type PlanInterval } from '../../code-sets/contacts.ts'
import { codesOf, isCode, NEED_DOMAINS, type NeedDomain } from '../../codes.ts'
import type { AgencyId, GoalId, MemberId, PlanRowId } from '../../ids.ts'
import { MAX_AMOUNT_WON, MAX_PERSON_LENGTH, NEED_CODES } from '../actions-document.ts'
import type { FieldRule } from '../layout-language.ts'
import { numberField, stringField, textField } from '../records.ts'
import { PLAN_METHODS, PLAN_STATUSES, type PlanMethod, type PlanStatus } from './case-part-codes.ts'
import { codeField } from './code-field.ts'
import { MAX_SHORT_LENGTH } from './household.ts'
import { createRecordList } from './record-list.ts'

/** More than once a day of a season. */
export const MOST_TIMES = 366

export type PlanValues = {
  goalId: GoalId | ''
  /** A code of the set of services; empty where `content` alone says it. */
  service: string
  /** For whom; empty for the whole household. */
  memberId: MemberId | ''
  domain: NeedDomain | ''
  method: PlanMethod | ''
  /** Who gives it: an agency of this installation, or one in words. */
  agencyId: AgencyId | ''
  provider: string
  staff: string
  /** `YYYY-MM-DD` or empty. */
  start: string
  end: string
  /** How often: so many times a week, a month, a year, or so many in all (`once`). */
  times: number | null
  interval: PlanInterval | ''
  /** Won, for the whole period. */
  amount: number | null
  status: PlanStatus | ''
}

export type PlanRow = PlanValues & {
  id: PlanRowId
  order: string
  /** What is given, in words. Live: an editor binds to it. */
  content: Y.XmlFragment
}

const fields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['goalId', { value: 'id', orEmpty: true }],
  ['service', { value: 'identifier', orEmpty: true }],
  ['memberId', { value: 'id', orEmpty: true }],
  ['domain', { value: 'code', codes: NEED_CODES, orEmpty: true }],
  ['method', { value: 'code', codes: new Set(codesOf(PLAN_METHODS)), orEmpty: true }],
  ['agencyId', { value: 'id', orEmpty: true }],
  ['provider', { value: 'text', most: MAX_SHORT_LENGTH }],
  ['staff', { value: 'text', most: MAX_PERSON_LENGTH }],
  ['start', { value: 'day', orEmpty: true }],
  ['end', { value: 'day', orEmpty: true }],
  ['times', { value: 'integer', least: 1, most: MOST_TIMES, orNull: true }],
  ['interval', { value: 'code', codes: new Set(codesOf(PLAN_INTERVALS)), orEmpty: true }],
  ['amount', { value: 'integer', least: 0, most: MAX_AMOUNT_WON, orNull: true }],
  ['status', { value: 'code', codes: new Set(codesOf(PLAN_STATUSES)), orEmpty: true }],
  ['content', { value: 'rich-text' }],
])

const empty: PlanValues = {
  goalId: '',
  service: '',
  memberId: '',
  domain: '',
  method: '',
  agencyId: '',
  provider: '',
  staff: '',
  start: '',
  end: '',
  times: null,
  interval: 'per_week',
  amount: null,
  status: 'planned',
}

export const plan = createRecordList<PlanRow, PlanValues>({
  root: 'plan',
  fields,
  empty,
  read(id, record) {
    const content = textField(record, 'content')
    if (content === undefined) return undefined
    const domain = record.get('domain')
    return {
      id: id as PlanRowId,
      order: stringField(record, 'order'),
      goalId: stringField(record, 'goalId') as GoalId | '',
      service: stringField(record, 'service'),
      memberId: stringField(record, 'memberId') as MemberId | '',
      domain: isCode(NEED_DOMAINS, domain) ? domain : '',
      method: codeField(record, 'method', PLAN_METHODS),
      agencyId: stringField(record, 'agencyId') as AgencyId | '',
      provider: stringField(record, 'provider'),
      staff: stringField(record, 'staff'),
      start: stringField(record, 'start'),
      end: stringField(record, 'end'),
      times: numberField(record, 'times') ?? null,
      interval: codeField(record, 'interval', PLAN_INTERVALS),
      amount: numberField(record, 'amount') ?? null,
      status: codeField(record, 'status', PLAN_STATUSES),
      content,
    }
  },
})
