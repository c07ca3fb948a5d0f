/**
 * Needs of the household (욕구, DOMAIN §5.4): per domain what is seen, whose need it is, what causes it, what help is wanted, and how hard it presses.
 * Their order is their priority (우선순위).
 */
import type * as Y from 'yjs'
import type { NeedDomain } from '../../codes.ts'
import { codesOf, isCode, NEED_DOMAINS } from '../../codes.ts'
import type { CaseNeedId, MemberId } from '../../ids.ts'
import { NEED_CODES } from '../actions-document.ts'
import type { FieldRule } from '../layout-language.ts'
import { numberField, stringField, textField } from '../records.ts'
import { MOST_NEED_LEVEL, type NeedLevel } from './case-part-codes.ts'
import { createRecordList } from './record-list.ts'

export type NeedValues = {
  domain: NeedDomain | ''
  /** A code of the domain's subdomains, or empty. */
  subdomain: string
  /** Whose need it is; empty for the whole household. */
  memberId: MemberId | ''
  level: NeedLevel | null
}

export type CaseNeed = NeedValues & {
  id: CaseNeedId
  order: string
  /** What is seen (현상), what and who causes it (주요 원인), what help is wanted (원하는 도움). Live: an editor binds to them. */
  phenomenon: Y.XmlFragment
  cause: Y.XmlFragment
  wanted: Y.XmlFragment
}

const fields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['domain', { value: 'code', codes: NEED_CODES, orEmpty: true }],
  ['subdomain', { value: 'identifier', orEmpty: true }],
  ['memberId', { value: 'id', orEmpty: true }],
  ['level', { value: 'integer', least: 1, most: MOST_NEED_LEVEL, orNull: true }],
  ['phenomenon', { value: 'rich-text' }],
  ['cause', { value: 'rich-text' }],
  ['wanted', { value: 'rich-text' }],
])

export const needs = createRecordList<CaseNeed, NeedValues>({
  root: 'needs',
  fields,
  empty: { domain: '', subdomain: '', memberId: '', level: null },
  read(id, record) {
    const phenomenon = textField(record, 'phenomenon')
    const cause = textField(record, 'cause')
    const wanted = textField(record, 'wanted')
    if (phenomenon === undefined || cause === undefined || wanted === undefined) return undefined
    const domain = record.get('domain')
    return {
      id: id as CaseNeedId,
      order: stringField(record, 'order'),
      domain: isCode(NEED_DOMAINS, domain) ? domain : '',
      subdomain: stringField(record, 'subdomain'),
      memberId: stringField(record, 'memberId') as MemberId | '',
      level: levelOf(numberField(record, 'level')),
      phenomenon,
      cause,
      wanted,
    }
  },
})

function levelOf(value: number | undefined): NeedLevel | null {
  return value === 1 || value === 2 || value === 3 || value === 4 ? value : null
}

/** Per domain the hardest of its needs, 0 where there is none: the corners of the radar, in the order of the domains. */
export function levelsByDomain(
  rows: readonly Pick<CaseNeed, 'domain' | 'level'>[],
): readonly { domain: NeedDomain; level: NeedLevel | 0; needs: number }[] {
  return codesOf(NEED_DOMAINS).map(domain => {
    const own = rows.filter(row => row.domain === domain)
    const level = own.reduce<NeedLevel | 0>(
      (most, row) => (row.level !== null && row.level > most ? row.level : most),
      0,
    )
    return { domain, level, needs: own.length }
  })
}
