import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { basesEn } from './texts-en.ts'
import { basesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    bases: typeof basesKo
  }
}

/** The words of bases, and the language on screen. */
export const useBasesTexts = createFeatureTexts('bases', { ko: basesKo, en: basesEn })
