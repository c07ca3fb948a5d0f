import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { figuresEn } from './texts-en.ts'
import { figuresKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    figures: typeof figuresKo
  }
}

/** The words of the figures, and the language on screen. */
export const useFiguresTexts = createFeatureTexts('figures', { ko: figuresKo, en: figuresEn })
