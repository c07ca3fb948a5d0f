/** Goals (목표, DOMAIN §5.5 and §5.12): short and long, agreed or not, before and after, with their result. */
import type * as Y from 'yjs'
import { GOAL_RESULTS, GOAL_TERMS, type GoalResult, type GoalTerm } from '../../cases/life-codes.ts'
import { codesOf } from '../../codes.ts'
import type { CaseNeedId, GoalId } from '../../ids.ts'
import type { FieldRule } from '../layout-language.ts'
import { stringField, textField } from '../records.ts'
import { GOAL_AGREEMENTS, type GoalAgreement } from './case-part-codes.ts'
import { codeField } from './code-field.ts'
import { createRecordList } from './record-list.ts'

export type GoalValues = {
  term: GoalTerm | ''
  /** The need that it answers; empty for several. */
  needId: CaseNeedId | ''
  agreement: GoalAgreement | ''
  result: GoalResult | ''
}

export type Goal = GoalValues & {
  id: GoalId
  order: string
  /** The goal in words; how things stand before; what has changed. Live: an editor binds to them. */
  text: Y.XmlFragment
  before: Y.XmlFragment
  after: Y.XmlFragment
}

const fields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['term', { value: 'code', codes: new Set(codesOf(GOAL_TERMS)), orEmpty: true }],
  ['needId', { value: 'id', orEmpty: true }],
  ['agreement', { value: 'code', codes: new Set(codesOf(GOAL_AGREEMENTS)), orEmpty: true }],
  ['result', { value: 'code', codes: new Set(codesOf(GOAL_RESULTS)), orEmpty: true }],
  ['text', { value: 'rich-text' }],
  ['before', { value: 'rich-text' }],
  ['after', { value: 'rich-text' }],
])

export const goals = createRecordList<Goal, GoalValues>({
  root: 'goals',
  fields,
  empty: { term: 'short_term', needId: '', agreement: '', result: '' },
  read(id, record) {
    const text = textField(record, 'text')
    const before = textField(record, 'before')
    const after = textField(record, 'after')
    if (text === undefined || before === undefined || after === undefined) return undefined
    return {
      id: id as GoalId,
      order: stringField(record, 'order'),
      term: codeField(record, 'term', GOAL_TERMS),
      needId: stringField(record, 'needId') as CaseNeedId | '',
      agreement: codeField(record, 'agreement', GOAL_AGREEMENTS),
      result: codeField(record, 'result', GOAL_RESULTS),
      text,
      before,
      after,
    }
  },
})
