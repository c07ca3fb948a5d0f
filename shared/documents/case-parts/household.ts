/**
 * The members of the household (가구원). Nobody's resident registration number is here: a member is told by name, birth and the row's id, to which the
 * genogram points as well (DOMAIN §5 "Identity and minimising", 개인정보 보호법 제24조의2).
 */
import type * as Y from 'yjs'
import { codesOf } from '../../codes.ts'
import type { MemberId } from '../../ids.ts'
import type { FieldRule } from '../layout-language.ts'
import { stringField } from '../records.ts'
import {
  DISABILITY_DEGREES,
  type DisabilityDegree,
  LIVING,
  type Living,
  MEMBER_RELATIONS,
  type MemberRelation,
  SEXES,
  type Sex,
} from './case-part-codes.ts'
import { codeField } from './code-field.ts'
import { createRecordList } from './record-list.ts'

export const MAX_NAME_LENGTH = 60
export const MAX_PHONE_LENGTH = 40
export const MAX_SHORT_LENGTH = 80
export const MAX_NOTE_LENGTH = 300

export type MemberValues = {
  name: string
  relation: MemberRelation | ''
  sex: Sex | ''
  /** `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty. */
  birth: string
  living: Living | ''
  /** A code of the set of disabilities; empty for none. */
  disability: string
  degree: DisabilityDegree | ''
  school: string
  job: string
  phone: string
  note: string
}

export type HouseholdMember = MemberValues & { id: MemberId; order: string }

const fields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['name', { value: 'text', most: MAX_NAME_LENGTH }],
  ['relation', { value: 'code', codes: new Set(codesOf(MEMBER_RELATIONS)), orEmpty: true }],
  ['sex', { value: 'code', codes: new Set(codesOf(SEXES)), orEmpty: true }],
  ['birth', { value: 'birth', orEmpty: true }],
  ['living', { value: 'code', codes: new Set(codesOf(LIVING)), orEmpty: true }],
  ['disability', { value: 'identifier', orEmpty: true }],
  ['degree', { value: 'code', codes: new Set(codesOf(DISABILITY_DEGREES)), orEmpty: true }],
  ['school', { value: 'text', most: MAX_SHORT_LENGTH }],
  ['job', { value: 'text', most: MAX_SHORT_LENGTH }],
  ['phone', { value: 'text', most: MAX_PHONE_LENGTH }],
  ['note', { value: 'text', most: MAX_NOTE_LENGTH }],
])

const empty: MemberValues = {
  name: '',
  relation: '',
  sex: '',
  birth: '',
  living: 'together',
  disability: '',
  degree: '',
  school: '',
  job: '',
  phone: '',
  note: '',
}

export const members = createRecordList<HouseholdMember, MemberValues>({
  root: 'members',
  fields,
  empty,
  read: (id, record) => ({
    id: id as MemberId,
    order: stringField(record, 'order'),
    name: stringField(record, 'name'),
    relation: codeField(record, 'relation', MEMBER_RELATIONS),
    sex: codeField(record, 'sex', SEXES),
    birth: stringField(record, 'birth'),
    living: codeField(record, 'living', LIVING),
    disability: stringField(record, 'disability'),
    degree: codeField(record, 'degree', DISABILITY_DEGREES),
    school: stringField(record, 'school'),
    job: stringField(record, 'job'),
    phone: stringField(record, 'phone'),
    note: stringField(record, 'note'),
  }),
})

/** The members in their order. */
export const householdOf = (doc: Y.Doc): readonly HouseholdMember[] => members.of(doc)
