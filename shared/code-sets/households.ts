/**
 * Who a household is: types, target groups, disabilities, stages of life, livelihood. Numbers in `official` are those of the national welfare-service
 * interfaces (`trgterIndvdlArray`, `obstKi`); identifiers are ours. Version 1 of editable sets. Disability is sensitive information (개인정보 보호법
 * 제23조): whoever stores it seals it and asks for its own basis.
 */
import type { Label } from '../codes.ts'

interface OfficialEntry extends Label {
  /** A public body's own code for it. */
  official?: string
}

/** Household types (가구유형). A household may be of several. */
export const HOUSEHOLD_TYPES = {
  none: { official: '001', ko: '해당 없음', en: 'None of these' },
  single_parent: { official: '002', ko: '한부모', en: 'Single parent' },
  multicultural: { official: '003', ko: '다문화', en: 'Multicultural' },
  grandparent: { official: '004', ko: '조손', en: 'Grandparents with grandchildren' },
  north_korean_refugee: { official: '005', ko: '새터민', en: 'Refugees from the North' },
  child_headed: { official: '006', ko: '소년소녀가장', en: 'Headed by a child' },
  older_person_alone: { official: '007', ko: '독거노인', en: 'Older person alone' },
} as const satisfies Record<string, OfficialEntry>
export type HouseholdType = keyof typeof HOUSEHOLD_TYPES

/** Priority target groups of integrated case management (우선 대상). */
export const TARGET_GROUPS = {
  leaving_poverty: { ko: '탈빈곤 가능 가구', en: 'May leave poverty' },
  new_recipient: { ko: '신규 수급자', en: 'New recipient' },
  dropped_recipient: { ko: '수급 탈락자', en: 'No longer a recipient' },
  near_poor: { ko: '차상위계층', en: 'Near-poor' },
  emergency_aided: { ko: '긴급지원 대상자', en: 'Given emergency aid' },
  rejected_applicant: { ko: '신청 탈락자', en: 'Application refused' },
  crisis_household: { ko: '위기가구', en: 'Household in crisis' },
  young_carer: { ko: '가족돌봄청년', en: 'Young carer' },
  single_adult: { ko: '청·중장년 1인가구', en: 'Young or middle-aged adult alone' },
  care_crisis: { ko: '돌봄위기 가구', en: 'Crisis of care' },
  single_parent_family: { ko: '한부모·청소년한부모', en: 'Single parent, also under age' },
  closed_business: { ko: '휴·폐업자', en: 'Closed a business' },
  lost_job: { ko: '실직자', en: 'Lost work' },
  suicide_risk_group: { ko: '자살 고위험군', en: 'High risk of suicide' },
  lonely_death_risk: { ko: '고독사 위험자', en: 'At risk of dying alone' },
} as const satisfies Record<string, Label>
export type TargetGroup = keyof typeof TARGET_GROUPS

/** Kinds of disability (장애유형). */
export const DISABILITIES = {
  physical: { official: '10', ko: '지체', en: 'Physical' },
  visual: { official: '20', ko: '시각', en: 'Visual' },
  hearing: { official: '30', ko: '청각', en: 'Hearing' },
  speech: { official: '40', ko: '언어', en: 'Speech' },
  intellectual: { official: '50', ko: '지적', en: 'Intellectual' },
  brain_lesion: { official: '60', ko: '뇌병변', en: 'Brain lesion' },
  autism: { official: '70', ko: '자폐성', en: 'Autism' },
  mental: { official: '80', ko: '정신', en: 'Mental' },
  kidney: { official: '90', ko: '신장', en: 'Kidney' },
  heart: { official: 'A0', ko: '심장', en: 'Heart' },
  respiratory: { official: 'B0', ko: '호흡기', en: 'Respiratory' },
  liver: { official: 'C0', ko: '간', en: 'Liver' },
  face: { official: 'D0', ko: '안면', en: 'Face' },
  stoma: { official: 'E0', ko: '장루·요루', en: 'Stoma' },
  epilepsy: { official: 'F0', ko: '뇌전증', en: 'Epilepsy' },
} as const satisfies Record<string, OfficialEntry>
export type Disability = keyof typeof DISABILITIES

/** Stages of life (생애주기) of a member. No official list is known: ours. */
export const LIFE_STAGES = {
  infant: { ko: '영유아', en: 'Infant' },
  child: { ko: '아동', en: 'Child' },
  youth: { ko: '청소년', en: 'Youth' },
  adult: { ko: '청년', en: 'Young adult' },
  middle_age: { ko: '중장년', en: 'Middle age' },
  elder: { ko: '노년', en: 'Elder' },
} as const satisfies Record<string, Label>
export type LifeStage = keyof typeof LIFE_STAGES

/** Livelihood class (생활보호 구분), as the application form has it. */
export const LIVELIHOOD_CLASSES = {
  general: { ko: '일반', en: 'General' },
  near_poor: { ko: '차상위', en: 'Near-poor' },
  low_income: { ko: '저소득', en: 'Low income' },
  livelihood_recipient: { ko: '수급자(생계급여)', en: 'Recipient: livelihood' },
  medical_recipient: { ko: '수급자(의료급여)', en: 'Recipient: medical' },
  housing_recipient: { ko: '수급자(주거급여)', en: 'Recipient: housing' },
  education_recipient: { ko: '수급자(교육급여)', en: 'Recipient: education' },
} as const satisfies Record<string, Label>
export type LivelihoodClass = keyof typeof LIVELIHOOD_CLASSES

/** Programmes that may work with the household already (연계 사업; 사회보장급여법 시행규칙 제2조의4②). */
export const LINKED_PROGRAMMES = {
  self_reliance_programme: { ko: '자활', en: 'Self-reliance' },
  older_person_alone_programme: { ko: '독거노인 지원', en: 'Older people alone' },
  child_programme: {
    ko: '아동(학대·드림스타트·자립·가정위탁)',
    en: 'Children: protection, Dream Start, leaving care, foster care',
  },
  medical_aid_management: { ko: '의료급여 사례관리', en: 'Medical Aid case management' },
  suicide_attempt_aftercare: { ko: '자살시도자 사후관리', en: 'Care after an attempted suicide' },
  disability_health: { ko: '장애인 건강보건', en: 'Health of disabled people' },
  mental_health_addiction: { ko: '정신건강복지센터·중독관리', en: 'Mental health and addiction' },
  community_health: { ko: '지역보건의료', en: 'Community health' },
} as const satisfies Record<string, Label>
export type LinkedProgramme = keyof typeof LINKED_PROGRAMMES
