/** What forms are filled out of, and how each value is said on paper. */

import { codesOf, NEED_DOMAINS } from '../../../../shared/codes.ts'
import type {
  CaseSnapshot,
  MemberSnapshot,
  PlanRowSnapshot,
} from '../../../../shared/documents/case-parts/case-snapshot.ts'
import { lifeStageOf } from '../../../../shared/documents/case-parts/life-stage.ts'
import type { FormPart } from '../../../../shared/protocol/case-forms.ts'
import type { CaseLifeView } from '../../../../shared/protocol/case-life.ts'
import type { ContentOf } from '../../../../shared/protocol/case-records.ts'
import type { CaseView } from '../../../../shared/protocol/http-api.ts'
import { formatMoney, type Language } from '../../../lib/format.ts'
import type { Codes } from '../codes.ts'
import { planRowName, timesWords } from '../plan-words.ts'
import type { SheetWords } from './use-sheet-words.ts'

export interface FormData {
  view: CaseView
  snapshot: CaseSnapshot
  /** Undefined for who may not read it, or while it was not to be had: its fields stay empty. */
  life: CaseLifeView | undefined
  /** The latest interview and the latest check that the case's agencies share; those that one agency keeps for itself are on no form. */
  interview: { content: ContentOf<'intake'>; by: string; agency: string } | undefined
  check: ContentOf<'monitoring'> | undefined
  writer: { name: string; agency: string }
  /** `YYYY-MM-DD` in Seoul. */
  today: string
  /** What was picked. */
  has: (part: FormPart) => boolean
  language: Language
  codes: Codes
  t: SheetWords
}

/** Whose name the form bears: the member who is `self`, else the first, else what the case is called. */
export function personOf({ snapshot }: Pick<FormData, 'snapshot'>): MemberSnapshot | undefined {
  return snapshot.members.find(member => member.relation === 'self') ?? snapshot.members[0]
}

export const personName = (data: Pick<FormData, 'snapshot' | 'view'>): string => personOf(data)?.name || data.view.label

export const routeWords = ({ view, codes }: Pick<FormData, 'view' | 'codes'>): string =>
  view.route === '' ? '' : codes.label('discovery_route', view.route)

export const won = (amount: number | null, language: Language): string =>
  amount === null ? '' : formatMoney(amount, language)

export function memberName({ snapshot, t }: Pick<FormData, 'snapshot' | 't'>, id: string): string {
  return snapshot.members.find(member => member.id === id)?.name || t('wholeHousehold')
}

export function stageWords({ today, codes }: Pick<FormData, 'today' | 'codes'>, birth: string): string {
  const stage = lifeStageOf(birth, today)
  return stage === undefined ? '' : codes.label('life_stage', stage)
}

/** The needs domain by domain, in the order of the domains; those of none at the end. The number is their priority. */
export function needsByDomain({ snapshot }: Pick<FormData, 'snapshot'>) {
  const numbered = snapshot.needs.map((need, at) => ({ need, priority: at + 1 }))
  const order: readonly string[] = [...codesOf(NEED_DOMAINS), '']
  return numbered.sort((a, b) => order.indexOf(a.need.domain) - order.indexOf(b.need.domain) || a.priority - b.priority)
}

export function providerWords({ view }: Pick<FormData, 'view'>, row: Pick<PlanRowSnapshot, 'agencyId' | 'provider'>) {
  return view.agencies.find(agency => agency.agencyId === row.agencyId)?.shortName ?? row.provider
}

/** Name and words of a service, once each. */
export function serviceWords({ codes }: Pick<FormData, 'codes'>, row: PlanRowSnapshot): string {
  const name = planRowName({ service: row.service, words: row.content.words }, codes)
  return row.service === '' ? row.content.words : [name, row.content.words].filter(Boolean).join('\n')
}

export const rowTimes = ({ language, codes }: Pick<FormData, 'language' | 'codes'>, row: PlanRowSnapshot): string =>
  timesWords(row, language, codes)
