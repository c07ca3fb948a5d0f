import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { caseWorkEn } from './texts-en.ts'
import { caseWorkKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseWork: typeof caseWorkKo
  }
}

/** The words about a case's document, which come with its screens and not before, and the language on screen. */
export const useCaseWorkTexts = createFeatureTexts('caseWork', { ko: caseWorkKo, en: caseWorkEn })

export type CaseWorkWords = ReturnType<typeof useCaseWorkTexts>['t']
