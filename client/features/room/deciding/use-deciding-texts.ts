import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { decidingEn } from './texts-en.ts'
import { decidingKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    deciding: typeof decidingKo
  }
}

/** The words of the quorum and of votes, which come with the room's code. */
export const useDecidingTexts = createFeatureTexts('deciding', { ko: decidingKo, en: decidingEn })
