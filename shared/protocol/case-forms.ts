/**
 * The forms of a case over HTTP (서식 인쇄): what goes to the printer is recorded before it goes (`server/case-forms/SPEC.md`). The sheet itself is made by
 * the browser out of what the person may read.
 *
 *   POST /api/cases/:caseId/prints   casePrintBody   PrintView
 */
import * as z from 'zod'
import { isCode, type Label } from '../codes.ts'
import { code, line } from './fields.ts'
import { PURPOSE_MAX, PURPOSE_MIN } from './papers.ts'

/** Forms of the field (DOMAIN §5); their numbers there. */
export const CASE_FORMS = {
  consent: { ko: '개인정보 수집·이용·제공 동의서', en: 'Consent to collecting, using and giving personal data' },
  intake: { ko: '초기상담지', en: 'Intake sheet' },
  needs_assessment: { ko: '욕구조사표', en: 'Needs assessment' },
  service_plan: { ko: '서비스 제공계획 및 점검표', en: 'Service plan and check sheet' },
  closure_evaluation: { ko: '종결평가서', en: 'Closure evaluation' },
} as const satisfies Record<string, Label>
export type CaseForm = keyof typeof CASE_FORMS

/** What may be on a form, apart, so that only what the purpose needs is printed. */
export const FORM_PARTS = {
  head: { ko: '기본 사항', en: 'Head' },
  person: { ko: '대상자', en: 'The person' },
  contact: { ko: '주소와 연락처', en: 'Address and telephone' },
  home: { ko: '가구·주거', en: 'Household and home' },
  members: { ko: '가구원', en: 'Members' },
  disability: { ko: '장애', en: 'Disability' },
  money: { ko: '소득·지출·부채', en: 'Money' },
  needs: { ko: '욕구', en: 'Needs' },
  counselling: { ko: '상담 내용', en: 'Counselling' },
  history: { ko: '가족력·개인력', en: 'Histories' },
  supports: { ko: '사회적 지지자원', en: 'Social supports' },
  strengths: { ko: '강점·장애물', en: 'Strengths and obstacles' },
  opinion: { ko: '의견', en: 'Opinions' },
  goals: { ko: '목표', en: 'Goals' },
  plan: { ko: '서비스 계획', en: 'Service plan' },
  check: { ko: '점검', en: 'Check' },
  stages: { ko: '진행 일자', en: 'Days of the stages' },
  result: { ko: '평가와 종결', en: 'Evaluation and closure' },
  consents: { ko: '동의 항목', en: 'What is consented to' },
  signatures: { ko: '서명', en: 'Signatures' },
} as const satisfies Record<string, Label>
export type FormPart = keyof typeof FORM_PARTS

/** What each form has, in its order. */
export const PARTS_OF_FORM: Readonly<Record<CaseForm, readonly FormPart[]>> = {
  consent: ['head', 'consents', 'signatures'],
  intake: ['head', 'person', 'contact', 'home', 'members', 'disability', 'needs', 'counselling'],
  needs_assessment: [
    'head',
    'home',
    'members',
    'disability',
    'money',
    'history',
    'needs',
    'supports',
    'plan',
    'strengths',
    'opinion',
  ],
  service_plan: ['head', 'goals', 'plan', 'opinion', 'check', 'signatures'],
  closure_evaluation: ['head', 'stages', 'goals', 'result'],
}

/** Sensitive information and what reaches a person: on paper only when somebody asks for it (개인정보 보호법 제23조, 안전성 확보조치 기준 제12조). */
export const PICKED_BY_HAND: readonly FormPart[] = ['contact', 'disability', 'money', 'history']

/** @see PARTS_OF_FORM */
export const usualPartsOf = (form: CaseForm): FormPart[] =>
  PARTS_OF_FORM[form].filter(part => !PICKED_BY_HAND.includes(part))

/** Drawings of a case are printed like its forms, with the same record. */
export const CASE_DRAWINGS = {
  genogram: { ko: '가계도', en: 'Genogram' },
  eco_map: { ko: '생태도', en: 'Eco-map' },
} as const satisfies Record<string, Label>
export type CaseDrawing = keyof typeof CASE_DRAWINGS

export const DRAWING_PARTS = {
  picture: { ko: '그림', en: 'The drawing' },
  description: { ko: '설명 글', en: 'The drawing in words' },
} as const satisfies Record<string, Label>
export type DrawingPart = keyof typeof DRAWING_PARTS

export type PrintedForm = CaseForm | CaseDrawing
export type PrintedPart = FormPart | DrawingPart

const PARTS_OF_DRAWING: readonly DrawingPart[] = ['picture', 'description']
const partsOf = (form: PrintedForm): readonly PrintedPart[] =>
  isCode(CASE_DRAWINGS, form) ? PARTS_OF_DRAWING : PARTS_OF_FORM[form]

export const casePrintBody = z
  .strictObject({
    form: code({ ...CASE_FORMS, ...CASE_DRAWINGS }),
    purpose: line(PURPOSE_MAX).min(PURPOSE_MIN),
    /** Exactly the parts that are on the sheet. */
    parts: z
      .array(code({ ...FORM_PARTS, ...DRAWING_PARTS }))
      .min(1)
      .max(Object.keys(FORM_PARTS).length),
  })
  .refine(({ form, parts }) => parts.every(part => partsOf(form).includes(part)), { path: ['parts'] })
  .refine(({ parts }) => new Set(parts).size === parts.length, { path: ['parts'] })
export type CasePrintBody = z.infer<typeof casePrintBody>
