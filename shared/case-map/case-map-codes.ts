/**
 * The code tables of the genogram (가계도) and the eco-map (생태도). The symbols are those that family workers know from McGoldrick, Gerson and
 * Petry, "Genograms", and from Hartman's eco-map; the identifiers are the field's own words.
 */
import { codesOf, type Label } from '../codes.ts'

/** What the outline of a figure says: square, circle, diamond (another or not said), diamond with a question mark. */
export const FIGURE_SEXES = {
  male: { ko: '남', en: 'male' },
  female: { ko: '여', en: 'female' },
  other: { ko: '그 밖', en: 'other' },
  unknown: { ko: '성별 모름', en: 'sex not known' },
} as const satisfies Record<string, Label>
export type FigureSex = keyof typeof FIGURE_SEXES

/** Who a figure stands for: somebody who was born, or a pregnancy and how it ended. */
export const FIGURE_FORMS = {
  person: { ko: '사람', en: 'Person' },
  pregnancy: { ko: '임신 중', en: 'Pregnancy' },
  miscarriage: { ko: '유산', en: 'Miscarriage' },
  abortion: { ko: '임신중절', en: 'Abortion' },
  stillbirth: { ko: '사산', en: 'Stillbirth' },
} as const satisfies Record<string, Label>
export type FigureForm = keyof typeof FIGURE_FORMS

export const FIGURE_LIVES = {
  living: { ko: '생존', en: 'Living' },
  deceased: { ko: '사망', en: 'Deceased' },
  unknown: { ko: '생사 모름', en: 'Not known whether alive' },
} as const satisfies Record<string, Label>
export type FigureLife = keyof typeof FIGURE_LIVES

/** What two people are, or were, to each other as partners. */
export const UNION_KINDS = {
  married: { ko: '혼인', en: 'Married' },
  cohabiting: { ko: '동거·사실혼', en: 'Living together' },
  engaged: { ko: '약혼·교제', en: 'Engaged or dating' },
  separated: { ko: '별거', en: 'Separated' },
  divorced: { ko: '이혼', en: 'Divorced' },
  parents_only: { ko: '아이의 부모(혼인 아님)', en: 'Parents of a child only' },
} as const satisfies Record<string, Label>
export type UnionKind = keyof typeof UNION_KINDS

/** How a child belongs to its parents. */
export const CHILD_KINDS = {
  birth: { ko: '친자녀', en: 'by birth' },
  adopted: { ko: '입양', en: 'adopted' },
  foster: { ko: '위탁', en: 'in foster care' },
} as const satisfies Record<string, Label>
export type ChildKind = keyof typeof CHILD_KINDS

export const TWIN_KINDS = {
  fraternal: { ko: '이란성 쌍둥이', en: 'fraternal twins' },
  identical: { ko: '일란성 쌍둥이', en: 'identical twins' },
} as const satisfies Record<string, Label>
export type TwinKind = keyof typeof TWIN_KINDS

/** How two people of the family stand to each other (관계선). */
export const RELATION_KINDS = {
  close: { ko: '친밀', en: 'Close' },
  very_close: { ko: '매우 친밀(밀착)', en: 'Very close (fused)' },
  distant: { ko: '소원', en: 'Distant' },
  conflict: { ko: '갈등', en: 'Conflict' },
  close_conflict: { ko: '밀착·갈등', en: 'Close and in conflict' },
  cut_off: { ko: '단절', en: 'Cut off' },
  violence: { ko: '폭력', en: 'Violence' },
} as const satisfies Record<string, Label>
export type RelationKind = keyof typeof RELATION_KINDS

/** What surrounds a household (외부체계). */
export const SYSTEM_KINDS = {
  kin: { ko: '친족', en: 'Relatives' },
  neighbours: { ko: '이웃', en: 'Neighbours' },
  friends: { ko: '친구', en: 'Friends' },
  school: { ko: '학교·보육', en: 'School or nursery' },
  work: { ko: '직장·일', en: 'Work' },
  health: { ko: '병원·보건', en: 'Hospital or health service' },
  public_office: { ko: '공공기관', en: 'Public office' },
  welfare: { ko: '복지기관', en: 'Welfare service' },
  religion: { ko: '종교', en: 'Religion' },
  leisure: { ko: '여가·모임', en: 'Leisure' },
  justice: { ko: '경찰·법률', en: 'Police or law' },
  finance: { ko: '금융·채무', en: 'Bank or creditor' },
  other: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, Label>
export type SystemKind = keyof typeof SYSTEM_KINDS

/** How firm a tie between the household and a system is. */
export const TIE_STRENGTHS = {
  strong: { ko: '강함', en: 'Strong' },
  ordinary: { ko: '보통', en: 'Ordinary' },
  weak: { ko: '약함', en: 'Weak' },
  stressed: { ko: '갈등·부담', en: 'Stressed' },
  broken: { ko: '끊어짐', en: 'Broken off' },
} as const satisfies Record<string, Label>
export type TieStrength = keyof typeof TIE_STRENGTHS

/** Which way help and energy go along a tie, seen from the household. */
export const TIE_FLOWS = {
  none: { ko: '방향 없음', en: 'No direction' },
  to_household: { ko: '가구 쪽으로', en: 'Towards the household' },
  from_household: { ko: '가구에서 밖으로', en: 'From the household' },
  both: { ko: '서로', en: 'Both ways' },
} as const satisfies Record<string, Label>
export type TieFlow = keyof typeof TIE_FLOWS

/** The codes of a table as a set, for a layout's rules. */
export function codeSet<T extends Record<string, unknown>>(table: T): ReadonlySet<string> {
  return new Set<string>(codesOf(table))
}

/** A code of the table, or the given one when the value is none of it. */
export function codeOr<T extends Record<string, unknown>>(table: T, value: unknown, or: keyof T & string) {
  return codesOf(table).find(code => code === value) ?? or
}
