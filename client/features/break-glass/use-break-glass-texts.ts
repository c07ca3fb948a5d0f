import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { breakGlassEn } from './texts-en.ts'
import { breakGlassKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    breakGlass: typeof breakGlassKo
  }
}

/** The words of opening in an emergency, and the language on screen. */
export const useBreakGlassTexts = createFeatureTexts('breakGlass', { ko: breakGlassKo, en: breakGlassEn })
