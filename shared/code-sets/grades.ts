/** How heavy a case is (사례 등급). Which scheme holds is a setting of the municipality: the ministry's classes and Gyeonggi's are not the same. */
import type { Label } from '../codes.ts'

export const CASE_GRADES = {
  general: { ko: '일반사례', en: 'General case' },
  high_difficulty: { ko: '고난도사례', en: 'High-difficulty case' },
  intensive: { ko: '집중사례', en: 'Intensive case' },
} as const satisfies Record<string, Label>
export type CaseGrade = keyof typeof CASE_GRADES

interface GradeScheme extends Label {
  grades: readonly CaseGrade[]
}

export const GRADE_SCHEMES = {
  mohw: { ko: '보건복지부 기준', en: "The ministry's classes", grades: ['general', 'high_difficulty'] },
  gyeonggi: {
    ko: '경기도 무한돌봄 기준',
    en: "Gyeonggi's classes",
    grades: ['general', 'high_difficulty', 'intensive'],
  },
} as const satisfies Record<string, GradeScheme>
export type GradeSchemeName = keyof typeof GRADE_SCHEMES
