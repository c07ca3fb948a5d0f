import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { caseListEn, caseListKo } from './case-list-texts.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseList: typeof caseListKo
  }
}

/** The words of the list of cases beyond those of the page itself, and the language on screen. */
export const useCaseListTexts = createFeatureTexts('caseList', { ko: caseListKo, en: caseListEn })
