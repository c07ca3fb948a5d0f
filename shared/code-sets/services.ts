/**
 * What helps a household (서비스): who pays it and what it is. Version 1 of the editable set `service`; which of these an installation really has, and
 * by which rule, is its own to say.
 */
import { isCode, type Label } from '../codes.ts'
import { isOwnCode, type OwnCode } from './code-sets.ts'

/** Source of help (공공·민간). */
export const SERVICE_SECTORS = {
  public: { ko: '공공', en: 'Public' },
  private: { ko: '민간', en: 'Private' },
} as const satisfies Record<string, Label>
export type ServiceSector = keyof typeof SERVICE_SECTORS

interface ServiceEntry extends Label {
  /** Undefined for what both give. */
  sector?: ServiceSector
}

export const SERVICES = {
  basic_livelihood: { sector: 'public', ko: '국민기초생활보장', en: 'National Basic Livelihood Security' },
  livelihood_benefit: { sector: 'public', ko: '생계급여', en: 'Livelihood benefit' },
  medical_benefit: { sector: 'public', ko: '의료급여(기초생활보장)', en: 'Medical benefit' },
  housing_benefit: { sector: 'public', ko: '주거급여', en: 'Housing benefit' },
  education_benefit: { sector: 'public', ko: '교육급여', en: 'Education benefit' },
  near_poor_support: { sector: 'public', ko: '차상위계층 지원', en: 'Near-poor support' },
  emergency_welfare: { sector: 'public', ko: '긴급복지지원', en: 'Emergency welfare support' },
  medical_aid: { sector: 'public', ko: '의료급여', en: 'Medical Aid' },
  catastrophic_medical_cost: { sector: 'public', ko: '재난적의료비 지원', en: 'Catastrophic medical cost support' },
  cancer_medical_cost: { sector: 'public', ko: '암환자 의료비 지원', en: 'Cancer cost support' },
  debt_adjustment: { sector: 'private', ko: '채무조정(신용회복)', en: 'Debt adjustment' },
  basic_pension: { sector: 'public', ko: '기초연금', en: 'Basic pension' },
  disability_pension: { sector: 'public', ko: '장애인연금', en: 'Disability pension' },
  child_allowance: { sector: 'public', ko: '아동수당', en: 'Child allowance' },
  self_reliance: { sector: 'public', ko: '자활', en: 'Self-reliance work' },
  elder_care: { sector: 'public', ko: '노인맞춤돌봄', en: 'Elder care service' },
  long_term_care: { sector: 'public', ko: '장기요양', en: 'Long-term care' },
  personal_assistance: { sector: 'public', ko: '장애인활동지원', en: 'Personal assistance' },
  muhan_care: { sector: 'public', ko: '무한돌봄', en: 'Gyeonggi boundless-care fund' },
  icm_fund: { sector: 'public', ko: '통합사례관리사업비', en: 'Case-management fund' },
  caregiving_cost: { sector: 'private', ko: '간병비 지원', en: 'Care-giver cost' },
  exam_cost: { sector: 'private', ko: '검사비 지원', en: 'Test cost' },
  donation_cash: { sector: 'private', ko: '후원금', en: 'Donation of money' },
  donation_goods: { sector: 'private', ko: '후원품', en: 'Donation of goods' },
  private_agency: {
    sector: 'private',
    ko: '민간기관 연계(협의회·공동모금회·적십자 등)',
    en: 'Council, Community Chest, Red Cross …',
  },
  counselling: { ko: '상담·정보제공', en: 'Counselling, information' },
  other_service: { ko: '기타', en: 'Other' },
} as const satisfies Record<string, ServiceEntry>
export type Service = keyof typeof SERVICES | OwnCode
export const isService = (value: unknown): value is Service => isCode(SERVICES, value) || isOwnCode(value)
