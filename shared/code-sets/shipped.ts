/** Version 1 of every code set, and what may be done to it. The identifiers of the sets are what routes, records and screens call them by. */
import { CRISIS_REASONS } from '../cases/life-codes.ts'
import { CASE_STAGES, DECISION_KINDS, DISCOVERY_ROUTES, type Label, NEED_DOMAINS } from '../codes.ts'
import { DECLINE_REASONS } from '../referrals/referral-codes.ts'
import { CARE_END_REASONS, CLOSURE_REASONS, CLOSURE_RESULTS, REASSESSMENT_REASONS } from './closing.ts'
import type { CodeEntry } from './code-sets.ts'
import {
  CONTACT_METHODS,
  CONTACT_PURPOSES,
  MONITORING_RESULTS,
  MONITORING_TYPES,
  PLAN_INTERVALS,
  SATISFACTION_ITEMS,
} from './contacts.ts'
import { CASE_GRADES, GRADE_SCHEMES } from './grades.ts'
import {
  DISABILITIES,
  HOUSEHOLD_TYPES,
  LIFE_STAGES,
  LINKED_PROGRAMMES,
  LIVELIHOOD_CLASSES,
  TARGET_GROUPS,
} from './households.ts'
import { NEED_ITEMS, NEED_SUBDOMAINS } from './needs.ts'
import { SERVICE_SECTORS, SERVICES } from './services.ts'

interface ShippedSet extends Label {
  entries: readonly CodeEntry[]
  /** The program's own rules rest on these codes: they are renamed, never added to, ordered or retired. */
  isFixed?: true
  /** Codes stand under those of that set. */
  heading?: string
  isHeadingOptional?: true
}

interface TableEntry extends Label {
  official?: string
}

const entriesOf = <E extends TableEntry>(table: Record<string, E>, of?: (entry: E) => string | undefined) =>
  Object.entries(table).map(([code, entry]): CodeEntry => {
    const heading = of?.(entry)
    return {
      code,
      ko: entry.ko,
      en: entry.en,
      ...(heading !== undefined && { of: heading }),
      ...(entry.official !== undefined && { official: entry.official }),
    }
  })

export const CODE_SETS = {
  need_domain: { ko: '욕구영역', en: 'Need domains', isFixed: true, entries: entriesOf(NEED_DOMAINS) },
  need_subdomain: {
    ko: '욕구 세부영역',
    en: 'Need subdomains',
    heading: 'need_domain',
    entries: entriesOf<Label & { domain: string }>(NEED_SUBDOMAINS, entry => entry.domain),
  },
  need_item: {
    ko: '욕구 항목',
    en: 'Needs',
    heading: 'need_subdomain',
    entries: entriesOf<Label & { subdomain: string }>(NEED_ITEMS, entry => entry.subdomain),
  },
  household_type: { ko: '가구유형', en: 'Household types', entries: entriesOf<TableEntry>(HOUSEHOLD_TYPES) },
  target_group: { ko: '우선 대상', en: 'Target groups', entries: entriesOf(TARGET_GROUPS) },
  disability: { ko: '장애유형', en: 'Kinds of disability', entries: entriesOf<TableEntry>(DISABILITIES) },
  life_stage: { ko: '생애주기', en: 'Stages of life', isFixed: true, entries: entriesOf(LIFE_STAGES) },
  livelihood_class: { ko: '생활보호 구분', en: 'Livelihood classes', entries: entriesOf(LIVELIHOOD_CLASSES) },
  linked_programme: { ko: '연계 사업', en: 'Linked programmes', entries: entriesOf(LINKED_PROGRAMMES) },
  service_sector: { ko: '공공·민간', en: 'Source of help', isFixed: true, entries: entriesOf(SERVICE_SECTORS) },
  service: {
    ko: '서비스',
    en: 'Services',
    heading: 'service_sector',
    isHeadingOptional: true,
    entries: entriesOf<Label & { sector?: string }>(SERVICES, entry => entry.sector),
  },
  crisis_reason: {
    ko: '긴급복지 위기사유',
    en: 'Reasons of a crisis',
    isFixed: true,
    entries: entriesOf(CRISIS_REASONS),
  },
  case_stage: { ko: '사례 단계', en: 'Stages of a case', isFixed: true, entries: entriesOf(CASE_STAGES) },
  decision_kind: { ko: '결정', en: 'Decisions', isFixed: true, entries: entriesOf(DECISION_KINDS) },
  discovery_route: { ko: '발굴 경로', en: 'How found', isFixed: true, entries: entriesOf(DISCOVERY_ROUTES) },
  case_grade: { ko: '사례 등급', en: 'Grades of a case', isFixed: true, entries: entriesOf(CASE_GRADES) },
  grade_scheme: { ko: '등급 체계', en: 'Schemes of grades', isFixed: true, entries: entriesOf<Label>(GRADE_SCHEMES) },
  closure_reason: { ko: '종결유형', en: 'Reasons of closure', entries: entriesOf(CLOSURE_REASONS) },
  closure_result: {
    ko: '종결평가 결과',
    en: 'Results of evaluation',
    isFixed: true,
    entries: entriesOf(CLOSURE_RESULTS),
  },
  care_end_reason: { ko: '통합지원 종료 사유', en: 'Why a support plan ends', entries: entriesOf(CARE_END_REASONS) },
  reassessment_reason: {
    ko: '재사정 사유',
    en: 'Reasons of reassessment',
    entries: entriesOf(REASSESSMENT_REASONS),
  },
  decline_reason: { ko: '의뢰 거절 사유', en: 'Why a referral is declined', entries: entriesOf(DECLINE_REASONS) },
  contact_method: { ko: '접촉 방법', en: 'How in touch', entries: entriesOf(CONTACT_METHODS) },
  contact_purpose: { ko: '접촉 목적', en: 'Why in touch', entries: entriesOf(CONTACT_PURPOSES) },
  monitoring_type: { ko: '점검 구분', en: 'Kinds of monitoring', entries: entriesOf(MONITORING_TYPES) },
  monitoring_result: {
    ko: '점검 결과',
    en: 'Results of monitoring',
    isFixed: true,
    entries: entriesOf(MONITORING_RESULTS),
  },
  satisfaction_item: { ko: '만족도 문항', en: 'Questions of satisfaction', entries: entriesOf(SATISFACTION_ITEMS) },
  plan_interval: { ko: '제공 주기', en: 'How often', isFixed: true, entries: entriesOf(PLAN_INTERVALS) },
} as const satisfies Record<string, ShippedSet>

export type CodeSetName = keyof typeof CODE_SETS

/** With which version of each set a record was written (CODE-SETS.md CO5). */
export type CodeVersions = Partial<Record<CodeSetName, number>>

export const isCodeSetName = (value: unknown): value is CodeSetName =>
  typeof value === 'string' && Object.hasOwn(CODE_SETS, value)

export const CODE_SET_NAMES = Object.keys(CODE_SETS) as CodeSetName[]

/** A set's rules, by a type that does not depend on which set it is. */
export const shippedSet = (name: CodeSetName): ShippedSet => CODE_SETS[name]
