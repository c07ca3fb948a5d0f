/** How and why the household was in touch, and what a check of the services says. */
import type { Label } from '../codes.ts'

export const CONTACT_METHODS = {
  home_visit: { ko: '방문', en: 'Home visit' },
  office_visit: { ko: '내방', en: 'Came to the office' },
  phone: { ko: '전화', en: 'Telephone' },
  online: { ko: '온라인', en: 'Online' },
  other_method: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type ContactMethod = keyof typeof CONTACT_METHODS

export const CONTACT_PURPOSES = {
  counselling: { ko: '상담', en: 'Counselling' },
  information_giving: { ko: '정보제공', en: 'Giving information' },
  information_seeking: { ko: '정보탐색', en: 'Seeking information' },
  checking: { ko: '점검', en: 'Checking' },
  resource_linkage: { ko: '자원연계', en: 'Linking resources' },
  other_purpose: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type ContactPurpose = keyof typeof CONTACT_PURPOSES

export const MONITORING_TYPES = {
  regular: { ko: '정기', en: 'Regular' },
  visit: { ko: '방문', en: 'Visit' },
} as const satisfies Record<string, Label>
export type MonitoringType = keyof typeof MONITORING_TYPES

/** What a check ends with; `change` offers a reassessment. */
export const MONITORING_RESULTS = {
  keep: { ko: '유지', en: 'Keep' },
  change: { ko: '변경', en: 'Change' },
} as const satisfies Record<string, Label>
export type MonitoringResult = keyof typeof MONITORING_RESULTS

/** The five things that a household is asked about its services. The official wording is not known: ours. */
export const SATISFACTION_ITEMS = {
  service_fits: { ko: '필요한 도움이었다', en: 'It was the help we needed' },
  in_time: { ko: '제때 제공되었다', en: 'It came in time' },
  kind_staff: { ko: '담당자가 친절했다', en: 'The people were kind' },
  well_explained: { ko: '설명이 충분했다', en: 'It was explained well' },
  life_better: { ko: '생활이 나아졌다', en: 'Life has become better' },
} as const satisfies Record<string, Label>
export type SatisfactionItem = keyof typeof SATISFACTION_ITEMS

export const PLAN_INTERVALS = {
  once: { ko: '1회', en: 'Once' },
  per_week: { ko: '회/주', en: 'Times a week' },
  per_month: { ko: '회/월', en: 'Times a month' },
  per_year: { ko: '회/년', en: 'Times a year' },
} as const satisfies Record<string, Label>
export type PlanInterval = keyof typeof PLAN_INTERVALS
