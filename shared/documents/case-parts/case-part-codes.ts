/**
 * Codes of the case's document that no law or ministry fixes and no installation edits: how rows are told apart and what a program decides on.
 * Code sets that offices edit (household types, target groups, services, subdomains …) stand in documents as identifiers only.
 */
import type { Label } from '../../codes.ts'

/** How a member stands to the person whose name the case bears (가구주와의 관계). */
export const MEMBER_RELATIONS = {
  self: { ko: '본인', en: 'Self' },
  spouse: { ko: '배우자', en: 'Spouse' },
  partner: { ko: '동거인(사실혼)', en: 'Partner' },
  child: { ko: '자녀', en: 'Child' },
  child_in_law: { ko: '사위·며느리', en: 'Child-in-law' },
  grandchild: { ko: '손자녀', en: 'Grandchild' },
  parent: { ko: '부모', en: 'Parent' },
  parent_in_law: { ko: '배우자의 부모', en: 'Parent-in-law' },
  grandparent: { ko: '조부모', en: 'Grandparent' },
  sibling: { ko: '형제자매', en: 'Brother or sister' },
  relative: { ko: '그 밖의 친척', en: 'Other relative' },
  housemate: { ko: '친척이 아닌 동거인', en: 'Housemate' },
} as const satisfies Record<string, Label>
export type MemberRelation = keyof typeof MEMBER_RELATIONS

export const SEXES = {
  female: { ko: '여', en: 'Female' },
  male: { ko: '남', en: 'Male' },
} as const satisfies Record<string, Label>
export type Sex = keyof typeof SEXES

/** Whether a member lives with the household (동거 여부). */
export const LIVING = {
  together: { ko: '동거', en: 'Lives here' },
  apart: { ko: '비동거', en: 'Lives elsewhere' },
} as const satisfies Record<string, Label>
export type Living = keyof typeof LIVING

/** Degrees since the grades were given up in July 2019 (장애인복지법 시행규칙 별표 1). */
export const DISABILITY_DEGREES = {
  severe: { ko: '심한 장애', en: 'Severe' },
  not_severe: { ko: '심하지 않은 장애', en: 'Not severe' },
} as const satisfies Record<string, Label>
export type DisabilityDegree = keyof typeof DISABILITY_DEGREES

export const HOUSING_TYPES = {
  detached: { ko: '단독·다가구', en: 'Detached or multi-family house' },
  row_house: { ko: '연립·다세대', en: 'Row house' },
  apartment: { ko: '아파트', en: 'Apartment' },
  officetel: { ko: '오피스텔', en: 'Studio (officetel)' },
  goshiwon: { ko: '고시원·여인숙', en: 'Goshiwon or inn' },
  single_room: { ko: '쪽방', en: 'Single-room dwelling' },
  vinyl_house: { ko: '비닐하우스·컨테이너', en: 'Vinyl house or container' },
  semi_basement: { ko: '반지하·옥탑', en: 'Semi-basement or rooftop' },
  facility: { ko: '시설', en: 'Facility' },
  none: { ko: '거처 없음', en: 'No home' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type HousingType = keyof typeof HOUSING_TYPES

export const HOUSING_TENURES = {
  owned: { ko: '자가', en: 'Owned' },
  jeonse: { ko: '전세', en: 'Jeonse (deposit)' },
  deposit_rent: { ko: '보증금 있는 월세', en: 'Rent with deposit' },
  rent: { ko: '보증금 없는 월세', en: 'Rent' },
  public_rental: { ko: '공공임대', en: 'Public rental' },
  free: { ko: '무상', en: 'Free' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type HousingTenure = keyof typeof HOUSING_TENURES

/** A line of the household's money by month; a debt is what is left of it. */
export const MONEY_KINDS = {
  wage: { ko: '근로소득', en: 'Wages' },
  business: { ko: '사업소득', en: 'Business' },
  pension: { ko: '연금', en: 'Pension' },
  benefit: { ko: '급여·수당', en: 'Benefits' },
  support: { ko: '가족·이웃 도움', en: 'Support from others' },
  other_income: { ko: '기타 수입', en: 'Other income' },
  rent: { ko: '주거비', en: 'Housing costs' },
  medical: { ko: '의료비', en: 'Medical costs' },
  education: { ko: '교육비', en: 'Education' },
  living: { ko: '생활비', en: 'Living costs' },
  repayment: { ko: '빚 갚기', en: 'Repayments' },
  other_spending: { ko: '기타 지출', en: 'Other spending' },
  debt: { ko: '부채 잔액', en: 'Debt left' },
} as const satisfies Record<string, Label>
export type MoneyKind = keyof typeof MONEY_KINDS

/** What a line of money is: it comes in, goes out, or is owed. */
export const MONEY_SIDES: Readonly<Record<MoneyKind, 'income' | 'spending' | 'debt'>> = {
  wage: 'income',
  business: 'income',
  pension: 'income',
  benefit: 'income',
  support: 'income',
  other_income: 'income',
  rent: 'spending',
  medical: 'spending',
  education: 'spending',
  living: 'spending',
  repayment: 'spending',
  other_spending: 'spending',
  debt: 'debt',
}

/** How hard a need presses, as the worker judges it: what the radar shows. No official scale; the risk sheet is another thing. */
export const NEED_LEVELS = {
  1: { ko: '낮음', en: 'Low' },
  2: { ko: '보통', en: 'Moderate' },
  3: { ko: '높음', en: 'High' },
  4: { ko: '매우 높음', en: 'Very high' },
} as const satisfies Record<number, Label>
export type NeedLevel = keyof typeof NEED_LEVELS
export const MOST_NEED_LEVEL = 4

/** Who stands by the household (사회적 지지자원). */
export const SUPPORT_KINDS = {
  family: { ko: '가족·친척', en: 'Family' },
  friend: { ko: '친구·지인', en: 'Friend' },
  neighbour: { ko: '이웃', en: 'Neighbour' },
  faith: { ko: '종교', en: 'Faith community' },
  agency: { ko: '기관·단체', en: 'Agency' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type SupportKind = keyof typeof SUPPORT_KINDS

/** Whether the household agreed to a goal. */
export const GOAL_AGREEMENTS = {
  agreed: { ko: '합의함', en: 'Agreed' },
  not_agreed: { ko: '합의하지 않음', en: 'Not agreed' },
} as const satisfies Record<string, Label>
export type GoalAgreement = keyof typeof GOAL_AGREEMENTS

/** Where a row of the plan stands. */
export const PLAN_STATUSES = {
  planned: { ko: '예정', en: 'Planned' },
  running: { ko: '제공 중', en: 'Under way' },
  finished: { ko: '마침', en: 'Finished' },
  stopped: { ko: '중단', en: 'Stopped' },
} as const satisfies Record<string, Label>
export type PlanStatus = keyof typeof PLAN_STATUSES

/** How a service is given (제공 방법): one of the four that the law wants said of it. */
export const PLAN_METHODS = {
  cash: { ko: '현금', en: 'Cash' },
  goods: { ko: '현물', en: 'Goods' },
  voucher: { ko: '이용권', en: 'Voucher' },
  visit: { ko: '방문', en: 'Visits' },
  attendance: { ko: '내방·이용', en: 'At the provider' },
  linkage: { ko: '연계·의뢰', en: 'Linkage' },
  counselling: { ko: '상담', en: 'Counselling' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type PlanMethod = keyof typeof PLAN_METHODS
