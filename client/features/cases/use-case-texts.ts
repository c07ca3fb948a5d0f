import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { casesEn } from './texts-en.ts'
import { casesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    cases: typeof casesKo
  }
}

/** The words of a case, which come with its pages, and the language on screen. */
export const useCaseTexts = createFeatureTexts('cases', { ko: casesKo, en: casesEn })
