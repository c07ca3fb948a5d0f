/** Which kind of help an action item's words promise, as a first choice in a form that a person confirms. Pure. */
import type { Service } from '../code-sets/services.ts'

/** The first that fits counts, so the narrower stands first. */
const WORDS: readonly (readonly [pattern: RegExp, service: Service])[] = [
  [/간병/, 'caregiving_cost'],
  [/검사비|검사 비용/, 'exam_cost'],
  [/긴급\s*(복지|지원|생계|의료|주거)/, 'emergency_welfare'],
  [/재난적/, 'catastrophic_medical_cost'],
  [/암\s*환자/, 'cancer_medical_cost'],
  [/채무|개인회생|파산|신용회복/, 'debt_adjustment'],
  [/무한돌봄/, 'muhan_care'],
  [/생계급여/, 'livelihood_benefit'],
  [/주거급여/, 'housing_benefit'],
  [/교육급여/, 'education_benefit'],
  [/의료급여/, 'medical_aid'],
  [/기초생활|수급/, 'basic_livelihood'],
  [/장애인연금/, 'disability_pension'],
  [/기초연금/, 'basic_pension'],
  [/아동수당/, 'child_allowance'],
  [/장기요양/, 'long_term_care'],
  [/활동지원/, 'personal_assistance'],
  [/맞춤돌봄/, 'elder_care'],
  [/자활/, 'self_reliance'],
  [/사업비/, 'icm_fund'],
  [/후원금/, 'donation_cash'],
  [/후원품|반찬|도시락|쌀|김치|난방유|이불|물품/, 'donation_goods'],
  [/상담/, 'counselling'],
]

export const guessService = (words: string): Service =>
  WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'other_service'
