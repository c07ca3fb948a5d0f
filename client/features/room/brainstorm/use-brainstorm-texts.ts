import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { brainstormEn } from './texts-en.ts'
import { brainstormKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    brainstorm: typeof brainstormKo
  }
}

/** The words of brainstorming, which come with the room's code. */
export const useBrainstormTexts = createFeatureTexts('brainstorm', { ko: brainstormKo, en: brainstormEn })
