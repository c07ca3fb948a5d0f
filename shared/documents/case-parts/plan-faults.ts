/**
 * What a plan lacks of what the law wants in it before it is approved (LR-40): kind, method, quantity and period of each help and who gives it; how
 * two or more providers work together; the client's opinion; a periodic evaluation. Sources: 사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제15조,
 * 제42조의2 and 시행규칙 별지 제1호.
 */
import type { Label } from '../../codes.ts'
import type { PlanRowId } from '../../ids.ts'
import type { CaseSnapshot, PlanRowSnapshot } from './case-snapshot.ts'

export const PLAN_FAULTS = {
  'no-rows': { ko: '서비스가 하나도 없습니다', en: 'There is no service in it' },
  'no-service': { ko: '어떤 서비스인지 없습니다', en: 'What the service is, is not said' },
  'no-method': { ko: '제공 방법이 없습니다', en: 'How it is given is not said' },
  'no-quantity': { ko: '횟수나 금액이 없습니다', en: 'Neither times nor amount is said' },
  'no-period': { ko: '시작일과 종료일이 없습니다', en: 'Its first and last day are not said' },
  'period-reversed': { ko: '종료일이 시작일보다 빠릅니다', en: 'It ends before it begins' },
  'no-provider': { ko: '제공기관이 없습니다', en: 'Who gives it is not said' },
  'no-linkage': {
    ko: '제공기관이 둘 이상인데 서로 연계하는 방법이 없습니다',
    en: 'How its providers work together is not said',
  },
  'no-client-view': { ko: '대상자(보호자)의 의견이 없습니다', en: 'The client’s (or guardian’s) opinion is not there' },
  'no-review': { ko: '정기 점검 주기가 없습니다', en: 'How often it is evaluated is not said' },
} as const satisfies Record<string, Label>
export type PlanFaultCode = keyof typeof PLAN_FAULTS

export interface PlanFault {
  code: PlanFaultCode
  /** Of one row; none for what the plan as a whole lacks. */
  rowId?: PlanRowId
}

/** What is missing, rows first and in their order; empty for a plan that may be approved. Rows that were stopped are not asked. */
export function planFaults(snapshot: Pick<CaseSnapshot, 'plan' | 'facts' | 'texts'>): readonly PlanFault[] {
  const rows = snapshot.plan.filter(row => row.status !== 'stopped')
  const faults: PlanFault[] = rows.flatMap(row => faultsOfRow(row).map(code => ({ code, rowId: row.id })))
  if (rows.length === 0) faults.push({ code: 'no-rows' })
  if (providersOf(rows).size > 1 && snapshot.texts.linkage.words === '') faults.push({ code: 'no-linkage' })
  if (snapshot.texts.clientView.words === '') faults.push({ code: 'no-client-view' })
  if (snapshot.facts.reviewMonths === null && snapshot.facts.nextReview === '') faults.push({ code: 'no-review' })
  return faults
}

function faultsOfRow(row: PlanRowSnapshot): PlanFaultCode[] {
  const faults: PlanFaultCode[] = []
  if (row.service === '' && row.content.words === '') faults.push('no-service')
  if (row.method === '') faults.push('no-method')
  if (row.times === null && row.amount === null) faults.push('no-quantity')
  if (row.start === '' || row.end === '') faults.push('no-period')
  else if (row.end < row.start) faults.push('period-reversed')
  if (row.agencyId === '' && row.provider.trim() === '') faults.push('no-provider')
  return faults
}

/** Whoever gives something, by agency or by the words that stand for one. */
function providersOf(rows: readonly PlanRowSnapshot[]): Set<string> {
  return new Set(rows.map(row => row.agencyId || row.provider.trim()).filter(name => name !== ''))
}
