import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { caseMapEn } from './texts-en.ts'
import { caseMapKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseMap: typeof caseMapKo
  }
}

/** The words about genogram and eco-map, which come with their screens and not before, and the language on screen. */
export const useCaseMapTexts = createFeatureTexts('caseMap', { ko: caseMapKo, en: caseMapEn })

export type CaseMapWords = ReturnType<typeof useCaseMapTexts>['t']
