import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { codeSetsEn } from './texts-en.ts'
import { codeSetsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    codeSets: typeof codeSetsKo
  }
}

/** The words of the page, which come with its code, and the language on screen. */
export const useCodeSetTexts = createFeatureTexts('codeSets', { ko: codeSetsKo, en: codeSetsEn })
