/** Who stands by the household (사회적 지지자원), and what it has, spends and owes (소득·지출·부채). Short rows without long texts. */
import { codesOf } from '../../codes.ts'
import type { MemberId } from '../../ids.ts'
import { MAX_AMOUNT_WON } from '../actions-document.ts'
import type { FieldRule } from '../layout-language.ts'
import { numberField, stringField } from '../records.ts'
import { MONEY_KINDS, MONEY_SIDES, type MoneyKind, SUPPORT_KINDS, type SupportKind } from './case-part-codes.ts'
import { codeField } from './code-field.ts'
import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH, MAX_PHONE_LENGTH } from './household.ts'
import { createRecordList } from './record-list.ts'

export type SupportValues = {
  name: string
  kind: SupportKind | ''
  /** Whom it supports; empty for the whole household. */
  memberId: MemberId | ''
  /** What they do, or could. */
  help: string
  contact: string
}
export type SocialSupport = SupportValues & { id: string; order: string }

const supportFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['name', { value: 'text', most: MAX_NAME_LENGTH }],
  ['kind', { value: 'code', codes: new Set(codesOf(SUPPORT_KINDS)), orEmpty: true }],
  ['memberId', { value: 'id', orEmpty: true }],
  ['help', { value: 'text', most: MAX_NOTE_LENGTH }],
  ['contact', { value: 'text', most: MAX_PHONE_LENGTH }],
])

export const supports = createRecordList<SocialSupport, SupportValues>({
  root: 'supports',
  fields: supportFields,
  empty: { name: '', kind: '', memberId: '', help: '', contact: '' },
  read: (id, record) => ({
    id,
    order: stringField(record, 'order'),
    name: stringField(record, 'name'),
    kind: codeField(record, 'kind', SUPPORT_KINDS),
    memberId: stringField(record, 'memberId') as MemberId | '',
    help: stringField(record, 'help'),
    contact: stringField(record, 'contact'),
  }),
})

export type MoneyValues = {
  kind: MoneyKind | ''
  /** Won, by month; of a debt what is left. */
  amount: number | null
  memberId: MemberId | ''
  note: string
}
export type MoneyLine = MoneyValues & { id: string; order: string }

const moneyFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['kind', { value: 'code', codes: new Set(codesOf(MONEY_KINDS)), orEmpty: true }],
  ['amount', { value: 'integer', least: 0, most: MAX_AMOUNT_WON, orNull: true }],
  ['memberId', { value: 'id', orEmpty: true }],
  ['note', { value: 'text', most: MAX_NOTE_LENGTH }],
])

export const money = createRecordList<MoneyLine, MoneyValues>({
  root: 'money',
  fields: moneyFields,
  empty: { kind: '', amount: null, memberId: '', note: '' },
  read: (id, record) => ({
    id,
    order: stringField(record, 'order'),
    kind: codeField(record, 'kind', MONEY_KINDS),
    amount: numberField(record, 'amount') ?? null,
    memberId: stringField(record, 'memberId') as MemberId | '',
    note: stringField(record, 'note'),
  }),
})

/** What comes in and goes out a month, and what is owed; won. */
export function moneySums(lines: readonly Pick<MoneyLine, 'kind' | 'amount'>[]) {
  const sums = { income: 0, spending: 0, debt: 0 }
  for (const { kind, amount } of lines) if (kind !== '') sums[MONEY_SIDES[kind]] += amount ?? 0
  return sums
}
