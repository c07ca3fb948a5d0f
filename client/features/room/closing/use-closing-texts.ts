import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { closingEn } from './texts-en.ts'
import { closingKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    closing: typeof closingKo
  }
}

/** The words of closing the room, which come with the room's code. */
export const useClosingTexts = createFeatureTexts('closing', { ko: closingKo, en: closingEn })
