import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { homeEn } from './texts-en.ts'
import { homeKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    home: typeof homeKo
  }
}

/** The words of what waits for me, and the language on screen. */
export const useHomeTexts = createFeatureTexts('home', { ko: homeKo, en: homeEn })
