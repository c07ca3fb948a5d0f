import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { researchEn } from './texts-en.ts'
import { researchKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    research: typeof researchKo
  }
}

/** The words of research, which come with its pages and with the room's code, and the language on screen. */
export const useResearchTexts = createFeatureTexts('research', { ko: researchKo, en: researchEn })
