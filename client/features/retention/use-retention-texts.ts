import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { retentionEn } from './texts-en.ts'
import { retentionKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    retention: typeof retentionKo
  }
}

/** The words of keeping and destroying, and the language on screen. */
export const useRetentionTexts = createFeatureTexts('retention', { ko: retentionKo, en: retentionEn })
