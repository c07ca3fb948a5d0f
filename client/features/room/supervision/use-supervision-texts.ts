import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { supervisionEn } from './texts-en.ts'
import { supervisionKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    supervision: typeof supervisionKo
  }
}

/** The words of supervision, which come with the room's code. */
export const useSupervisionTexts = createFeatureTexts('supervision', { ko: supervisionKo, en: supervisionEn })
